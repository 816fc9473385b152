"""From an address to a page: the shared tree, and the same tree read inside a municipality."""

import pytest
from django.test import RequestFactory
from django.utils import translation
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from portal.pages.home import HomePage
from tests.factories import in_language, publish
from tests.portal.pages.reading import CPR, LANGUAGES, TAX
from welcome_pages.models import LocalPage

pytestmark = pytest.mark.django_db

SHARED = ["", "guide/", "guide/ankomst/", CPR, TAX, "om/"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_shared_page_is_read_at_its_own_address_and_inside_every_municipality(tree, reader, language):
    for path in SHARED:
        shared = reader(f"/{language}/{path}")
        assert shared.status == 200, path
        assert shared.page_language == language
        if not path:
            continue  # a municipality has a home of its own
        for municipality in ("herning", "holstebro"):
            local = reader(f"/{language}/{municipality}/{path}")
            assert local.status == 200, path
            assert local.page_language == language
            assert local.heading == shared.heading


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_guide_carries_the_note_of_the_municipality_in_which_it_is_read_and_of_no_other(tree, reader, language):
    assert "Bestil tid" in reader(f"/{language}/herning/{CPR}").main_text
    assert "Bestil tid" not in reader(f"/{language}/{CPR}").main_text
    assert "Bestil tid" not in reader(f"/{language}/holstebro/{CPR}").main_text
    assert "Bestil tid" not in reader(f"/{language}/herning/{TAX}").main_text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_local_page_belongs_to_its_municipality_alone(tree, reader, language):
    assert reader(f"/{language}/herning/").heading == "Herning Kommune"
    assert reader(f"/{language}/herning/sprogcenter/").heading == "Sprogcenter"
    assert reader(f"/{language}/holstebro/sprogcenter/").status == 404
    assert reader(f"/{language}/sprogcenter/").status == 404


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "path",
    [
        "herning/herning/",
        "herning/holstebro/",
        f"herning/herning/{CPR}",
        f"herning/holstebro/{CPR}",
        "holstebro/herning/sprogcenter/",
    ],
)
def test_there_is_no_municipality_inside_a_municipality(tree, reader, language, path):
    assert reader(f"/{language}/{path}").status == 404


@pytest.mark.parametrize(
    "path",
    [
        "guide/cpr-nummer/",
        "ankomst/",
        "cpr-nummer/",
        f"{CPR}mere/",
        f"herning/{CPR}mere/",
        "guide/herning/",
        f"guide/herning/{CPR}",
        "herning/ankomst/",
        "herning/sprogcenter/guide/",
        f"forside/{CPR}",
    ],
)
def test_an_address_that_skips_or_adds_a_level_leads_nowhere(tree, reader, path):
    assert reader(f"/pl/{path}").status == 404


def test_an_address_without_its_last_slash_leads_to_the_one_with_it(tree, reader):
    answer = reader(f"/pl/herning/{CPR}".rstrip("/"))
    assert answer.status == 301
    assert answer.leads_to == f"/pl/herning/{CPR}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unpublished_municipality_closes_its_whole_branch(tree, reader, language):
    tree.herning.unpublish()
    for path in ("herning/", f"herning/{CPR}", "herning/guide/", "herning/sprogcenter/", "herning/note-cpr-nummer/"):
        assert reader(f"/{language}/{path}").status == 404, path
    shared = reader(f"/{language}/{CPR}")
    assert shared.status == 200
    assert not [link for link in shared.links if "/herning/" in link["href"]]
    assert reader(f"/{language}/holstebro/{CPR}").status == 200


def test_the_pages_of_an_unpublished_municipality_are_not_read_in_another_one_either(tree, reader):
    tree.herning.unpublish()
    assert reader("/da/holstebro/herning/sprogcenter/").status == 404


def test_a_municipality_that_is_published_again_opens_its_branch_again(tree, reader):
    tree.herning.unpublish()
    publish(type(tree.herning).objects.get(pk=tree.herning.pk))
    for path in ("herning/", f"herning/{CPR}", "herning/sprogcenter/"):
        assert reader(f"/pl/{path}").status == 200, path


def test_a_municipality_unpublished_in_one_language_stays_open_in_the_others(tree, reader):
    in_language(tree.herning, "pl").unpublish()
    assert reader(f"/pl/herning/{CPR}").status == 404
    assert reader(f"/de/herning/{CPR}").status == 200


@pytest.mark.parametrize("path", [CPR, f"herning/{CPR}"])
def test_a_draft_of_a_guide_is_not_public_anywhere(tree, reader, path):
    tree.cpr.unpublish()
    for language in LANGUAGES:
        assert reader(f"/{language}/{path}").status == 404


def test_a_draft_of_a_local_page_does_not_hide_the_shared_section_of_that_name(tree, reader):
    """The admin saves drafts by itself while somebody types a title, before any rule about slugs is asked."""
    herning = Page.objects.get(pk=tree.herning.pk)
    herning.add_child(instance=LocalPage(title="Guide", slug="guide", live=False, locale=tree.locales["da"]))
    assert reader("/da/herning/guide/").heading == "Guide"
    assert reader(f"/da/herning/{CPR}").status == 200


@pytest.mark.parametrize("path", ["", CPR, f"herning/{CPR}", "herning/"])
def test_a_language_without_a_published_home_page_is_closed_and_shows_no_other_language(tree, reader, path):
    in_language(tree.home, "pl").unpublish()
    answer = reader(f"/pl/{path}")
    assert answer.status == 404
    assert answer.page_language == "pl"
    assert "Dit nummer i Danmark" not in answer.text


def test_a_page_is_only_read_and_never_written_to(tree, client):
    assert client.post(f"/pl/herning/{CPR}").status_code == 405


# What the router relies on in Wagtail ---------------------------------------------------------------------------------


def _request_for(path: str):
    return RequestFactory().get(path, headers={"host": "localhost"})


def test_wagtail_still_looks_for_the_page_that_was_found_before_under_its_private_name(tree):
    """`serve_page` stores its result as `_wagtail_route_for_request`. If this fails, Wagtail has renamed it.

    Wagtail then resolves the address again, in its own way: look for the new name in `Page.route_for_request`.
    """
    request = _request_for("/da/not/this/address/")
    request._wagtail_route_for_request = found = RouteResult(tree.about)
    assert Page.route_for_request(request, "not/this/address/") is found


def test_wagtail_itself_still_shows_danish_at_the_address_of_an_unpublished_language(tree, monkeypatch):
    """The reason for a `serve` view of our own. If this fails, wagtail/wagtail#12775 is solved: delete `serve_page`."""
    in_language(tree.home, "pl").unpublish()
    monkeypatch.setattr(HomePage, "route", Page.route)  # as in a stock project
    with translation.override("pl"):
        found = Page.route_for_request(_request_for("/pl/om/"), "om/")
    assert found.page.locale.language_code == "da"
