"""What every page's template gets: navigation, languages, canonical address, notices. All look-ups happen here."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest

from portal.facts.per_language import language_name
from portal.languages.notices import notices

from .link_scope import LinkScope
from .rows import PageRow, ancestors_of, home_of_locale, municipality_type_id, top_level

if TYPE_CHECKING:
    from .base import BasePage


@dataclass(frozen=True)
class Link:
    """An address with its text."""

    url: str
    text: str
    language: str
    """The language that the text is really in."""
    is_current: bool = False


@dataclass(frozen=True)
class LanguageLink:
    """One entry of the language switcher or of the hreflang links."""

    language: str
    name: str
    url: str
    is_current: bool = False
    is_real: bool = True


@dataclass(frozen=True)
class Head:
    """What search engines are told about this address."""

    canonical: str
    alternates: list[LanguageLink]
    default_url: str
    is_indexed: bool


def page_context(page: "BasePage", request: HttpRequest) -> dict[str, Any]:
    """Return the context of a page of the tree, the same for every kind of page."""
    scope: LinkScope = request.links  # type: ignore[attr-defined]
    if scope.home is None:
        enter_without_route(page, scope)
    versions = page.load_versions()
    page.prepare()
    here = versions.get(scope.language)
    municipality = scope.municipality.slug if scope.municipality else ""
    prefix = "" if page.is_local else municipality
    text_language = here.text_language if here else scope.language
    return {
        **site_context(scope),
        "notes": page.notes_here(),
        "breadcrumbs": breadcrumbs(page, scope),
        "municipality_links": municipality_links(page, scope),
        "shared_url": shared_url(page, scope),
        "switcher": switcher(page, scope, prefix, request),
        "head": head(page, scope, prefix),
        "text_language": text_language,
        "danish_title": danish_title(page, scope),
        "danish_url": versions[settings.LANGUAGE_CODE].path(prefix) if settings.LANGUAGE_CODE in versions else "",
        "notices": notices(here, scope.language) if here else [],
        "parts": here.parts if here else {},
    }


def site_context(scope: LinkScope) -> dict[str, Any]:
    """Return what `base.html` needs everywhere, also where no page of the tree stands."""
    return {
        "scope": scope,
        "language": scope.language,
        "municipality": scope.municipality,
        "municipality_language": municipality_language(scope),
        "sections": links(scope.sections, scope),
        "footer_links": links(scope.footer_pages, scope),
        "home_url": home_url(scope),
        "search_url": f"{home_url(scope)}search/",
    }


def enter_without_route(page: "BasePage", scope: LinkScope) -> None:
    """Settle the reader's place for a preview, which comes without a public address."""
    home = home_of_locale(page.locale_id)
    if home is None:
        raise LookupError("the language of this page has no home page")
    top = top_level(home)
    kind = municipality_type_id()
    scope.enter(home, top, {row.slug for row in top if row.content_type_id == kind}, page.municipality)


def links(pages: Iterable[PageRow], scope: LinkScope) -> list[Link]:
    """Return pages as links from where the reader is."""
    return [Link(scope.path_for(row.url_path), row.title, scope.language_of(row)) for row in pages]


def breadcrumbs(page: "BasePage", scope: LinkScope) -> list[Link]:
    """Return the way to the parent of the page: from the language's home, inside a municipality from that one's home."""
    if scope.home is None or page.pk == scope.home.pk:
        return []
    ancestors = page.ancestors
    if ancestors is None:  # a preview
        ancestors = ancestors_of(page) if page.path else []
        if scope.municipality and not page.is_local:
            ancestors = [row for row in scope.municipalities if row.slug == scope.municipality.slug] + ancestors
    way = links(ancestors, scope)
    if scope.municipality:
        return way
    title_language = settings.LANGUAGE_CODE if scope.home.title_is_danish else scope.language
    return [Link(f"/{scope.language}/", scope.home.title, title_language), *way]


def municipality_links(page: "BasePage", scope: LinkScope) -> list[Link]:
    """Return this page in each municipality; from a local page the municipalities' homes."""
    current = scope.municipality.slug if scope.municipality else ""
    relative = "" if page.is_local or scope.home is None else page.url_path[len(scope.home.url_path) :]
    return [
        Link(f"/{scope.language}/{row.slug}/{relative}", row.title, scope.language_of(row), row.slug == current)
        for row in scope.municipalities
    ]


def home_url(scope: LinkScope) -> str:
    """Return the home of the language, or of the municipality in which the reader is."""
    return scope.path_for(scope.home.url_path) if scope.home else "/"


def municipality_language(scope: LinkScope) -> str:
    """Return the language that the title of the reader's municipality is really in."""
    if scope.municipality is None:
        return scope.language
    row = next((row for row in scope.municipalities if row.slug == scope.municipality.slug), None)
    return scope.language_of(row) if row else scope.language


def shared_url(page: "BasePage", scope: LinkScope) -> str:
    """Return the one way out of a municipality: this page for everybody, where all municipalities are offered."""
    if page.is_local or not page.url_path:
        return f"/{scope.language}/"
    return scope.path_for(page.url_path, municipality="")


def switcher(page: "BasePage", scope: LinkScope, prefix: str, request: HttpRequest) -> list[LanguageLink]:
    """Return this same page, in the same municipality and with the same query string, in every language."""
    query = request.META.get("QUERY_STRING", "") if getattr(page, "pk", None) else ""
    suffix = f"?{query}" if query else ""
    return [
        LanguageLink(code, language_name(code), version.path(prefix) + suffix, code == scope.language, version.is_real)
        for code, version in page.load_versions().items()
    ]


def head(page: "BasePage", scope: LinkScope, prefix: str) -> Head:
    """Decide canonical address, language links and indexing.

    Only a real text in the reader's language is indexed, and only on a page that is meant for search engines. Inside a
    municipality a shared page is its own canonical only where the municipality really adds something in that language;
    otherwise the shared address is.
    """
    root = settings.BASE_URL
    versions = page.load_versions()
    real = {code: version for code, version in versions.items() if version.is_real}
    here = versions.get(scope.language)
    if here is None or not here.is_real or not page.is_for_search_engines:
        return Head(root + (here.path(prefix) if here else request_path(page, scope)), [], "", is_indexed=False)
    if prefix:
        added = page.note_versions()
        if not added.get(scope.language):
            return Head(root + here.path(), [], "", is_indexed=True)
        real = {code: version for code, version in real.items() if added.get(code)}
    links = [LanguageLink(code, language_name(code), root + version.path(prefix)) for code, version in real.items()]
    default = next((link.url for link in links if link.language == settings.LANGUAGE_CODE), "")
    return Head(root + here.path(prefix), links, default, is_indexed=True)


def request_path(page: "BasePage", scope: LinkScope) -> str:
    """Return the address of a page that is not published yet."""
    return scope.path_for(page.url_path) if page.url_path else f"/{scope.language}/"


def danish_title(page: "BasePage", scope: LinkScope) -> str:
    """Return the Danish title to stand beside a translated one, empty where both are equal."""
    danish = page.load_versions().get(settings.LANGUAGE_CODE)
    if danish is None or scope.language == settings.LANGUAGE_CODE or danish.title == page.title:
        return ""
    return danish.title
