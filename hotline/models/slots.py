"""The times that can be booked: one row for each person at the hotline and each time."""

from django.db import models

from .lines import HotlineLine
from .staff import StaffMember


class SlotState(models.TextChoices):
    """Whether a time is given out."""

    OPEN = "open"
    BLOCKED = "blocked"
    """Outside shifts, opening hours, or on a closed day. A booking that stands in such a row has to be reassigned."""


class Slot(models.Model):
    """Twenty minutes of one colleague. Made and blocked by `hotline.slots` only; never deleted once it was booked."""

    line = models.ForeignKey(HotlineLine, on_delete=models.PROTECT, related_name="slots")
    staff = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="slots")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    local_date = models.DateField()
    """The day by the Danish clock."""
    state = models.CharField(max_length=10, choices=SlotState.choices, default=SlotState.OPEN)

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["staff", "starts_at"], name="hotline_slot_once"),
            models.CheckConstraint(name="hotline_slot_times", condition=models.Q(ends_at__gt=models.F("starts_at"))),
            models.CheckConstraint(name="hotline_slot_state", condition=models.Q(state__in=SlotState.values)),
        ]
        indexes = [
            models.Index(fields=["line", "state", "starts_at"], name="hotline_slot_line_state"),
            models.Index(fields=["local_date", "staff"], name="hotline_slot_day"),
        ]

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M} UTC"
