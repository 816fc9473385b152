"""The report of how easy each page is to read, in every language."""

from collections.abc import Iterable, Sequence

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page

from .reading_panel import readability_of


class LanguageFilterSet(WagtailFilterSet):
    """Narrows the report to one language: only there can the numbers be compared."""

    class Meta:
        model = Page
        fields = ["locale"]


def edit_url(page: Page) -> str:
    """Return the address of the form of a page."""
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


class ReadingLevelView(ReportView):
    """Every published page with the length of its sentences and its LIX."""

    model = Page
    page_title = _("Reading level")
    header_icon = "openquote"
    index_url_name = "portal_reading_level"
    index_results_url_name = "portal_reading_level_results"
    filterset_class = LanguageFilterSet
    default_ordering = "path"
    list_export = ["title", "locale", "words_per_sentence", "lix", "long_sentences"]
    export_headings = {
        "title": _("Title"),
        "locale": _("Language"),
        "words_per_sentence": _("Words per sentence"),
        "lix": "LIX",
        "long_sentences": _("Sentences of more than 20 words"),
    }
    columns = [
        TitleColumn("title", label=_("Title"), get_url=edit_url),
        Column("locale", label=_("Language"), sort_key="locale"),
        Column("words_per_sentence", label=_("Words per sentence")),
        Column("lix", label="LIX"),
        Column("long_sentences", label=_("Sentences of more than 20 words")),
    ]

    def get_base_queryset(self) -> QuerySet[Page]:
        """Return the public pages that have texts of their own."""
        return Page.objects.live().filter(depth__gte=2, alias_of=None).select_related("locale").specific()

    def decorate_paginated_queryset(self, object_list: Iterable[Page]) -> Sequence[Page]:
        """Measure the pages on the screen."""
        pages = [page for page in object_list if hasattr(page, "display_texts")]
        for page in pages:
            found = readability_of(page)
            page.words_per_sentence = round(found.words_per_sentence, 1)
            page.lix = found.lix
            page.long_sentences = found.long_sentences
        return pages


def reading_level_menu_item() -> MenuItem:
    """Return the menu item, for the hook `register_reports_menu_item`."""
    return MenuItem(
        _("Reading level"), reverse("portal_reading_level"), name="reading-level", icon_name="openquote", order=210
    )
