"""What every page tells browsers, screen readers and search engines about itself, over the whole site."""

import re
from collections import defaultdict

import pytest

from tests.browser.crawl import Crawl, Reading, internal
from tests.browser.test_links import pages
from tests.conftest import LANGUAGES

pytestmark = pytest.mark.starter

BASE_URL = "http://testserver"
"""What the settings of the tests call the site."""


UNLISTED = re.compile(r"aktiviteter/.+|hotline/(book|find)/|guide/.+/opslag/")
"""Activities, all of which are examples here, the steps of forms and wall sheets: not for search engines."""
PACK = "velkomstpakke/"
"""Inside a municipality it is the pack, made of other pages; outside it is the choice of a municipality."""
NOT_IN_THE_TREE = re.compile(r"/kalender/indsend/$|/plan/trin/")
"""The form of associations and the steps of the plan: search engines may show them; the sitemap lists the pages of the tree."""


def listed(crawl: Crawl) -> list[Reading]:
    """Return the pages that are texts of their own."""
    return [reading for reading in pages(crawl) if not is_unlisted(reading)]


def is_unlisted(reading: Reading) -> bool:
    """Say whether search engines should leave this page alone, whatever language it is in."""
    _language, place, rest = reading.address
    return bool(UNLISTED.fullmatch(rest)) or bool(place and rest == PACK)


def own_pages(crawl: Crawl) -> dict[str, Reading]:
    """Return the pages that search engines should show under their own address, by this address."""
    own = [reading for reading in listed(crawl) if reading.canonical == BASE_URL + reading.path]
    return {reading.canonical: reading for reading in own if not reading.is_noindex}


def test_every_page_names_its_language(crawl: Crawl) -> None:
    assert [reading.path for reading in pages(crawl) if reading.language != reading.address[0]] == []


def test_every_page_has_one_main_heading_and_skips_no_level(crawl: Crawl) -> None:
    wrong = []
    for reading in pages(crawl):
        levels = [level for level, _text in reading.headings]
        skips = any(below > above + 1 for above, below in zip([1, *levels], levels, strict=False))
        if levels.count(1) != 1 or skips or not all(text.strip() for _level, text in reading.headings):
            wrong.append((reading.path, levels))
    assert wrong == []


def test_every_id_is_used_once_on_a_page(crawl: Crawl) -> None:
    assert [reading.path for reading in pages(crawl) if len(reading.ids) != len(set(reading.ids))] == []


def test_every_title_is_there_and_unique_in_its_language(crawl: Crawl) -> None:
    titles: dict[tuple[str, str], list[str]] = defaultdict(list)
    for reading in pages(crawl):
        titles[reading.language, reading.title.strip()].append(reading.path)
    assert [paths for (_language, title), paths in titles.items() if not title] == []
    assert [paths for paths in titles.values() if len(paths) > 1] == []


def test_every_page_names_a_canonical_address_that_names_itself(crawl: Crawl) -> None:
    own = own_pages(crawl)
    assert [(reading.path, reading.canonical) for reading in listed(crawl) if reading.canonical not in own] == []


def test_a_canonical_address_is_the_same_page_in_the_same_language(crawl: Crawl) -> None:
    wrong = []
    for reading in listed(crawl):
        language, _place, rest = reading.address
        if reading.canonical not in {BASE_URL + reading.path, f"{BASE_URL}/{language}/{rest}"}:
            wrong.append((reading.path, reading.canonical))
    assert wrong == []


def test_only_pages_that_are_not_in_their_language_are_kept_from_search_engines(crawl: Crawl) -> None:
    wrong = [
        reading.path for reading in listed(crawl) if reading.is_noindex != (reading.main_language != reading.language)
    ]
    assert wrong == []


def test_examples_and_the_steps_of_forms_are_kept_from_search_engines(crawl: Crawl) -> None:
    unlisted = [reading for reading in pages(crawl) if is_unlisted(reading)]
    assert {reading.address[2].split("/")[0] for reading in unlisted} == {
        "aktiviteter",
        "hotline",
        "guide",
        "velkomstpakke",
    }
    assert [reading.path for reading in unlisted if not reading.is_noindex] == []
    assert not [path for path in crawl.sitemap if UNLISTED.search(path)]


def test_language_links_lead_both_ways_and_include_the_page_itself(crawl: Crawl) -> None:
    own, wrong = own_pages(crawl), []
    for address, reading in own.items():
        alternates = dict(reading.alternates)
        default = alternates.pop("x-default", "")
        if alternates.get(reading.language) != address or default != alternates.get("da", ""):
            wrong.append((reading.path, "does not name itself, or names another default than Danish"))
        for language, other in alternates.items():
            if other not in own or own[other].language != language or own[other].alternates != reading.alternates:
                wrong.append((reading.path, f"{other} does not answer"))
    assert wrong == []
    assert all(set(reading.alternates) == {*LANGUAGES, "x-default"} for reading in own.values())


def test_pages_with_another_canonical_address_have_no_language_links(crawl: Crawl) -> None:
    own = own_pages(crawl)
    others = [reading for reading in listed(crawl) if reading not in own.values()]
    assert [reading.path for reading in others if reading.alternates] == []


def test_the_sitemap_lists_exactly_the_pages_that_search_engines_should_show(crawl: Crawl) -> None:
    assert len(crawl.sitemap) == len(set(crawl.sitemap))
    assert set(crawl.sitemap) == {address for address in own_pages(crawl) if not NOT_IN_THE_TREE.search(address)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_missing_page_is_said_to_be_missing_in_the_language_of_its_address(language: str, crawl: Crawl) -> None:
    reading = crawl.read(f"/{language}/herning/guide/findes-ikke/")
    assert (reading.status, reading.language, reading.is_noindex) == (404, language, True)
    assert not reading.canonical
    assert set(internal(reading)) - {reading.path} <= set(crawl.pages)
    assert [level for level, _text in reading.headings].count(1) == 1
