"""Activities for tests: a weekly language café below Herning, and whatever a test wants changed about it."""

import datetime
from typing import Any

from django.utils import timezone
from wagtail.models import Page

from events_calendar.models import ActivityIndexPage, ActivityPage, Occurrence
from tests.factories import add_page

EVENING = {"start_time": datetime.time(19), "end_time": datetime.time(22)}


def add_overview(municipality: Page) -> ActivityIndexPage:
    """Add the overview of a municipality."""
    return add_page(municipality, ActivityIndexPage, "aktiviteter")


def add_activity(overview: Page, slug: str = "sprogcafe", **fields: Any) -> ActivityPage:
    """Add a published activity; unless told otherwise it takes place every Thursday evening from last week on."""
    values = {
        "title": "Sprogcafé",
        "activity_type": "language",
        "venue_name": "Biblioteket",
        "venue_address": "Østergade 8, 7400 Herning",
        "start_date": timezone.localdate() - datetime.timedelta(days=7),
        "frequency": "weekly",
        "weekdays": [3],
        **EVENING,
        **fields,
    }
    return add_page(overview, ActivityPage, slug, **values)


def coming(activity: ActivityPage) -> list[Occurrence]:
    """Return the dates of an activity that take place, in order."""
    return list(activity.occurrences.public().filter(status="scheduled").order_by("starts_at"))
