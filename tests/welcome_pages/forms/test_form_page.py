"""One form: everything one has to know before filling it in, here and in the reader's municipality."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.search.updates import run_updates
from tests.factories import block, make_fact, translate
from tests.portal.search.documents import find
from tests.welcome_pages.forms.form_site import add_form
from welcome_pages.models import FormPage

pytestmark = pytest.mark.django_db
OD1 = "/da/blanketter/od1/"


def read(client: Any, address: str) -> BeautifulSoup:
    response = client.get(address)
    assert response.status_code == 200, address
    return BeautifulSoup(response.content, "html.parser")


def test_a_form_answers_who_when_what_and_what_next(client, forms):
    text = read(client, OD1).main.get_text()
    for name in ("who_needs_it", "when_to_send", "what_to_attach", "what_happens_next"):
        assert f"Tekst {name}." in text
    assert "Ansøgning om od1" in text
    assert "SIRI" in text


def test_the_official_title_is_danish_beside_the_translated_one(client, forms, commits):
    translate(forms[2], "pl")
    page = read(client, "/pl/blanketter/od1/")
    assert page.h1.get_text().startswith("pl: ")
    official = page.select_one(".danish-title")
    assert official["lang"] == "da"
    assert official.get_text().startswith("Ansøgning om od1")
    assert "SIRI (urząd)" in page.main.get_text()


@pytest.mark.parametrize(("evidence", "is_told"), [("seen", False), ("partly", True), ("general", True)])
def test_readers_are_told_what_has_not_been_read_on_an_official_page(client, library, evidence, is_told):
    add_form(library, "lejekontrakt", evidence=evidence)
    assert bool(read(client, "/da/blanketter/lejekontrakt/").select(".form-page > .notice")) is is_told


def test_each_municipality_shows_its_own_places(client, library):
    make_fact("herning-desk", "Torvet 5, 7400 Herning", "address", scope="local", municipality="herning")
    make_fact("holstebro-desk", "Kirkestræde 11, 7500 Holstebro", "address", scope="local", municipality="holstebro")
    add_form(library, "flytning", places=[block("fact", "herning-desk", "p1"), block("fact", "holstebro-desk", "p2")])
    shared = read(client, "/da/blanketter/flytning/").main.get_text()
    herning = read(client, "/da/herning/blanketter/flytning/").main.get_text()
    assert "Torvet 5" not in shared
    assert "Kirkestræde" not in shared
    assert "Torvet 5" in herning
    assert "Kirkestræde" not in herning


def test_official_pages_related_guides_and_forms_are_linked(client, library, tree, forms):
    make_fact("link-siri", "https://siri.dk/", "link", source_name="SIRI", target_language="en")
    add_form(
        library,
        "pr1",
        sources=[block("fact", "link-siri", "s1")],
        related=[block("guide", tree.cpr.pk, "r1"), block("form", forms[2].pk, "r2")],
    )
    links = {link["href"] for link in read(client, "/da/herning/blanketter/pr1/").main.select("a")}
    assert {"https://siri.dk/", "/da/herning/guide/ankomst/cpr-nummer/", "/da/herning/blanketter/od1/"} <= links


def test_a_guide_leads_to_the_forms_that_name_it(client, library, tree, commits):
    form = add_form(library, "pr1", title="PR1", related=[block("guide", tree.cpr.pk, "r1")])
    add_form(library, "pr2", title="PR2", related=[block("form", form.pk, "r1")])
    translate(form, "pl")
    for language, title in [("da", "PR1"), ("pl", "pl: PR1")]:
        page = read(client, f"/{language}/herning/guide/ankomst/cpr-nummer/")
        links = {link["href"]: link.get_text() for link in page.select(".guide__forms a")}
        assert links == {f"/{language}/herning/blanketter/pr1/": title}
    assert not read(client, "/da/guide/ankomst/skattekort/").select(".guide__forms")


@pytest.mark.parametrize("closed", [{"mitid": "needed"}, {"cpr_number": "needed"}])
def test_where_mitid_or_cpr_is_needed_the_form_says_what_others_do(library, closed):
    with pytest.raises(ValidationError) as refused:
        add_form(library, "flytning", **closed)
    assert set(refused.value.message_dict) == {"without_access"}
    add_form(library, "flytning-to", without_access="<p>Gå til Borgerservice.</p>", **closed)


def test_two_forms_cannot_have_one_key(library):
    add_form(library, "flytning", key="F05-change-of-address")
    with pytest.raises(ValidationError, match="key"):
        add_form(library, "flytning-to", key="F05-change-of-address")


@pytest.mark.parametrize("address", [OD1, "/da/herning/blanketter/od1/"])
def test_a_form_costs_few_queries(client, forms, address):
    client.get(address)
    cache.clear()
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    assert len(captured) <= 14


@pytest.mark.storage
def test_a_form_is_found_by_number_and_official_title_in_every_language(forms, commits):
    translate(forms[1], "pl")
    run_updates()
    for text, language in [("04.063", "da"), ("04.063", "pl"), ("ansøgning skattekort", "pl")]:
        hits = find(text, language).hits
        assert (hits[0].kind, hits[0].key) == ("form", forms[1].key), (text, language)


def test_the_life_situations_of_a_form_exist(library):
    with pytest.raises(ValidationError, match="topics"):
        add_form(library, "flytning", topics=["maanen"])
    assert FormPage.objects.count() == 0
