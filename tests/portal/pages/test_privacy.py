"""Pages for some people only: closed by every road, and named to nobody who may not read them."""

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.models import PageViewRestriction

from tests.factories import in_language, translate
from tests.portal.pages.reading import CPR, LANGUAGES, TAX, Reading

pytestmark = pytest.mark.django_db


def restrict(page, kind=PageViewRestriction.LOGIN, **fields):
    """Let only some people see a page and what is below it."""
    return PageViewRestriction.objects.create(page=page, restriction_type=kind, **fields)


def asks_for_login(answer: Reading) -> bool:
    return answer.status == 302 and "/login/" in answer.leads_to


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_guide_behind_a_login_is_closed_inside_every_municipality_too(tree, reader, language):
    restrict(tree.cpr)
    for place in ("", "herning/", "holstebro/"):
        assert asks_for_login(reader(f"/{language}/{place}{CPR}"))
        assert reader(f"/{language}/{place}{TAX}").status == 200, "other guides stay open"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_section_behind_a_login_closes_its_guides_inside_every_municipality(tree, reader, language):
    restrict(tree.arrival)
    for place in ("", "herning/"):
        assert asks_for_login(reader(f"/{language}/{place}{CPR}"))
        assert reader(f"/{language}/{place}om/").status == 200


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_municipality_behind_a_login_closes_what_is_read_inside_it_and_nothing_else(tree, reader, language):
    restrict(tree.herning)
    for path in ("", CPR, "guide/", "sprogcenter/"):
        assert asks_for_login(reader(f"/{language}/herning/{path}")), path
    assert reader(f"/{language}/{CPR}").status == 200
    assert reader(f"/{language}/holstebro/{CPR}").status == 200


def test_after_login_the_guide_is_read_where_the_reader_wanted_it(tree):
    restrict(tree.cpr)
    browser = Client()
    browser.force_login(User.objects.create_user("sagsbehandler"))
    page = Reading(browser.get(f"/pl/herning/{CPR}"))
    assert page.status == 200
    assert "Bestil tid" in page.main_text
    assert page.leaving("herning") == []
    assert not page.is_indexed


@pytest.mark.xfail(strict=True, reason="in portal.urls `serve_page` takes the address to which passwords are sent")
def test_the_right_password_leads_back_into_the_municipality(tree, client):
    restrict(tree.cpr, PageViewRestriction.PASSWORD, password="hemmelig")
    asked = Reading(client.get(f"/da/herning/{CPR}"))
    assert "Bestil tid" not in asked.text
    form = asked.soup.find("form", method=lambda value: value and value.lower() == "post")
    fields = {tag["name"]: tag.get("value", "") for tag in form.find_all("input") if tag.get("name")}

    refused = client.post(form["action"], {**fields, "password": "forkert"})
    assert b"Bestil tid" not in refused.content
    opened = client.post(form["action"], {**fields, "password": "hemmelig"})
    assert opened.status_code == 302
    assert opened.headers["Location"].endswith(f"/da/herning/{CPR}")
    assert "Bestil tid" in Reading(client.get(f"/da/herning/{CPR}")).main_text


def test_a_note_on_a_public_guide_is_not_reached_around_the_login_of_its_municipality(tree, reader):
    restrict(tree.herning)
    assert asks_for_login(reader("/da/herning/note-cpr-nummer/"))


# Who is told about private versions -----------------------------------------------------------------------------------


def test_private_versions_are_not_named_to_search_engines(translated, reader):
    restrict(in_language(translated.cpr, "de"))
    assert set(reader(f"/pl/{CPR}").alternates) == {"da", "pl", "x-default"}
    listed = reader("/sitemap.xml").text
    assert f"{settings.BASE_URL}/pl/{CPR}<" in listed
    assert f"{settings.BASE_URL}/de/{CPR}<" not in listed


def test_the_versions_of_a_private_municipality_are_not_named_to_search_engines(translated, reader):
    translate(translated.note, "de")
    translate(translated.herning, "de")
    assert "de" in reader(f"/pl/herning/{CPR}").alternates
    assert f"{settings.BASE_URL}/de/herning/{CPR}<" in reader("/sitemap.xml").text
    restrict(in_language(translated.herning, "de"))
    assert set(reader(f"/pl/herning/{CPR}").alternates) == {"da", "pl", "x-default"}
    assert "/de/herning/" not in reader("/sitemap.xml").text


def test_the_switcher_offers_no_private_version(translated, reader):
    restrict(in_language(translated.cpr, "de"))
    assert [entry.language for entry in reader(f"/pl/{CPR}").switcher] == ["da", "en", "pl", "ru"]


def test_a_page_that_is_not_found_names_no_private_version(translated, reader):
    restrict(in_language(translated.cpr, "de"))
    in_language(translated.cpr, "pl").unpublish()
    for place in ("", "herning/"):
        missing = reader(f"/pl/{place}{CPR}")
        assert missing.status == 404
        named = {tag["href"] for tag in missing.soup.main.find_all("a", hreflang=True)}
        assert f"/da/{place}{CPR}" in named
        assert f"/de/{place}{CPR}" not in named


# Notes ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [PageViewRestriction.LOGIN, PageViewRestriction.PASSWORD, PageViewRestriction.GROUPS])
@pytest.mark.parametrize("language", ["da", "pl"])
def test_a_note_cannot_be_restricted_alone(translated, kind, language):
    with pytest.raises(ValidationError):
        restrict(in_language(translated.note, language), kind, password="hemmelig")
    assert not PageViewRestriction.objects.exists()


def test_the_admin_offers_no_restriction_for_a_note(tree, editor):
    """Without this, choosing one there would end in a server error."""
    address = "/admin/pages/{}/privacy/"
    offered = editor.get(address.format(tree.cpr.pk)).json()["html"]
    assert "restriction_type" in offered
    assert "restriction_type" not in editor.get(address.format(tree.note.pk)).json()["html"]
    answer = editor.post(address.format(tree.note.pk), {"restriction_type": "login", "password": "", "groups": []})
    assert answer.status_code == 200
    assert not PageViewRestriction.objects.exists()
