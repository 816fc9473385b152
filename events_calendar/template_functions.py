"""What the pages of the project package show of the calendar."""

from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from portal.pages.link_scope import LinkScope

from . import agenda
from .agenda import Day
from .filters import Asked, Window
from .models import CalendarPage
from .rows import dates_in_order
from .schedules import DAY
from .sql import Sql

MOST = 5
DAYS_AHEAD = 30
CANDIDATES = 80
"""Of these the few are chosen: a café on every day must not take all places."""


@dataclass(frozen=True)
class Upcoming:
    """The next activities, and where all are."""

    days: list[Day]
    calendar_url: str
    own_language_words: str
    """What marks those in the reader's language: "Po polsku"."""


def calendar_address(scope: LinkScope) -> str:
    """Return where the calendar is from where the reader is; empty where there is none."""
    kind = ContentType.objects.get_for_model(CalendarPage).pk
    return next((scope.path_for(row.url_path) for row in scope.top if row.content_type_id == kind), "")


def upcoming_activities(scope: LinkScope) -> Upcoming | None:
    """Return the next date of a few activities: of the reader's municipality, those in their language rather than others.

    One query, and none where there is no calendar.
    """
    address = calendar_address(scope)
    if not address:
        return None
    now = timezone.now()
    today = timezone.localdate(now)
    reader = agenda.reader_of(scope)
    asked = Asked(m=(reader.municipality,) if reader.municipality else ())
    window = Window(today, today + DAYS_AHEAD * DAY, now)
    rows = dates_in_order(reader, asked, window, CANDIDATES, only=[Sql("o.status = 'scheduled'")])
    next_dates = {row.activity_id: row for row in reversed(rows)}.values()
    best = sorted(next_dates, key=lambda row: (not row.is_in(reader.own_language), row.starts_at, row.pk))[:MOST]
    if not best:
        return None
    in_order = sorted(best, key=lambda row: (row.local_date, row.starts_at, row.pk))
    days = agenda.days_of(in_order, scope, today)
    return Upcoming(days, address + asked.query(), agenda.own_language_words(reader))
