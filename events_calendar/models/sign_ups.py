"""Sign-ups: who comes to one date of an activity, who waits for a place, and who does not come after all."""

import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from .occurrences import Occurrence

MOST_SEATS = 10


class SignUpStatus(models.TextChoices):
    """Where a sign-up is on its way. docs/sign-up.md has the picture."""

    CONFIRMED = "confirmed", _("has a place")
    WAITING = "waiting", _("on the waiting list")
    OFFERED = "offered", _("is offered a place")
    CANCELLED = "cancelled", _("has cancelled")
    EXPIRED = "expired", _("did not answer the offer")
    ATTENDED = "attended", _("was there")
    NO_SHOW = "no_show", _("was not there")


HOLDING = (SignUpStatus.CONFIRMED, SignUpStatus.OFFERED, SignUpStatus.ATTENDED, SignUpStatus.NO_SHOW)
"""Those whose seats are counted in `Occurrence.taken`."""
LIVE = (SignUpStatus.CONFIRMED, SignUpStatus.WAITING, SignUpStatus.OFFERED)
"""Those who are told when anything changes."""
ONE_PER_CONTACT = (*HOLDING, SignUpStatus.WAITING)


class SignUp(models.Model):
    """One party that signed up for one date. Rows stay for the numbers; who it was is deleted 30 days after the date."""

    ref = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    """Names it inside; the secret of its link is made of it."""
    code = models.CharField(max_length=8, unique=True)
    """What people without e-mail write down: no letter in it looks like another."""
    occurrence = models.ForeignKey(Occurrence, on_delete=models.PROTECT, related_name="sign_ups")
    seats = models.PositiveSmallIntegerField(
        default=1, validators=[MinValueValidator(1), MaxValueValidator(MOST_SEATS)]
    )
    status = models.CharField(max_length=10, choices=SignUpStatus.choices)
    queue_no = models.PositiveIntegerField(null=True, blank=True)
    """The place in the order of the waiting list; nobody ever gets it again."""
    offer_expires_at = models.DateTimeField(null=True, blank=True)
    promoted_at = models.DateTimeField(null=True, blank=True)
    """When it moved up from the waiting list. Who has no e-mail has to be called."""

    name = models.CharField(max_length=60, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=20, blank=True)
    contact_key = models.CharField(max_length=64, blank=True)
    """A keyed hash of e-mail or phone: one sign-up per person and date. Empty where staff noted neither."""
    language = models.CharField(max_length=10)
    token_hash = models.CharField(max_length=64, blank=True, db_index=True)
    form_key = models.UUIDField(unique=True)
    """A form that is sent twice leads to one sign-up."""
    told = models.JSONField(default=dict, blank=True)
    """When and where the person last knew it to be, while a mail about a change is on its way."""
    telling = models.CharField(max_length=200, blank=True)
    """The key of that mail."""

    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    anonymised_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["occurrence", "contact_key"],
                condition=models.Q(status__in=ONE_PER_CONTACT) & ~models.Q(contact_key=""),
                name="sign_up_once_per_contact",
            ),
            models.UniqueConstraint(
                fields=["occurrence", "queue_no"],
                condition=~models.Q(queue_no=None),
                name="sign_up_one_place_in_queue",
            ),
            models.CheckConstraint(
                name="sign_up_seats", condition=models.Q(seats__gte=1) & models.Q(seats__lte=MOST_SEATS)
            ),
            models.CheckConstraint(
                name="sign_up_offer_expires",
                condition=models.Q(status=SignUpStatus.OFFERED) & ~models.Q(offer_expires_at=None)
                | ~models.Q(status=SignUpStatus.OFFERED) & models.Q(offer_expires_at=None),
            ),
            models.CheckConstraint(
                name="sign_up_waits_in_queue",
                condition=~models.Q(status=SignUpStatus.WAITING) | ~models.Q(queue_no=None),
            ),
            models.CheckConstraint(
                name="sign_up_anonymised",
                condition=models.Q(anonymised_at=None)
                | models.Q(name="", email="", phone="", contact_key="", token_hash=""),
            ),
        ]
        indexes = [
            models.Index(fields=["status", "offer_expires_at"], name="sign_up_status_offer"),
            models.Index(fields=["anonymised_at", "occurrence"], name="sign_up_anonymised_date"),
        ]

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return self.code

    @property
    def is_live(self) -> bool:
        """Say whether the person has a place, waits for one or is offered one."""
        return self.status in LIVE
