"""What belongs to one municipality: pages of its own, and notes that complete a shared guide there."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from portal.blocks import BodyBlock, FactsBlock
from portal.facts import register
from portal.municipalities.models import MunicipalityPage
from portal.pages.base import BasePage
from portal.pages.rows import relative_path

from ..notes import NoteRow, note_rows
from .guides import GuidePage


class LocalPage(BasePage):
    """A page of one municipality: language centre, library, landlords, schools, clubs."""

    body = StreamField(BodyBlock(), blank=True, verbose_name=_("text"))
    sources = StreamField(FactsBlock(), blank=True, verbose_name=_("official pages"))

    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        SynchronizedField("sources", overridable=False),
    ]
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("summary"),
        FieldPanel("body"),
        FieldPanel("sources"),
        *BasePage.review_panels,
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]
    parent_page_types = ["portal.MunicipalityPage"]
    subpage_types: list[str] = []
    template = "welcome_pages/local_page.html"
    is_local = True

    class Meta:
        verbose_name = _("local page")
        verbose_name_plural = _("local pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the official pages."""
        context = super().get_context(request, *args, **kwargs)
        facts = register.current().facts
        return {**context, "source_facts": [facts.get(block["value"]) for block in self.sources.raw_data]}


class LocalNotePage(BasePage):
    """What is different in one municipality about one guide. It is read inside the guide and has no page of its own."""

    guide = models.ForeignKey(
        GuidePage,
        verbose_name=_("guide"),
        on_delete=models.PROTECT,
        related_name="notes",
        help_text=_("The Danish guide that this note completes."),
    )
    body = StreamField(BodyBlock(), verbose_name=_("text"))

    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        SynchronizedField("guide", overridable=False),
    ]
    content_panels = [
        *BasePage.content_panels,
        PageChooserPanel("guide"),
        FieldPanel("body"),
        *BasePage.review_panels,
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]
    parent_page_types = ["portal.MunicipalityPage"]
    subpage_types: list[str] = []
    private_page_options: list[str] = []  # see `welcome_pages.note_rules`
    is_local = True

    class Meta:
        verbose_name = _("local note")
        verbose_name_plural = _("local notes")

    def check_place(self) -> None:
        """Allow one note per guide and municipality: two would contradict each other."""
        super().check_place()
        parent = self.standing_below()
        if parent is None or self.guide_id is None:
            return
        siblings = LocalNotePage.objects.child_of(parent).exclude(pk=self.pk)
        if siblings.filter(guide__translation_key=self.guide.translation_key).exists():
            raise ValidationError(
                {"guide": _("This municipality already has a note on this guide. Add the text there.")}
            )

    def unique_beside(self) -> set[tuple[str, Any]]:
        """Return what no other page beside this one may have."""
        return {*super().unique_beside(), ("guide", self.guide.translation_key)}

    @property
    def state(self) -> NoteRow | None:
        """Return what the reader is told about the texts of this note; read once."""
        if "_state" not in self.__dict__:
            self._state = next((row for row in note_rows(self.guide.translation_key) if row.pk == self.pk), None)
        return self._state

    @state.setter
    def state(self, row: NoteRow) -> None:
        self._state = row

    @property
    def text_language(self) -> str:
        """Return the language that the note is really in."""
        return settings.LANGUAGE_CODE if self.state is None or self.state.is_danish else self.state.language

    @property
    def parts(self) -> dict[str, Any]:
        """Return what is not current in the note, by content path."""
        return self.state.parts if self.state else {}

    def guide_here(self) -> Page | None:
        """Return the guide in the language of this note."""
        return Page.objects.filter(translation_key=self.guide.translation_key, locale_id=self.locale_id).first()

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str, str] | None:
        """Return the address of the guide inside the municipality: the place where the note is read."""
        parts = Page.get_url_parts(self, request=request)
        if not parts or not parts[2]:
            return parts
        guide = self.guide_here()
        if guide is None:
            return parts
        language, municipality, _rest = parts[2].lstrip("/").split("/", 2)
        return parts[0], parts[1], f"/{language}/{municipality}/{relative_path(guide.url_path)}"

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Send readers to the guide, where the note stands."""
        return HttpResponseRedirect(self.get_url())

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Preview the guide with this draft in place."""
        page = self.guide_here()
        if page is None:
            raise Page.DoesNotExist("the guide of this note does not exist in this language")
        guide = page.specific
        guide.municipality = MunicipalityPage.objects.get(pk=self.get_parent().pk)
        self.state = NoteRow(self.pk or 0, self.locale.language_code, "", False, None)
        guide.preview_note = self
        return guide.serve_preview(request, "")
