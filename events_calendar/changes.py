"""What somebody does by hand to one date of an activity: cancel it, move it, change its place, undo all that.

The date keeps its identity. Each change is in the history of the page, with its reason.
"""

import datetime
from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from .materialise import follow_schedule, lock, set_times
from .models import ActivityPage, Occurrence
from .schedules import Schedule, instance_on
from .sign_up import mails, service

Remark = dict[str, str]
"""Language → what readers are told."""

OWN_FIELDS = [
    "starts_at",
    "ends_at",
    "local_date",
    "all_day",
    "place",
    "status",
    "is_override",
    "override_place",
    "remark",
    "cancelled_at",
    "removed_at",
    "sequence",
    "changed_at",
]


AT_ONCE = datetime.timedelta(0)


class NotPossible(Exception):
    """The date cannot be changed; the message says why."""


def cancel(occurrence: Occurrence, user: User | None, remark: Remark) -> Occurrence:
    """Cancel a date. Readers still see it, as cancelled."""

    def apply(found: Occurrence, activity: ActivityPage, now: datetime.datetime) -> None:
        if found.cancelled_at is not None:
            raise NotPossible(_("This date is cancelled already."))
        found.cancelled_at, found.remark = now, remark

    return _change(occurrence, user, "cancel", _reason(remark), apply)


def move(occurrence: Occurrence, user: User | None, schedule: Schedule, remark: Remark) -> Occurrence:
    """Move a date to the one date of a schedule. From now on it stays there, whatever the schedule of the activity says."""

    def apply(found: Occurrence, activity: ActivityPage, now: datetime.datetime) -> None:
        if found.cancelled_at is not None:
            raise NotPossible(_("This date is cancelled. Undo that first."))
        instance = instance_on(schedule.start_date, schedule)
        if instance.starts_at <= now:
            raise NotPossible(_("Choose a time that is still to come."))
        set_times(found, instance, is_all_day=schedule.is_all_day)
        found.is_override, found.remark = True, remark

    return _change(occurrence, user, "move", _reason(remark), apply)


def change_place(occurrence: Occurrence, user: User | None, place: str, remark: Remark) -> Occurrence:
    """Let a date take place somewhere else."""

    def apply(found: Occurrence, activity: ActivityPage, now: datetime.datetime) -> None:
        found.override_place, found.remark = place, remark

    return _change(occurrence, user, "change_place", _reason(remark), apply)


def undo(occurrence: Occurrence, user: User | None, reason: str) -> Occurrence:
    """Let a date be again what the schedule and the activity say."""

    def apply(found: Occurrence, activity: ActivityPage, now: datetime.datetime) -> None:
        if not is_changed_by_hand(found):
            raise NotPossible(_("Nobody has changed this date."))
        found.is_override, found.cancelled_at, found.override_place, found.remark = False, None, "", {}

    return _change(occurrence, user, "undo", reason, apply)


def is_changed_by_hand(occurrence: Occurrence) -> bool:
    """Say whether there is anything to undo."""
    return bool(occurrence.is_override or occurrence.cancelled_at or occurrence.override_place or occurrence.remark)


def _reason(remark: Remark) -> str:
    return next(iter(remark.values()), "")


def _change(
    seen: Occurrence,
    user: User | None,
    action: str,
    reason: str,
    apply: Callable[[Occurrence, ActivityPage, datetime.datetime], None],
) -> Occurrence:
    """Apply a change to a date as the user saw it, and write it into the history of the page."""
    now = timezone.now()
    with transaction.atomic():
        activity = lock(seen.activity_id)
        found = Occurrence.objects.select_for_update().get(pk=seen.pk)
        if found.sequence != seen.sequence:
            raise NotPossible(_("Somebody else has changed this date in the meantime. Look at it again."))
        if found.ends_at <= now:
            raise NotPossible(_("This date is over."))
        if found.removed_at is not None:
            raise NotPossible(_("The schedule of the activity has no such date any more."))
        before, told = _facts(found), mails.told_of(found)
        apply(found, activity, now)
        own_date = found.original_date
        instance = next(iter(activity.instances(own_date, own_date)), None)
        follow_schedule(found, activity, instance, now)
        if found.ends_at <= now:
            raise NotPossible(_("By the schedule this date is over."))
        found.sequence, found.changed_at = seen.sequence + 1, now
        found.save(update_fields=OWN_FIELDS)
        found.activity = activity
        mails.date_changed(service.live_sign_ups([found.pk]).get(found.pk, []), found, told, AT_ONCE)
        service.settle(found.pk)
        data = {"date": own_date.isoformat(), "reason": reason, "before": before, "after": _facts(found)}
        log(instance=activity, action=f"events_calendar.{action}", user=user, data=data)
    return found


def _facts(occurrence: Occurrence) -> dict[str, Any]:
    """Return what the history keeps of a date."""
    return {
        "starts_at": occurrence.starts_at.isoformat(),
        "ends_at": occurrence.ends_at.isoformat(),
        "place": occurrence.place,
        "status": occurrence.status,
    }
