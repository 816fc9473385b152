"""The list for search engines: every real text once, in every language, and no address that a reader cannot open."""

import xml.etree.ElementTree as ET

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.pages import views
from tests.factories import add_guide, in_language, publish, translate
from tests.portal.pages.reading import CPR, TAX, path_of

pytestmark = pytest.mark.django_db

NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
DANISH = {
    "",
    "guide/",
    "guide/ankomst/",
    TAX,
    CPR,
    f"herning/{CPR}",
    "herning/",
    "holstebro/",
    "herning/sprogcenter/",
    "om/",
}


@pytest.fixture
def listed(client):
    """Return the paths in the sitemap; each must be absolute and stand there once."""

    def paths(query: str = "") -> set[str]:
        response = client.get(f"/sitemap.xml{query}")
        assert response.status_code == 200
        assert response.headers["Content-Type"].startswith("application/xml")
        addresses = [element.text for element in ET.fromstring(response.content).iter(f"{NAMESPACE}loc")]
        assert all(address.startswith(f"{settings.BASE_URL}/") for address in addresses)
        assert len(addresses) == len(set(addresses))
        return {path_of(address) for address in addresses}

    return paths


def in_tree_of(language: str, paths: set[str]) -> set[str]:
    return {path.removeprefix(f"/{language}/") for path in paths if path.startswith(f"/{language}/")}


def test_every_danish_page_is_listed_and_guides_also_where_a_municipality_adds_to_them(translated, listed):
    assert in_tree_of("da", listed()) == DANISH


def test_only_real_translations_are_listed(translated, listed):
    found = listed()
    assert in_tree_of("pl", found) == {"", CPR, f"herning/{CPR}"}
    assert in_tree_of("de", found) == {"", CPR}, "the German note is Danish"
    assert in_tree_of("en", found) == {""}, "the English guide is Danish, although it was submitted"
    assert in_tree_of("ru", found) == {""}


def test_every_listed_address_is_its_own_canonical_and_indexed(translated, listed, reader):
    translate(translated.herning, "pl")
    translate(translated.language_centre, "pl")
    for path in listed():
        page = reader(path)
        assert page.status == 200, path
        assert page.is_indexed, path
        assert path_of(page.canonical) == path


def test_every_indexed_address_that_readers_find_is_listed_under_its_canonical_one(translated, listed, reader):
    """Walk over all links of the site and hold what the pages say against the list."""
    known, found, todo = listed(), set(), {"/da/"}
    while todo:
        path = todo.pop()
        page = reader(path)
        found.add(path)
        if page.status != 200:
            assert path.endswith("note-cpr-nummer/"), path
            continue
        if page.is_indexed:
            assert path_of(page.canonical) in known, path
        todo |= {path_of(tag["href"]) for tag in page.links} - found
    assert known <= found, "whatever is listed can also be reached by links"


def test_the_address_of_a_note_is_never_listed(translated, listed):
    assert not [path for path in listed() if "note-cpr" in path]


def test_drafts_are_not_listed(translated, listed):
    type(translated.cpr).objects.get(pk=translated.cpr.pk).unpublish()
    assert not [path for path in listed() if path.endswith(CPR)]


def test_a_guide_leaves_the_list_inside_a_municipality_with_its_note(translated, listed):
    type(translated.note).objects.get(pk=translated.note.pk).unpublish()
    assert not [path for path in listed() if "/herning/guide/" in path]
    assert f"/pl/{CPR}" in listed()


def test_nothing_below_an_unpublished_municipality_is_listed(translated, listed):
    translate(translated.language_centre, "pl")
    assert "/pl/herning/sprogcenter/" in listed()
    type(translated.herning).objects.get(pk=translated.herning.pk).unpublish()
    assert not [path for path in listed() if "/herning/" in path]


def test_nothing_of_a_language_without_a_published_home_page_is_listed(translated, listed):
    in_language(translated.home, "pl").unpublish()
    assert in_tree_of("pl", listed()) == set()


def test_a_renamed_guide_is_listed_under_its_new_address_only(translated, listed):
    guide = type(translated.cpr).objects.get(pk=translated.cpr.pk)
    guide.slug = "personnummer"
    publish(guide)
    found = listed()
    assert {"/pl/guide/ankomst/personnummer/", "/pl/herning/guide/ankomst/personnummer/"} <= found
    assert not [path for path in found if "cpr-nummer" in path]


def test_an_entry_says_when_the_text_was_last_published(translated, client):
    guide = in_language(translated.cpr, "pl")
    entries = ET.fromstring(client.get("/sitemap.xml").content).iter(f"{NAMESPACE}url")
    dates = {entry.find(f"{NAMESPACE}loc").text: entry.findtext(f"{NAMESPACE}lastmod") for entry in entries}
    assert dates[f"{settings.BASE_URL}/pl/{CPR}"] == f"{guide.last_published_at:%Y-%m-%d}"


def test_the_number_of_queries_does_not_grow_with_the_number_of_pages(translated, client):
    with CaptureQueriesContext(connection) as few:
        client.get("/sitemap.xml")
    for number in range(10):
        add_guide(translated.arrival, f"emne-{number}")
    with CaptureQueriesContext(connection) as many:
        client.get("/sitemap.xml")
    assert len(many) == len(few)


# More addresses than one file may hold --------------------------------------------------------------------------------


def test_a_long_list_is_split_into_parts_that_hold_every_address_once(translated, listed, monkeypatch):
    everything = sorted(listed())
    monkeypatch.setattr(views, "SITEMAP_LIMIT", 4)
    parts = -(-len(everything) // 4)
    assert parts > 2
    assert listed() == {"/sitemap.xml"}, "now it is a list of lists"
    found = [path for number in range(1, parts + 1) for path in listed(f"?p={number}")]
    assert sorted(found) == everything


@pytest.mark.parametrize("part", ["0", "99", "-1", "x", "1.5", "²", "9" * 5000])
def test_a_part_that_does_not_exist_is_not_found(tree, client, part):
    assert client.get("/sitemap.xml", {"p": part}).status_code == 404


def test_the_sitemap_is_announced_to_robots(client, db):
    text = client.get("/robots.txt").content.decode()
    assert f"Sitemap: {settings.BASE_URL}/sitemap.xml" in text
    assert "Disallow: /admin/" in text
