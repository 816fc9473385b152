"""Finds a page for somebody on the phone: by a Danish question, shown in their language beside the Danish."""

import re
from dataclasses import dataclass

from django.conf import settings
from django.utils.safestring import SafeString
from wagtail.models import Page

from portal import qr_code
from portal.facts.per_language import language_name, site_languages
from portal.municipalities.models import MunicipalityPage
from portal.pages.rows import relative_path
from portal.search.addresses import path_of
from portal.search.answers import Filters
from portal.search.service import search

DANISH = settings.LANGUAGE_CODE
ADDRESS = re.compile(rf"/{DANISH}/[a-z0-9/-]*")
MOST = 8


@dataclass(frozen=True)
class FoundPage:
    """One result."""

    title: str
    excerpt: str
    address: str


@dataclass(frozen=True)
class OpenedPage:
    """A page in Danish and in the language of somebody on the phone; they have the same address but for the language."""

    danish_title: str
    danish_address: str
    title: str
    address: str
    language: str

    @property
    def language_name(self) -> str:
        """Return the name of the language."""
        return language_name(self.language)

    @property
    def url(self) -> str:
        """Return the whole address, as it is sent and read out."""
        return f"{settings.BASE_URL}{self.address}"

    @property
    def qr_code(self) -> SafeString:
        """Return the address as a picture."""
        return qr_code.svg(self.url, self.url)


def find(question: str, municipality: str = "") -> list[FoundPage]:
    """Return what answers a Danish question, as it is read in a municipality."""
    results = search(question, DANISH, Filters(municipality), size=MOST)
    return [
        FoundPage(hit.title, SafeString(hit.excerpt_html), path_of(hit, DANISH, municipality)) for hit in results.hits
    ]


def reading_language(*wanted: str) -> str:
    """Return the first of these languages that the site has; English where it has none of them."""
    known = site_languages()
    return next((code for code in wanted if code in known), "en" if "en" in known else DANISH)


def open_page(address: str, language: str) -> OpenedPage | None:
    """Return a page by its Danish address; None where there is none, or what stands there is no page."""
    if not ADDRESS.fullmatch(address) or language not in site_languages():
        return None
    found = _danish_page(address.removeprefix(f"/{DANISH}/"))
    if found is None:
        return None
    versions = Page.objects.live().filter(translation_key=found.translation_key, locale__language_code=language)
    version = versions.first()
    if version is None:
        return OpenedPage(found.title, address, found.title, address, DANISH)
    own = f"/{language}/{address.removeprefix(f'/{DANISH}/')}"
    return OpenedPage(found.title, address, version.title, own, language)


def _danish_page(path: str) -> Page | None:
    """Return the page at an address below the language: one of a municipality, or a shared one read inside it."""
    parts = path.strip("/").split("/")
    paths = {f"{'/'.join(parts)}/"}
    municipalities = MunicipalityPage.objects.filter(locale__language_code=DANISH)
    if len(parts) > 1 and municipalities.filter(slug=parts[0]).exists():
        paths.add(f"{'/'.join(parts[1:])}/")
    pages = Page.objects.live().filter(locale__language_code=DANISH, slug=parts[-1], depth__gt=2)
    return next((page for page in pages if relative_path(page.url_path) in paths), None)
