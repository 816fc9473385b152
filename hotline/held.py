"""Bookings that a program may have sent: kept aside, booked when somebody says so, and deleted with everything else."""

import datetime
from dataclasses import asdict, replace

from .bookings import Wish, book
from .models import Booking, HeldBooking


def hold(wish: Wish) -> None:
    """Keep a booking aside, once. No time is blocked by it."""
    values = asdict(wish)
    HeldBooking.objects.get_or_create(form_key=values.pop("form_key"), defaults=values)


def accept(held: HeldBooking, starts_at: datetime.datetime) -> Booking:
    """Book it, at the time that was wished for or another one. Raises Taken and BookedAlready; then it stays held."""
    wish = Wish(**{name: getattr(held, name) for name in Wish.__dataclass_fields__})
    booking = book(replace(wish, starts_at=starts_at), by_staff=True)
    discard(held)
    return booking


def discard(held: HeldBooking) -> None:
    """Throw it away: nothing of it is kept."""
    HeldBooking.objects.filter(pk=held.pk).delete()
