"""Reads one connected calendar and brings its activities in line with it. What is unsure changes nothing."""

import datetime
import json
import logging
import subprocess
import sys
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from portal import outbox

from ..materialise import horizon
from ..models import FeedSource
from ..moderation import NoOverview
from ..schedules import DAY
from . import activities
from .problems import words_for

logger = logging.getLogger(__name__)

READING_SECONDS = 45
LEASE = datetime.timedelta(minutes=15)


@dataclass
class Report:
    """What one run did with one calendar."""

    created: int = 0
    changed: int = 0
    cancelled: int = 0
    problem: str = ""

    def __str__(self) -> str:
        if self.problem:
            return f"nothing changed: {self.problem}"
        return f"{self.created} new, {self.changed} changed, {self.cancelled} cancelled"


def import_feed(source_id: int) -> Report:
    """Read one calendar. Somebody else who is reading it already keeps us from it."""
    source = _claim(source_id)
    if source is None:
        return Report(problem="somebody else is reading it")
    try:
        found = _read(source)
        if "error" in found:
            return _failed(source, found["error"])
        if found.get("unchanged"):
            return _well(source, Report())
        problem = _doubt(source, found["events"])
        if problem:
            return _failed(source, problem)
        report = Report()
        skipped = [*found["skipped"], *activities.take_over(source, found["events"], report)]
        source.etag, source.last_modified = found["etag"], found["last_modified"]
        source.skipped, source.accepts_shrinking = skipped, False
        return _well(source, report)
    except NoOverview:
        return _failed(source, "overview")
    finally:
        FeedSource.objects.filter(pk=source_id).update(claimed_at=None)


def _claim(source_id: int) -> FeedSource | None:
    now = timezone.now()
    free = FeedSource.objects.filter(pk=source_id).filter(Q(claimed_at=None) | Q(claimed_at__lt=now - LEASE))
    if not free.update(claimed_at=now):
        return None
    return FeedSource.objects.select_related("organiser").get(pk=source_id)


def _read(source: FeedSource) -> dict[str, Any]:
    """Let a process of its own fetch and read, and end it when its time is over."""
    today = timezone.localdate()
    order = {
        "url": source.url,
        # What is accepted now was refused before: the answer "unchanged" would keep it from being looked at.
        "etag": "" if source.error or source.accepts_shrinking else source.etag,
        "last_modified": "" if source.error or source.accepts_shrinking else source.last_modified,
        "trusted": sorted(settings.IMPORT_TRUSTED_HOSTS),
        "seconds": settings.IMPORT_SECONDS,
        "first": (today - DAY).isoformat(),
        "last": _last_day(today).isoformat(),
    }
    try:
        process = subprocess.run(
            [sys.executable, "-m", "events_calendar.imports.worker"],
            input=json.dumps(order).encode(),
            capture_output=True,
            cwd=settings.BASE_DIR,
            timeout=settings.IMPORT_SECONDS + READING_SECONDS,
            check=False,
        )
        found: dict[str, Any] = json.loads(process.stdout)
    except subprocess.TimeoutExpired:
        return {"error": "slow"}
    except ValueError:
        logger.warning("The reader of %s ended with %s: %s", source.url, process.returncode, process.stderr[-2000:])
        return {"error": "slow" if process.returncode < 0 else "unknown"}
    return found


def _last_day(today: datetime.date) -> datetime.date:
    """Return the end of a month: a later end every day would make a new version of every page every day."""
    return horizon(today).replace(day=1) - DAY


def _doubt(source: FeedSource, events: list[dict[str, Any]]) -> str:
    """Return why the calendar should not be believed, empty where nothing speaks against it."""
    known = activities.with_dates_to_come(source)
    gone = known - {event["uid"] for event in events}
    return "shrunk" if len(gone) * 2 > len(known) and not source.accepts_shrinking else ""


def _well(source: FeedSource, report: Report) -> Report:
    source.last_fetched = source.last_ok = timezone.now()
    source.error, source.failing_since = "", None
    source.save(
        update_fields=[
            "last_fetched",
            "last_ok",
            "error",
            "failing_since",
            "etag",
            "last_modified",
            "skipped",
            "accepts_shrinking",
        ]
    )
    return report


@transaction.atomic
def _failed(source: FeedSource, code: str) -> Report:
    """Note the problem, and tell the owner once, however long it lasts."""
    now = timezone.now()
    source.last_fetched, source.error = now, code
    if source.failing_since is None:
        source.failing_since = now
        with override(settings.LANGUAGE_CODE):
            values = {"name": source.name, "problem": words_for(code), "url": source.url}
            outbox.enqueue(
                key=f"feed:{source.pk}:{now.isoformat()}",
                to=source.owner_email,
                language=settings.LANGUAGE_CODE,
                subject=_("The calendar “%(name)s” cannot be read") % values,
                text=_(
                    "Hello\n\n"
                    "Activities from “%(name)s” are shown in the calendar for newcomers:\n%(url)s\n\n"
                    "Something is wrong: %(problem)s\n\n"
                    "Nothing in our calendar was changed. We try again by ourselves, and you get no further mail about it. "
                    "If the calendar has a new address, please tell the municipality."
                )
                % values,
            )
    source.save(update_fields=["last_fetched", "error", "failing_since"])
    with override("en"):
        return Report(problem=words_for(code))
