"""Guides: the shared content, sorted by life situation."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.blocks import PageChooserBlock
from wagtail.fields import StreamField
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from portal.blocks import BodyBlock, FactsBlock
from portal.choice_lists import ChoiceListField
from portal.facts import register
from portal.facts.fields import TEXT_FEATURES, CitingRichTextField, is_empty
from portal.facts.models import Fact
from portal.municipalities.models import MunicipalityPage
from portal.pages.base import BasePage
from portal.pages.link_scope import LinkScope, Target, current_scope
from portal.pages.prepared import get_page

from ..choices import Audience, Level
from ..listings import forms_about, guides_below, situations_below
from ..notes import NoteRow, note_rows
from ..wall_sheets import WALL_SHEET
from .wall_sheet_route import WallSheetRoute


class GuideIndexPage(BasePage):
    """All guides, by life situation."""

    content_panels = [*BasePage.content_panels, FieldPanel("summary"), *BasePage.review_panels]
    parent_page_types = ["portal.HomePage"]
    subpage_types = ["welcome_pages.SituationPage"]
    template = "welcome_pages/guide_index_page.html"

    class Meta:
        verbose_name = _("guide overview")
        verbose_name_plural = _("guide overviews")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the life situations with their guides."""
        context = super().get_context(request, *args, **kwargs)
        return {**context, "situations": situations_below(self.path, context["scope"])}


class SituationPage(BasePage):
    """One life situation, such as the first week, with its guides."""

    content_panels = [*BasePage.content_panels, FieldPanel("summary"), *BasePage.review_panels]
    parent_page_types = ["welcome_pages.GuideIndexPage"]
    subpage_types = ["welcome_pages.GuidePage"]
    template = "welcome_pages/situation_page.html"

    class Meta:
        verbose_name = _("life situation")
        verbose_name_plural = _("life situations")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the guides of this situation."""
        context = super().get_context(request, *args, **kwargs)
        return {**context, "guides": guides_below(self.path, context["scope"])}


class GuidePage(WallSheetRoute, BasePage):
    """One topic, shared by all municipalities. A procedure answers what to bring, how it goes, what happens next."""

    key = models.SlugField(
        _("key"),
        max_length=60,
        help_text=_("Names the topic for other programs, such as T09-cpr-number. The same in every language."),
    )
    audiences = ChoiceListField(_("for whom"), offered=lambda: Audience.choices)
    level = models.CharField(_("level"), max_length=10, choices=Level.choices, default=Level.NATIONAL)
    authority = models.ForeignKey(
        Fact,
        verbose_name=_("who is responsible"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"kind": "text"},
    )
    is_procedure = models.BooleanField(
        _("describes a procedure"), default=True, help_text=_("A procedure must answer all three questions below.")
    )
    need_to_know = CitingRichTextField(
        _("Need to know"),
        blank=True,
        features=TEXT_FEATURES,
        help_text=_("Two to four short points that are enough for a reader in a hurry."),
    )
    what_to_bring = CitingRichTextField(_("What to bring"), blank=True, features=TEXT_FEATURES)
    how_it_goes = CitingRichTextField(_("How it goes"), blank=True, features=TEXT_FEATURES)
    what_happens_next = CitingRichTextField(_("What happens next"), blank=True, features=TEXT_FEATURES)
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("text"))
    deadlines = StreamField(FactsBlock(), blank=True, verbose_name=_("deadlines"))
    sources = StreamField(FactsBlock(), blank=True, verbose_name=_("official pages"))
    related = StreamField(
        [("guide", PageChooserBlock(page_type="welcome_pages.GuidePage", label=_("Guide")))],
        blank=True,
        verbose_name=_("related guides"),
    )

    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        *(
            SynchronizedField(name, overridable=False)
            for name in ("key", "audiences", "level", "authority", "is_procedure", "deadlines", "sources", "related")
        ),
    ]
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("summary"),
        FieldPanel("need_to_know"),
        MultiFieldPanel(
            [
                FieldPanel("is_procedure"),
                FieldPanel("what_to_bring"),
                FieldPanel("how_it_goes"),
                FieldPanel("what_happens_next"),
            ],
            heading=_("The procedure"),
        ),
        FieldPanel("body"),
        MultiFieldPanel([FieldPanel("audiences"), FieldPanel("level"), FieldPanel("authority")], heading=_("Who")),
        FieldPanel("deadlines"),
        FieldPanel("sources"),
        FieldPanel("related"),
        FieldPanel("key"),
        *BasePage.review_panels,
    ]
    search_fields = [
        *BasePage.search_fields,
        *(
            index.SearchField(name)
            for name in ("need_to_know", "what_to_bring", "how_it_goes", "what_happens_next", "body")
        ),
    ]
    parent_page_types = ["welcome_pages.SituationPage"]
    subpage_types: list[str] = []
    template = "welcome_pages/guide_page.html"

    class Meta:
        verbose_name = _("guide")
        verbose_name_plural = _("guides")

    def clean(self) -> None:
        """Require who is responsible, the three answers of a procedure, and a key that no other guide of this language has."""
        super().clean()
        errors = {}
        if not self.may_be_incomplete:
            if self.authority_id is None:
                errors["authority"] = _("Choose who is responsible.")
            for name in ("what_to_bring", "how_it_goes", "what_happens_next") if self.is_procedure else ():
                if is_empty(getattr(self, name)):
                    errors[name] = _("A procedure must answer this question.")
        others = GuidePage.objects.filter(key=self.key, locale_id=self.locale_id).exclude(pk=self.pk)
        if self.key and others.exclude(translation_key=self.translation_key).exists():
            errors["key"] = _("Another guide has this key.")
        if errors:
            raise ValidationError(errors)

    def linked_pages(self) -> Iterator[int]:
        """Yield the ids of the related guides."""
        return (block["value"] for block in self.related.raw_data if block["value"])

    def cited_facts(self) -> Iterator[str]:
        """Yield the facts of the cards and lists, and the responsible authority."""
        yield from super().cited_facts()
        if self.authority_id:
            yield self.authority_id
        if self.municipality is not None:
            yield from self.municipality.cited_facts()

    preview_note: "BasePage | None" = None
    """A draft note that is being previewed inside this guide."""

    @cached_property
    def _note_rows(self) -> list[NoteRow]:
        if self.municipality is None or self.preview_note is not None:
            return []
        return [row for row in note_rows(self.translation_key) if row.municipality == self.municipality.slug]

    @cached_property
    def _notes(self) -> list[BasePage]:
        from .local import LocalNotePage  # notes point to guides

        if self.preview_note is not None:
            return [self.preview_note]
        notes: list[BasePage] = []
        scope = current_scope()
        for row in self._note_rows:
            if scope is not None and row.language == scope.language:
                note = get_page(LocalNotePage, row.pk)
                note.state = row
                notes.append(note)
        return notes

    def notes_here(self) -> list[BasePage]:
        """Return what the reader's municipality adds to this guide, in the language of this page."""
        return self._notes

    def note_versions(self) -> dict[str, bool]:
        """Return, by language, whether the municipality's addition is really in that language."""
        found: dict[str, bool] = {}
        for row in self._note_rows:
            found[row.language] = found.get(row.language, True) and not row.is_danish
        return found

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what a guide shows beside its text."""
        context = super().get_context(request, *args, **kwargs)
        scope, facts = context["scope"], register.current().facts
        return {
            **context,
            "audience_labels": [Audience(value).label for value in self.audiences if value in Audience.values],
            "authority_fact": facts.get(self.authority_id) if self.authority_id else None,
            "deadline_facts": [facts.get(block["value"]) for block in self.deadlines.raw_data],
            "source_facts": [facts.get(block["value"]) for block in self.sources.raw_data],
            "related_guides": self._related(scope),
            "forms": forms_about(self.translation_key, scope),
            "wall_sheet_url": scope.path_for(self.url_path) + WALL_SHEET if self.url_path else "",
        }

    def _related(self, scope: LinkScope) -> list[Target]:
        targets = (scope.target(pk) for pk in self.linked_pages())
        return [target for target in targets if target is not None]

    @property
    def preview_modes(self) -> list[tuple[str, str]]:
        """Offer the shared page, and the page as it is read inside each municipality."""
        municipalities = MunicipalityPage.objects.filter(locale_id=self.locale_id).order_by("path")
        return [("", _("Shared page")), *municipalities.values_list("slug", "title")]

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Preview the shared page, or the page inside the municipality that the mode names."""
        if mode_name:
            self.municipality = MunicipalityPage.objects.filter(slug=mode_name, locale_id=self.locale_id).first()
        return super().serve_preview(request, "")
