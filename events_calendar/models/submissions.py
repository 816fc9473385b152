"""What clubs send for the calendar, and the links by which they reach it again."""

import datetime
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.visitor_tokens import new_token, token_hash

from ..choices import municipality_choices, text_language_choices
from .activities import ActivityPage

HOURS_TO_CONFIRM = 24
DAYS_AFTER_LAST_DATE = 30


class SubmissionState(models.TextChoices):
    """How far an entry is."""

    UNCONFIRMED = "unconfirmed", _("E-mail address not confirmed")
    WAITING = "waiting", _("Waiting for the municipality")
    RETURNED = "returned", _("Sent back with a reason")
    APPROVED = "approved", _("In the calendar")


class Submission(models.Model):
    """One entry of a club. From the confirmation on there is a draft of an activity with it."""

    form_key = models.UUIDField(unique=True, editable=False)
    """The same form sent twice is one entry."""
    state = models.CharField(
        _("state"), max_length=12, choices=SubmissionState.choices, default=SubmissionState.UNCONFIRMED
    )
    municipality = models.SlugField(_("municipality"))
    text_language = models.CharField(_("language of the text"), max_length=10, choices=text_language_choices)
    mail_language = models.CharField(max_length=10)
    """The language in which the form was read, and in which mails are written."""
    email = models.EmailField(_("e-mail"))
    title = models.CharField(_("title"), max_length=255)
    answers = models.JSONField(default=dict)
    """What the form asked, as the club last wrote it."""
    activity = models.ForeignKey(
        ActivityPage, verbose_name=_("activity"), null=True, on_delete=models.SET_NULL, related_name="submissions"
    )
    """The Danish page. None before the confirmation, and where somebody deleted it."""
    reason = models.TextField(_("reason"), blank=True)
    """Why it was sent back."""
    last_date = models.DateField()
    """The last day on which it takes place: its links work until some time after that."""
    created_at = models.DateTimeField(_("entered on"), default=timezone.now)
    changed_at = models.DateTimeField(_("last changed"), default=timezone.now)

    objects: models.Manager["Submission"]

    class Meta:
        verbose_name = _("entry of a club")
        verbose_name_plural = _("entries of clubs")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["state", "created_at"], name="submission_state_created")]

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return self.title

    @property
    def municipality_title(self) -> str:
        """Return the name of the municipality."""
        return dict(municipality_choices()).get(self.municipality, self.municipality)

    def new_link(self) -> str:
        """Store a new link and return its secret, which stands nowhere but in the mail that it goes into."""
        token = new_token()
        SubmissionLink.objects.create(submission=self, token_hash=token_hash(token))
        return token


class SubmissionLink(models.Model):
    """A link to an entry. Every mail has one of its own, so that a later mail does not break the link of an earlier one."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="links")
    token_hash = models.CharField(max_length=64, unique=True)

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return f"{self.submission_id}"


def submission_of(token: str) -> Submission | None:
    """Return the entry that a link leads to, None where it leads nowhere any more."""
    found = Submission.objects.filter(links__token_hash=token_hash(token)).first()
    return None if found is None or is_expired(found) else found


def is_expired(submission: Submission) -> bool:
    """Say whether the time of an entry and its links is over, whenever somebody removes it."""
    if submission.state == SubmissionState.UNCONFIRMED:
        return submission.created_at < timezone.now() - datetime.timedelta(hours=HOURS_TO_CONFIRM)
    return submission.last_date < timezone.localdate() - datetime.timedelta(days=DAYS_AFTER_LAST_DATE)


def remove_expired() -> int:
    """Delete what nobody confirmed in time, and what is long over, with the address of the club; activities stay."""
    now, today = timezone.now(), timezone.localdate()
    unconfirmed = models.Q(
        state=SubmissionState.UNCONFIRMED, created_at__lt=now - datetime.timedelta(hours=HOURS_TO_CONFIRM)
    )
    over = ~models.Q(state=SubmissionState.UNCONFIRMED) & models.Q(
        last_date__lt=today - datetime.timedelta(days=DAYS_AFTER_LAST_DATE)
    )
    _total, by_model = Submission.objects.filter(unconfirmed | over).delete()
    counts: dict[str, Any] = by_model
    return counts.get("events_calendar.Submission", 0)
