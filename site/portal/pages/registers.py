"""Pages that show the register itself: every number and address to turn to, and every Danish word with its meaning."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from portal.facts.models import Fact, GlossaryTerm, Kind, Scope
from portal.facts.rows import FactRow

from .base import BasePage
from .context import Link
from .link_scope import LinkScope

CONTACT_KINDS = (Kind.PHONE, Kind.EMAIL, Kind.ADDRESS, Kind.HOURS)
LAST = 1000
DANISH_ORDER = str.maketrans("æøåäö", "{|}{|")
"""Danish sorts æ, ø and å behind z, where ASCII has the braces."""


class Place(NamedTuple):
    """A heading with the contacts that hold there."""

    name: str
    """Slug of the municipality, or the scope."""
    heading: str
    language: str
    facts: list[FactRow]


class Word(NamedTuple):
    """A Danish word with what it means to the reader."""

    key: str
    danish: str
    translated: str
    """Empty where it is the same word."""
    meaning: str
    meaning_language: str


class ContactsPage(BasePage):
    """Whom to call, write to or visit: all contacts of the register, those of the reader's municipality first."""

    content_panels = [*BasePage.content_panels, FieldPanel("summary"), *BasePage.review_panels]
    parent_page_types = ["portal.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    template = "portal/contacts_page.html"

    class Meta:
        verbose_name = _("contacts")
        verbose_name_plural = _("contacts")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the contacts by place."""
        context = super().get_context(request, *args, **kwargs)
        return {**context, "contacts": list(contacts_by_place(context["scope"]))}


def contact_facts() -> Iterator[tuple[str, str, FactRow]]:
    """Yield (scope, municipality, row) of every fact by which somebody can be reached."""
    for fact in Fact.objects.filter(kind__in=CONTACT_KINDS):
        yield fact.scope, fact.municipality, fact.as_row()


def contacts_by_place(scope: LinkScope) -> Iterator[Place]:
    """Yield the places with their contacts: the reader's municipality, all of Denmark, the region, other municipalities."""
    here = scope.municipality.slug if scope.municipality else ""
    found: dict[str, list[FactRow]] = {}
    for level, municipality, row in contact_facts():
        found.setdefault(municipality or level, []).append(row)
    names = {row.slug: Link("", row.title, scope.language_of(row)) for row in scope.municipalities}
    shared = {Scope.NATIONAL: _("All of Denmark"), Scope.REGIONAL: _("Central Denmark Region")}
    others = [] if here else [slug for slug in names if slug != here]
    for name in [*([here] if here else []), *shared, *others]:
        if name in found:
            link = names.get(name) or Link("", str(shared[Scope(name)]), scope.language)
            yield Place(str(name), link.text, link.language, sorted(found[name], key=_order(scope.language)))


def _order(language: str) -> Callable[[FactRow], tuple[int, str]]:
    """Put emergency numbers first, and keep the entries of one office together."""

    def key(row: FactRow) -> tuple[int, str]:
        label = row.labels.get(language) or row.labels.get(settings.LANGUAGE_CODE) or row.key
        return row.in_footer or LAST, label.lower()

    return key


class GlossaryPage(BasePage):
    """The Danish words of letters and signs, each with its translation and meaning."""

    content_panels = [*BasePage.content_panels, FieldPanel("summary"), *BasePage.review_panels]
    parent_page_types = ["portal.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    template = "portal/glossary_page.html"

    class Meta:
        verbose_name = _("list of Danish words")
        verbose_name_plural = _("lists of Danish words")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the words by their first letter."""
        context = super().get_context(request, *args, **kwargs)
        letters: dict[str, list[Word]] = {}
        for word in words_in(context["language"]):
            letters.setdefault(word.danish[0].upper(), []).append(word)
        return {**context, "letters": letters}


def words_in(language: str) -> list[Word]:
    """Return every term for readers of a language, in the order of the Danish alphabet."""
    source = settings.LANGUAGE_CODE
    found = []
    for term in GlossaryTerm.objects.all():
        translated = "" if language == source else term.word.get(language, "")
        meaning_language = language if term.meaning.get(language) else source
        found.append(
            Word(
                term.pk,
                term.danish_word,
                "" if translated == term.danish_word else translated,
                term.meaning.get(meaning_language, ""),
                meaning_language,
            )
        )
    return sorted(found, key=lambda word: word.danish.lower().translate(DANISH_ORDER))
