"""What is forgotten of people who booked a call."""

import datetime

from django.utils import timezone

from .models import Booking, HeldBooking

KEPT = datetime.timedelta(days=30)
"""After the call."""


def anonymise() -> int:
    """Delete who it was, 30 days after the call; the row, its status and its topic stay for the numbers.

    Of a booking that is still held then nothing stays.
    """
    now = timezone.now()
    over = Booking.objects.filter(anonymised_at=None, slot__ends_at__lt=now - KEPT)
    nobody = {"name": "", "email": "", "phone": "", "token_hash": "", "visitor_zone": ""}
    held, _by_model = HeldBooking.objects.filter(starts_at__lt=now - KEPT).delete()
    return held + over.update(**nobody, anonymised_at=now)
