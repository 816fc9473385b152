"""Calendars of others that are connected, and which activity each of their events has become."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.choice_lists import ChoiceListField

from ..choices import ActivityType, spoken_language_choices
from .activities import ActivityPage
from .organisers import Organiser


class FeedSource(models.Model):
    """One calendar that is fetched in the background."""

    name = models.CharField(_("name"), max_length=120)
    url = models.CharField(
        _("address of the calendar"),
        max_length=1000,
        unique=True,
        help_text=_("The address of an iCalendar file: https://…/calendar.ics, or webcal://…"),
    )
    municipality = models.SlugField(_("municipality"))
    organiser = models.ForeignKey(
        Organiser, verbose_name=_("organiser"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    owner_email = models.EmailField(
        _("e-mail of the owner"), help_text=_("Gets a mail when the calendar cannot be read any more.")
    )
    activity_type = models.CharField(
        _("type"), max_length=20, choices=ActivityType.choices, default=ActivityType.CULTURAL
    )
    spoken_languages = ChoiceListField(_("languages spoken"), blank=True, offered=spoken_language_choices)
    publishes_directly = models.BooleanField(
        _("publish at once"),
        default=False,
        help_text=_("Otherwise each new activity waits for approval. Dates that change are always taken over at once."),
    )
    is_active = models.BooleanField(_("active"), default=True)
    accepts_shrinking = models.BooleanField(
        _("accept that much is gone"),
        default=False,
        help_text=_(
            "When more than half of the activities disappear at once, nothing is changed. Tick this if that is right: it "
            "holds for the next time."
        ),
    )

    etag = models.CharField(max_length=200, blank=True)
    last_modified = models.CharField(max_length=200, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    """When somebody began to read it: no two processes read one calendar at the same time."""
    last_fetched = models.DateTimeField(_("last read"), null=True, blank=True)
    last_ok = models.DateTimeField(_("last read without a problem"), null=True, blank=True)
    error = models.CharField(_("problem"), max_length=300, blank=True)
    """A code with words in `events_calendar.imports.problems`; empty while everything is well."""
    failing_since = models.DateTimeField(_("problem since"), null=True, blank=True)
    skipped = models.JSONField(default=list, blank=True)
    """What was left out and why."""

    objects: models.Manager["FeedSource"]

    class Meta:
        verbose_name = _("connected calendar")
        verbose_name_plural = _("connected calendars")
        ordering = ["name", "pk"]

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return self.name


class ImportedActivity(models.Model):
    """Which activity an event has become, and what was taken over last: what an editor changed since then stays."""

    source = models.ForeignKey(FeedSource, on_delete=models.CASCADE, related_name="imported")
    uid = models.CharField(max_length=255)
    activity = models.OneToOneField(ActivityPage, null=True, on_delete=models.SET_NULL, related_name="imported")
    """The Danish page. None where somebody deleted it: then the event is not taken over again."""
    texts: Any = models.JSONField(default=dict)
    """Name of a field of the page → what the feed said last."""
    schedule: Any = models.JSONField(default=dict)
    """The same for when it is."""
    changes: Any = models.JSONField(default=dict)
    """Original date → how this date differs: cancelled, moved, elsewhere; as the feed said last."""
    applied: Any = models.JSONField(default=dict)
    """The same as it was last done to the dates, which exist once the activity is public."""
    missing_since = models.DateTimeField(null=True, blank=True)
    """Since when the feed no longer has it."""

    objects: models.Manager["ImportedActivity"]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "uid"], name="imported_once_per_uid")]

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return self.uid
