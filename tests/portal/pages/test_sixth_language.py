"""A further language is one line of settings and one `Locale`: a walk over the whole site in Ukrainian."""

import pytest
from django.conf import settings as project
from django.test import Client
from wagtail.models import Locale
from wagtail_localize.models import LocaleSynchronization

from tests.factories import in_language, publish, translate
from tests.portal.pages.reading import CPR, LANGUAGES, TAX, path_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def ukrainian(tree, settings):
    """The small site with Ukrainian added, as an administrator adds it."""
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = [*project.LANGUAGES, ("uk", "Ukrainian")]
    tree.locales["uk"] = Locale.objects.create(language_code="uk")
    LocaleSynchronization.objects.create(locale=tree.locales["uk"], sync_from=tree.locales["da"])
    return tree


def test_every_page_can_be_reached_and_read_in_the_new_language(ukrainian, reader):
    """Walk from the first page over every link that leads to a Ukrainian page."""
    found, todo = {}, {"/uk/"}
    while todo:
        path = todo.pop()
        page = found[path] = reader(path)
        assert page.status == 200, path
        assert page.page_language == "uk"
        assert page.text_language == "da", "nothing is translated yet, and the page says so"
        assert not page.is_indexed
        for tag in page.links:
            address = path_of(tag["href"])
            assert address.startswith("/uk/") or tag.has_attr("hreflang"), f"{path} leads to {address}"
            if address.startswith("/uk/") and address not in found:
                todo.add(address)
    sheets = {f"{CPR}opslag/", f"{TAX}opslag/"}
    expected = {"", "guide/", "guide/ankomst/", CPR, TAX, "om/", *sheets}
    inside = {f"{place}/{path}" for place in ("herning", "holstebro") for path in expected}
    assert set(found) == {f"/uk/{path}" for path in expected | inside | {"herning/sprogcenter/"}}


def test_the_new_language_stands_in_the_switcher_of_all_others(ukrainian, reader):
    for language in [*LANGUAGES, "uk"]:
        entry = reader(f"/{language}/herning/{CPR}").switcher[-1]
        assert (entry.language, entry.marked_as, entry.name) == ("uk", "uk", "Українська")
        assert entry.address == f"/uk/herning/{CPR}"


def test_readers_stay_in_their_municipality_in_the_new_language(ukrainian, reader):
    for path in (CPR, "", "guide/", "sprogcenter/"):
        assert reader(f"/uk/herning/{path}").leaving("herning") == []


def test_a_translation_into_the_new_language_is_named_to_search_engines(ukrainian, reader):
    translate(ukrainian.cpr, "uk")
    translate(ukrainian.note, "uk")
    for place in ("", "herning/"):
        page = reader(f"/uk/{place}{CPR}")
        assert page.is_indexed
        assert page.text_language == "uk"
        assert page.alternates == reader(f"/da/{place}{CPR}").alternates
        assert page.alternates["uk"] == f"{project.BASE_URL}/uk/{place}{CPR}"
        assert f"<loc>{project.BASE_URL}/uk/{place}{CPR}</loc>" in reader("/sitemap.xml").text


def test_renames_and_withdrawals_reach_the_new_language(ukrainian, reader):
    guide = type(ukrainian.cpr).objects.get(pk=ukrainian.cpr.pk)
    guide.slug = "personnummer"
    guide = publish(guide)
    assert reader(f"/uk/herning/{CPR}").leads_to == "/uk/herning/guide/ankomst/personnummer/"
    guide.unpublish()
    assert reader("/uk/guide/ankomst/personnummer/").status == 404


def test_the_first_page_is_offered_to_readers_of_the_new_language(ukrainian, reader):
    assert reader("/", accept_language="uk").leads_to == "/uk/"


def test_a_page_that_is_not_found_says_so_in_the_new_language(ukrainian, reader):
    page = reader("/uk/nope/")
    assert (page.status, page.page_language) == (404, "uk")
    in_language(ukrainian.cpr, "uk").unpublish()
    missing = reader(f"/uk/{CPR}")
    assert {tag["hreflang"] for tag in missing.soup.main.find_all("a", hreflang=True)} == set(LANGUAGES)


def test_before_it_is_added_the_language_does_not_exist(tree):
    assert Client().get("/uk/").status_code == 404
