"""What is wrong with a schedule, told to the person who typed it, field by field."""

import datetime
from collections.abc import Iterator
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils.translation import gettext as _

from portal.template_functions import long_date

from .public_holidays import public_holidays
from .schedules import DAY, Frequency, Nth, Schedule, dates, is_left_out

MOST_YEARS = 3
MOST_TIMES = 400
MOST_DAYS = 31
"""How many days one date may last."""
LARGEST_INTERVAL = 12
FIRST_YEAR, LAST_YEAR = 2000, 2100

Problem = tuple[str, str]
"""(name of the field, what is wrong)."""

WITH_WEEKDAYS = frozenset({Frequency.WEEKLY, Frequency.ODD_WEEKS, Frequency.EVEN_WEEKS, Frequency.MONTHLY_NTH})
WITH_INTERVAL = frozenset({Frequency.DAILY, Frequency.WEEKLY, Frequency.MONTHLY_NTH, Frequency.MONTHLY_DAY})


def latest_date(schedule: Schedule) -> datetime.date:
    """Return the last day that a schedule may name."""
    first = schedule.start_date
    is_leap_day = (first.month, first.day) == (2, 29)
    return first.replace(year=first.year + MOST_YEARS, day=28 if is_leap_day else first.day)


def is_zone(name: str) -> bool:
    """Say whether there is a time zone of this name."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def problems(schedule: Schedule) -> dict[str, str]:
    """Return what is wrong by field, the first problem of each; nothing where the schedule can be published."""
    if not FIRST_YEAR <= schedule.start_date.year < LAST_YEAR:
        return {"start_date": _("Check the year.")}
    found: dict[str, str] = {}
    for check in (_time_problems, _rule_problems, _extent_problems, _extra_date_problems):
        for field, text in check(schedule):
            found.setdefault(field, text)
    if not found:
        for field, text in _date_problems(schedule):
            found.setdefault(field, text)
    return found


def _time_problems(schedule: Schedule) -> Iterator[Problem]:
    if not is_zone(schedule.zone):
        yield "start_date", _("There is no time zone “%(zone)s”.") % {"zone": schedule.zone}  # no form has the zone
    if not 0 <= schedule.end_day_offset < MOST_DAYS:
        yield "end_day_offset", _("One date may last at most %(days)d days.") % {"days": MOST_DAYS}
    if schedule.start_time is None and schedule.end_time is not None:
        yield "start_time", _("When does it begin?")
    elif schedule.start_time is not None and schedule.end_time is None:
        yield "end_time", _("When does it end?")
    elif (
        schedule.start_time is not None
        and schedule.end_time is not None
        and schedule.end_day_offset == 0
        and schedule.end_time <= schedule.start_time
    ):
        yield "end_time", _("The end must be after the start. If it ends after midnight, it ends one day later.")


def _rule_problems(schedule: Schedule) -> Iterator[Problem]:
    frequency = schedule.frequency
    if frequency not in Frequency.values:
        yield "frequency", _("Choose from the list.")
    if frequency in WITH_INTERVAL and not 1 <= schedule.interval <= LARGEST_INTERVAL:
        yield "interval", _("Choose a number from 1 to %(largest)d.") % {"largest": LARGEST_INTERVAL}
    if frequency in WITH_WEEKDAYS:
        if not schedule.weekdays:
            yield "weekdays", _("Choose at least one day of the week.")
        elif not set(schedule.weekdays) <= set(range(7)):
            yield "weekdays", _("Choose from the list.")
    if frequency == Frequency.MONTHLY_NTH:
        if not schedule.nth:
            yield "nth", _("Choose which of these weekdays: the first, the second …")
        elif not set(schedule.nth) <= set(Nth.values):
            yield "nth", _("Choose from the list.")


def _extent_problems(schedule: Schedule) -> Iterator[Problem]:
    if not schedule.repeats:
        return
    if schedule.until is not None and schedule.count is not None:
        yield "count", _("Give either a last day or a number of times, not both.")
    if schedule.count is not None and not 1 <= schedule.count <= MOST_TIMES:
        yield "count", _("Choose a number from 1 to %(largest)d.") % {"largest": MOST_TIMES}
    if schedule.until is not None and schedule.until < schedule.start_date:
        yield "until", _("The last day is before the first one.")
    elif schedule.until is not None and schedule.until > latest_date(schedule):
        yield "until", _("The last day may be at most three years after the first one.")


def _extra_date_problems(schedule: Schedule) -> Iterator[Problem]:
    if not schedule.extra_dates:
        return
    if schedule.frequency == Frequency.ONCE:
        yield "extra_dates", _("It happens once. For several dates, choose that you list the dates.")
    elif len(schedule.extra_dates) > MOST_TIMES:
        yield "extra_dates", _("List at most %(largest)d dates.") % {"largest": MOST_TIMES}
    elif min(schedule.extra_dates) < schedule.start_date:
        yield "extra_dates", _("A further date is before the first one.")
    elif max(schedule.extra_dates) > latest_date(schedule):
        yield "extra_dates", _("The last date may be at most three years after the first one.")


def _date_problems(schedule: Schedule) -> Iterator[Problem]:
    """Look at the dates themselves, once everything else is in order."""
    latest = latest_date(schedule)
    if not dates(schedule, latest, public_holidays(schedule.start_date, latest)):
        yield "start_date", _("There is no such date. Check the first day, the last day and the days of the week.")
    # Of a rule, a date in the hour that is left out in spring is skipped. One that somebody chose for itself is refused.
    chosen = [] if schedule.repeats else [schedule.start_date]
    for day in [*chosen, *schedule.extra_dates]:
        yield from left_out_times(schedule, day)


def left_out_times(schedule: Schedule, day: datetime.date) -> Iterator[Problem]:
    """Yield the times of a schedule that do not exist on a day, because the clocks are put forward."""
    zone = ZoneInfo(schedule.zone)
    ends_on = day + schedule.end_day_offset * DAY
    for field, date, time in (("start_time", day, schedule.start_time), ("end_time", ends_on, schedule.end_time)):
        if time is not None and is_left_out(datetime.datetime.combine(date, time), zone):
            yield (
                field,
                _("On %(date)s the clocks are put forward, and this time does not exist.") % {"date": long_date(date)},
            )
