"""The free times that a booked call can be moved to."""

import datetime

from ..bookings import free_slots
from ..models import Booking, Slot
from ..visitors.answers import written
from .agenda import danish_time

MOST = 40
Choices = list[tuple[str, str]]


def choices_for(booking: Booking, slots: list[Slot], now: datetime.datetime, most: int = MOST) -> Choices:
    """Return the free times for a call: colleagues at the same time first, then other times in order."""
    same = [slot for slot in slots if slot.starts_at == booking.slot.starts_at]
    others = [slot for slot in slots if slot.starts_at != booking.slot.starts_at and _speaks(slot, booking)]
    found = [*filter(lambda slot: _speaks(slot, booking), same), *others[:most]]
    return [
        (f"{written(slot.starts_at)} {slot.staff_id}", f"{danish_time(slot.starts_at, now)}, {slot.staff.name}")
        for slot in found
    ]


def _speaks(slot: Slot, booking: Booking) -> bool:
    return booking.call_language in {one.language for one in slot.staff.spoken.all()}


def free(now: datetime.datetime) -> list[Slot]:
    """Return what is free, with the colleagues and their languages: three queries, whatever their number."""
    found = (
        free_slots(now, by_staff=True)
        .filter(staff__is_active=True)
        .select_related("staff")
        .prefetch_related("staff__spoken")
    )
    return list(found.order_by("starts_at", "pk"))
