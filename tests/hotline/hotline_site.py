"""A hotline to test with: Mondays 13–15, colleagues with their languages, and somebody who wants to be called."""

import datetime
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch
from zoneinfo import ZoneInfo

from hotline.bookings import Wish
from hotline.models import HotlineLine, OpeningRule, Shift, StaffLanguage, StaffMember
from hotline.slots import extend_all

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
ONE, THREE = datetime.time(13), datetime.time(15)


def add_line(**values: Any) -> HotlineLine:
    """A hotline that is open on Mondays from 13 to 15."""
    line, is_new = HotlineLine.objects.get_or_create(name="Hotline", defaults=values)
    if is_new:
        OpeningRule.objects.create(line=line, weekday=0, start=ONE, end=THREE)
    return line


def add_staff(name: str, *languages: str) -> StaffMember:
    """A colleague who speaks these languages."""
    staff = StaffMember.objects.create(name=name)
    for language in languages:
        StaffLanguage.objects.create(staff=staff, language=language)
    return staff


def next_monday(weeks: int = 0, now: datetime.datetime | None = None) -> datetime.date:
    """The first Monday that is at least two days away."""
    day = (now or datetime.datetime.now(COPENHAGEN)).date() + datetime.timedelta(days=2)
    return day + datetime.timedelta(days=(7 - day.weekday()) % 7, weeks=weeks)


def at(day: datetime.date, hour: int, minute: int = 0) -> datetime.datetime:
    """A moment by the Danish clock."""
    return datetime.datetime.combine(day, datetime.time(hour, minute), COPENHAGEN).astimezone(datetime.UTC)


def add_shift(staff: StaffMember, line: HotlineLine, day: datetime.date, **values: Any) -> Shift:
    """A shift over the whole opening time of a day."""
    return Shift.objects.create(**{"staff": staff, "line": line, "date": day, "start": ONE, "end": THREE, **values})


def open_hotline(*languages: str, weeks: int = 2) -> tuple[HotlineLine, StaffMember]:
    """A hotline with one colleague, who is there on the coming Mondays, and the times made of it."""
    line = add_line()
    staff = add_staff("Mette", *(languages or ("da", "en", "de")))
    for week in range(weeks):
        add_shift(staff, line, next_monday(week))
    extend_all()
    return line, staff


def wish(starts_at: datetime.datetime, **values: Any) -> Wish:
    """Somebody who wants to be called."""
    number = values.pop("number", 0)
    given = {
        "starts_at": starts_at,
        "call_language": "en",
        "topic": "tax",
        "name": "Anna",
        "phone": f"+45203040{number:02d}",
        "language": "en",
        "form_key": uuid.uuid4(),
    }
    return Wish(**{**given, **values})


@contextmanager
def clock_at(moment: datetime.datetime) -> Iterator[None]:
    """Let it be another time."""
    with patch("django.utils.timezone.now", return_value=moment):
        yield
