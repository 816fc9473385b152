"""Cancels and moves single dates as a connected calendar says, by the same ways as editors do.

What was done last is remembered, so that a date that an editor has changed by hand is left alone until the calendar itself
changes it again.
"""

import datetime
import logging
from typing import Any

from django.db import transaction

from .. import changes
from ..changes import NotPossible
from ..models import ImportedActivity, Occurrence
from ..schedules import DAY, Schedule

logger = logging.getLogger(__name__)


@transaction.atomic
def apply_changes(imported_id: int) -> int:
    """Bring the dates in line with what the calendar says of each, and return how many were cancelled."""
    imported = ImportedActivity.objects.select_for_update().get(pk=imported_id)
    days = {day for day in {*imported.changes, *imported.applied} if _differs(imported, day)}
    if not days:
        return 0
    occurrences = {
        one.original_date.isoformat(): one
        for one in Occurrence.objects.filter(
            activity_id=imported.activity_id, original_date__in=[datetime.date.fromisoformat(day) for day in days]
        ).select_related("activity")
    }
    cancelled = 0
    for day in sorted(days):
        occurrence = occurrences.get(day)
        if occurrence is None:
            continue  # not public yet, or over before we saw it
        wanted = imported.changes.get(day, {})
        try:
            _change(occurrence, imported.applied.get(day, {}), wanted)
        except NotPossible as problem:
            logger.info("%s of “%s”: %s", day, occurrence.activity.title, problem)
        else:
            cancelled += bool(wanted.get("cancelled"))
        if wanted:
            imported.applied[day] = wanted
        else:
            imported.applied.pop(day, None)
    imported.save(update_fields=["applied"])
    return cancelled


def _differs(imported: ImportedActivity, day: str) -> bool:
    return bool(imported.changes.get(day) != imported.applied.get(day))


def _change(occurrence: Occurrence, before: dict[str, Any], wanted: dict[str, Any]) -> None:
    """Undo what was done to a date before, and do what is wanted now."""
    if before and changes.is_changed_by_hand(occurrence):
        occurrence = changes.undo(occurrence, None, "")
    if wanted.get("cancelled"):
        if occurrence.cancelled_at is None:
            changes.cancel(occurrence, None, {})
        return
    if "start" in wanted:
        occurrence = changes.move(occurrence, None, _schedule(wanted, occurrence.activity.zone), {})
    if wanted.get("place"):
        changes.change_place(occurrence, None, wanted["place"][:200], {})


def _schedule(wanted: dict[str, Any], zone: str) -> Schedule:
    """Return the one date to which a date is moved, as a schedule."""
    start, end = (datetime.datetime.fromisoformat(wanted[name]) for name in ("start", "end"))
    if wanted["all_day"]:
        return Schedule(start_date=start.date(), end_day_offset=((end - DAY).date() - start.date()).days, zone=zone)
    return Schedule(
        start_date=start.date(),
        start_time=start.time(),
        end_time=end.time(),
        end_day_offset=(end.date() - start.date()).days,
        zone=zone,
    )
