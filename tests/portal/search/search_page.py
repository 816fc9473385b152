"""The search page for tests: a site with something to find, and what stands where on the page."""

from collections.abc import Callable

import pytest
from bs4 import Tag
from django.test import Client

from portal.search.documents import Kind
from tests.conftest import LANGUAGES
from tests.factories import Tree
from tests.portal.pages.reading import CPR, Reading, read

from .documents import make_page, put

Reader = Callable[..., Reading]


@pytest.fixture
def reader(client: Client) -> Reader:
    """Read an address as an anonymous visitor does."""
    return lambda path, **headers: read(client, path, **headers)


@pytest.fixture
def searchable(tree: Tree) -> Tree:
    """The small site with something to find in every language, on Danish only, and in Herning only."""
    titles = {
        "da": "Skattekort",
        "en": "Tax card",
        "de": "Steuerkarte",
        "pl": "Karta podatkowa",
        "ru": "Налоговая карта",
    }
    put(
        *make_page(
            "T11-tax-card", titles, dict.fromkeys(LANGUAGES, "skat <b>af</b> løn"), path="guide/ankomst/skattekort/"
        ),
        *make_page("T09-cpr-number", {"da": "CPR og skat"}, path=CPR, level="local"),
        *make_page(
            "herning/sprogcenter",
            {language: f"Skat {language} i Herning" for language in LANGUAGES},
            kind=Kind.LOCAL,
            municipality="herning",
            path="sprogcenter/",
            level="local",
        ),
    )
    return tree


def hits(page: Reading) -> dict[str, Tag]:
    """Return the results by their addresses, in order."""
    return {hit.h2.a["href"]: hit for hit in page.soup.select("ol.results > li.result")}


def choices(page: Reading) -> dict[str, Tag]:
    """Return what narrows the results, by its text without the count."""
    return {link.find(string=True, recursive=False).strip(): link for link in page.soup.select("ul.choices a")}


def field(page: Reading) -> Tag:
    """Return the one search field of a page."""
    (form,) = page.soup.select("form[role=search]")
    return form
