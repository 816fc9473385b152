"""What employers need: a manual in chapters, and a checklist for each way of hiring somebody from abroad."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.blocks import PageChooserBlock
from wagtail.fields import StreamField
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from portal.blocks import BodyBlock, FactsBlock
from portal.facts import register
from portal.facts.fields import TEXT_FEATURES, CitingRichTextField
from portal.pages.base import BasePage

from ..employer_blocks import HiringStepsBlock
from ..employers import SLUG, manual_context, neighbours, phases_of


class Hire(models.TextChoices):
    """The legal situation of somebody whom a company hires."""

    EU = "eu", _("A citizen of the EU, the EEA or Switzerland")
    PERMIT = "permit", _("A citizen of another country, with a permit")
    COMMUTER = "commuter", _("A cross-border commuter")


class EmployersPage(BasePage):
    """The manual for employers: its chapters, its checklists, and the wall sheets of all guides."""

    body = StreamField(BodyBlock(), blank=True, verbose_name=_("text"))

    content_panels = [*BasePage.content_panels, FieldPanel("summary"), FieldPanel("body"), *BasePage.review_panels]
    promote_panels = [MultiFieldPanel(["show_in_menus", "seo_title", "search_description"])]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]
    parent_page_types = ["portal.HomePage"]
    subpage_types = ["welcome_pages.EmployerChapterPage", "welcome_pages.EmployerChecklistPage"]
    max_count_per_parent = 1
    fixed_slug = SLUG
    template = "welcome_pages/employers_page.html"

    class Meta:
        verbose_name = _("manual for employers")
        verbose_name_plural = _("manuals for employers")

    def cited_facts(self) -> Iterator[str]:
        """Yield what the page cites, with the contact of the reader's municipality."""
        yield from super().cited_facts()
        if self.municipality is not None:
            yield from self.municipality.cited_facts()

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the chapters, the checklists and the guides that can be put on the wall."""
        context = super().get_context(request, *args, **kwargs)
        return {**context, **manual_context(self.path, context["scope"])}


class ManualPart(BasePage):
    """What chapters and checklists have in common: a key that other programs know them by, and where to read on."""

    key = models.SlugField(
        _("key"),
        max_length=60,
        help_text=_("Names the page for other programs, such as E05-contract. The same in every language."),
    )
    sources = StreamField(FactsBlock(), blank=True, verbose_name=_("official pages"))
    related = StreamField(
        [
            ("guide", PageChooserBlock(page_type="welcome_pages.GuidePage", label=_("Guide"))),
            ("form", PageChooserBlock(page_type="welcome_pages.FormPage", label=_("Form"))),
        ],
        blank=True,
        verbose_name=_("related guides and forms"),
    )
    audiences: ClassVar[list[str]] = ["employer"]

    parent_page_types = ["welcome_pages.EmployersPage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Require a key that no other page of this kind and language has."""
        super().clean()
        others = type(self).objects.filter(key=self.key, locale_id=self.locale_id).exclude(pk=self.pk)
        if self.key and others.exclude(translation_key=self.translation_key).exists():
            raise ValidationError({"key": _("Another page has this key.")})

    def linked_pages(self) -> Iterator[int]:
        """Yield the ids of the related guides and forms."""
        return (block["value"] for block in self.related.raw_data if block["value"])

    def cited_facts(self) -> Iterator[str]:
        """Yield what the page cites, with the contact of the reader's municipality."""
        yield from super().cited_facts()
        if self.municipality is not None:
            yield from self.municipality.cited_facts()

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what stands beside the text."""
        context = super().get_context(request, *args, **kwargs)
        scope, facts = context["scope"], register.current().facts
        targets = [(block["type"], scope.target(block["value"])) for block in self.related.raw_data if block["value"]]
        return {
            **context,
            "source_facts": [facts.get(block["value"]) for block in self.sources.raw_data],
            "related_guides": [target for kind, target in targets if target and kind == "guide"],
            "related_forms": [target for kind, target in targets if target and kind == "form"],
        }


class EmployerChapterPage(ManualPart):
    """One chapter of the manual, such as the contract."""

    need_to_know = CitingRichTextField(
        _("Need to know"),
        blank=True,
        features=TEXT_FEATURES,
        help_text=_("Two to four short points that are enough for a reader in a hurry."),
    )
    body = StreamField(BodyBlock(), verbose_name=_("text"))

    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        *(SynchronizedField(name, overridable=False) for name in ("key", "sources", "related")),
    ]
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("summary"),
        FieldPanel("need_to_know"),
        FieldPanel("body"),
        FieldPanel("sources"),
        FieldPanel("related"),
        FieldPanel("key"),
        *BasePage.review_panels,
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("need_to_know"),
        index.SearchField("body"),
    ]
    template = "welcome_pages/employer_chapter_page.html"

    class Meta:
        verbose_name = _("chapter for employers")
        verbose_name_plural = _("chapters for employers")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the chapters before and after this one."""
        context = super().get_context(request, *args, **kwargs)
        before, after = neighbours(self.path, context["scope"])
        return {**context, "chapter_before": before, "chapter_after": after}


class EmployerChecklistPage(ManualPart):
    """What has to be done when a company hires one person from abroad. It prints on one sheet, with boxes to tick."""

    hire = models.CharField(_("who is hired"), max_length=10, choices=Hire.choices)
    steps = StreamField(HiringStepsBlock(), verbose_name=_("steps"))

    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        *(SynchronizedField(name, overridable=False) for name in ("key", "hire", "sources", "related")),
    ]
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("hire"),
        FieldPanel("summary"),
        FieldPanel("steps"),
        FieldPanel("sources"),
        FieldPanel("related"),
        FieldPanel("key"),
        *BasePage.review_panels,
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("steps")]
    template = "welcome_pages/employer_checklist_page.html"

    class Meta:
        verbose_name = _("checklist for employers")
        verbose_name_plural = _("checklists for employers")

    def linked_pages(self) -> Iterator[int]:
        """Yield the ids of the related pages, and of those that explain a step."""
        yield from super().linked_pages()
        yield from (block["value"]["page"] for block in self.steps.raw_data if block["value"].get("page"))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the steps by when they are due."""
        context = super().get_context(request, *args, **kwargs)
        return {**context, "phases": phases_of(self.steps.raw_data, context["scope"])}
