"""An activity with ten places, whose next date is more than a day away."""

import datetime
import itertools
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from wagtail.models import Locale, Page

from events_calendar.models import ActivityPage, Occurrence
from tests.events_calendar.calendar_site import EVENING, add_activity
from tests.factories import LANGUAGES, make_locales
from tests.on_disk import on_disk
from tests.snapshots import built_once

__all__ = ["on_disk"]

WEEK = datetime.timedelta(days=7)


@pytest.fixture
@built_once
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
@built_once
def date(activity) -> Occurrence:
    """Its first date."""
    for language in LANGUAGES[1:]:
        activity.copy_for_translation(Locale.objects.get(language_code=language), copy_parents=True, alias=True)
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


@pytest.fixture
def dates() -> Callable[..., list[Occurrence]]:
    """Make dates with a number of places; without the site around them, which takes ten seconds on SQLite."""
    locale = make_locales()["da"]
    made = itertools.count(1)

    def make(capacity: int, number: int, waiting_places: int = 0) -> list[Occurrence]:
        day = timezone.localdate() + WEEK
        activity = ActivityPage(
            title="Danskkursus",
            slug=f"kursus-{next(made)}",
            locale=locale,
            content_owner="Redaktion",
            activity_type="language",
            venue_name="Biblioteket",
            start_date=day,
            **EVENING,
            registration="here",
            capacity=capacity,
            waiting_places=waiting_places,
        )
        Page.objects.get(depth=1).add_child(instance=activity)
        starts_at = timezone.now() + WEEK
        return [
            Occurrence.objects.create(
                activity=activity,
                original_date=day + datetime.timedelta(days=count),
                original_time=datetime.time(19),
                starts_at=starts_at,
                ends_at=starts_at + datetime.timedelta(hours=2),
                local_date=day,
                capacity=capacity,
                changed_at=timezone.now(),
            )
            for count in range(number)
        ]

    return make
