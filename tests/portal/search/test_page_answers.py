"""What the search page does with an answer, or without one: choices, pages, a person to ask, and what is refused."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.municipalities.models import MunicipalityPage
from portal.pages.context import Link
from portal.pages.registers import ContactsPage
from portal.search import help as search_help
from portal.search.documents import Kind
from portal.search.models import BestBet
from tests.conftest import LANGUAGES
from tests.factories import Tree, add_page, block, in_language, make_fact, publish
from tests.portal.pages.reading import CPR

from .documents import make_document, make_page, put
from .search_page import Reader, choices, field, hits

pytestmark = pytest.mark.django_db


# What narrows the results -----------------------------------------------------------------------------------------------


def test_kinds_are_offered_with_their_counts_and_the_chosen_one_is_marked(searchable: Tree, reader: Reader):
    page = reader("/en/search/?q=skat")
    offered = choices(page)
    assert list(offered) == ["Everything", "Guides", "Local pages", "All municipalities", "Herning Kommune"]
    assert offered["Everything"]["aria-current"] == "true"
    assert not offered["Guides"].has_attr("aria-current")
    for name in ("Everything", "Guides", "Local pages"):
        narrowed = reader(offered[name]["href"])
        assert len(hits(narrowed)) == int(offered[name].span.get_text())
        assert choices(narrowed)[name]["aria-current"] == "true"


def test_a_municipality_can_be_chosen_and_left_again(searchable: Tree, reader: Reader):
    chosen = reader(choices(reader("/da/search/?q=skat&kind=local"))["Herning Kommune"]["href"])
    assert list(hits(chosen)) == ["/da/herning/sprogcenter/"]
    offered = choices(chosen)
    assert offered["Herning Kommune"]["aria-current"] == "true"
    assert parse_qs(urlsplit(offered["Alle kommuner"]["href"]).query) == {
        "q": ["skat"],
        "kind": ["local"],
    }
    assert "Holstebro Kommune" not in offered, "it has nothing of its own on this"


def test_a_result_says_whom_it_applies_to_unless_that_is_nearly_everybody(tree: Tree, reader: Reader):
    few, many = ("eu",), ("nordic", "eu", "permit")
    put(
        make_document("Skat", language="de", path="few/", audiences=few),
        make_document("Skat", language="de", path="many/", audiences=many),
    )
    found = hits(reader("/de/search/?q=skat"))
    assert "Für wen: Bürger der EU" in found["/de/few/"].get_text()
    assert "Für wen" not in found["/de/many/"].get_text()


def test_nothing_is_offered_to_choose_where_there_is_only_one_kind(tree: Tree, reader: Reader):
    put(make_document("Skattekort"))
    assert choices(reader("/da/search/?q=skat")) == {}


def test_a_chosen_municipality_holds_for_the_next_question_and_a_kind_does_not(searchable: Tree, reader: Reader):
    form = field(reader("/da/search/?q=skat&m=herning&kind=guide"))
    assert {tag["name"]: tag["value"] for tag in form.find_all("input", type="hidden")} == {"m": "herning"}
    assert not field(reader("/da/herning/search/?q=skat&m=herning")).find_all("input", type="hidden")


def test_one_can_turn_the_pages_and_keeps_what_was_chosen(tree: Tree, reader: Reader):
    put(*(make_document(f"Skat {number}", path=f"skat-{number}/") for number in range(25)))
    seen: list[str] = []
    address, before = "/da/search/?q=skat&kind=guide", ""
    while address:
        page = reader(address)
        seen += hits(page)
        back = page.soup.main.find("a", rel="prev")
        assert (back["href"] if back else "") == before
        onward = page.soup.main.find("a", rel="next")
        before, address = address, onward["href"] if onward else ""
    assert len(seen) == len(set(seen)) == 25
    assert reader("/da/search/?q=skat&kind=guide&page=4").status == 404


def test_a_misspelt_question_offers_the_one_that_was_meant(searchable: Tree, reader: Reader):
    page = reader("/pl/herning/search/?q=kartta+podatkowa")
    link = page.soup.main.find(class_="did-you-mean").a
    assert link.get_text() == "karta podatkowa"
    assert "/pl/herning/guide/ankomst/skattekort/" in hits(reader(link["href"]))


# Without a result -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["xyz123", "???", "☃", "%00%01", "a" * 200])
def test_nothing_found_is_said_plainly_and_leads_on(searchable: Tree, reader: Reader, text: str):
    page = reader(f"/en/search/?q={text}")
    assert page.status == 200
    assert not hits(page)
    if text != "%00%01":
        assert "Nothing was found for" in page.main_text
    assert "/en/guide/ankomst/" in [link["href"] for link in page.links], "the life situations"
    assert "/en/herning/" in [link["href"] for link in page.soup.select("#ask a")]


def test_where_a_filter_is_to_blame_the_others_are_offered(searchable: Tree, reader: Reader):
    page = reader("/en/search/?q=cpr&kind=local")
    assert "Nothing was found" in page.main_text
    assert hits(reader(choices(page)["Guides"]["href"]))
    assert choices(reader("/en/search/?q=xyz123&kind=local")) == {}


# A person to ask ----------------------------------------------------------------------------------------------------------


def test_inside_a_municipality_its_contact_stands_on_every_page_of_the_search(searchable: Tree, reader: Reader):
    make_fact("herning-phone", "96 28 28 28")
    herning = MunicipalityPage.objects.get(pk=in_language(searchable.herning, "da").pk)
    herning.main_contact = [
        block("contact", {"heading": "Ring", "facts": [block("item", "herning-phone", "f1")]}, "c1")
    ]
    publish(herning)
    for query in ("", "?q=skat", "?q=xyz123"):
        ask = reader(f"/da/herning/search/{query}").soup.find(id="ask")
        assert ask.find("a", href="tel:+4596282828"), query


def test_elsewhere_the_municipalities_and_the_page_of_contacts_are_one_step_away(searchable: Tree, reader: Reader):
    add_page(searchable.home, ContactsPage, "kontakt", title="Kontakt")
    for query in ("", "?q=skat", "?q=xyz123"):
        links = {link["href"] for link in reader(f"/da/search/{query}").soup.find(id="ask").find_all("a")}
        assert links == {"/da/kontakt/", "/da/herning/", "/da/holstebro/"}
        assert all(reader(link).status == 200 for link in links)


def test_a_room_can_offer_its_own_way_to_a_person(searchable: Tree, reader: Reader, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(search_help, "_functions", [])
    search_help.register_help(lambda scope: [Link(f"/{scope.language}/hotline/", "Hotline", scope.language)])
    links = reader("/pl/search/?q=skat").soup.find(id="ask").find_all("a")
    assert (links[0]["href"], links[0].get_text()) == ("/pl/hotline/", "Hotline")


def test_an_emergency_leads_to_the_number_before_everything_else(searchable: Tree, reader: Reader):
    make_fact("alarm", "112", label={"da": "Alarm", "pl": "Numer alarmowy"})
    BestBet.objects.create(key="alarm", words={"da": "skat brænder", "pl": "pożar"}, fact_id="alarm", is_urgent=True)
    for address in ("/pl/search/?q=pożar", "/pl/herning/search/?q=pozar+skat"):
        page = reader(address)
        first = page.soup.main.find_all(["section", "ol", "nav"])[0]
        assert first["class"] == ["alarm"]
        assert first.find("a", href="tel:112")
        assert "Numer alarmowy" in first.get_text()
    assert not reader("/pl/search/?q=skat").soup.find(class_="alarm")


def test_what_editors_put_first_comes_first(searchable: Tree, reader: Reader):
    BestBet.objects.create(key="cpr", words={"da": "skat"}, page=searchable.cpr)
    assert next(iter(hits(reader("/da/search/?q=skat")))) == f"/da/{CPR}"
    assert next(iter(hits(reader("/da/herning/search/?q=skat")))) == f"/da/herning/{CPR}"
    shown = reader("/da/search/?q=skat").soup.select("li.result a")
    assert len(shown) == len({link["href"] for link in shown}) == 3, "and not once more below"


# Learning ---------------------------------------------------------------------------------------------------------------


def test_a_page_of_results_carries_what_its_counting_needs_and_asking_counts_nothing(searchable: Tree, reader: Reader):
    for address in ("/da/search/?q=skat", "/da/search/?q=xyz123"):
        (holder,) = reader(address).soup.select("[data-token]")
        assert len(holder["data-token"]) > 20
    assert not reader("/da/search/").soup.select("[data-token]")


# Bad input ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "query",
    ["q=skat&m=aarhus", "q=skat&kind=page", "q=skat&page=0", "q=skat&page=1000000000", "q=a&q=b", f"q={'a' * 2001}"],
)
def test_what_cannot_be_understood_is_a_refusal_in_the_language_of_the_address(
    searchable: Tree, reader: Reader, language: str, query: str
):
    page = reader(f"/{language}/search/?{query}")
    assert (page.status, page.page_language) == (400, language)
    assert page.heading


@pytest.mark.parametrize("path", ["herning/search/?q=skat&m=holstebro", "search/?q=skat&page=50", "search/?page=2"])
def test_what_does_not_exist_is_not_found(searchable: Tree, reader: Reader, path: str):
    page = reader(f"/pl/{path}")
    assert (page.status, page.page_language) == (404, "pl")


def test_parameters_that_other_sites_add_to_links_do_no_harm(searchable: Tree, reader: Reader):
    page = reader("/da/search/?q=skat&fbclid=abc&utm_source=mail&utm_source=x")
    assert page.status == 200
    assert not [link["href"] for link in page.links if "fbclid" in link["href"]]


def test_whoever_asks_too_often_is_asked_to_wait_in_their_language(searchable: Tree, reader: Reader, settings: Any):
    settings.THROTTLES = {"search_page": (1, 3600)}
    assert reader("/pl/search/?q=skat").status == 200
    page = reader("/pl/herning/search/?q=skat")
    assert (page.status, page.page_language, page.is_indexed) == (429, "pl", False)
    assert int(page.response.headers["Retry-After"]) > 0
    assert page.heading == "Poczekaj chwilę"
    assert reader(f"/pl/{CPR}").status == 200


# Queries ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", ["/da/search/?q=skat", "/pl/herning/search/?q=skat", "/pl/search/", "/da/search/?q=xyz1"]
)
def test_more_results_cost_no_more_queries(searchable: Tree, client: Client, path: str):
    def count() -> int:
        client.get(path)
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        return len(queries)

    make_fact("phone")
    put(*make_page("phone", {"da": "Skat på telefon", "pl": "Skat: telefon"}, kind=Kind.CONTACT, key="contact:phone"))
    few = count()
    for number in range(30):
        make_fact(f"phone-{number}")
        kind, key = (Kind.CONTACT, f"contact:phone-{number}") if number % 2 else (Kind.GUIDE, f"skat-{number}")
        put(*make_page(f"skat-{number}", {"da": f"Skat {number}", "pl": f"Skat {number}"}, kind=kind, key=key))
    for number in range(5):
        add_page(searchable.home, MunicipalityPage, f"by-{number}", name=f"By {number}")
    assert count() <= few
    assert few <= 20
