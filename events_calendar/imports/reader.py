"""Reads a foreign calendar: what takes place, when, and which dates were moved or cancelled.

Knows nothing of Django: it runs in a process of its own, because a calendar of 32 octets can keep a reader busy for an hour.
"""

import datetime
import signal
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from icalendar import Calendar

from .recurrence import Refused, Times, starts

MOST_EVENTS = 2000
MOST_DATES = 400
MOST_DAYS = 31
SECONDS_PER_EVENT = 3
DAY = datetime.timedelta(days=1)
HOUR = datetime.timedelta(hours=1)

Event = dict[str, Any]


class ReadError(Exception):
    """The calendar cannot be read; the argument is a code that `portal` has words for."""


class TooSlow(Exception):
    """One event takes too long."""


def read(body: bytes, first: datetime.date, last: datetime.date) -> dict[str, Any]:
    """Return the events with dates between two days, and what was left out and why. Raises ReadError."""
    if not body.strip():
        raise ReadError("empty")
    if body.count(b"BEGIN:VEVENT") > MOST_EVENTS:
        raise ReadError("events")
    try:
        calendar = Calendar.from_ical(body)
        components = list(calendar.walk("VEVENT"))
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError) as error:
        raise ReadError("malformed") from error
    if not components:
        raise ReadError("empty")
    events, skipped = [], []
    for uid, versions in _by_uid(components).items():
        title = _text(versions[0], "SUMMARY") or uid
        try:
            with _limited():
                event = _event(uid, versions, first, last)
        except Refused as refused:
            skipped.append({"title": title[:100], "reason": str(refused)})
        except TooSlow:
            skipped.append({"title": title[:100], "reason": "slow"})
        except (ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError):
            skipped.append({"title": title[:100], "reason": "malformed"})
        else:
            if event is not None:
                events.append(event)
                if event.pop("twice"):
                    skipped.append({"title": title[:100], "reason": "twice"})
    return {"events": events, "skipped": skipped}


@contextmanager
def _limited() -> Iterator[None]:
    def stop(_signal: int, _frame: Any) -> None:
        raise TooSlow

    signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, SECONDS_PER_EVENT)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _by_uid(components: list[Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for component in components:
        uid = _text(component, "UID")[:255]
        if uid and component.get("DTSTART") is not None:
            found.setdefault(uid, []).append(component)
    return found


def _event(uid: str, versions: list[Any], first: datetime.date, last: datetime.date) -> Event | None:
    """Return one activity with its dates; None where it has none in this time, or is private."""
    masters = [one for one in versions if one.get("RECURRENCE-ID") is None]
    changed = [one for one in versions if one.get("RECURRENCE-ID") is not None]
    master = max(masters, key=lambda one: int(one.get("SEQUENCE", 0)), default=None)
    basis = master if master is not None else changed[0]
    if _text(basis, "CLASS").upper() in {"PRIVATE", "CONFIDENTIAL"}:
        return None
    times = Times(basis.decoded("DTSTART"))
    dates, second = _dates_by_rule(master, times, last) if master is not None else ({}, {})
    is_cancelled = _text(basis, "STATUS").upper() == "CANCELLED"
    overrides = _overrides(changed, times, dates, second, basis)
    wanted = {
        day: span for day, span in dates.items() if first <= day <= last or _ends(overrides.get(day), span) >= first
    }
    if not wanted:
        return None
    shown = dict(sorted(wanted.items())[:MOST_DATES])
    start_time, end_time, offset = _usual(shown, overrides)
    changes: dict[str, Any] = {}
    for day, (start, end) in shown.items():
        own = overrides.get(day, {})
        if is_cancelled or own.get("cancelled"):
            changes[day.isoformat()] = {"cancelled": True}
            continue
        begin, finish = own.get("span", (start, end))
        change = {"place": own["place"]} if own.get("place") else {}
        if (begin.date(), begin.time(), finish.time(), (finish.date() - begin.date()).days) != (
            day,
            start_time,
            end_time,
            offset,
        ):
            is_all_day = own.get("all_day", times.all_day)
            change |= {"start": begin.isoformat(), "end": finish.isoformat(), "all_day": is_all_day}
        if change:
            changes[day.isoformat()] = change
    return {
        "uid": uid,
        "title": " ".join(_text(basis, "SUMMARY").split())[:255],
        "text": _text(basis, "DESCRIPTION"),
        "place": " ".join(_text(basis, "LOCATION").split()),
        "url": _text(basis, "URL"),
        "all_day": times.all_day,
        "start_time": start_time.isoformat(),
        "end_time": end_time.isoformat(),
        "days": offset,
        "dates": [day.isoformat() for day in shown],
        "changes": changes,
        "twice": any(day in shown for day in second),
    }


Span = tuple[datetime.datetime, datetime.datetime]


def _dates_by_rule(
    event: Any, times: Times, last: datetime.date
) -> tuple[dict[datetime.date, Span], dict[datetime.date, set[datetime.datetime]]]:
    """Return by date in Denmark when the event begins and ends; and of days on which it begins again, at what times.

    A date of an imported activity is known by its day, so only the first of a day can be taken over.
    """
    length = _length(event, times)
    found: dict[datetime.date, Span] = {}
    second: dict[datetime.date, set[datetime.datetime]] = {}
    for wall in sorted(starts(event, last)):
        span = times.here(wall), times.here(wall + length)
        day = span[0].date()
        if day in found:
            second.setdefault(day, set()).add(span[0])
        else:
            found[day] = span if span[1] > span[0] else (span[0], span[0] + length)
    return found, second


def _length(event: Any, times: Times) -> datetime.timedelta:
    start = times.wall(event.decoded("DTSTART"))
    usual = DAY if times.all_day else HOUR
    if event.get("DTEND") is not None:
        length = times.wall(event.decoded("DTEND")) - start
    elif event.get("DURATION") is not None:
        length = event.decoded("DURATION")
    else:
        length = usual
    if length <= datetime.timedelta(0):
        length = usual
    if length > MOST_DAYS * DAY:
        raise Refused("long")
    return length


def _overrides(
    changed: list[Any],
    times: Times,
    dates: dict[datetime.date, Span],
    second: dict[datetime.date, set[datetime.datetime]],
    basis: Any,
) -> dict[datetime.date, dict[str, Any]]:
    """Return by original date what was changed; a date that no rule gives is added to the dates."""
    found: dict[datetime.date, dict[str, Any]] = {}
    for component in sorted(changed, key=lambda one: int(one.get("SEQUENCE", 0))):
        original = component.decoded("RECURRENCE-ID")
        is_moment = isinstance(original, datetime.datetime)
        begins = times.here(times.wall(original)) if is_moment else None
        day = begins.date() if begins else original
        if begins in second.get(day, ()):
            continue  # it changes the one of this day that is not taken over
        own_times = Times(component.decoded("DTSTART"))
        wall = own_times.wall(component.decoded("DTSTART"))
        span = own_times.here(wall), own_times.here(wall + _length(component, own_times))
        dates.setdefault(day, span)
        place = " ".join(_text(component, "LOCATION").split())
        found[day] = {
            "cancelled": _text(component, "STATUS").upper() == "CANCELLED",
            "span": span,
            "all_day": own_times.all_day,
            "place": place if place != " ".join(_text(basis, "LOCATION").split()) else "",
        }
    return found


def _ends(override: dict[str, Any] | None, span: Span) -> datetime.date:
    return (override["span"] if override else span)[1].date()


def _usual(
    dates: dict[datetime.date, Span], overrides: dict[datetime.date, dict[str, Any]]
) -> tuple[datetime.time, datetime.time, int]:
    """Return the times of day that most dates have, and how many days later they end."""
    plain = [span for day, span in dates.items() if day not in overrides] or list(dates.values())
    counted = Counter((start.time(), end.time(), (end.date() - start.date()).days) for start, end in plain)
    return max(counted, key=lambda one: (counted[one], one))


def _text(component: Any, name: str) -> str:
    value = component.get(name)
    if isinstance(value, list):
        value = value[0]
    text = "" if value is None else str(value)
    return "".join(sign for sign in text if sign == "\n" or sign.isprintable()).strip()
