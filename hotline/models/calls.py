"""Calls as they were made: attempts of booked ones, and the log of all, which names nobody."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..choices import Channel, Topic
from .bookings import Booking
from .lines import HotlineLine
from .staff import StaffMember

MOST_ATTEMPTS = 3


class Outcome(models.TextChoices):
    """What came of one attempt."""

    ANSWERED = "answered", _("answered")
    NO_ANSWER = "no_answer", _("no answer")
    WRONG_NUMBER = "wrong_number", _("wrong number")
    NO_SHOW = "no_show", _("no show")


class CallAttempt(models.Model):
    """One attempt to reach somebody who booked a call."""

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="attempts")
    number = models.PositiveSmallIntegerField()
    """The first, second or third: two colleagues who note the same attempt note it once."""
    staff = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="attempts")
    at = models.DateTimeField()
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome.choices)
    next_try_at = models.DateTimeField(_("try again at"), null=True, blank=True)

    class Meta:
        ordering = ["booking", "number"]
        constraints = [
            models.UniqueConstraint(fields=["booking", "number"], name="hotline_attempt_once"),
            models.CheckConstraint(
                name="hotline_attempt_number", condition=models.Q(number__gte=1, number__lte=MOST_ATTEMPTS)
            ),
            models.CheckConstraint(
                name="hotline_attempt_next",
                condition=models.Q(next_try_at=None)
                | (models.Q(outcome=Outcome.NO_ANSWER) & models.Q(next_try_at__gt=models.F("at"))),
            ),
        ]

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return f"{self.number}. {self.get_outcome_display()}"


class CallLog(models.Model):
    """What a call was about, with nothing about who called: it is kept for the numbers."""

    booking = models.OneToOneField(Booking, null=True, blank=True, on_delete=models.SET_NULL, related_name="log")
    line = models.ForeignKey(HotlineLine, on_delete=models.PROTECT, related_name="log")
    form_key = models.UUIDField(unique=True)
    """A form that is sent twice is logged once."""
    at = models.DateTimeField(_("when"), db_index=True)
    channel = models.CharField(_("how"), max_length=10, choices=Channel.choices)
    topic = models.CharField(_("topic"), max_length=12, choices=Topic.choices)
    municipality = models.SlugField(_("municipality"), blank=True)
    language = models.CharField(_("language"), max_length=10)
    minutes = models.PositiveSmallIntegerField(_("minutes"), validators=[MaxValueValidator(240)])
    waited_minutes = models.PositiveIntegerField(_("minutes waited"), null=True, blank=True)
    """From the booking to the call."""
    solved = models.BooleanField(_("solved"), null=True)

    class Meta:
        verbose_name = _("logged call")
        verbose_name_plural = _("logged calls")
        ordering = ["-at"]
        constraints = [models.CheckConstraint(name="hotline_log_minutes", condition=models.Q(minutes__lte=240))]

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.get_topic_display()}"
