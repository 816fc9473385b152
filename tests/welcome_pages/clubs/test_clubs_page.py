"""The list of clubs of a municipality, as readers see and narrow it."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import add_guide, block, make_fact, publish, translate
from tests.welcome_pages.clubs.club_site import (
    HERNING,
    TODAY,
    add_club,
    add_list,
    add_person,
    contact,
    follow_danish,
    names,
    read,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(clubs):
    """Three clubs that differ in everything one can filter by."""
    return [
        add_club(clubs, "danserne", title="Danserne", kind="culture", spoken_languages=["da", "en"]),
        add_club(clubs, "polsk-klub", title="Polsk Klub", kind="community", country="PL", spoken_languages=["pl"]),
        add_club(clubs, "aftenkor", title="Aftenkor", kind="culture", spoken_languages=["pl", "da"]),
    ]


def options(page, name):
    return {option["value"]: option.get_text() for option in page.select(f"select[name={name}] option")}


def test_clubs_stand_under_their_kind_in_the_order_of_the_alphabet(client, three):
    page = read(client, HERNING)
    assert [heading["id"] for heading in page.select(".club-group h2")] == ["kind-community", "kind-culture"]
    assert names(page) == ["Polsk Klub", "Aftenkor", "Danserne"]
    assert "Polen" in page.select_one("#polsk-klub").get_text()


def test_those_who_speak_the_readers_language_come_first_and_are_marked(client, three):
    follow_danish()
    page = read(client, "/pl/herning/foreninger/")
    culture = page.select_one("#kind-culture").find_parent("section")
    assert [one["id"] for one in culture.select(".club")] == ["aftenkor", "danserne"]
    assert [one.find_parent(class_="club")["id"] for one in page.select(".mark--language")] == [
        "polsk-klub",
        "aftenkor",
    ]
    assert page.select_one(".mark--language").get_text() == "Po polsku"
    english = read(client, "/en/herning/foreninger/").select_one("#kind-culture").find_parent("section")
    assert [one["id"] for one in english.select(".club")] == ["danserne", "aftenkor"]


def test_no_club_is_marked_for_readers_of_danish(client, three):
    assert read(client, HERNING).select(".mark--language") == []


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("spoken=pl", ["Polsk Klub", "Aftenkor"]),
        ("kind=culture", ["Aftenkor", "Danserne"]),
        ("spoken=pl&kind=culture", ["Aftenkor"]),
        ("spoken=&kind=", ["Polsk Klub", "Aftenkor", "Danserne"]),
        ("spoken=so", []),
    ],
)
def test_filters_narrow_the_list(client, three, query, left):
    assert names(read(client, f"{HERNING}?{query}")) == left


def test_each_choice_says_how_many_clubs_it_leaves(client, three):
    page = read(client, f"{HERNING}?kind=culture")
    assert {value: text[-3:] for value, text in options(page, "spoken").items() if value} == {
        "da": "(2)",
        "en": "(1)",
        "pl": "(1)",
    }
    assert "(1)" in options(page, "kind")["community"], "its own filter does not narrow it"
    assert "sport" not in options(page, "kind"), "a choice that leaves nothing is not offered"
    assert [link["href"] for link in page.select(".chosen a")] == [HERNING, HERNING]


@pytest.mark.parametrize(
    "query", ["spoken=zz", "kind=zz", "spoken=pl&spoken=da", "kind=sport&kind=culture", "kind=%00"]
)
def test_what_no_form_sends_is_a_bad_request(client, three, query):
    assert client.get(f"{HERNING}?{query}").status_code == 400


def test_where_nothing_fits_the_reader_gets_back_to_all_clubs(client, three):
    page = read(client, f"{HERNING}?spoken=so")
    assert page.select_one(".nothing a")["href"] == HERNING


def test_a_club_is_reached_by_phone_mail_and_link(client, clubs):
    add_club(clubs, "klub", title="Klub", contacts=contact("club-phone", "club-email", "club-web"))
    for address in (HERNING, f"{HERNING}klub/"):
        found = {link["href"]: link for link in read(client, address).select(".club__contact a")}
        assert set(found) == {"tel:+4520304050", "mailto:klub@example.dk", "https://klub.example.dk/"}
        link = found["https://klub.example.dk/"]
        assert link["hreflang"] == "en"
        assert "engelsk" in link.parent.get_text()


def test_what_nobody_knows_is_said_and_not_left_out(client, clubs):
    add_club(clubs, "klub", title="Klub", confidence="M")
    text = read(client, HERNING).select_one("#klub").get_text()
    assert "Sprog, sted og tid er ikke bekræftet" in text
    assert "Kommunen har ikke bekræftet det" in text


def test_what_is_known_carries_no_warning(client, clubs):
    add_club(clubs, "klub", title="Klub", spoken_languages=["en"], meets="Hver tirsdag.")
    text = read(client, HERNING).select_one("#klub").get_text()
    assert "Hver tirsdag." in text
    assert "bekræftet" not in text


def test_a_club_that_nobody_has_checked_again_says_since_when(client, clubs):
    long_ago, yesterday = TODAY - datetime.timedelta(days=200), TODAY - datetime.timedelta(days=1)
    add_club(clubs, "klub", title="Klub", reviewed_on=long_ago, review_again_on=yesterday)
    for address in (HERNING, f"{HERNING}klub/"):
        assert "sidst tjekket" in read(client, address).select_one(".fact-overdue").get_text()


def test_a_club_for_people_of_two_municipalities_stands_in_both_lists(client, tree, clubs):
    add_list(tree.holstebro)
    add_club(clubs, "klub", title="Klub", also_in=["holstebro"])
    page = read(client, "/da/holstebro/foreninger/")
    assert names(page) == ["Klub"]
    assert "Herning Kommune" in page.select_one("#klub").get_text()
    assert page.select("#klub a[href^='/da/herning/']") == [], "the reader stays in their municipality"


def test_a_draft_and_a_restricted_club_are_in_no_list(client, clubs, three):
    three[0].unpublish()
    three[1].view_restrictions.create(restriction_type="login")
    assert names(read(client, HERNING)) == ["Aftenkor"]


def test_the_empty_list_says_whom_to_ask_and_where_else_to_go(client, tree, clubs):
    make_fact("herning-phone", "96 28 28 28", scope="local", municipality="herning")
    item = {"type": "item", "value": "herning-phone", "id": "i1"}
    tree.herning.main_contact = [block("contact", {"heading": "Spørg", "facts": [item]}, "m1")]
    publish(tree.herning)
    add_guide(tree.arrival, "foreninger", key="T54-associations", title="Sådan er foreninger")
    page = read(client, HERNING)
    assert "Vi kan ikke nævne nogen klubber her endnu" in page.main.get_text()
    assert page.main.select("form") == []
    assert page.select_one(".contact a")["href"] == "tel:+4596282828"
    guides = [(link["href"], link.get_text()) for link in page.main.select(".links a")]
    assert ("/da/herning/guide/ankomst/foreninger/", "Sådan er foreninger") in guides


def test_the_home_page_of_the_municipality_leads_to_the_list(client, clubs):
    assert HERNING in [link["href"] for link in read(client, "/da/herning/").select(".guide-list a")]


def test_the_list_costs_the_same_with_one_and_with_many_clubs(client, clubs):
    counts = []
    for number in range(13):
        add_club(clubs, f"klub-{number}", title=f"Klub {number}", spoken_languages=["da"])
        if number in {0, 12}:
            client.get(HERNING)
            with CaptureQueriesContext(connection) as captured:
                client.get(HERNING)
            counts.append(len(captured))
    assert counts[0] == counts[1] <= 16


# In other languages ---------------------------------------------------------------------------------------------------


def test_the_name_stays_and_the_text_is_translated(client, commits, clubs):
    club = add_club(clubs, "klub", title="Naboklubben", meets="Hver tirsdag.")
    translate(clubs, "pl")
    translate(club, "pl", strings={"Vi mødes og spiser sammen.": "Jemy razem.", "Hver tirsdag.": "W każdy wtorek."})
    page = read(client, "/pl/herning/foreninger/klub/")
    heading = page.select_one("h1")
    assert (heading.get_text(), heading["lang"], heading["translate"]) == ("Naboklubben", "da", "no")
    assert "Jemy razem." in page.main.get_text()
    entry = read(client, "/pl/herning/foreninger/").select_one("#klub")
    assert entry.select_one("h3 a")["lang"] == "da"
    assert "W każdy wtorek." in entry.get_text()


def test_a_name_in_another_language_is_marked_as_that(client, clubs):
    add_club(clubs, "klub", title="Neighbours", name_language="en")
    assert read(client, HERNING).select_one("#klub h3 a")["lang"] == "en"
    assert read(client, f"{HERNING}klub/").select_one("h1")["lang"] == "en"


def test_a_text_that_is_still_danish_is_marked_as_danish(client, clubs, three):
    follow_danish()
    entry = read(client, "/ru/herning/foreninger/").select_one("#danserne")
    assert entry.select_one("p")["lang"] == "da"


def test_a_new_contact_holds_in_every_language_at_once(client, commits, clubs):
    club = add_club(clubs, "klub", title="Klub")
    translate(club, "pl", strings={"Vi mødes og spiser sammen.": "Jemy razem."})
    club.contacts, club.summary = contact("club-email"), "Nu er vi flere."
    publish(club)
    for address in ("/pl/herning/foreninger/", "/pl/herning/foreninger/klub/"):
        links = [link["href"] for link in read(client, address).select(".club__contact a")]
        assert links == ["mailto:klub@example.dk"]


# People ---------------------------------------------------------------------------------------------------------------


def test_a_person_who_has_agreed_stands_in_the_list_of_their_municipality(client, tree, clubs):
    add_list(tree.holstebro)
    add_person()
    add_person(name="Ion", languages=["ro"], phone="", email="ion@example.dk")
    follow_danish()
    page = read(client, "/pl/herning/foreninger/")
    assert names(page) == ["Agnieszka", "Ion"]
    assert [link["href"] for link in page.select(".club dl a")] == ["tel:+4520304051", "mailto:ion@example.dk"]
    assert names(read(client, "/pl/herning/foreninger/?spoken=ro")) == ["Ion"]
    assert names(read(client, "/pl/holstebro/foreninger/")) == []


def test_a_person_who_is_not_shown_stands_nowhere(client, clubs):
    add_person(is_public=False)
    add_person(name="Ion", is_public=False, consent_on=None)
    assert names(read(client, HERNING)) == []
