"""Activities: what takes place, as pages below the municipality where it does."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from portal.blocks import BodyBlock, FactsBlock
from portal.choice_lists import ChoiceListField
from portal.facts import register
from portal.facts.fields import CitingTextField
from portal.pages.base import BasePage, chosen_facts

from ..choices import (
    ActivityType,
    Audience,
    Registration,
    language_label,
    language_word,
    municipality_choices,
    spoken_language_choices,
    text_language_choices,
)
from ..listings import activities_below, addresses_of, dates_by_schedule, dates_of_activity
from ..panels import ActivityPageForm, SchedulePreviewPanel, SubmissionPanel, schedule_field_panel
from ..schedule_checks import LARGEST_INTERVAL
from ..schedule_words import in_words
from .organisers import Organiser
from .scheduled import SCHEDULE_FIELDS, Scheduled
from .sign_up_routes import SignUpRoutes

INDEX_SLUG = "aktiviteter"


class ActivityIndexPage(BasePage):
    """All activities of one municipality. Its address is the same in every municipality."""

    content_panels = [*BasePage.content_panels, FieldPanel("summary"), *BasePage.review_panels]
    promote_panels = [MultiFieldPanel(["show_in_menus", "seo_title", "search_description"])]
    parent_page_types = ["portal.MunicipalityPage"]
    subpage_types = ["events_calendar.ActivityPage"]
    max_count_per_parent = 1
    fixed_slug = INDEX_SLUG
    template = "events_calendar/activity_index_page.html"
    is_local = True

    class Meta:
        verbose_name = _("activity overview")
        verbose_name_plural = _("activity overviews")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the activities with their next dates."""
        from ..template_functions import calendar_address  # it reads the dates through the models

        context = super().get_context(request, *args, **kwargs)
        scope = context["scope"]
        return {**context, "activities": activities_below(self, scope), "calendar_url": calendar_address(scope)}


class ActivityPage(SignUpRoutes, Scheduled, BasePage):
    """One activity. Its texts are translated; when, where and for whom it is belongs to the Danish page alone."""

    text_language = models.CharField(
        _("the text is written in"),
        max_length=10,
        choices=text_language_choices,
        default=settings.LANGUAGE_CODE,
        help_text=_("Translate the text into Danish, then choose Danish. The original becomes the translation."),
    )
    activity_type = models.CharField(_("type"), max_length=20, choices=ActivityType.choices)
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("text"))
    what_to_bring = CitingTextField(_("what to bring"), blank=True)
    price = CitingTextField(_("price"), blank=True, help_text=_("Such as: Free. Or: 40 kr. for the meal."))

    spoken_languages = ChoiceListField(
        _("languages spoken"),
        blank=True,
        offered=spoken_language_choices,
        help_text=_("What people speak there, whatever language this text is in."),
    )
    interpreter_languages = ChoiceListField(
        _("interpreters for"), blank=True, offered=spoken_language_choices, help_text=_("Somebody interprets these.")
    )
    audiences = ChoiceListField(
        _("for whom"), blank=True, offered=lambda: Audience.choices, help_text=_("Nothing chosen: for everybody.")
    )
    organiser = models.ForeignKey(
        Organiser,
        verbose_name=_("organiser"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Empty where the municipality arranges it itself."),
    )
    contacts = StreamField(FactsBlock(), blank=True, verbose_name=_("contact"))
    also_in = ChoiceListField(
        _("also of interest in"),
        blank=True,
        offered=municipality_choices,
        help_text=_("Other municipalities in whose calendar it stands too."),
    )

    venue_name = models.CharField(_("place"), max_length=120, blank=True)
    venue_address = models.CharField(
        _("address"), max_length=200, blank=True, help_text=_("In Danish, as on the sign: Østergade 8, 7400 Herning.")
    )
    venue_note = CitingTextField(
        _("how to find it"), blank=True, help_text=_("Such as: the entrance is behind the library.")
    )
    online_url = models.URLField(_("link to take part online"), blank=True, max_length=500)

    registration = models.CharField(
        _("sign-up"), max_length=10, choices=Registration.choices, default=Registration.NONE
    )
    registration_url = models.URLField(_("address of the sign-up"), blank=True, max_length=500)
    capacity = models.PositiveIntegerField(
        _("places"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("On each date. Empty: no limit."),
    )
    waiting_places = models.PositiveIntegerField(
        _("places on the waiting list"), default=0, help_text=_("0: no waiting list.")
    )
    offers_places = models.BooleanField(
        _("ask people on the waiting list first"),
        default=False,
        help_text=_(
            "They get 12 hours to say yes. Otherwise they get the place at once, until 24 hours before it begins; from "
            "then on everybody is asked."
        ),
    )
    opens_days_before = models.PositiveSmallIntegerField(
        _("sign-up opens this many days before"), null=True, blank=True, help_text=_("Empty: at once.")
    )
    closes_hours_before = models.PositiveSmallIntegerField(_("sign-up closes this many hours before"), default=0)

    is_example = models.BooleanField(
        _("this is an example"),
        default=False,
        help_text=_("Readers are told that it does not take place. Untick it when you make a real activity of it."),
    )

    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        *(
            SynchronizedField(name, overridable=False)
            for name in (
                *SCHEDULE_FIELDS,
                "text_language",
                "activity_type",
                "spoken_languages",
                "interpreter_languages",
                "audiences",
                "organiser",
                "contacts",
                "also_in",
                "venue_name",
                "venue_address",
                "online_url",
                "registration",
                "registration_url",
                "capacity",
                "waiting_places",
                "offers_places",
                "opens_days_before",
                "closes_hours_before",
                "is_example",
            )
        ),
    ]
    base_form_class = ActivityPageForm
    content_panels = [
        SubmissionPanel(),
        *BasePage.content_panels,
        FieldPanel("summary"),
        FieldPanel("activity_type"),
        FieldPanel("is_example"),
        MultiFieldPanel(
            [
                FieldPanel("start_date"),
                FieldPanel("is_all_day"),
                FieldRowPanel(["start_time", "end_time", "end_day_offset"]),
                FieldPanel("frequency"),
                schedule_field_panel("interval"),
                schedule_field_panel("weekdays"),
                schedule_field_panel("nth"),
                schedule_field_panel("until"),
                schedule_field_panel("count"),
                schedule_field_panel("skip_holidays"),
                schedule_field_panel("extra_dates"),
                SchedulePreviewPanel(),
            ],
            heading=_("When"),
        ),
        MultiFieldPanel(["venue_name", "venue_address", "venue_note", "online_url"], heading=_("Where")),
        MultiFieldPanel(
            ["audiences", "spoken_languages", "interpreter_languages", "organiser", "contacts", "also_in"],
            heading=_("Who"),
        ),
        FieldPanel("body"),
        FieldPanel("what_to_bring"),
        FieldPanel("price"),
        MultiFieldPanel(
            [
                "registration",
                "registration_url",
                "capacity",
                "waiting_places",
                "offers_places",
                "opens_days_before",
                "closes_hours_before",
            ],
            heading=_("Sign-up"),
        ),
        *BasePage.review_panels,
    ]
    search_fields = [
        *BasePage.search_fields,
        *(index.SearchField(name) for name in ("body", "what_to_bring", "venue_name", "venue_address")),
    ]
    parent_page_types = ["events_calendar.ActivityIndexPage"]
    subpage_types: list[str] = []
    template = "events_calendar/activity_page.html"
    is_local = True

    objects: Any  # the manager of wagtail.models.Page, which has no types

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        constraints = [
            models.CheckConstraint(
                name="activity_interval", condition=models.Q(interval__gte=1, interval__lte=LARGEST_INTERVAL)
            ),
            models.CheckConstraint(
                name="activity_until_or_count",
                condition=models.Q(until=None) | models.Q(count=None),
                violation_error_message=_("Give either a last day or a number of times, not both."),
            ),
            models.CheckConstraint(
                name="activity_capacity", condition=models.Q(capacity=None) | models.Q(capacity__gte=1)
            ),
        ]

    def clean(self) -> None:
        """Require what a reader needs in order to come, and a schedule with real dates."""
        super().clean()
        if not self.is_source or self.may_be_incomplete:
            return
        errors = self.schedule_problems() if self.has_sound_fields() else {}
        if not self.venue_name and not self.online_url:
            errors["venue_name"] = gettext("Where is it? Give a place, or a link to take part online.")
        if self.registration == Registration.EXTERNAL and not self.registration_url:
            errors["registration_url"] = gettext("Where do people sign up?")
        if self.text_language != settings.LANGUAGE_CODE:
            errors["text_language"] = gettext("Translate the text into Danish first, and choose Danish here.")
        if self._is_overbooked():
            errors["capacity"] = gettext("More places than that are already taken on one of the dates.")
        if errors:
            raise ValidationError(errors)

    def _is_overbooked(self) -> bool:
        """Say whether more people have signed up for a date to come than there would be places."""
        if not self.pk or self.registration != Registration.HERE or self.capacity is None:
            return False
        return self.occurrences.filter(starts_at__gt=timezone.now(), taken__gt=self.capacity).exists()

    @cached_property
    def danish(self) -> "ActivityPage":
        """Return the page that says when and where: a translation that is not complete keeps the times of its day."""
        if self.is_source:
            return self
        pages = ActivityPage.objects.filter(locale__language_code=settings.LANGUAGE_CODE).select_related("organiser")
        return pages.filter(translation_key=self.translation_key).first() or self

    @property
    def is_for_search_engines(self) -> bool:
        """Keep examples out: nobody should travel to something that does not take place."""
        return not self.danish.is_example

    def get_admin_display_title(self) -> str:
        """Mark examples, and texts that are not in Danish, wherever the admin lists pages."""
        title: str = super().get_admin_display_title()
        if self.is_example:
            title = gettext("%(title)s (example)") % {"title": title}
        if self.is_source and self.text_language != settings.LANGUAGE_CODE:
            values = {"title": title, "language": language_word(self.text_language)}
            title = gettext("%(title)s (written in %(language)s)") % values
        return title

    @property
    def place(self) -> str:
        """Return where it is in one line, as a calendar entry says it."""
        return ", ".join(filter(None, [self.venue_name, self.venue_address])) or self.online_url

    def display_texts(self) -> Iterator[str]:
        """Yield the texts that a reader sees, with place and organiser: people search by these."""
        yield from super().display_texts()
        yield from filter(None, [self.venue_name, self.venue_address, self.organiser.name if self.organiser else ""])

    def cited_facts(self) -> Iterator[str]:
        """Yield the facts of the cards, and the contacts of the Danish page."""
        yield from super().cited_facts()
        if self.danish is not self:
            yield from chosen_facts(self.danish.contacts.raw_data)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add when, where and for whom it is."""
        context = super().get_context(request, *args, **kwargs)
        facts, language = register.current().facts, context["language"]
        is_draft = getattr(request, "is_preview", False) and self.is_source
        return {
            **context,
            "activity": self.danish,
            "schedule_in_words": in_words(self.danish.schedule, language),
            "dates": dates_by_schedule(self, language) if is_draft else dates_of_activity(self.danish, language),
            "audiences": [Audience(value).label for value in self.danish.audiences if value in Audience.values],
            "spoken_languages": [language_label(code) for code in self.danish.spoken_languages],
            "interpreter_languages": [language_label(code) for code in self.danish.interpreter_languages],
            "contact_facts": [facts.get(block["value"]) for block in self.danish.contacts.raw_data],
            **addresses_of(context["scope"], self.url_path, is_draft=is_draft),
        }
