"""Days of starter content, which count from the day on which it is loaded: an example is never in the past."""

import datetime
from collections.abc import Iterable

from ..public_holidays import public_holidays
from ..schedules import DAY, WEEK, Nth, Weekday

WEEKDAYS = {day.name.lower(): day.value for day in Weekday}
NTHS = {nth.name.lower(): nth.value for nth in Nth}


def day_after(rule: dict[str, int | str], loading_day: datetime.date) -> datetime.date:
    """Return the day that a rule such as `{week: 2, weekday: thursday}` or `{month: 12, weekday: thursday}` means."""
    weekday = WEEKDAYS[str(rule["weekday"])]
    if "week" in rule:
        monday = loading_day - loading_day.weekday() * DAY
        return monday + int(rule["week"]) * WEEK + weekday * DAY
    firsts = _first_weekdays(int(rule["month"]), weekday, loading_day.year)
    return next(day for day in firsts if day > loading_day)


def _first_weekdays(month: int, weekday: int, year: int) -> list[datetime.date]:
    """Return the first such day of a month in a year and in the next."""
    firsts = [datetime.date(year, month, 1), datetime.date(year + 1, month, 1)]
    return [first + (weekday - first.weekday()) % 7 * DAY for first in firsts]


def working_days(days: Iterable[datetime.date]) -> list[datetime.date]:
    """Return days in order and without repetition; one on which nobody would come is moved on by whole weeks."""
    found: list[datetime.date] = []
    for day in days:
        while day in found or _is_holiday(day):
            day += WEEK  # noqa: PLW2901
        found.append(day)
    return sorted(found)


def _is_holiday(day: datetime.date) -> bool:
    is_between_the_years = (day.month, day.day) >= (12, 23)
    return is_between_the_years or day in public_holidays(day, day)
