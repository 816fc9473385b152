"""The form library: what a newcomer or an employer has to know about each official form."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.blocks import PageChooserBlock
from wagtail.fields import StreamField
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from portal.blocks import FactsBlock
from portal.choice_lists import ChoiceListField
from portal.facts import register
from portal.facts.fields import TEXT_FEATURES, CitingRichTextField
from portal.facts.models import Fact
from portal.pages.base import BasePage

from ..choices import Audience, CPRNumber, Evidence, MitID, Moment, form_language_choices, topic_choices
from ..field_guides import guide_of, words_page

SLUG = "blanketter"


class FormLibraryPage(BasePage):
    """All official forms, in the order in which one needs them."""

    content_panels = [*BasePage.content_panels, FieldPanel("summary"), *BasePage.review_panels]
    promote_panels = [MultiFieldPanel(["show_in_menus", "seo_title", "search_description"])]
    parent_page_types = ["portal.HomePage"]
    subpage_types = ["welcome_pages.FormPage", "welcome_pages.FormWordsPage"]
    max_count_per_parent = 1
    show_in_menus_default = True
    fixed_slug = SLUG
    template = "welcome_pages/form_library_page.html"

    class Meta:
        verbose_name = _("form library")
        verbose_name_plural = _("form libraries")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the forms that the address asks for."""
        from ..form_library import library_context  # it reads the forms through the models

        context = super().get_context(request, *args, **kwargs)
        words = words_page(self.path, context["scope"])
        return {**context, **library_context(request, context["scope"], self.path, self.url_path), "words_page": words}


class FormPage(BasePage):
    """One official form: who needs it, when, what to attach, where to hand it in, and what happens next."""

    key = models.SlugField(
        _("key"),
        max_length=60,
        help_text=_(
            "Names the form for other programs, such as F02-registration-of-entry. The same in every language."
        ),
    )
    official_title = models.CharField(
        _("official Danish title"), max_length=200, help_text=_("Exactly as it stands on the form. Never translated.")
    )
    number = models.CharField(_("number of the form"), max_length=60, blank=True, help_text=_("Such as OD1 or 04.063."))
    evidence = models.CharField(
        _("what we know"),
        max_length=10,
        choices=Evidence.choices,
        help_text=_("Readers are told when something has not been read on an official page."),
    )
    moment = models.CharField(_("when one needs it"), max_length=15, choices=Moment.choices)
    topics = ChoiceListField(_("life situations"), offered=topic_choices)
    audiences = ChoiceListField(_("for whom"), offered=lambda: Audience.choices)
    authority = models.ForeignKey(
        Fact,
        verbose_name=_("who is responsible"),
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"kind": "text"},
    )
    form_languages = ChoiceListField(
        _("languages of the form"),
        blank=True,
        offered=form_language_choices,
        help_text=_("Tick none where nobody knows."),
    )
    mitid = models.CharField(_("MitID"), max_length=10, choices=MitID.choices)
    cpr_number = models.CharField(_("CPR number"), max_length=10, choices=CPRNumber.choices)
    who_needs_it = CitingRichTextField(_("Who needs it"), features=TEXT_FEATURES)
    who_does_not = CitingRichTextField(_("Who does not need it"), blank=True, features=TEXT_FEATURES)
    when_to_send = CitingRichTextField(_("When, and until when"), features=TEXT_FEATURES)
    what_to_attach = CitingRichTextField(_("What to attach"), features=TEXT_FEATURES)
    paper_languages = CitingRichTextField(_("Languages of your papers"), blank=True, features=TEXT_FEATURES)
    without_access = CitingRichTextField(_("Without MitID or CPR number"), blank=True, features=TEXT_FEATURES)
    what_happens_next = CitingRichTextField(_("What happens next"), features=TEXT_FEATURES)
    deadlines = StreamField(FactsBlock(), blank=True, verbose_name=_("deadlines"))
    sources = StreamField(FactsBlock(), blank=True, verbose_name=_("official pages"))
    places = StreamField(
        FactsBlock(),
        blank=True,
        verbose_name=_("where in each municipality"),
        help_text=_("Facts of the municipalities. Readers see those of the municipality in which they are."),
    )
    related = StreamField(
        [
            ("guide", PageChooserBlock(page_type="welcome_pages.GuidePage", label=_("Guide"))),
            ("form", PageChooserBlock(page_type="welcome_pages.FormPage", label=_("Form"))),
        ],
        blank=True,
        verbose_name=_("related guides and forms"),
    )

    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        *(
            SynchronizedField(name, overridable=False)
            for name in (
                "key",
                "official_title",
                "number",
                "evidence",
                "moment",
                "topics",
                "audiences",
                "authority",
                "form_languages",
                "mitid",
                "cpr_number",
                "deadlines",
                "sources",
                "places",
                "related",
            )
        ),
    ]
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("official_title"),
        FieldPanel("number"),
        FieldPanel("summary"),
        FieldPanel("evidence"),
        MultiFieldPanel(
            [
                FieldPanel("who_needs_it"),
                FieldPanel("who_does_not"),
                FieldPanel("when_to_send"),
                FieldPanel("what_to_attach"),
                FieldPanel("paper_languages"),
                FieldPanel("without_access"),
                FieldPanel("what_happens_next"),
            ],
            heading=_("The form"),
        ),
        MultiFieldPanel(
            [FieldPanel("mitid"), FieldPanel("cpr_number"), FieldPanel("form_languages")], heading=_("Access")
        ),
        MultiFieldPanel(
            [FieldPanel("moment"), FieldPanel("topics"), FieldPanel("audiences"), FieldPanel("authority")],
            heading=_("Where it is found"),
        ),
        FieldPanel("deadlines"),
        FieldPanel("sources"),
        FieldPanel("places"),
        FieldPanel("related"),
        FieldPanel("key"),
        *BasePage.review_panels,
    ]
    search_fields = [
        *BasePage.search_fields,
        *(
            index.SearchField(name)
            for name in (
                "official_title",
                "number",
                "who_needs_it",
                "who_does_not",
                "when_to_send",
                "what_to_attach",
                "without_access",
                "what_happens_next",
            )
        ),
    ]
    parent_page_types = ["welcome_pages.FormLibraryPage"]
    subpage_types = ["welcome_pages.FieldGuidePage"]
    template = "welcome_pages/form_page.html"

    class Meta:
        verbose_name = _("form")
        verbose_name_plural = _("forms")

    def clean(self) -> None:
        """Say what to do without MitID or CPR number where they are needed; require a key of its own."""
        super().clean()
        errors = {}
        is_closed = self.mitid == MitID.NEEDED or self.cpr_number == CPRNumber.NEEDED
        if is_closed and not self.without_access and not self.may_be_incomplete:
            errors["without_access"] = _("Say what people do who have no MitID or no CPR number.")
        others = FormPage.objects.filter(key=self.key, locale_id=self.locale_id).exclude(pk=self.pk)
        if self.key and others.exclude(translation_key=self.translation_key).exists():
            errors["key"] = _("Another form has this key.")
        if errors:
            raise ValidationError(errors)

    def linked_pages(self) -> Iterator[int]:
        """Yield the ids of the related guides and forms."""
        return (block["value"] for block in self.related.raw_data if block["value"])

    def cited_facts(self) -> Iterator[str]:
        """Yield the facts of the lists, and the responsible authority."""
        yield from super().cited_facts()
        if self.authority_id:
            yield self.authority_id
        if self.municipality is not None:
            yield from self.municipality.cited_facts()

    def display_texts(self) -> Iterator[str]:
        """Yield the texts that a reader sees, the official title and the number first: they stand on the letter."""
        yield f"{self.official_title} {self.number}".strip()
        yield from super().display_texts()

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what a form shows beside its texts."""
        context = super().get_context(request, *args, **kwargs)
        scope, facts = context["scope"], register.current().facts
        here = scope.municipality.slug if scope.municipality else ""
        places = [facts.get(block["value"]) for block in self.places.raw_data]
        targets = [(block["type"], scope.target(block["value"])) for block in self.related.raw_data if block["value"]]
        names = dict(form_language_choices())
        return {
            **context,
            "audience_labels": [Audience(value).label for value in self.audiences if value in Audience.values],
            "language_labels": [names[code] for code in self.form_languages if code in names],
            "authority_fact": facts.get(self.authority_id),
            "deadline_facts": [facts.get(block["value"]) for block in self.deadlines.raw_data],
            "source_facts": [facts.get(block["value"]) for block in self.sources.raw_data],
            "place_facts": [fact for fact in places if fact is not None and here and fact.municipality == here],
            "field_guide": guide_of(self.path, scope),
            "related_guides": [target for kind, target in targets if target and kind == "guide"],
            "related_forms": [target for kind, target in targets if target and kind == "form"],
        }
