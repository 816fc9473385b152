"""Wall sheets: any guide as one A4 page in two languages, for the canteen, with a code that leads to the guide."""

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from bs4 import BeautifulSoup
from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, override

from portal import qr_code
from portal.facts import register
from portal.facts.per_language import language_name
from portal.facts.rendering import cite_text, fact_html, label_html
from portal.facts.rows import FactRow
from portal.languages.versions import Version
from portal.pages.context import LanguageLink, Link
from portal.texts.rendering import rich_text

if TYPE_CHECKING:
    from portal.pages.base import BasePage

    from .models import GuidePage

WALL_SHEET = "opslag/"
"""What follows the address of a guide."""
LANGUAGES = dict(settings.LANGUAGES)
ENGLISH = "en"
FIRST_STEPS = 3
ANCHOR = re.compile(r"</?a\b[^>]*>")
MOST_CHARACTERS = (380, 580, 780, 950, 1150)
"""Characters in the longer column up to which each of the larger sizes keeps the sheet on one page."""


@dataclass(frozen=True)
class Column:
    """The guide in one of the two languages."""

    language: str
    text_language: str
    """The language that the text is really in."""
    title: str
    lead: SafeString
    """The summary, where the guide has no points for a reader in a hurry."""
    heading: str
    points: SafeString
    deadlines: list[tuple[SafeString, SafeString]]
    """Label and value."""
    remark: str
    scan: str

    @property
    def length(self) -> int:
        """Return how many characters a reader sees."""
        texts = [self.lead, self.points, *(part for entry in self.deadlines for part in entry)]
        return len(self.title) + sum(len(_words(text)) for text in texts)


@dataclass(frozen=True)
class Entry:
    """A fact on the sheet: one value, with its label in both languages."""

    value: SafeString
    labels: list[tuple[str, SafeString]]


def sheet_context(request: HttpRequest, page: "GuidePage") -> dict[str, Any]:
    """Return what the template shows. Raises BadRequest for an unknown second language, Http404 for one without the guide."""
    context = page.get_context(request)
    scope = context["scope"]
    versions = page.load_versions()
    beside = second_language(request.GET.get("with", ""), scope.language, versions)
    deadlines = [fact for fact in context["deadline_facts"] if fact is not None]
    columns = [_column(page, versions.get(scope.language), scope.language, deadlines)]
    if beside:
        columns.append(_column(_version_of(page, beside), versions[beside], beside, deadlines))
    languages = [column.language for column in columns]
    facts = register.current().facts
    address = f"{settings.BASE_URL}{scope.path_for(page.url_path)}"
    longest = max(column.length for column in columns)
    contact = list(page.municipality.main_contact.raw_data)[:1] if page.municipality is not None else []
    return {
        **context,
        **_addresses(context, page),
        "columns": columns,
        "size": 1 + sum(longest > most for most in MOST_CHARACTERS),
        "contact_headings": _contact_headings(page.municipality, languages) if page.municipality else [],
        "contact": [
            _entry(fact, languages)
            for block in contact
            for item in block["value"]["facts"]
            if (fact := facts.get(item["value"])) and fact.kind != "link"
        ],
        "numbers": [_entry(fact, languages) for fact in register.current().footer_facts()],
        "choices": [
            LanguageLink(code, language_name(code), f"?with={code}", code == beside)
            for code, version in versions.items()
            if code != scope.language and version.is_real
        ],
        "address": address,
        "code": qr_code.svg(address, page.title),
    }


def second_language(asked: str, own: str, versions: dict[str, Version]) -> str:
    """Return the language that stands beside that of the reader: the one asked for, else Danish, beside Danish English."""
    if asked and asked not in LANGUAGES:
        raise BadRequest(f"with: one of {', '.join(LANGUAGES)}")
    usual = ENGLISH if own == settings.LANGUAGE_CODE else settings.LANGUAGE_CODE
    if not asked or asked == own:
        return usual if usual in versions else ""
    if asked not in versions:
        raise Http404("the guide does not exist in this language")
    return asked


def _version_of(page: "GuidePage", language: str) -> "GuidePage":
    found = type(page)._default_manager.filter(
        translation_key=page.translation_key, locale__language_code=language, live=True
    )
    version = found.select_related("locale").first()
    if version is None:
        raise Http404("the guide does not exist in this language")
    return version


def _column(page: "GuidePage", version: Version | None, language: str, deadlines: list[FactRow]) -> Column:
    """Return the guide in one language; its facts and words are written as readers of that language write them."""
    text_language = version.text_language if version else language
    parts = version.parts if version else {}
    with override(text_language):
        lead, points = SafeString(""), SafeString("")
        if page.need_to_know:
            points = _without_links(rich_text(parts, "need_to_know", page.need_to_know))
        else:
            lead = cite_text(page.summary)
            if page.is_procedure:
                points = _first_steps(_without_links(rich_text(parts, "how_it_goes", page.how_it_goes)))
    with override(language):
        return Column(
            language=language,
            text_language=text_language,
            title=page.title,
            lead=_without_links(lead),
            heading=gettext("Need to know") if page.need_to_know else gettext("First steps"),
            points=points,
            deadlines=[(label_html(fact), fact_html(fact)) for fact in deadlines],
            remark="" if text_language == language else gettext("This part has not been translated yet."),
            scan=gettext("Scan the code to read the whole guide. You can change the language there."),
        )


def _without_links(html: str) -> SafeString:
    """Return the words: nobody follows a link on a wall."""
    return mark_safe(ANCHOR.sub("", html))


def _first_steps(html: str) -> SafeString:
    soup = BeautifulSoup(html, "html.parser")
    for item in soup.find_all("li")[FIRST_STEPS:]:
        item.decompose()
    return mark_safe(str(soup))


def _words(html: str) -> str:
    soup = BeautifulSoup(html, "html.parser")
    for meaning in soup.select(".term-meaning"):
        meaning.decompose()
    return soup.get_text()


def _entry(fact: FactRow, languages: list[str]) -> Entry:
    labels = []
    for language in languages:
        with override(language):
            labels.append((language, label_html(fact)))
    with override(languages[0]):
        return Entry(_without_links(fact_html(fact)), labels)


def _contact_headings(municipality: "BasePage", languages: list[str]) -> list[tuple[str, str]]:
    versions, headings = municipality.load_versions(), []
    for language in languages:
        with override(language):
            place = versions[language].title if language in versions else municipality.title
            headings.append((language, gettext("Ask here: %(place)s") % {"place": place}))
    return headings


def _addresses(context: dict[str, Any], page: "GuidePage") -> dict[str, Any]:
    """Return the addresses of a page context, each with that of the sheet in place of that of the guide."""
    scope = context["scope"]
    own = scope.path_for(page.url_path)
    head = replace(
        context["head"],
        canonical=f"{settings.BASE_URL}{below(own)}",
        alternates=[],
        default_url="",
        is_indexed=False,
    )
    return {
        "head": head,
        "guide_url": own,
        "breadcrumbs": [*context["breadcrumbs"], Link(own, page.title, context["text_language"])],
        "switcher": [replace(link, url=below(link.url)) for link in context["switcher"]],
        "municipality_links": [replace(link, url=below(link.url)) for link in context["municipality_links"]],
        "shared_url": below(context["shared_url"]),
        "danish_url": below(context["danish_url"]) if context["danish_url"] else "",
    }


def below(url: str) -> str:
    """Return the address of the sheet of a guide, with the query string where there is one."""
    path_only, mark, query = url.partition("?")
    return f"{path_only}{WALL_SHEET}{mark}{query}"
