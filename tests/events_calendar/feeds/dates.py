"""Dates for the tests: two years of activities as people really hold them, over every change of the clock."""

from datetime import UTC, date, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from portal.icalendar.calendar import Entry, Status

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
FIRST_DAY = date(2026, 10, 1)
LAST_DAY = date(2028, 10, 31)
CHANGES = (date(2026, 10, 25), date(2027, 3, 28), date(2027, 10, 31), date(2028, 3, 26), date(2028, 10, 29))
"""The nights in these two years in which the clock is changed."""
CHANGED_AT = datetime(2026, 9, 1, 8, 30, 15, tzinfo=UTC)


def entry(**values: object) -> Entry:
    """Return an entry in which only what a test is about is given."""
    starts = datetime(2026, 10, 15, 17, tzinfo=UTC)
    given = {
        "uid": "7f1c1a52-8f6e-4d27-9f7c-0c2b1a1f3d11",
        "starts": starts,
        "ends": starts + timedelta(hours=3),
        "summary": "Sprogcafé",
        "language": "da",
        "changed_at": CHANGED_AT,
        **values,
    }
    return Entry(**given)  # type: ignore[arg-type]


def danish(day: date, hour: int, minute: int = 0) -> datetime:
    """Return the moment at which a Danish clock shows this time; hours from 24 on are in the next night."""
    return datetime(day.year, day.month, day.day, hour % 24, minute, tzinfo=COPENHAGEN).astimezone(UTC) + (
        timedelta() if hour < 24 else danish(day + timedelta(days=hour // 24), 0) - danish(day, 0)
    )


def two_years() -> list[Entry]:
    """Return some two thousand dates: each kind of activity on each of its days, and the nights of change minute by minute."""
    entries = []
    days = [FIRST_DAY + timedelta(days=number) for number in range((LAST_DAY - FIRST_DAY).days)]
    for day in days:
        entries.append(_dated("language café", danish(day, 19), danish(day, 22)))
        entries.append(_dated("late shift", danish(day, 22), danish(day, 26)))
        if day.weekday() == 4:
            entries.append(_dated("weekend trip", danish(day, 18), danish(day + timedelta(days=2), 14)))
            entries.append(_dated("festival", day, day + timedelta(days=3)))
        if day.weekday() == 5:
            entries.append(_dated("open day", day, day + timedelta(days=1)))
            entries.append(_dated("night walk", danish(day, 20), danish(day + timedelta(days=1), 8)))
            entries.append(_dated("online", danish(day, 12), danish(day, 13), zone="Europe/Warsaw"))
    for change in CHANGES:
        evening = danish(change - timedelta(days=1), 22)
        for half_hours in range(14):
            starts = evening + timedelta(minutes=30 * half_hours)
            entries.append(_dated("night of change", starts, starts + timedelta(minutes=45)))
    return entries


def _dated(name: str, starts: date, ends: date, **values: object) -> Entry:
    return entry(uid=str(uuid5(NAMESPACE_URL, f"{name} {starts}")), summary=name, starts=starts, ends=ends, **values)


def every_kind() -> list[Entry]:
    """Return one entry of each form that the writer has, with every property filled."""
    full = {
        "description": "Kom og tal dansk, vi hjælper; kaffe er der også.\nTa' en ven med \\ 😀 "
        + "Добро пожаловать! " * 9,
        "location": "Holstebro Bibliotek, Kirkestræde 11, 7500 Holstebro",
        "url": "https://example.dk/da/kalender/sprogcafé/?m=holstebro",
        "categories": ("Sprog", "Kaffe, kage"),
        "sequence": 3,
    }
    starts = danish(FIRST_DAY, 19)
    return [
        entry(uid="timed", **full),
        entry(uid="cancelled", status=Status.CANCELLED, **full),
        entry(uid="elsewhere", zone="Europe/Warsaw", starts=starts, ends=starts + timedelta(hours=1)),
        entry(uid="day", starts=FIRST_DAY, ends=FIRST_DAY + timedelta(days=1)),
        entry(uid="days", starts=FIRST_DAY, ends=FIRST_DAY + timedelta(days=3), busy=True),
        entry(uid="same hour again", starts=datetime(2026, 10, 25, 1, 15, tzinfo=UTC), ends=danish(CHANGES[0], 9)),
    ]
