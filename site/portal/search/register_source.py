"""Makes the register searchable: contacts by the names of the offices, and the Danish words of the glossary."""

from collections.abc import Iterable, Iterator, Sequence

from django.conf import settings
from django.utils.translation import override
from wagtail.models import Page

from portal.facts.models import Fact, GlossaryTerm, Scope
from portal.facts.per_language import site_languages
from portal.facts.rendering import plain_value
from portal.pages.registers import CONTACT_KINDS, ContactsPage, GlossaryPage
from portal.pages.rows import relative_path
from portal.pages.sitemap import real_public_pages

from .documents import Document, Kind
from .glossary import term_words


def _path_of(model: type[Page]) -> str:
    """Return the address of the page that shows these entries, or nothing where the site has no such page."""
    page = real_public_pages().filter(
        pk__in=model._default_manager.values("pk"), locale__language_code=settings.LANGUAGE_CODE
    )
    url_path = page.values_list("url_path", flat=True).first()
    return relative_path(url_path) if url_path else ""


class ContactSource:
    """Phone numbers, addresses, e-mail addresses and opening hours, each by its label."""

    name = "contact"

    def origins(self) -> Iterable[str]:
        """Return the keys of the facts by which somebody can be reached."""
        return list(Fact.objects.filter(kind__in=CONTACT_KINDS).order_by("key").values_list("key", flat=True))

    def documents(self, origins: Sequence[str]) -> Iterator[Document]:
        """Yield a document for every language that has a label."""
        path = _path_of(ContactsPage)
        if not path:
            return
        for fact in Fact.objects.filter(pk__in=origins, kind__in=CONTACT_KINDS):
            for language in site_languages():
                if fact.label.get(language):
                    yield self._document(fact, language, path)

    def _document(self, fact: Fact, language: str, path: str) -> Document:
        source = settings.LANGUAGE_CODE
        with override(language):
            value = plain_value(fact.as_row(), language)
        return Document(
            source=self.name,
            origin=fact.pk,
            language=language,
            key=f"contact:{fact.pk}",
            kind=Kind.CONTACT,
            title=fact.label[language],
            summary=value,
            body="",
            path=f"{path}#{fact.pk}",
            municipality=fact.municipality,
            level={Scope.LOCAL: "local", Scope.REGIONAL: "regional"}.get(Scope(fact.scope), "national"),
            danish_title=fact.label.get(source, "") if language != source else "",
            other_titles=tuple(label for code, label in fact.label.items() if code not in {language, source} and label),
            missing_in=tuple(code for code in site_languages() if not fact.label.get(code))
            if language == source
            else (),
        )


class TermSource:
    """The Danish words of letters and signs."""

    name = "term"

    def origins(self) -> Iterable[str]:
        """Return the keys of all terms."""
        return list(GlossaryTerm.objects.order_by("key").values_list("key", flat=True))

    def documents(self, origins: Sequence[str]) -> Iterator[Document]:
        """Yield a document for every language that has a word and its meaning."""
        path = _path_of(GlossaryPage)
        if not path:
            return
        for term in GlossaryTerm.objects.filter(pk__in=origins):
            languages = [code for code in site_languages() if term.word.get(code) and term.meaning.get(code)]
            for language in languages:
                yield self._document(term, language, languages, path)

    def _document(self, term: GlossaryTerm, language: str, languages: list[str], path: str) -> Document:
        source = settings.LANGUAGE_CODE
        words, danish = term_words(term, language), term_words(term, source)
        return Document(
            source=self.name,
            origin=term.pk,
            language=language,
            key=f"term:{term.pk}",
            kind=Kind.TERM,
            title=words[0],
            summary=term.meaning[language],
            body="; ".join(words[1:]),
            path=f"{path}#{term.pk}",
            danish_title=danish[0] if language != source else "",
            danish_body="; ".join([*danish[1:], term.meaning.get(source, "")]) if language != source else "",
            other_titles=tuple(
                word for code in languages if code not in {language, source} for word in term_words(term, code)[:1]
            ),
            missing_in=tuple(code for code in site_languages() if code not in languages) if language == source else (),
        )
