"""The welcome pack of a small site: what stands in it, that it follows the pages, and what happens when it cannot be made."""

import threading
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from portal.facts.models import Fact
from tests.factories import add_guide, add_page, block, in_language, publish, translate
from tests.welcome_pages.welcome_pack.pdf import TaggedPdf, words_of
from welcome_pages.models import LocalPage, SituationPage, WelcomePackPage
from welcome_pages.welcome_pack import document
from welcome_pages.welcome_pack.tree import tree_of

pytestmark = pytest.mark.django_db

PAGE = "/da/herning/velkomstpakke/"
FILE = f"{PAGE}velkomstpakke.pdf"


def soup_of(client: Any, address: str, status: int = 200) -> BeautifulSoup:
    """Return the page at an address."""
    response = client.get(address)
    assert response.status_code == status, response.content.decode()[:500]
    return BeautifulSoup(response.content.decode(), "html.parser")


def pdf_of(client: Any, address: str = FILE) -> bytes:
    """Return the PDF at an address."""
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    return response.content


def words_on(page: BeautifulSoup) -> str:
    """Return the words of a page."""
    return " ".join(page.select_one("main").get_text(" ", strip=True).split())


@pytest.mark.parametrize("kind", ["page", "file"])
def test_the_pack_has_the_welcome_numbers_guides_notes_contacts_and_the_way(client, pack_site, kind):
    words = words_on(soup_of(client, PAGE)) if kind == "page" else words_of(pdf_of(client))
    for expected in [
        *("Velkomstpakke", "Herning Kommune", "Velkommen til Herning.", "Borgerservice"),
        *("112", "96 28 28 28"),
        *("Dit nummer i Danmark.", "Skat af løn.", "I Herning", "Bestil tid."),
        *("Få CPR-nummer, og meld din adresse", "5 dage"),
        *("CPR og adresse", "Torvet 5, 7400 Herning", "Undskyld, hvordan kommer jeg til denne adresse?"),
    ]:
        assert expected.lower() in words.lower(), expected


def test_what_is_different_in_another_municipality_is_not_in_the_pack(client, pack_site):
    assert "Bestil tid." not in words_on(soup_of(client, "/da/holstebro/velkomstpakke/"))


def test_outside_a_municipality_one_is_chosen(client, pack_site):
    page = soup_of(client, "/da/velkomstpakke/")
    links = [link["href"] for link in page.select("main .pack-choice a")]
    assert links[:2] == [PAGE, FILE]
    assert not page.select("meta[name=robots]")


def test_the_home_of_the_municipality_leads_to_the_pack(client, pack_site):
    assert soup_of(client, "/da/herning/").select_one(".pack-link a")["href"] == PAGE


def test_a_municipality_of_a_site_without_packs_names_none(client, tree):
    assert not soup_of(client, "/da/herning/").select(".pack-link")


def test_search_engines_show_the_pages_and_not_the_pack_made_of_them(client, pack_site):
    page = soup_of(client, PAGE)
    assert page.select_one("meta[name=robots]")["content"] == "noindex"
    assert page.select_one("link[rel=canonical]")["href"].endswith(PAGE)
    assert client.get(FILE)["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize(
    "address",
    [
        "/da/velkomstpakke/velkomstpakke.pdf",
        "/da/herning/velkomstpakke/andet.pdf",
        "/da/findes-ikke/velkomstpakke/velkomstpakke.pdf",
        "/da/herning/velkomstpakke/velkomstpakke.pdf/mere/",
        "/xx/herning/velkomstpakke/",
    ],
)
def test_other_addresses_lead_nowhere(client, pack_site, address):
    assert client.get(address, follow=True).status_code == 404


def test_the_address_is_fixed_and_hides_nothing(pack_site):
    page = WelcomePackPage.objects.get(locale__language_code="da")
    page.slug = "andet"
    assert publish(page).slug == "velkomstpakke"
    assert not WelcomePackPage.can_create_at(pack_site.home)


# Following the pages ------------------------------------------------------------------------------------------------------


def test_the_same_pages_make_the_same_file_and_nobody_fetches_it_twice(client, pack_site):
    first, second = client.get(FILE), client.get(FILE)
    assert first.content == second.content
    assert first["ETag"] == second["ETag"]
    answer = client.get(FILE, HTTP_IF_NONE_MATCH=first["ETag"])
    assert answer.status_code == 304
    assert not answer.content


def test_the_file_does_not_depend_on_when_it_is_made(client, pack_site):
    first = pdf_of(client)
    document.cache.clear()
    assert pdf_of(client) == first


def test_a_changed_page_changes_the_pack(client, pack_site):
    before = client.get(FILE)
    pack_site.cpr.summary = "Nu hedder det noget andet."
    publish(pack_site.cpr)
    after = client.get(FILE)
    assert after["ETag"] != before["ETag"]
    assert "Nu hedder det noget andet." in words_of(after.content)
    assert "Dit nummer i Danmark." not in words_of(after.content)


def test_a_changed_fact_changes_the_pack(client, pack_site):
    before = client.get(FILE)["ETag"]
    Fact.objects.filter(pk="herning-phone").update(value="96 28 28 29")
    after = client.get(FILE)
    assert after["ETag"] != before
    assert "96 28 28 29" in words_of(after.content)


def test_a_page_that_is_taken_down_leaves_the_pack(client, pack_site):
    pack_site.note.unpublish()
    assert "Bestil tid." not in words_of(pdf_of(client))


def test_a_page_for_some_people_only_is_not_printed_for_all(client, pack_site):
    PageViewRestriction.objects.create(page=pack_site.cpr, restriction_type=PageViewRestriction.LOGIN)
    assert "Dit nummer i Danmark." not in words_of(pdf_of(client))
    PageViewRestriction.objects.create(page=pack_site.herning, restriction_type=PageViewRestriction.LOGIN)
    assert client.get(FILE).status_code == 302


def test_the_number_of_queries_is_that_of_any_pack(client, pack_site):
    month = add_page(pack_site.guides, SituationPage, "foerste-maaned")
    add_guide(month, "guide-x", summary="[[emergency-112]]")
    counts = []
    for round_number in range(2):
        for address in (PAGE, FILE):
            client.get(address)  # what a process keeps in memory is read
            with CaptureQueriesContext(connection) as captured:
                client.get(address)
            counts.append(len(captured))
        if round_number == 0:
            for number in range(3):
                guide = add_guide(month, f"guide-{number}", summary="[[emergency-112]]")
                facts = [{"type": "item", "value": "herning-phone", "id": f"i{number}"}]
                body = [
                    block("contact", {"heading": f"Sted {number}", "facts": facts}, f"c{number}"),
                    block("note", f'<p><a linktype="page" id="{guide.pk}">x</a></p>', f"n{number}"),
                ]
                add_page(pack_site.herning, LocalPage, f"side-{number}", body=body)
    assert len(set(counts)) == 1, counts
    assert 5 < counts[0] <= 18, counts


# Languages ----------------------------------------------------------------------------------------------------------------


def test_what_is_still_danish_says_so_and_is_marked(client, pack_site):
    page = soup_of(client, "/pl/herning/velkomstpakke/")
    welcome = page.select_one("#welcome")
    assert welcome.select_one("[lang=da]").get_text(strip=True).startswith("Velkommen til Herning.")
    assert "Ta część nie jest jeszcze przetłumaczona" in welcome.select_one(".remark").get_text()
    pdf = TaggedPdf(pdf_of(client, "/pl/herning/velkomstpakke/velkomstpakke.pdf"))
    assert str(pdf.root.Lang) == "pl"
    assert "da" in pdf.languages_of_passages()


def test_a_translated_guide_has_its_danish_title_beside(client, pack_site):
    translate(pack_site.cpr, "pl", strings={"Cpr nummer": "Numer CPR", "Dit nummer i Danmark.": "Twój numer w Danii."})
    page = soup_of(client, "/pl/herning/velkomstpakke/")
    guide = next(one for one in page.select(".pack-guide") if "Numer CPR" in one.get_text())
    assert guide.select_one(".danish-title").get_text() == "Cpr nummer"
    assert guide.select_one(".danish-title")["lang"] == "da"
    assert in_language(pack_site.cpr, "pl").alias_of_id is None


def test_a_text_that_only_a_machine_has_translated_says_so(client, pack_site):
    assert not soup_of(client, "/pl/herning/velkomstpakke/").select("header .remark")
    translate(pack_site.cpr, "pl", kind="machine", tool="DeepL")
    assert soup_of(client, "/pl/herning/velkomstpakke/").select("header .remark")


# Texts as they come -------------------------------------------------------------------------------------------------------


def test_signs_that_mean_something_to_typst_are_words_like_others(client, pack_site):
    hostile = '#panic("x") $a$ *b* _c_ `d` @e <f> #{ 1 + 1 } \\ // --- = h'
    pack_site.cpr.summary = hostile
    publish(pack_site.cpr)
    assert hostile in words_of(pdf_of(client))


def test_every_letter_of_the_five_languages_is_in_the_fonts(client, pack_site, caplog):
    letters = "æøåÆØÅ äöüßÄÖÜ ąćęłńóśźżĄĆĘŁŃÓŚŹŻ абвгдеёжзийклмнопрстуфхцчшщъыьэюя АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ"
    pack_site.cpr.summary = letters
    publish(pack_site.cpr)
    assert letters in words_of(pdf_of(client))
    assert not [record for record in caplog.records if "No font" in record.getMessage()]


def test_a_sign_that_no_font_has_does_not_stop_the_pack(client, pack_site):
    pack_site.cpr.summary = "Tal med os 😀 i dag."
    publish(pack_site.cpr)
    assert "Tal med os □ i dag." in words_of(pdf_of(client))


def test_a_pack_that_cannot_be_made_is_a_page_with_a_way_out(client, pack_site, caplog):
    pack_site.cpr.summary = "一二三四五六七八九十百千萬"
    publish(pack_site.cpr)
    page = soup_of(client, FILE, status=503)
    assert page.select_one("main a.button")["href"] == PAGE
    assert "PDF-filen kunne ikke laves" in page.get_text()
    assert client.get(PAGE).status_code == 200


def test_links_of_the_page_lead_to_the_site_and_others_show_their_address():
    html = (
        '<p>A <a href="/da/x/">B</a>, <a rel="external" href="https://www.borger.dk/x/">C</a><span popover>D</span></p>'
    )
    [paragraph] = tree_of(html, "https://site.example")
    links = [part for part in paragraph["content"] if isinstance(part, dict)]
    assert [link["address"] for link in links] == ["https://site.example/da/x/", "https://www.borger.dk/x/"]
    assert links[1]["shown"] == "borger.dk/x"
    assert "D" not in str(paragraph)


def test_one_pack_is_made_once_however_many_ask_at_the_same_time(monkeypatch):
    made, make = [], document.make
    monkeypatch.setattr(document, "make", lambda data: made.append(1) or make(data))
    data = {"title": "T", "language": "da", "as_of": "", "content": [{"kind": "heading", "level": 1, "content": ["T"]}]}
    results: list[bytes] = []
    threads = [threading.Thread(target=lambda: results.append(document.made(data, "mark"))) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 1
    assert len(set(results)) == 1
    assert len(results) == 4
