"""The manual for employers: its way in, its chapters, and its checklists to print."""

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.search.updates import run_updates
from tests.factories import translate
from tests.portal.search.documents import find
from tests.welcome_pages.employers.manual_site import add_chapter, addresses, read, step

pytestmark = pytest.mark.django_db
MOST_QUERIES = 14


def test_the_manual_lists_chapters_checklists_and_a_wall_sheet_of_every_guide(client, manual):
    found = addresses(read(client, "/da/virksomheder/").main)
    for slug in ("regler", "kontrakt", "mentor", "tjekliste-eu"):
        assert f"/da/virksomheder/{slug}/" in found
    assert "/da/guide/ankomst/cpr-nummer/opslag/" in found


def test_the_address_of_the_manual_is_fixed(manual):
    manual.page.slug = "firmaer"
    manual.page.full_clean()
    assert manual.page.slug == "virksomheder"


@pytest.mark.parametrize("address", ["/da/", "/da/guide/", "/da/om/"])
def test_employers_find_the_manual_without_a_longer_main_menu(client, manual, address):
    page = read(client, address)
    assert "/da/virksomheder/" in addresses(page.footer)
    assert "/da/virksomheder/" not in addresses(page.select_one("nav.sections"))
    assert ("/da/virksomheder/" in addresses(page.main)) is (address != "/da/om/")


def test_the_way_in_is_not_shown_where_there_is_no_manual(client, tree):
    assert read(client, "/da/").select(".employers-entrance") == []


def test_inside_a_municipality_everything_stays_there_and_its_contact_is_shown(client, manual):
    for slug in ("", "kontrakt/", "tjekliste-eu/"):
        shared, here = read(client, f"/da/virksomheder/{slug}"), read(client, f"/da/herning/virksomheder/{slug}")
        assert "96 28 28 28" not in shared.main.get_text()
        assert "96 28 28 28" in here.main.get_text()
        inside = [url for url in addresses(here.main) if url.startswith("/da/")]
        assert inside
        assert [url for url in inside if not url.startswith("/da/herning/")] == []
    assert "/da/herning/virksomheder/" in addresses(read(client, "/da/herning/").main)


def test_a_chapter_begins_with_what_one_needs_to_know_and_leads_to_its_neighbours(client, manual):
    assert "Vent på tilladelsen." in read(client, "/da/virksomheder/regler/").select_one("#need-to-know").get_text()
    middle = read(client, "/da/virksomheder/kontrakt/")
    assert middle.find("a", rel="prev")["href"] == "/da/virksomheder/regler/"
    assert middle.find("a", rel="next")["href"] == "/da/virksomheder/mentor/"
    assert "/da/guide/ankomst/skattekort/" in addresses(middle.select_one(".related"))
    assert read(client, "/da/virksomheder/mentor/").find("a", rel="next") is None


def test_a_checklist_says_what_who_and_when_with_a_box_for_each_step(client, manual):
    page = read(client, "/da/virksomheder/tjekliste-eu/")
    assert [heading.get_text() for heading in page.select(".checklist__phase h2")] == [
        "Før den første arbejdsdag",
        "Den første uge",
    ]
    steps = page.select(".checklist__step")
    assert len(steps) == len(page.select(".checklist__box")) == 3
    assert "Søg skattekort." in steps[1].get_text()
    assert steps[1].select_one(".checklist__due").get_text() == "Ventetid: 2 uger"
    assert steps[1].select_one(".checklist__who").get_text().endswith("Begge")
    assert addresses(steps[1]) == ["/da/guide/ankomst/skattekort/"]
    assert addresses(steps[0]) == ["/da/virksomheder/kontrakt/"]


def test_a_translated_checklist_leads_to_the_pages_of_its_own_language(client, manual):
    translate(manual.checklist, "pl")
    page = read(client, "/pl/herning/virksomheder/tjekliste-eu/")
    first, *_others = page.select(".checklist__step")
    assert first.select_one(".checklist__what p").get_text() == "pl: Giv en kontrakt."
    assert first.select_one(".checklist__who").get_text().endswith("Firma")
    assert addresses(first) == ["/pl/herning/virksomheder/kontrakt/"]
    assert first.select_one(".checklist__page a")["lang"] == "da"  # the chapter has no Polish version


def test_a_key_stands_for_one_chapter_only(manual):
    with pytest.raises(ValidationError, match="key"):
        add_chapter(manual.page, 1, "regler-2", key="E02-kontrakt")


def test_chapters_and_checklists_are_found_by_title_and_not_by_every_word_that_guides_have_too(manual):
    run_updates()
    assert "E02-kontrakt" in {hit.key for hit in find("kontrakt").hits}
    assert "E11-hire-eu" in {hit.key for hit in find("tjekliste").hits}
    assert not [hit for hit in find("tilladelsen").hits if hit.key.startswith("E")]


@pytest.mark.parametrize("language", ["da", "pl"])
def test_longer_manuals_cost_no_more_queries(client, manual, language):
    def queries(address: str) -> int:
        client.get(address)
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    paths = ["", "regler/", "tjekliste-eu/"]
    places = [f"/{language}/{place}virksomheder/{path}" for place in ("", "herning/") for path in paths]
    few = {address: queries(address) for address in places}
    for number in range(4, 9):
        add_chapter(manual.page, number, f"kapitel-{number}")
    manual.checklist.refresh_from_db()
    manual.checklist.steps = [step(number, f"Trin {number}.", page=manual.chapters[0].pk) for number in range(20)]
    manual.checklist.save_revision().publish()
    assert {address: queries(address) for address in places} == few
    assert max(few.values()) <= MOST_QUERIES
