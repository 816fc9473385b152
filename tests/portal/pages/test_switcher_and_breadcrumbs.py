"""The language switcher and the way from the first page: the reader keeps page, place and question."""

import pytest

from tests.factories import in_language
from tests.portal.pages.reading import CPR, LANGUAGES, path_of

pytestmark = pytest.mark.django_db

NAMES = {"da": "Dansk", "en": "English", "de": "Deutsch", "pl": "Polski", "ru": "Русский"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_is_named_in_itself_and_marked_as_such(tree, reader, language):
    entries = reader(f"/{language}/").switcher
    assert [(entry.language, entry.marked_as, entry.name) for entry in entries] == [
        (code, code, name) for code, name in NAMES.items()
    ]
    assert [entry.language for entry in entries if entry.is_current] == [language]


@pytest.mark.parametrize(
    "path",
    [
        "",
        "guide/",
        CPR,
        "om/",
        "herning/",
        f"herning/{CPR}",
        "herning/guide/ankomst/",
        "herning/sprogcenter/",
        f"holstebro/{CPR}",
    ],
)
def test_the_switcher_keeps_the_page_and_the_municipality(tree, reader, path):
    entries = reader(f"/pl/{path}").switcher
    assert [entry.address for entry in entries] == [f"/{language}/{path}" for language in LANGUAGES]
    for entry in entries:
        assert reader(entry.address).page_language == entry.language


@pytest.mark.parametrize("path", [CPR, f"herning/{CPR}", "herning/sprogcenter/"])
def test_the_switcher_keeps_the_query_string(tree, reader, path):
    entries = reader(f"/pl/{path}?who=eu&stay=long").switcher
    assert [entry.address for entry in entries] == [f"/{language}/{path}?who=eu&stay=long" for language in LANGUAGES]


def test_a_query_string_cannot_break_out_of_the_link(tree, client):
    response = client.get(f"/pl/{CPR}", QUERY_STRING="a=\"><script>alert(1)</script>&b='")
    assert response.status_code == 200
    assert b"<script>alert" not in response.content


def test_the_switcher_offers_no_language_in_which_the_page_is_not_published(tree, reader):
    in_language(tree.cpr, "de").unpublish()
    for path in (CPR, f"herning/{CPR}"):
        assert [entry.language for entry in reader(f"/pl/{path}").switcher] == ["da", "en", "pl", "ru"]


@pytest.mark.parametrize("path", ["herning/", f"herning/{CPR}", "herning/sprogcenter/", "herning/guide/"])
def test_the_switcher_offers_no_language_in_which_the_municipality_is_not_published(tree, reader, path):
    in_language(tree.herning, "de").unpublish()
    assert [entry.language for entry in reader(f"/pl/{path}").switcher] == ["da", "en", "pl", "ru"]


def test_the_switcher_offers_no_language_without_a_published_home_page(tree, reader):
    in_language(tree.home, "de").unpublish()
    for path in ("", CPR, "herning/", f"herning/{CPR}"):
        assert [entry.language for entry in reader(f"/pl/{path}").switcher] == ["da", "en", "pl", "ru"]


# The way from the first page ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_breadcrumbs_lead_from_the_first_page_to_the_parent(tree, reader, language):
    home = in_language(tree.home, language).title
    assert reader(f"/{language}/{CPR}").breadcrumbs == [
        (f"/{language}/", home),
        (f"/{language}/guide/", "Guide"),
        (f"/{language}/guide/ankomst/", "Ankomst"),
    ]
    assert reader(f"/{language}/guide/").breadcrumbs == [(f"/{language}/", home)]
    assert reader(f"/{language}/").breadcrumbs == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_inside_a_municipality_the_way_begins_at_its_home(tree, reader, language):
    inside = f"/{language}/herning/"
    assert reader(f"{inside}{CPR}").breadcrumbs == [
        (inside, "Herning Kommune"),
        (f"{inside}guide/", "Guide"),
        (f"{inside}guide/ankomst/", "Ankomst"),
    ]
    assert reader(f"{inside}sprogcenter/").breadcrumbs == [(inside, "Herning Kommune")]
    assert reader(inside).breadcrumbs == []


@pytest.mark.parametrize("path", [CPR, f"herning/{CPR}", "herning/sprogcenter/"])
def test_every_step_of_the_way_can_be_taken(tree, reader, path):
    steps = reader(f"/ru/{path}").breadcrumbs
    assert steps
    for address, title in steps:
        page = reader(path_of(address))
        assert page.status == 200
        assert page.heading == title
