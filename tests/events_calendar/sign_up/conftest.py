"""An activity with ten places, whose next date is more than a day away."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from events_calendar.models import ActivityPage, Occurrence
from tests.events_calendar.calendar_site import add_activity
from tests.on_disk import on_disk

__all__ = ["on_disk"]

WEEK = datetime.timedelta(days=7)


@pytest.fixture
def activity(overview) -> ActivityPage:
    """A course every day, with ten places and a waiting list of twenty."""
    return make_activity(overview)


def make_activity(overview, slug: str = "kursus", **values: Any) -> ActivityPage:
    fields = {
        "title": "Danskkursus",
        "frequency": "daily",
        "weekdays": [],
        "start_date": timezone.localdate() + WEEK,
        "count": 10,
        "registration": "here",
        "capacity": 10,
        "waiting_places": 20,
        **values,
    }
    return add_activity(overview, slug, **fields)


@pytest.fixture
def date(activity) -> Occurrence:
    """Its first date."""
    return activity.occurrences.order_by("starts_at")[0]


@pytest.fixture
def move() -> Callable[[Occurrence, datetime.timedelta], Occurrence]:
    """Let a date begin some time from now, as the clock would, without anybody being told."""

    def begin_in(occurrence: Occurrence, time: datetime.timedelta) -> Occurrence:
        length = occurrence.ends_at - occurrence.starts_at
        starts_at = timezone.now() + time
        Occurrence.objects.filter(pk=occurrence.pk).update(starts_at=starts_at, ends_at=starts_at + length)
        return Occurrence.objects.get(pk=occurrence.pk)

    return begin_in
