"""When something happens: a schedule as its editor states it, and the dates that follow from it.

A schedule is wall-clock time in a named zone, so "every Thursday 19–22" stays 19–22 when the clocks change. Nothing here
knows of pages or of the database.
"""

import datetime
from collections.abc import Container, Iterator
from dataclasses import dataclass
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _

ZONE = "Europe/Copenhagen"
DAY = datetime.timedelta(days=1)
WEEK = datetime.timedelta(days=7)
MIDNIGHT = datetime.time(0)


class Frequency(TextChoices):
    """How a schedule repeats."""

    ONCE = "once", _("Once")
    DAILY = "daily", _("Every day or every few days")
    WEEKLY = "weekly", _("Every week or every few weeks")
    ODD_WEEKS = "odd_weeks", _("In odd weeks")
    EVEN_WEEKS = "even_weeks", _("In even weeks")
    MONTHLY_NTH = "monthly_nth", _("Every month on a weekday, such as the first Tuesday")
    MONTHLY_DAY = "monthly_day", _("Every month on the same date")
    DATES = "dates", _("On the dates that I list")


class Weekday(IntegerChoices):
    """A day of the week, numbered as by `date.weekday`."""

    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


class Nth(IntegerChoices):
    """Which one of a weekday's days in a month."""

    FIRST = 1, _("the first")
    SECOND = 2, _("the second")
    THIRD = 3, _("the third")
    FOURTH = 4, _("the fourth")
    LAST = -1, _("the last")


@dataclass(frozen=True)
class Schedule:
    """When something happens. What does not belong to the frequency is ignored."""

    start_date: datetime.date
    """The first date is the first day from here on that fits."""
    start_time: datetime.time | None = None
    """None, like the end, where it lasts all day."""
    end_time: datetime.time | None = None
    end_day_offset: int = 0
    """How many days after its start it ends: 1 past midnight, 2 from Friday to Sunday."""
    zone: str = ZONE
    frequency: str = Frequency.ONCE
    interval: int = 1
    weekdays: tuple[int, ...] = ()
    nth: tuple[int, ...] = ()
    until: datetime.date | None = None
    """The last day on which it may begin."""
    count: int | None = None
    """How often the rule lets it take place; a date that is skipped, for a holiday or for the clocks, does not count."""
    skip_holidays: bool = False
    extra_dates: tuple[datetime.date, ...] = ()
    """Dates beside those of the rule; of a list of dates all but the first."""

    @property
    def is_all_day(self) -> bool:
        """Say whether it has no times."""
        return self.start_time is None

    @property
    def repeats(self) -> bool:
        """Say whether its dates come from a rule."""
        return self.frequency not in {Frequency.ONCE, Frequency.DATES}


class Instance(NamedTuple):
    """One time that something happens."""

    original_date: datetime.date
    """The date by the schedule, which identifies it."""
    local_start: datetime.datetime
    """What a clock on the wall shows, without a zone."""
    local_end: datetime.datetime
    """The same for the first moment after it: for a whole day the next midnight."""
    starts_at: datetime.datetime
    ends_at: datetime.datetime
    """The same two moments in UTC."""


# From the wall clock to UTC -------------------------------------------------------------------------------------------


def to_utc(local: datetime.datetime, zone: ZoneInfo) -> datetime.datetime:
    """Return the moment at which a clock on the wall shows a time.

    Of an hour that comes twice in autumn it is the first. A time that is left out in spring counts on from before the
    change, as RFC 5545 says: 2:30 becomes 3:30.
    """
    return local.replace(tzinfo=zone, fold=0).astimezone(datetime.UTC)


def to_local(moment: datetime.datetime, zone: ZoneInfo) -> datetime.datetime:
    """Return what a clock on the wall shows at a moment, without a zone."""
    return moment.astimezone(zone).replace(tzinfo=None, fold=0)


def is_left_out(local: datetime.datetime, zone: ZoneInfo) -> bool:
    """Say whether no clock ever shows this time, because it is put forward past it."""
    return to_local(to_utc(local, zone), zone) != local


def instance_on(day: datetime.date, schedule: Schedule) -> Instance:
    """Return what begins on a day at the times of a schedule; without times it fills its days."""
    zone = ZoneInfo(schedule.zone)
    last_day = day + schedule.end_day_offset * DAY
    start = datetime.datetime.combine(day, schedule.start_time or MIDNIGHT)
    if schedule.is_all_day:
        end = datetime.datetime.combine(last_day + DAY, MIDNIGHT)
    else:
        end = datetime.datetime.combine(last_day, schedule.end_time or MIDNIGHT)
    starts_at, ends_at = to_utc(start, zone), to_utc(end, zone)
    if start < end and ends_at <= starts_at:
        ends_at = starts_at + (end - start)  # the clock was put forward past its start, and beyond its end
    return Instance(day, to_local(starts_at, zone), to_local(ends_at, zone), starts_at, ends_at)


# Dates ----------------------------------------------------------------------------------------------------------------


def expand(
    schedule: Schedule,
    first: datetime.date,
    last: datetime.date,
    holidays: Container[datetime.date] = frozenset(),
) -> list[Instance]:
    """Return everything that begins between two days, both included, in order."""
    return [instance_on(day, schedule) for day in dates(schedule, last, holidays) if day >= first]


def dates(
    schedule: Schedule, last: datetime.date, holidays: Container[datetime.date] = frozenset()
) -> list[datetime.date]:
    """Return the dates of a schedule up to a day, in order, without holidays where it skips them.

    Where the clocks are put forward past the start of a date of a rule, there is no such date (RFC 5545, 3.3.10).
    """
    found = {schedule.start_date}
    if schedule.repeats:
        found = {day for day, exists in _days_by_rule(schedule, last, holidays) if exists}
    if schedule.frequency != Frequency.ONCE:
        found.update(schedule.extra_dates)
    return sorted(day for day in found if day <= last)


def days_left_out(
    schedule: Schedule, last: datetime.date, holidays: Container[datetime.date] = frozenset()
) -> list[datetime.date]:
    """Return the days up to a day on which a rule would fall, did its start exist on them."""
    return [day for day, exists in _days_by_rule(schedule, last, holidays) if not exists] if schedule.repeats else []


def _days_by_rule(
    schedule: Schedule, last: datetime.date, holidays: Container[datetime.date]
) -> Iterator[tuple[datetime.date, bool]]:
    """Yield the days up to an end on which a rule falls, each with whether a clock ever shows its start."""
    zone, left = ZoneInfo(schedule.zone), schedule.count
    for day in _days_that_fit(schedule, min(last, schedule.until or last)):
        if left == 0:
            return
        if schedule.skip_holidays and day in holidays:
            continue
        start = datetime.datetime.combine(day, schedule.start_time or MIDNIGHT)
        exists = schedule.is_all_day or not is_left_out(start, zone)
        yield day, exists
        if left is not None and exists:
            left -= 1


def _days_that_fit(schedule: Schedule, end: datetime.date) -> Iterator[datetime.date]:
    """Yield the days up to an end on which a rule falls; every second week or month is counted from the first of them."""
    anchor = None
    for number in range((end - schedule.start_date).days + 1):
        day = schedule.start_date + number * DAY
        if _fits(schedule, day):
            anchor = anchor or day
            if _periods_between(schedule.frequency, anchor, day) % schedule.interval == 0:
                yield day


def _fits(schedule: Schedule, day: datetime.date) -> bool:
    """Say whether the rule would fall on a day if it fell in every week or month."""
    match schedule.frequency:
        case Frequency.DAILY:
            return True
        case Frequency.MONTHLY_DAY:
            return day.day == schedule.start_date.day
        case Frequency.WEEKLY:
            return day.weekday() in schedule.weekdays
        case Frequency.ODD_WEEKS | Frequency.EVEN_WEEKS:
            is_odd = day.isocalendar().week % 2 == 1
            return day.weekday() in schedule.weekdays and is_odd == (schedule.frequency == Frequency.ODD_WEEKS)
        case _:
            is_last = (day + WEEK).month != day.month
            numbers = {(day.day - 1) // 7 + 1, Nth.LAST.value if is_last else 0}
            return day.weekday() in schedule.weekdays and not numbers.isdisjoint(schedule.nth)


def _periods_between(frequency: str, anchor: datetime.date, day: datetime.date) -> int:
    """Return how many days, weeks or months lie between two days, counted as a rule counts its interval."""
    match frequency:
        case Frequency.DAILY:
            return (day - anchor).days
        case Frequency.WEEKLY:
            return ((day - day.weekday() * DAY) - (anchor - anchor.weekday() * DAY)).days // 7
        case Frequency.MONTHLY_NTH | Frequency.MONTHLY_DAY:
            return (day.year - anchor.year) * 12 + day.month - anchor.month
        case _:
            return 0
