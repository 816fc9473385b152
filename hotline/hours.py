"""When a hotline is open: from its rules and closed days to moments. Pure, by the Danish clock, right at clock changes."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol
from zoneinfo import ZoneInfo

DAY = datetime.timedelta(days=1)


class Rule(Protocol):
    """Opening hours on one day of the week."""

    weekday: int
    start: datetime.time
    end: datetime.time
    valid_from: datetime.date | None
    valid_to: datetime.date | None


@dataclass(frozen=True, order=True)
class Interval:
    """From one moment to another, in UTC."""

    starts: datetime.datetime
    ends: datetime.datetime

    def overlaps(self, other: "Interval") -> bool:
        """Say whether there is a moment in both."""
        return self.starts < other.ends and other.starts < self.ends

    def contains(self, other: "Interval") -> bool:
        """Say whether all of the other is in it."""
        return self.starts <= other.starts and other.ends <= self.ends

    def common(self, other: "Interval") -> "Interval | None":
        """Return what is in both."""
        found = Interval(max(self.starts, other.starts), min(self.ends, other.ends))
        return found if found.starts < found.ends else None


def days(first: datetime.date, last: datetime.date) -> Iterator[datetime.date]:
    """Yield every day from the first to the last."""
    while first <= last:
        yield first
        first += DAY


def interval(day: datetime.date, start: datetime.time, end: datetime.time, clock: ZoneInfo) -> Interval | None:
    """Return what a clock means by these times; None for a time that a change of the clock leaves out."""
    starts, ends = (datetime.datetime.combine(day, time, clock).astimezone(datetime.UTC) for time in (start, end))
    return Interval(starts, ends) if starts < ends else None


def holds(rule: Rule, day: datetime.date) -> bool:
    """Say whether a rule says anything about a day."""
    return (
        rule.weekday == day.weekday()
        and (rule.valid_from is None or rule.valid_from <= day)
        and (rule.valid_to is None or day <= rule.valid_to)
    )


def opening(
    rules: Iterable[Rule],
    closed: Iterable[datetime.date],
    first: datetime.date,
    last: datetime.date,
    clock: ZoneInfo,
) -> list[Interval]:
    """Return the times at which a hotline is open, in order; what overlaps or touches is one."""
    rules, closed = list(rules), set(closed)
    found = [
        one
        for day in days(first, last)
        if day not in closed
        for rule in rules
        if holds(rule, day) and (one := interval(day, rule.start, rule.end, clock))
    ]
    merged: list[Interval] = []
    for one in sorted(found):
        if merged and one.starts <= merged[-1].ends:
            merged[-1] = Interval(merged[-1].starts, max(merged[-1].ends, one.ends))
        else:
            merged.append(one)
    return merged


def grid(window: Interval, shift: Interval, minutes: int, gap: int) -> Iterator[Interval]:
    """Yield the calls that fit into a shift, on the grid of the opening hours: so no two shifts overlap by half a call."""
    length, step = datetime.timedelta(minutes=minutes), datetime.timedelta(minutes=minutes + gap)
    starts = window.starts
    while starts + length <= window.ends:
        one = Interval(starts, starts + length)
        if shift.contains(one):
            yield one
        starts += step
