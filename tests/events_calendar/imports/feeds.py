"""Calendars as other programs write them."""

import datetime
from typing import Any

from django.utils import timezone


def calendar(*events: str, before: str = "") -> str:
    """Return a calendar with events."""
    body = "\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//club//EN", before, *events, "END:VCALENDAR", ""])
    return "\r\n".join(line for line in body.splitlines() if line) + "\r\n"


def event(uid: str = "chess@club", **changed: Any) -> str:
    """Return an event: chess in the library, every week for ten weeks from the first coming Thursday."""
    values = {
        "DTSTAMP": "20260101T000000Z",
        "SUMMARY": "Chess evening",
        "DESCRIPTION": "We play chess.\\nEverybody can come.",
        "LOCATION": "Biblioteket, Østergade 8, 7400 Herning",
        "DTSTART;TZID=Europe/Copenhagen": f"{thursday():%Y%m%d}T190000",
        "DTEND;TZID=Europe/Copenhagen": f"{thursday():%Y%m%d}T210000",
        "RRULE": "FREQ=WEEKLY;COUNT=10",
        **{name.replace("__", ";").replace("_", "-"): value for name, value in changed.items()},
    }
    lines = [f"{name.partition(' ')[0]}:{value}" for name, value in values.items() if value is not None]
    return "\n".join(["BEGIN:VEVENT", f"UID:{uid}", *lines, "END:VEVENT"])


def timed(start: str, end: str, zone: str = ";TZID=Europe/Copenhagen") -> dict[str, Any]:
    """Return the times of an event in another form."""
    return {
        "DTSTART;TZID=Europe/Copenhagen": None,
        "DTEND;TZID=Europe/Copenhagen": None,
        f"DTSTART{zone} ": start,
        f"DTEND{zone} ": end,
    }


def thursday(weeks: int = 0) -> datetime.date:
    """Return the first coming Thursday that is not today, or one some weeks later."""
    today = timezone.localdate()
    days = (3 - today.weekday() - 1) % 7 + 1
    return today + datetime.timedelta(days=days, weeks=weeks)
