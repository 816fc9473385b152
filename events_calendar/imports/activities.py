"""Makes activities of the events of a connected calendar. An event keeps its activity, and a date its identity, for ever."""

import datetime
import logging
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.html import escape

from ..materialise import materialise
from ..models import ActivityPage, FeedSource, ImportedActivity
from ..models.activities import ActivityIndexPage
from ..moderation import add_draft, moderate, overview_of, save_draft
from ..outside_texts import TEXT, as_html, free_slug, lines_of, set_values, value_of
from ..schedules import DAY, Frequency
from .dates import apply_changes

logger = logging.getLogger(__name__)

LONGEST_SUMMARY = 300
LONGEST_TEXT = 5000
MOST_DATES = 400
CANCELLED = {"cancelled": True}

Event = dict[str, Any]


def with_dates_to_come(source: FeedSource) -> set[str]:
    """Return the UIDs of the calendar that we show dates of in the future, and that were there the last time."""
    coming = source.imported.filter(missing_since=None, activity__live=True).filter(
        activity__occurrences__starts_at__gt=timezone.now(),
        activity__occurrences__removed_at=None,
        activity__occurrences__published=True,
    )
    drafts = source.imported.filter(missing_since=None, activity__live=False)
    return {*coming.values_list("uid", flat=True), *drafts.values_list("uid", flat=True)}


def take_over(source: FeedSource, events: list[Event], report: Any) -> list[dict[str, str]]:
    """Bring the activities of a calendar in line with its events, and return what could not be taken over and why."""
    overview, skipped = overview_of(source.municipality), []
    known = {one.uid: one for one in source.imported.select_related("activity")}
    for event in events:
        imported = known.get(event["uid"])
        if imported is not None and imported.activity_id is None:
            continue  # an editor has deleted it
        try:
            _take_over_one(source, overview, event, imported, report)
        except ValidationError as error:
            logger.info("“%s” of %s was left out: %s", event["title"], source, error)
            skipped.append({"title": event["title"][:100], "reason": "incomplete"})
    here = {event["uid"] for event in events}
    for imported in known.values():
        is_gone = imported.activity_id is not None and imported.uid not in here and imported.missing_since is None
        if is_gone and _is_to_come(imported):
            _cancel_all(imported, report)
    return skipped


def _take_over_one(
    source: FeedSource, overview: ActivityIndexPage, event: Event, imported: ImportedActivity | None, report: Any
) -> None:
    texts, schedule = _texts(event), _schedule(event)
    with transaction.atomic():
        if imported is None:
            if all(event["changes"].get(day) == CANCELLED for day in event["dates"]):
                return
            imported = _create(source, overview, event, texts, schedule)
            report.created += 1
        elif _update(source, imported, texts, _with_past_dates(imported, schedule)):
            report.changed += 1
        changed = imported.changes != event["changes"]
        if changed or imported.missing_since is not None:
            imported.changes, imported.missing_since = event["changes"], None
            imported.save(update_fields=["changes", "missing_since"])
    if imported.applied != imported.changes:
        report.cancelled += apply_changes(imported.pk)


def _texts(event: Event) -> dict[str, Any]:
    """Return what the page says, in plain words: whatever markup comes from outside is taken out."""
    text = event["text"]
    if "<" in text:
        soup = BeautifulSoup(text.replace("</p>", "</p>\n"), "html.parser")
        for line_break in soup.find_all("br"):
            line_break.replace_with("\n")
        text = soup.get_text()
    lines = lines_of(_without_tokens(text)[:LONGEST_TEXT])
    first = lines[0] if lines else ""
    summary = first if len(first) <= LONGEST_SUMMARY else first[: LONGEST_SUMMARY - 1].rsplit(" ", 1)[0] + "…"
    rest = lines[1:] if summary == first else lines
    html = as_html("\n".join(rest))
    if urlsplit(event["url"]).scheme in {"http", "https"}:
        html += f'<p><a href="{escape(event["url"])}">{escape(event["url"])}</a></p>'
    name, _comma, address = _without_tokens(event["place"]).partition(",")
    return {
        "title": _without_tokens(event["title"]) or event["uid"],
        "summary": summary,
        TEXT: html,
        "venue_name": name.strip()[:120],
        "venue_address": address.strip()[:200],
    }


def _without_tokens(text: str) -> str:
    return text.replace("[[", "[").replace("]]", "]")


def _schedule(event: Event) -> dict[str, Any]:
    """Return the dates of an event as a schedule that lists them, in the form in which it is stored."""
    is_all_day = event["all_day"]
    return {
        "is_all_day": is_all_day,
        "start_time": None if is_all_day else event["start_time"],
        "end_time": None if is_all_day else event["end_time"],
        "end_day_offset": event["days"] - 1 if is_all_day else event["days"],
        "dates": event["dates"],
    }


def _with_past_dates(imported: ImportedActivity, schedule: dict[str, Any]) -> dict[str, Any]:
    """Return a schedule with the dates that are over and that the calendar is no longer asked about."""
    first = min(schedule["dates"])
    past = [day for day in imported.schedule["dates"] if day < min(first, timezone.localdate().isoformat())]
    return {**schedule, "dates": [*past, *schedule["dates"]][-MOST_DATES:]}


def _schedule_fields(schedule: dict[str, Any]) -> dict[str, Any]:
    days = [datetime.date.fromisoformat(day) for day in schedule["dates"]]
    times = {
        name: schedule[name] and datetime.time.fromisoformat(schedule[name]) for name in ("start_time", "end_time")
    }
    return {
        **times,
        "is_all_day": schedule["is_all_day"],
        "end_day_offset": schedule["end_day_offset"],
        "start_date": days[0],
        "frequency": (Frequency.DATES if days[1:] else Frequency.ONCE).value,
        "extra_dates": [day.isoformat() for day in days[1:]],
    }


def _create(
    source: FeedSource, overview: ActivityIndexPage, event: Event, texts: dict[str, Any], schedule: dict[str, Any]
) -> ImportedActivity:
    page = ActivityPage(
        slug=free_slug(overview, texts["title"]),
        translation_key=uuid4(),
        locale=overview.locale,
        content_owner=source.organiser.name[:100] if source.organiser else source.name[:100],
        organiser=source.organiser,
        activity_type=source.activity_type,
        spoken_languages=source.spoken_languages,
    )
    set_values(page, {**texts, **_schedule_fields(schedule)})
    revision = add_draft(overview, page)
    if source.publishes_directly and _is_complete(page):
        revision.publish()
    else:
        moderate(page, revision)
    return ImportedActivity.objects.create(
        source=source, uid=event["uid"], activity=page, texts=texts, schedule=schedule
    )


def _is_complete(page: ActivityPage) -> bool:
    """Say whether a page may be public; one without a place waits for an editor instead."""
    try:
        page.full_clean()
    except ValidationError:
        return False
    return True


def _update(source: FeedSource, imported: ImportedActivity, texts: dict[str, Any], schedule: dict[str, Any]) -> bool:
    """Take over what the calendar has changed and no editor has; return whether anything was.

    Dates go to the public page at once, texts as the source says. A draft somebody is working on gets the same changes.
    """
    new_texts = {name: value for name, value in texts.items() if imported.texts.get(name) != value}
    has_new_dates = imported.schedule != schedule
    if not new_texts and not has_new_dates:
        return False
    before, fields = imported.texts, _schedule_fields(schedule) if has_new_dates else {}
    public = ActivityPage.objects.get(pk=imported.activity_id)
    draft: ActivityPage = public.get_latest_revision_as_object()
    has_own_draft = public.live and public.has_unpublished_changes
    if public.live:
        at_once = new_texts if source.publishes_directly else {}
        values = {**_untouched(public, at_once, before), **fields}
        if values:
            set_values(public, values)
            public.save_revision().publish()
    rest = {} if public.live and source.publishes_directly and not has_own_draft else new_texts
    values = {**_untouched(draft, rest, before), **fields}
    if values and (rest or has_own_draft or not public.live):
        set_values(draft, values)
        revision = save_draft(draft)
        if rest and not source.publishes_directly:
            moderate(draft, revision)
    imported.texts, imported.schedule = texts, schedule
    imported.save(update_fields=["texts", "schedule"])
    return True


def _untouched(page: ActivityPage, new: dict[str, Any], before: dict[str, Any]) -> dict[str, Any]:
    """Return the new texts of those places where still stands what the calendar said before."""
    return {name: value for name, value in new.items() if value_of(page, name) == before.get(name)}


def _is_to_come(imported: ImportedActivity) -> bool:
    last = datetime.date.fromisoformat(imported.schedule["dates"][-1])
    return last >= timezone.localdate() - DAY


def _cancel_all(imported: ImportedActivity, report: Any) -> None:
    """Cancel the dates to come of an activity that its calendar no longer has. Readers see that they are cancelled."""
    today = timezone.localdate().isoformat()
    to_come = [day for day in imported.schedule["dates"] if day >= today]
    imported.changes = {**imported.changes, **dict.fromkeys(to_come, CANCELLED)}
    imported.missing_since = timezone.now()
    imported.save(update_fields=["changes", "missing_since"])
    report.cancelled += apply_changes(imported.pk)


def apply_after_publication(activity_id: int) -> None:
    """Do to the dates of an activity that has just become public what its calendar said of them."""
    for imported in ImportedActivity.objects.filter(activity=activity_id):
        if imported.applied != imported.changes:
            materialise(activity_id)
            apply_changes(imported.pk)
