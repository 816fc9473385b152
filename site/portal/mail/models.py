"""Mails that were written with the change they announce, and what became of them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

LONGEST_SUBJECT = 250


class State(models.TextChoices):
    """What became of a mail."""

    WAITING = "waiting", _("waiting")
    SENDING = "sending", _("being sent")
    SENT = "sent", _("sent")
    FAILED = "failed", _("not sent")
    UNKNOWN = "unknown", _("perhaps sent")


class OutgoingMail(models.Model):
    """One mail to one person. Its key names what it announces: whatever happens, nobody is told the same twice."""

    key = models.CharField(max_length=200, unique=True)
    """Such as "sign-up/<reference>/reminder/<time>"; it stays when everything else is deleted, so it names no person."""
    recipient = models.EmailField(blank=True)
    language = models.CharField(max_length=10)
    subject = models.CharField(max_length=LONGEST_SUBJECT, blank=True)
    text = models.TextField(blank=True)
    calendar = models.BinaryField(default=b"", blank=True)
    """A calendar file that is attached; empty for none."""

    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    due_at = models.DateTimeField()
    not_after = models.DateTimeField(null=True, blank=True)
    """After that it would tell nobody anything: a reminder of what is over."""
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    """Until then whoever is sending it is waited for."""
    sent_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        constraints = [
            models.CheckConstraint(
                name="outgoing_mail_lease", condition=~models.Q(state=State.SENDING) | ~models.Q(lease_until=None)
            ),
            models.CheckConstraint(
                name="outgoing_mail_sent_at", condition=~models.Q(state=State.SENT) | ~models.Q(sent_at=None)
            ),
        ]
        indexes = [models.Index(fields=["state", "due_at"], name="outgoing_mail_state_due")]

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return self.key
