"""The times of one event of a foreign calendar: its rule, added and left-out dates, in the zone that the event names.

Rules are expanded on the wall clock and the zone is attached afterwards, so that 19 o'clock stays 19 o'clock.
"""

import datetime
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr  # type: ignore[import-untyped]

HOME_ZONE = ZoneInfo("Europe/Copenhagen")
FREQUENCIES = {"DAILY", "WEEKLY", "MONTHLY"}
PARTS = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST"}
LARGEST_INTERVAL = 12
MOST_TIMES = 400

Moment = datetime.datetime


class Refused(Exception):
    """The event repeats in a way that is not taken over; the argument is a code that `portal` has words for."""


class Times:
    """Wall clock and moments in the zone of an event; a time without a zone is that of Denmark."""

    def __init__(self, start: datetime.date) -> None:
        self.all_day = not isinstance(start, datetime.datetime)
        self.zone: Any = getattr(start, "tzinfo", None) or HOME_ZONE

    def wall(self, value: datetime.date) -> datetime.datetime:
        """Return what a clock on the wall shows in the zone of the event, without a zone."""
        if not isinstance(value, datetime.datetime):
            return datetime.datetime.combine(value, datetime.time(0))
        return value.replace(tzinfo=None) if value.tzinfo is None else value.astimezone(self.zone).replace(tzinfo=None)

    def here(self, wall: datetime.datetime) -> datetime.datetime:
        """Return what a clock in Denmark shows at that moment; whole days are the same everywhere."""
        if self.all_day:
            return wall
        moment = wall.replace(tzinfo=self.zone).astimezone(datetime.UTC)
        return moment.astimezone(HOME_ZONE).replace(tzinfo=None, fold=0)

    def is_left_out(self, wall: datetime.datetime) -> bool:
        """Say whether no clock ever shows this time, because it is put forward past it."""
        if self.all_day:
            return False
        there_and_back = wall.replace(tzinfo=self.zone).astimezone(datetime.UTC).astimezone(self.zone)
        return there_and_back.replace(tzinfo=None) != wall


def starts(event: Any, last: datetime.date) -> set[datetime.datetime]:
    """Return the wall-clock times at which an event begins by its rule and its added dates, without those left out."""
    start = event.decoded("DTSTART")
    times = Times(start)
    first = times.wall(start)
    end = datetime.datetime.combine(last, datetime.time.max)
    found = {first}
    for rule in _list(event.get("RRULE")):
        found |= set(_by_rule(rule, first, times, end))
    for value in _dates(event.get("RDATE")):
        found.add(times.wall(value[0] if isinstance(value, tuple) else value))
    if event.get("EXRULE"):
        raise Refused("rule")
    days, moments = set(), set()
    for value in _dates(event.get("EXDATE")):
        if isinstance(value, datetime.datetime):
            moments.add(times.wall(value))
        else:
            days.add(value)
    return {wall for wall in found if wall not in moments and wall.date() not in days and wall <= end}


def _by_rule(rule: Any, first: datetime.datetime, times: Times, end: datetime.datetime) -> Iterator[datetime.datetime]:
    if set(rule) - PARTS or rule.get("FREQ", [""])[0] not in FREQUENCIES:
        raise Refused("rule")
    if not 1 <= int(rule.get("INTERVAL", [1])[0]) <= LARGEST_INTERVAL:
        raise Refused("rule")
    if "COUNT" in rule and not 1 <= int(rule["COUNT"][0]) <= MOST_TIMES:
        raise Refused("rule")
    until = end
    if "UNTIL" in rule:
        value = rule["UNTIL"][0]
        is_moment = isinstance(value, datetime.datetime)
        until = min(end, times.wall(value) if is_moment else datetime.datetime.combine(value, datetime.time.max))
    rest = {name: values for name, values in rule.items() if name not in {"UNTIL", "COUNT"}}
    left = int(rule["COUNT"][0]) if "COUNT" in rule else None
    text = type(rule)(rest).to_ical().decode()
    for wall in rrulestr(text, dtstart=first, ignoretz=True):
        if wall > until or left == 0:
            return
        if not times.is_left_out(wall):  # such a date does not count either
            yield wall
            left = None if left is None else left - 1


def _list(value: Any) -> list[Any]:
    return [] if value is None else value if isinstance(value, list) else [value]


def _dates(value: Any) -> Iterator[Any]:
    for part in _list(value):
        for one in part.dts:
            yield one.dt
