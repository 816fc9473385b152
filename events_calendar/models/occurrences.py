"""Occurrences: every single date of an activity, one set for all languages, with an identity that never changes."""

import datetime
import uuid
from zoneinfo import ZoneInfo

from django.db import models

from portal.facts.per_language import PerLanguageField

from ..schedules import MIDNIGHT, to_local
from .activities import ActivityPage


class Status(models.TextChoices):
    """Whether it takes place."""

    SCHEDULED = "scheduled"
    CANCELLED = "cancelled"


def slug_of(day: datetime.date, time: datetime.time) -> str:
    """Return what names a date in addresses: `2026-12-03-1900`, without the time where that is midnight."""
    return day.isoformat() if time == MIDNIGHT else f"{day.isoformat()}-{time:%H%M}"


class OccurrenceQuerySet(models.QuerySet["Occurrence"]):
    """The usual questions to the dates of activities."""

    def public(self) -> "OccurrenceQuerySet":
        """Return what readers see, cancelled dates included; not what the schedule no longer has."""
        return self.filter(published=True, removed_at=None)

    def not_over(self, now: datetime.datetime) -> "OccurrenceQuerySet":
        """Return what has not ended at a moment."""
        return self.filter(ends_at__gt=now)


class Occurrence(models.Model):
    """One date of an activity.

    `original_date` and `original_time` say which date of the schedule it is, wherever it was moved to. A row is never
    deleted while its activity exists: calendars that people have subscribed to must learn that it is cancelled.
    """

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    """Names the date in calendars."""
    activity = models.ForeignKey(ActivityPage, on_delete=models.CASCADE, related_name="occurrences")
    """The Danish page."""
    original_date = models.DateField()
    original_time = models.TimeField()
    """Midnight where it lasted all day."""
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    local_date = models.DateField()
    """The day on which it begins where it takes place."""
    all_day = models.BooleanField(default=False)
    place = models.CharField(max_length=500, blank=True)
    """Where it is on this date: what somebody changed by hand, else what the activity says."""

    status = models.CharField(max_length=10, choices=Status.choices, default=Status.SCHEDULED)
    is_override = models.BooleanField(default=False)
    """True where somebody moved it: the schedule no longer does."""
    override_place = models.CharField(max_length=200, blank=True)
    remark = PerLanguageField()
    """What readers are told of a change."""
    cancelled_at = models.DateTimeField(null=True, blank=True)
    """When somebody cancelled it."""
    removed_at = models.DateTimeField(null=True, blank=True)
    """Since when the schedule has no such date, or the activity is not public."""

    capacity = models.PositiveIntegerField(null=True, blank=True)
    """None for no limit."""
    override_capacity = models.PositiveIntegerField(null=True, blank=True)
    """Where somebody gave this date another number of places than the activity says."""
    next_queue_no = models.PositiveIntegerField(default=1)
    """The next place in the order of the waiting list."""
    taken = models.PositiveIntegerField(default=0)
    """Written by `events_calendar.sign_up.service` alone."""

    published = models.BooleanField(default=True)
    """Whether the activity is public."""
    sequence = models.PositiveIntegerField(default=0)
    """Counts the changes of time, place and status, as RFC 5545 wants it."""
    changed_at = models.DateTimeField()

    objects = OccurrenceQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "original_date", "original_time"], name="occurrence_once_per_original_time"
            ),
            models.CheckConstraint(
                name="occurrence_ends_after_start", condition=models.Q(ends_at__gt=models.F("starts_at"))
            ),
            models.CheckConstraint(name="occurrence_taken_not_negative", condition=models.Q(taken__gte=0)),
            models.CheckConstraint(
                name="occurrence_taken_within_capacity",
                condition=models.Q(capacity=None) | models.Q(taken__lte=models.F("capacity")),
            ),
            models.CheckConstraint(
                name="occurrence_cancelled_by_whom",
                condition=models.Q(status=Status.SCHEDULED, cancelled_at=None, removed_at=None)
                | (models.Q(status=Status.CANCELLED) & ~models.Q(cancelled_at=None, removed_at=None)),
            ),
        ]
        indexes = [
            models.Index(fields=["published", "starts_at"], name="occurrence_published_starts"),
            models.Index(fields=["local_date"], name="occurrence_local_date"),
            models.Index(fields=["activity", "starts_at"], name="occurrence_activity_starts"),
            models.Index(fields=["changed_at"], name="occurrence_changed"),
            # A page counts the dates of two months by activity: out of this index alone, without the rows.
            models.Index(
                fields=["local_date", "ends_at", "activity"],
                condition=models.Q(published=True, removed_at=None),
                name="occurrence_public_day",
            ),
        ]

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return f"{self.activity_id}: {self.original_date}"

    @property
    def slug(self) -> str:
        """Return what names it in addresses, by the schedule."""
        return slug_of(self.original_date, self.original_time)

    @property
    def local_start(self) -> datetime.datetime:
        """Return when it begins by the clock on the wall, without a zone."""
        return to_local(self.starts_at, ZoneInfo(self.activity.zone))

    @property
    def local_end(self) -> datetime.datetime:
        """Return when it ends by the clock on the wall; for a whole day the next midnight."""
        return to_local(self.ends_at, ZoneInfo(self.activity.zone))

    @property
    def is_cancelled(self) -> bool:
        """Say whether it does not take place."""
        return self.status == Status.CANCELLED
