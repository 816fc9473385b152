"""The fields in which a page keeps its schedule."""

import datetime

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.choice_lists import ChoiceListField

from ..fields import DateListField, dates_of
from ..public_holidays import public_holidays
from ..schedule_checks import LARGEST_INTERVAL, MOST_DAYS, MOST_TIMES, problems
from ..schedules import ZONE, Frequency, Instance, Nth, Schedule, Weekday, expand

SCHEDULE_FIELDS = [
    "start_date",
    "is_all_day",
    "start_time",
    "end_time",
    "end_day_offset",
    "zone",
    "frequency",
    "interval",
    "weekdays",
    "nth",
    "until",
    "count",
    "skip_holidays",
    "extra_dates",
]


class Scheduled(models.Model):
    """What happens at times that a schedule states."""

    start_date = models.DateField(
        _("first day"), help_text=_("The first day on which it takes place, or from which on the repetition counts.")
    )
    is_all_day = models.BooleanField(_("all day"), default=False)
    start_time = models.TimeField(_("begins at"), null=True, blank=True)
    end_time = models.TimeField(_("ends at"), null=True, blank=True)
    end_day_offset = models.PositiveSmallIntegerField(
        _("ends this many days later"),
        default=0,
        validators=[MaxValueValidator(MOST_DAYS - 1)],
        help_text=_("0 on the same day, 1 after midnight, 2 from Friday to Sunday."),
    )
    zone = models.CharField(_("time zone"), max_length=64, default=ZONE)
    frequency = models.CharField(_("how often"), max_length=20, choices=Frequency.choices, default=Frequency.ONCE)
    interval = models.PositiveSmallIntegerField(
        _("interval"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(LARGEST_INTERVAL)],
        help_text=_("1 is every day, week or month; 2 is every other."),
    )
    weekdays = ChoiceListField(_("days of the week"), blank=True, offered=lambda: Weekday.choices, coerce=int)
    nth = ChoiceListField(_("which of them in the month"), blank=True, offered=lambda: Nth.choices, coerce=int)
    until = models.DateField(_("last day"), null=True, blank=True, help_text=_("Empty: until further notice."))
    count = models.PositiveSmallIntegerField(
        _("number of times"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_TIMES)],
        help_text=_("Instead of a last day."),
    )
    skip_holidays = models.BooleanField(
        _("not on public holidays"),
        default=False,
        help_text=_("24 and 31 December are no public holidays. Cancel these dates one by one."),
    )
    extra_dates = DateListField(
        _("further dates"), blank=True, help_text=_("One date a line, such as 24.12.2026, at the same time of day.")
    )

    class Meta:
        abstract = True

    @property
    def schedule(self) -> Schedule:
        """Return when it takes place."""
        return Schedule(
            start_date=self.start_date,
            start_time=None if self.is_all_day else self.start_time,
            end_time=None if self.is_all_day else self.end_time,
            end_day_offset=self.end_day_offset,
            zone=self.zone,
            frequency=self.frequency,
            interval=self.interval,
            weekdays=tuple(self.weekdays),
            nth=tuple(self.nth),
            until=self.until,
            count=self.count,
            skip_holidays=self.skip_holidays,
            extra_dates=dates_of(self.extra_dates),
        )

    def instances(self, first: datetime.date, last: datetime.date) -> list[Instance]:
        """Return what begins between two days by the schedule."""
        return expand(self.schedule, first, last, public_holidays(self.start_date, last))

    def has_sound_fields(self) -> bool:
        """Say whether each field of the schedule is valid by itself; what is not is reported elsewhere."""
        others = {field.name for field in self._meta.get_fields()} - set(SCHEDULE_FIELDS)
        try:
            self.clean_fields(exclude=others)
        except ValidationError:
            return False
        return True

    def schedule_problems(self) -> dict[str, str]:
        """Return by field what is wrong with the schedule, which keeps it from being published."""
        if not self.is_all_day and self.start_time is None:
            return {"start_time": gettext("When does it begin?")}
        if not self.is_all_day and self.end_time is None:
            return {"end_time": gettext("When does it end?")}
        return problems(self.schedule)
