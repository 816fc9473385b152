"""Whoever reads in Herning stays in Herning: every link, in every language, also with many readers at once."""

import re
from concurrent.futures import ThreadPoolExecutor
from urllib.request import urlopen

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from wagtail.rich_text import expand_db_html

from tests.factories import add_guide, add_page, block, in_language, link, publish, translate
from tests.portal.pages.reading import CPR, LANGUAGES, TAX, is_internal, is_way_out
from welcome_pages.models import LocalPage

pytestmark = pytest.mark.django_db

INSIDE = ["", "guide/", "guide/ankomst/", CPR, TAX, "om/", "sprogcenter/"]


def feature(tree, page, language):
    """Name a page among the most needed ones of a language."""
    home = in_language(tree.home, language)
    home.featured = [("page", page)]
    publish(home)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_link_of_any_page_leads_out_of_the_municipality(translated, reader, language):
    feature(translated, translated.tax, language)
    for path in INSIDE:
        page = reader(f"/{language}/herning/{path}")
        assert page.status == 200, path
        assert len(page.links) > 5, "the page has links that could lead out"
        assert page.leaving("herning") == [], path


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_one_way_out_leads_to_the_same_page_for_everybody(tree, reader, language):
    def ways_out(path: str) -> set[str]:
        page = reader(f"/{language}/{path}")
        return {tag["href"] for tag in page.links if is_way_out(tag)}

    assert ways_out(f"herning/{CPR}") == {f"/{language}/{CPR}"}
    assert ways_out("herning/guide/") == {f"/{language}/guide/"}
    assert ways_out("herning/") == {f"/{language}/"}
    assert ways_out("herning/sprogcenter/") == {f"/{language}/"}, "a local page has no shared address"
    assert ways_out(CPR) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_links_in_the_texts_of_guide_note_and_local_page_stay(tree, reader, language):
    guide = reader(f"/{language}/herning/{CPR}")
    assert guide.links_of_text("link") == [f"/{language}/herning/{TAX}"] * 2, "one in the note, one in the guide"
    assert reader(f"/{language}/herning/sprogcenter/").links_of_text("link") == [f"/{language}/herning/{CPR}"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_links_of_a_shared_page_stay_shared(tree, reader, language):
    guide = reader(f"/{language}/{CPR}")
    assert guide.links_of_text("link") == [f"/{language}/{TAX}"]
    inside = {tag["href"] for tag in guide.links if re.match(r"/[a-z]+/(herning|holstebro)/", tag["href"])}
    choice_of_municipality = {f"/{language}/{place}/{CPR}" for place in ("herning", "holstebro")}
    assert inside == choice_of_municipality


def test_related_guides_and_most_needed_pages_are_offered_inside_the_municipality(tree, reader):
    feature(tree, tree.tax, "pl")
    assert reader(f"/pl/herning/{CPR}").links_of_text("Skattekort") == [f"/pl/herning/{TAX}"]
    assert reader("/pl/herning/").links_of_text("Skattekort") == [f"/pl/herning/{TAX}"]
    assert reader(f"/pl/{CPR}").links_of_text("Skattekort") == [f"/pl/{TAX}"]
    assert reader("/pl/").links_of_text("Skattekort") == [f"/pl/{TAX}"]


def test_lists_of_guides_lead_to_the_guides_inside_the_municipality(tree, reader):
    for path in ("guide/", "guide/ankomst/"):
        assert reader(f"/pl/herning/{path}").links_of_text("Skattekort") == [f"/pl/herning/{TAX}"]
        assert reader(f"/pl/{path}").links_of_text("Skattekort") == [f"/pl/{TAX}"]


def test_the_sections_of_the_main_menu_stay(tree, reader):
    assert reader(f"/de/herning/{CPR}").sections == ["/de/herning/guide/"]
    assert reader(f"/de/{CPR}").sections == ["/de/guide/"]


def test_a_link_to_a_page_of_another_municipality_keeps_that_municipality(tree, reader):
    """Forms and moves refuse such a link; it comes about when the page that it leads to is moved."""
    text = [block("section", {"heading": "Nabo", "text": f"<p>{link(tree.language_centre, 'nabo')}</p>"}, "b1")]
    add_page(tree.herning, LocalPage, "naboer", body=text)
    centre = type(tree.language_centre).objects.get(pk=tree.language_centre.pk)
    centre.move(type(tree.holstebro).objects.get(pk=tree.holstebro.pk), pos="last-child")
    assert reader("/da/herning/naboer/").links_of_text("nabo") == ["/da/holstebro/sprogcenter/"]


@pytest.mark.parametrize("place", ["", "herning/"])
def test_a_link_to_an_unpublished_page_becomes_plain_text_until_the_page_is_back(tree, reader, place):
    tree.tax.unpublish()
    page = reader(f"/pl/{place}{CPR}")
    assert set(page.links_of_text("link")) == {""}
    assert "Se også link" in page.main_text
    assert page.links_of_text("Skattekort") == [], "not among the related guides either"
    publish(type(tree.tax).objects.get(pk=tree.tax.pk))
    assert set(reader(f"/pl/{place}{CPR}").links_of_text("link")) == {f"/pl/{place}{TAX}"}


def test_a_link_never_falls_back_to_another_language(tree, reader):
    in_language(tree.tax, "pl").unpublish()
    assert set(reader(f"/pl/herning/{CPR}").links_of_text("link")) == {""}
    assert set(reader(f"/de/herning/{CPR}").links_of_text("link")) == {f"/de/herning/{TAX}"}


def test_links_to_pages_that_never_existed_become_plain_text(tree, reader):
    attributes = {"gone": 'id="999999"', "empty": "", "odd": 'id="x"'}
    broken = "".join(f'<p><a linktype="page" {value}>{text}</a></p>' for text, value in attributes.items())
    tree.cpr.body = [("section", {"heading": "Brudt", "text": broken})]
    tree.cpr.save()  # a form refuses none of these, but a deleted page leaves them behind
    page = reader(f"/da/herning/{CPR}")
    assert [page.links_of_text(text) for text in attributes] == [[""], [""], [""]]


def test_a_link_to_a_translation_leads_readers_of_another_language_to_theirs(tree, reader):
    """An editor who pastes a link into a Polish text may have chosen the German page."""
    tree.about.body = [("note", f"<p>{link(in_language(tree.tax, 'de'), 'skat')}</p>")]
    publish(tree.about)
    assert reader("/pl/herning/om/").links_of_text("skat") == [f"/pl/herning/{TAX}"]


def test_links_of_a_translated_text_stay_too(tree, reader):
    translate(tree.cpr, "pl")
    page = reader(f"/pl/herning/{CPR}")
    assert "pl: " in page.main_text
    assert set(page.links_of_text("link")) <= {f"/pl/herning/{TAX}"}
    assert f"/pl/herning/{TAX}" in {tag["href"] for tag in page.links}


def test_outside_a_public_request_a_page_has_its_shared_address(tree, client):
    response = client.get(f"/da/herning/{CPR}")
    assert tree.tax.get_url(response.wsgi_request) == f"/da/herning/{TAX}"
    assert tree.tax.get_url() == f"/da/{TAX}"
    assert expand_db_html(link(tree.tax, "skat")) == f'<a href="/da/{TAX}">skat</a>', "nothing of the request is left"


def test_a_cached_fragment_of_one_municipality_is_not_shown_in_another(tree, client):
    addresses = [f"/da/{CPR}", f"/da/herning/{CPR}", f"/da/holstebro/{CPR}", f"/pl/herning/{CPR}"]
    keys = [client.get(address).context_data["page"].cache_key for address in addresses]
    assert len(set(keys)) == len(addresses)
    assert client.get(addresses[1]).context_data["page"].cache_key == keys[1], "the same place has the same key"


# Many readers at once -------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_forty_readers_in_different_places_and_languages_never_get_one_anothers_links(tree, live_server):
    others = [add_guide(tree.arrival, f"emne-{number}") for number in range(10)]
    text = "".join(f"<p>{link(other)}</p>" for other in others)
    tree.cpr.body = [("section", {"heading": "Alle", "text": text})]
    publish(tree.cpr)
    call_command("sync_locale_trees")
    places = ["", "herning/", "holstebro/"]
    addresses = [f"/{language}/{place}{CPR}" for language in LANGUAGES for place in places] * 3
    addresses = addresses[:40]

    def visit(address: str) -> list[str]:
        with urlopen(f"{live_server.url}{address}", timeout=60) as answer:
            soup = BeautifulSoup(answer.read(), "html.parser")
        assert soup.html["lang"] == address.split("/")[1]
        return [tag["href"] for tag in soup.main.find_all("a", href=True) if is_internal(tag["href"])]

    with ThreadPoolExecutor(40) as readers:
        answers = list(readers.map(visit, addresses))

    for address, hrefs in zip(addresses, answers, strict=True):
        language, place = address.split("/")[1], address.split("/")[2]
        assert len(hrefs) > len(others)
        if place == "guide":
            foreign = [href for href in hrefs if not href.startswith(f"/{language}/")]
            foreign += [href for href in hrefs if not href.endswith(CPR) and not href.startswith(f"/{language}/guide/")]
        else:
            foreign = [href for href in hrefs if not href.startswith(f"/{language}/{place}/")]
        assert foreign == [], address
