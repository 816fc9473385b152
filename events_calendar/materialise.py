"""Turns schedules into occurrences, 18 months ahead: run again it changes nothing, and no identity is ever lost.

Rows are never deleted. What the schedule has no more is cancelled, what it has again takes place again, and what
somebody moved or cancelled by hand stays so.
"""

import datetime
import logging
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import Greatest
from django.utils import timezone
from wagtail.models import Page
from wagtail.query import PageQuerySet

from portal.pages.sitemap import real_public_pages
from portal.search.updates import request_update

from .choices import Registration
from .models import ActivityPage, Occurrence
from .models.occurrences import Status
from .schedules import DAY, MIDNIGHT, Instance, to_local
from .search import SOURCE
from .sign_up import mails, service

logger = logging.getLogger(__name__)

MONTHS_AHEAD = 18
GRACE = datetime.timedelta(minutes=15)
"""Until people are told what the schedule, or a page that was withdrawn, did to a date: a slip can be undone unnoticed."""
SYNCHRONISED = [
    "starts_at",
    "ends_at",
    "local_date",
    "all_day",
    "place",
    "status",
    "removed_at",
    "sequence",
    "changed_at",
]


@dataclass(frozen=True)
class Changes:
    """How many occurrences one run made, changed and cancelled."""

    created: int = 0
    changed: int = 0
    cancelled: int = 0

    def __add__(self, other: "Changes") -> "Changes":
        return Changes(self.created + other.created, self.changed + other.changed, self.cancelled + other.cancelled)


def horizon(today: datetime.date) -> datetime.date:
    """Return the day up to which dates are known."""
    months = today.month - 1 + MONTHS_AHEAD
    return datetime.date(today.year + months // 12, months % 12 + 1, 1) + (min(today.day, 28) - 1) * DAY


def lock(activity_id: int) -> ActivityPage:
    """Return a Danish activity that nobody else may change the dates of until the transaction ends.

    Everything that writes dates begins here, so that two writers cannot undo each other's work.
    """
    return ActivityPage.objects.select_for_update(of=("self",)).get(pk=activity_id)


def materialise(activity_id: int, now: datetime.datetime | None = None) -> Changes:
    """Bring the occurrences of a Danish activity in line with what is published."""
    now = now or timezone.now()
    with transaction.atomic():
        activity = lock(activity_id)
        is_public = real_public_pages().filter(pk=activity.pk).exists()
        today = to_local(now, ZoneInfo(activity.zone)).date()
        first = today - (activity.end_day_offset + 1) * DAY
        rows = list(activity.occurrences.filter(Q(original_date__gte=first) | Q(ends_at__gt=now)).order_by("pk"))
        earliest = min([first, *(row.original_date for row in rows)])
        instances = activity.instances(earliest, horizon(today)) if is_public else []
        wanted = {instance.original_date: instance for instance in instances}
        changes = _update(activity, rows, wanted, now)
        missing = [one for day, one in wanted.items() if day not in {row.original_date for row in rows}]
        changes += _create(activity, [one for one in missing if one.ends_at > now], now)
        activity.occurrences.exclude(published=is_public).update(published=is_public, changed_at=now)
        _set_capacity(activity, now)
        for occurrence_id in service.to_settle(activity):
            service.settle(occurrence_id)
        if changes != Changes():
            request_update(SOURCE, str(activity.translation_key))
    return changes


def _update(
    activity: ActivityPage, rows: list[Occurrence], wanted: dict[datetime.date, Instance], now: datetime.datetime
) -> Changes:
    """Let the rows that are not over follow the schedule, and tell those who signed up."""
    before = {row.pk: mails.told_of(row) for row in rows}
    changed = [
        row for row in rows if row.ends_at > now and follow_schedule(row, activity, wanted.get(row.original_date), now)
    ]
    # `bulk_update` takes ten times as long: a second and a half for the dates of a daily activity.
    Occurrence.objects.bulk_create(changed, update_conflicts=True, update_fields=SYNCHRONISED, unique_fields=["id"])
    signed_up = service.live_sign_ups([row.pk for row in changed]) if changed else {}
    for row in changed:
        if row.pk in signed_up:
            mails.date_changed(signed_up[row.pk], row, before[row.pk], GRACE)
    cancelled = sum(row.removed_at == now for row in changed)
    return Changes(changed=len(changed) - cancelled, cancelled=cancelled)


def follow_schedule(
    occurrence: Occurrence, activity: ActivityPage, instance: Instance | None, now: datetime.datetime
) -> bool:
    """Set what the schedule says of a date, None where it has no such date, and return whether anything changed."""
    before = [getattr(occurrence, name) for name in SYNCHRONISED]
    if instance is not None:
        occurrence.removed_at = None
        if not occurrence.is_override:
            set_times(occurrence, instance, is_all_day=activity.schedule.is_all_day)
    elif occurrence.starts_at > now:
        occurrence.removed_at = occurrence.removed_at or now
    occurrence.place = occurrence.override_place or activity.place
    is_off = occurrence.cancelled_at is not None or occurrence.removed_at is not None
    occurrence.status = Status.CANCELLED if is_off else Status.SCHEDULED
    if before == [getattr(occurrence, name) for name in SYNCHRONISED]:
        return False
    occurrence.sequence += 1
    occurrence.changed_at = now
    return True


def set_times(occurrence: Occurrence, instance: Instance, *, is_all_day: bool) -> None:
    """Put an occurrence where an instance is."""
    occurrence.starts_at, occurrence.ends_at = instance.starts_at, instance.ends_at
    occurrence.local_date, occurrence.all_day = instance.local_start.date(), is_all_day


def _create(activity: ActivityPage, instances: list[Instance], now: datetime.datetime) -> Changes:
    """Make the rows of dates that never had one. Their ids follow from what they are: made twice they are the same."""
    schedule = activity.schedule
    made = []
    for instance in instances:
        time = schedule.start_time or MIDNIGHT
        key = f"{instance.original_date.isoformat()}T{time.isoformat()}"
        occurrence = Occurrence(
            uid=uuid.uuid5(activity.translation_key, key),
            activity=activity,
            original_date=instance.original_date,
            original_time=time,
            place=activity.place,
            capacity=capacity_of(activity),
            changed_at=now,
        )
        set_times(occurrence, instance, is_all_day=schedule.is_all_day)
        made.append(occurrence)
    Occurrence.objects.bulk_create(made, ignore_conflicts=True)
    return Changes(created=len(made))


def capacity_of(activity: ActivityPage) -> int | None:
    """Return how many places each date has, None for no limit."""
    return activity.capacity if activity.registration == Registration.HERE else None


def _set_capacity(activity: ActivityPage, now: datetime.datetime) -> None:
    """Give the dates to come their places, never fewer than are taken: somebody may sign up at this very moment.

    A date that somebody gave another number of places keeps it.
    """
    capacity = capacity_of(activity)
    coming = activity.occurrences.filter(starts_at__gt=now, override_capacity=None).exclude(capacity=capacity)
    coming.update(capacity=None if capacity is None else Greatest(Value(capacity), F("taken")))


# All activities -------------------------------------------------------------------------------------------------------


def danish_activities() -> PageQuerySet:
    """Return the pages to which occurrences belong."""
    return ActivityPage.objects.filter(locale__language_code=settings.LANGUAGE_CODE)


def out_of_step(below: Page) -> list[int]:
    """Return the activities below a page that have become public, or have ceased to be, without their dates knowing."""
    public = Exists(real_public_pages().filter(pk=OuterRef("pk")))
    dates = Occurrence.objects.filter(activity=OuterRef("pk"))
    appeared = public & (Exists(dates.filter(published=False)) | ~Exists(dates))
    gone = ~public & Exists(dates.filter(published=True))
    activities = danish_activities().filter(path__startswith=below.path).filter(appeared | gone)
    return list(activities.values_list("pk", flat=True))


def addresses_changed(below: Page) -> None:
    """Note that the dates below a page that was moved have other addresses: whoever subscribes gets them again."""
    activities = danish_activities().filter(path__startswith=below.path)
    Occurrence.objects.filter(activity__in=activities, ends_at__gt=timezone.now()).update(changed_at=timezone.now())


def materialise_after_commit(find: Callable[[], Iterable[int]]) -> None:
    """Do it for what is found once the change is in the database. An error is logged: the page is public already."""

    def run() -> None:
        try:
            changed = list(find())
        except Exception:
            logger.exception(
                "Which activities have new dates could not be found; `extend_occurrences` brings them up to date."
            )
            return
        for activity_id in changed:
            try:
                materialise(activity_id)
            except Exception:
                logger.exception("The dates of activity %s could not be updated.", activity_id)

    transaction.on_commit(run)
