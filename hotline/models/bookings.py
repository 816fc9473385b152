"""Calls that were booked. The only place with personal data; plain rows without a history, forgotten after 30 days."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..choices import Help, Topic
from .lines import HotlineLine
from .slots import Slot
from .staff import StaffMember


class BookingStatus(models.TextChoices):
    """What became of a booking. Every change is a compare-and-set: `hotline.bookings`."""

    BOOKED = "booked", _("booked")
    DONE = "done", _("answered")
    NO_ANSWER = "no_answer", _("no answer")
    WRONG_NUMBER = "wrong_number", _("wrong number")
    NO_SHOW = "no_show", _("no show")
    MISSED = "missed", _("not called")
    CANCELLED = "cancelled", _("cancelled")


HOLDING = tuple(status for status in BookingStatus if status is not BookingStatus.CANCELLED)
"""Those that keep their time, so that nobody else gets it."""


class Booking(models.Model):
    """We call this person at this time."""

    ref = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    """Names it inside and in calendars; the secret of its link is made of it."""
    code = models.CharField(_("reference"), max_length=8, unique=True)
    """What people write down and read out: no letter in it looks like another."""
    line = models.ForeignKey(HotlineLine, on_delete=models.PROTECT, related_name="bookings")
    slot = models.ForeignKey(Slot, on_delete=models.PROTECT, related_name="bookings")
    status = models.CharField(_("status"), max_length=12, choices=BookingStatus.choices, default=BookingStatus.BOOKED)
    sequence = models.PositiveIntegerField(default=0)
    """Grows whenever the time changes or the call is cancelled, so that calendars take the new version."""

    call_language = models.CharField(_("language of the call"), max_length=10)
    help = models.CharField(_("help with the language"), max_length=12, choices=Help.choices, default=Help.NONE)
    own_language = models.CharField(_("language of the caller"), max_length=10, blank=True)
    """Where nobody at the hotline speaks it: what an interpreter is needed for."""
    topic = models.CharField(_("topic"), max_length=12, choices=Topic.choices)
    about_page = models.ForeignKey(
        "wagtailcore.Page", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    """The page from which the caller came."""
    municipality = models.SlugField(_("municipality"), blank=True)
    language = models.CharField(_("language of the pages"), max_length=10)

    name = models.CharField(_("name"), max_length=60, blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    """As E.164: what is dialled from anywhere."""
    email = models.EmailField(_("e-mail"), blank=True)
    visitor_zone = models.CharField(max_length=64, blank=True)
    """The IANA name of the clock of the caller's browser; for words in mails and at the desk."""
    token_hash = models.CharField(max_length=64, blank=True, db_index=True)
    form_key = models.UUIDField(unique=True)
    """A form that is sent twice leads to one booking."""

    taken_by = models.ForeignKey(
        StaffMember, verbose_name=_("taken by"), null=True, blank=True, on_delete=models.PROTECT, related_name="taken"
    )
    taken_at = models.DateTimeField(null=True, blank=True)
    follow_up_of = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="follow_ups"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    anonymised_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("booked call")
        verbose_name_plural = _("booked calls")
        constraints = [
            models.UniqueConstraint(
                fields=["slot"], condition=models.Q(status__in=HOLDING), name="hotline_booking_one_per_slot"
            ),
            models.UniqueConstraint(
                fields=["phone"],
                condition=models.Q(status=BookingStatus.BOOKED) & ~models.Q(phone=""),
                name="hotline_booking_one_per_phone",
            ),
            models.CheckConstraint(name="hotline_booking_status", condition=models.Q(status__in=BookingStatus.values)),
            models.CheckConstraint(
                name="hotline_booking_reachable",
                condition=~models.Q(status=BookingStatus.BOOKED) | ~models.Q(phone="") | ~models.Q(anonymised_at=None),
            ),
            models.CheckConstraint(
                name="hotline_booking_taken",
                condition=models.Q(taken_by=None, taken_at=None)
                | (~models.Q(taken_by=None) & ~models.Q(taken_at=None)),
            ),
            models.CheckConstraint(
                name="hotline_booking_anonymised",
                condition=models.Q(anonymised_at=None)
                | models.Q(name="", email="", phone="", token_hash="", visitor_zone=""),
            ),
        ]
        indexes = [
            models.Index(fields=["status", "slot"], name="hotline_booking_status_slot"),
            models.Index(fields=["anonymised_at", "slot"], name="hotline_booking_anonymised_at"),
        ]

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return self.code

    @property
    def is_live(self) -> bool:
        """Say whether the call is still to be made."""
        return self.status == BookingStatus.BOOKED

    @property
    def readable_code(self) -> str:
        """Return the reference in two halves, as it is read out."""
        return f"{self.code[:4]}-{self.code[4:]}"
