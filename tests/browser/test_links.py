"""Every link of the whole site: none is broken, and a reader who chose a municipality stays there."""

import pytest

from tests.browser.crawl import Crawl, Link, Reading, internal, split
from tests.conftest import LANGUAGES, MUNICIPALITIES

pytestmark = pytest.mark.starter

FEWEST_PAGES = 1200
"""Guides, overviews and local pages, in five languages, shared and in five municipalities."""


def pages(crawl: Crawl) -> list[Reading]:
    """Return all pages, without files and without the same page with other filters."""
    return [reading for reading in crawl.pages.values() if reading.language and "?" not in reading.path]


def page_links(reading: Reading) -> list[Link]:
    """Return the links to other pages of the site."""
    return [link for link in reading.links if link.url.startswith("/")]


def test_the_crawl_sees_the_whole_site(crawl: Crawl) -> None:
    places = {(language, place) for language, place, _rest in (reading.address for reading in pages(crawl))}
    assert places == {(language, place) for language in LANGUAGES for place in ["", *MUNICIPALITIES]}
    assert len(pages(crawl)) >= FEWEST_PAGES


def test_every_internal_link_and_file_answers_without_a_detour(crawl: Crawl) -> None:
    broken = [reading for reading in crawl.pages.values() if reading.status != 200]
    assert [(reading.status, reading.path, crawl.found_on[reading.path]) for reading in broken] == []


def test_every_link_into_a_page_finds_its_place_there(crawl: Crawl) -> None:
    ids = {reading.path: set(reading.ids) for reading in pages(crawl)}
    missing = [
        (reading.path, f"{link.url}#{link.fragment}")
        for reading in pages(crawl)
        for link in page_links(reading)
        if link.fragment and link.fragment not in ids[link.url]
    ]
    assert missing == []


def test_links_inside_a_municipality_stay_there_except_the_ways_up(crawl: Crawl) -> None:
    """Calendar and home list what other municipalities do too, under the name of each."""
    leaving = [
        (reading.path, link.url)
        for reading in pages(crawl)
        for link in page_links(reading)
        if reading.address[1] and split(link.url)[1] != reading.address[1] and "up" not in link.rel
        if not (reading.address[2] in {"", "kalender/"} and split(link.url)[2].startswith("aktiviteter/"))
    ]
    assert leaving == []


def test_every_page_inside_a_municipality_has_a_way_up_to_what_holds_for_all(crawl: Crawl) -> None:
    inside = [reading for reading in pages(crawl) if reading.address[1]]
    wrong = [
        (reading.path, link.url)
        for reading in inside
        for link in reading.links
        if "up" in link.rel and (split(link.url)[1] or link.url not in crawl.pages)
    ]
    assert wrong == []
    assert [reading.path for reading in inside if not any("up" in link.rel for link in reading.links)] == []


def test_the_language_switcher_keeps_page_and_municipality(crawl: Crawl) -> None:
    wrong = []
    for reading in pages(crawl):
        _language, place, rest = reading.address
        found = {link.language: split(link.url) for link in reading.links if link.in_switcher}
        if found != {language: (language, place, rest) for language in LANGUAGES}:
            wrong.append((reading.path, found))
    assert wrong == []


def test_links_change_the_language_only_where_they_say_so(crawl: Crawl) -> None:
    wrong = [
        (reading.path, link.url)
        for reading in pages(crawl)
        for link in page_links(reading)
        if split(link.url)[0] != (link.language or reading.language)
    ]
    assert wrong == []


def test_a_telephone_link_has_a_number_that_a_phone_can_dial(crawl: Crawl) -> None:
    numbers = {
        link.url.removeprefix("tel:") for reading in pages(crawl) for link in reading.links if "tel:" in link.url
    }
    assert len(numbers) > 10
    assert [number for number in numbers if not number.lstrip("+").isdigit()] == []


def test_no_page_loads_a_file_from_another_host(crawl: Crawl) -> None:
    assert [
        (reading.path, file) for reading in pages(crawl) for file in reading.files if not file.startswith("/")
    ] == []
    assert any(path.endswith(".css") for reading in pages(crawl) for path in internal(reading))
