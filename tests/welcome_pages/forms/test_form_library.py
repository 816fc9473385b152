"""The form library: in the order of need, narrowed by filters that say how much they leave."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import add_page, translate
from tests.welcome_pages.forms.form_site import add_form
from welcome_pages.models import FormLibraryPage

pytestmark = pytest.mark.django_db
LIBRARY = "/da/blanketter/"
MOST_QUERIES = 14


def read(client: Any, address: str, status: int = 200) -> BeautifulSoup:
    response = client.get(address)
    assert response.status_code == status, address
    return BeautifulSoup(response.content, "html.parser")


def titles(page: BeautifulSoup) -> list[str]:
    return [link.get_text() for link in page.select(".form-entry h3 a")]


def options(page: BeautifulSoup, name: str) -> dict[str, str]:
    return {option["value"]: option.get_text() for option in page.select(f"select[name={name}] option")}


def test_forms_stand_under_the_moment_in_which_one_needs_them(client, forms):
    page = read(client, LIBRARY)
    assert [heading["id"] for heading in page.select(".form-group h2")] == [
        "moment-before",
        "moment-arrival",
        "moment-leaving",
    ]
    assert titles(page) == ["EU-opholdsdokument", "Skattekort", "Udrejse"]


def test_the_official_title_and_number_are_danish_in_every_language(client, commits, library, forms):
    for page in (library, forms[1]):
        translate(page, "pl")
    page = read(client, "/pl/blanketter/")
    official = [line for line in page.select(".form-entry__official") if "04.063" in line.get_text()]
    assert len(official) == 1
    assert official[0]["lang"] == "da"
    assert "Ansøgning om skattekort" in official[0].get_text()


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("who=eu", ["EU-opholdsdokument", "Udrejse"]),
        ("who=employer", ["Skattekort"]),
        ("topic=ankomst", ["EU-opholdsdokument", "Skattekort", "Udrejse"]),
        ("authority=authority-siri", ["EU-opholdsdokument", "Udrejse"]),
        ("m=herning", ["EU-opholdsdokument", "Skattekort", "Udrejse"]),
        ("who=permit&authority=authority-siri", ["Udrejse"]),
        ("who=&topic=&authority=&m=", ["EU-opholdsdokument", "Skattekort", "Udrejse"]),
    ],
)
def test_filters_narrow_the_list(client, forms, query, left):
    assert titles(read(client, f"{LIBRARY}?{query}")) == left


def test_each_choice_says_how_many_forms_it_leaves(client, forms):
    page = read(client, f"{LIBRARY}?authority=authority-siri")
    who = options(page, "who")
    assert "(2)" in who["eu"]
    assert "(1)" in who["permit"]
    assert "employer" not in who, "a choice that leaves nothing is not offered"
    assert "(1)" in options(page, "authority")["authority-skattestyrelsen"], "its own filter does not narrow it"


def test_where_nothing_fits_the_reader_gets_back_to_all_forms(client, forms):
    page = read(client, f"{LIBRARY}?who=employer&authority=authority-siri")
    assert titles(page) == []
    assert page.select(f".forms > p a[href='{LIBRARY}']")


@pytest.mark.parametrize(
    "query", ["who=martian", "topic=nope", "authority=nobody", "m=aarhus", "who=eu&who=permit", "who=%00"]
)
def test_what_the_form_does_not_offer_cannot_be_understood(client, forms, query):
    page = read(client, f"{LIBRARY}?{query}", status=400)
    assert page.h1
    assert page.html["lang"] == "da"


def test_the_search_field_stays_empty(client, forms):
    """Its template shows what was searched for, under a name that the library must not use for its filters."""
    assert not read(client, f"{LIBRARY}?who=eu").select_one("input[name=q]").get("value")


def test_inside_a_municipality_every_form_stays_there(client, forms):
    page = read(client, "/da/herning/blanketter/")
    assert all(link["href"].startswith("/da/herning/blanketter/") for link in page.select(".form-entry h3 a"))
    assert not options(page, "m")


def test_the_chosen_municipality_is_that_of_the_links(client, forms):
    page = read(client, f"{LIBRARY}?m=holstebro")
    assert {link["href"] for link in page.select(".form-entry h3 a")} >= {"/da/holstebro/blanketter/od1/"}


def test_drafts_are_not_listed(client, forms):
    forms[2].unpublish()
    assert titles(read(client, LIBRARY)) == ["Skattekort", "Udrejse"]


def test_the_list_costs_the_same_with_many_forms(client, library):
    def queries() -> int:
        client.get(LIBRARY)
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            assert client.get(LIBRARY).status_code == 200
        return len(captured)

    add_form(library, "foerste")
    few = queries()
    for number in range(9):
        add_form(library, f"blanket-{number}", summary="Kort.")
    assert queries() == few <= MOST_QUERIES


def test_there_is_one_library_per_language_at_a_fixed_address(library, tree):
    assert library.slug == "blanketter"
    assert not FormLibraryPage.can_create_at(tree.home.__class__.objects.get(pk=tree.home.pk))
    with pytest.raises(ValidationError):
        add_page(tree.home, FormLibraryPage, "formularer")


def test_the_municipality_is_labelled_as_what_it_does(client, forms):
    """It leaves out no form: a chosen municipality only leads to its own places."""
    page = read(client, LIBRARY)
    label = next(label for label in page.select(".form-filters label") if label.select("select[name=m]"))
    assert label.span.get_text() == "Vis steder i"
