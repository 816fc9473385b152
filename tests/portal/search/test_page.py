"""The search page as readers meet it: in their language, in their municipality, with a field on every page."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings as project
from django.test import Client
from wagtail.models import Locale, PageViewRestriction

from portal.search.documents import Kind
from tests.conftest import LANGUAGES, ROOT
from tests.factories import Tree, add_page, in_language, make_fact, publish
from tests.portal.elements import by_text, language_of
from tests.portal.pages.reading import CPR, path_of

from .documents import make_document, make_page, put
from .search_page import Reader, field, hits

pytestmark = pytest.mark.django_db


# The page -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_without_a_question_offers_the_field_and_what_is_most_needed(
    searchable: Tree, reader: Reader, language: str
):
    home = in_language(searchable.home, language)
    home.featured = [("page", searchable.cpr)]
    publish(home)
    page = reader(f"/{language}/search/")
    assert page.status == 200
    assert page.page_language == page.text_language == language
    assert field(page).input["value"] == ""
    assert f"/{language}/{CPR}" in [link["href"] for link in page.links]
    assert not hits(page)
    assert "ol" not in [tag.name for tag in page.soup.main.find_all(True)]


def test_every_language_has_words_of_its_own_for_the_page(searchable: Tree, reader: Reader):
    pages = [reader(f"/{language}/search/?q=xyz123") for language in LANGUAGES]
    for found in ("h1", "h2", "label"):
        assert len({page.soup.main.find(found).get_text(strip=True) for page in pages}) == 5, found


@pytest.mark.parametrize("language", LANGUAGES)
def test_results_are_in_the_language_of_the_reader_with_the_danish_title_beside(
    searchable: Tree, reader: Reader, language: str
):
    page = reader(f"/{language}/search/?q=skattekort")
    hit = hits(page)[f"/{language}/guide/ankomst/skattekort/"]
    assert language_of(hit.h2) == language
    danish = hit.find(class_="danish-title")
    if language == "da":
        assert danish is None
        assert hit.mark.get_text() == "Skattekort"
    else:
        assert (danish.get_text(), language_of(danish)) == ("Skattekort", "da")
    assert page.status == 200
    assert "Skattekort" not in page.heading


def test_a_text_in_danish_only_says_so_and_is_read_as_danish(searchable: Tree, reader: Reader):
    found = hits(reader("/pl/search/?q=skat"))
    danish, polish = found[f"/pl/{CPR}"], found["/pl/guide/ankomst/skattekort/"]
    assert language_of(danish.h2) == language_of(danish.mark) == "da"
    remark = by_text(danish, "Tylko po duńsku")
    assert language_of(remark) == "pl"
    assert "Tylko po duńsku" not in polish.get_text()
    assert list(found)[-1] == f"/pl/{CPR}", "what the reader can read comes first"
    assert "Kun på dansk" not in reader("/da/search/?q=skat").main_text


def test_a_result_says_what_it_is_and_where_it_holds(searchable: Tree, reader: Reader):
    found = hits(reader("/en/search/?q=skat"))
    assert found["/en/herning/sprogcenter/"].find(class_="result__about").get_text(" ") == "Local page Herning Kommune"
    place = by_text(found["/en/herning/sprogcenter/"], "Herning Kommune")
    assert language_of(place) == "da", "the municipality's name has not been translated"
    assert "Differs between municipalities" in found[f"/en/{CPR}"].get_text()


def test_a_contact_shows_its_number_to_call(searchable: Tree, reader: Reader):
    make_fact("tax-phone", "72 22 18 18")
    put(
        make_document(
            "Skatteforvaltningen", origin="tax-phone", kind=Kind.CONTACT, key="contact:tax-phone", path="om/#x"
        )
    )
    hit = hits(reader("/da/search/?q=skatteforvaltningen"))["/da/om/#x"]
    assert hit.find("a", href="tel:+4572221818")


def test_texts_are_shown_as_they_were_written_and_never_as_markup(searchable: Tree, reader: Reader):
    put(make_document("Skat <i>&</i> moms", "skat <script>alert(1)</script>", origin="odd", path="odd/"))
    page = reader('/da/search/?q=skat+"><script>alert(2)</script>')
    assert "<script>alert" not in page.text
    assert hits(page)["/da/odd/"].h2.get_text() == "Skat <i>&</i> moms"
    assert field(page).input["value"] == 'skat "><script>alert(2)</script>'


def test_the_page_is_for_readers_and_not_for_search_engines(searchable: Tree, reader: Reader):
    for address in ("/pl/search/", "/pl/search/?q=skat", "/pl/herning/search/?q=skat"):
        page = reader(address)
        assert not page.is_indexed
        assert page.alternates == {}
        assert page.soup.head.find("link", rel="canonical") is None
    assert "/search/" not in reader("/sitemap.xml").text


def test_the_title_names_the_question_the_page_and_the_place(tree: Tree, reader: Reader):
    put(*(make_document(f"Skat {number}") for number in range(12)))
    title = reader("/da/herning/search/?q=skat&page=2").soup.title.get_text()
    assert title.startswith("skat · Søg · Side 2 af 2 · Herning")


def test_the_page_sets_no_cookie_and_is_kept_by_nobody_else(searchable: Tree, reader: Reader):
    answer = reader("/pl/search/?q=skat").response
    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert answer.headers["Cache-Control"] == "private"


def test_the_page_only_reads(searchable: Tree):
    assert Client().post("/da/search/", {"q": "skat"}).status_code in {403, 405}


# The field --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "action"),
    [
        ("/pl/", "/pl/search/"),
        (f"/pl/{CPR}", "/pl/search/"),
        ("/pl/herning/", "/pl/herning/search/"),
        (f"/pl/herning/{CPR}", "/pl/herning/search/"),
        ("/pl/herning/sprogcenter/", "/pl/herning/search/"),
        ("/pl/search/?q=skat", "/pl/search/"),
        ("/pl/herning/search/?q=skat", "/pl/herning/search/"),
        ("/pl/nope/", "/pl/search/"),
        ("/pl/search/?m=nope", "/pl/search/"),
    ],
)
def test_every_page_has_one_field_that_searches_where_the_reader_is(
    searchable: Tree, reader: Reader, path: str, action: str
):
    form = field(reader(path))
    assert (form["action"], form.get("method", "get")) == (action, "get")
    assert form.find("label", {"for": form.input["id"]}).get_text(strip=True)
    suggest = parse_qs(urlsplit(form["data-suggest"]).query)
    assert suggest == {"lang": ["pl"], **({"m": ["herning"]} if "herning" in action else {})}


def test_the_field_announces_every_possible_number_of_suggestions(searchable: Tree, reader: Reader):
    counts = field(reader("/pl/"))["data-counts"].split("|")
    assert counts[:3] == ["Brak podpowiedzi", "1 podpowiedź", "2 podpowiedzi"]
    assert counts[5:] == ["5 podpowiedzi", "6 podpowiedzi"]


def test_the_script_of_the_field_is_light_enough_for_an_old_phone():
    assert (ROOT / "site/portal/static/portal/search.js").stat().st_size < 6000


def test_the_switcher_asks_the_same_in_every_language(searchable: Tree, reader: Reader):
    page = reader("/pl/search/?q=karta+%26+skat&kind=guide&m=herning&page=1&utm_source=x")
    for entry in page.switcher:
        parts = urlsplit(entry.address)
        assert parts.path == f"/{entry.language}/search/"
        assert parse_qs(parts.query) == {"q": ["karta & skat"], "kind": ["guide"], "m": ["herning"]}
        assert reader(entry.address).status == 200
    assert [entry.language for entry in page.switcher if entry.is_current] == ["pl"]


def test_the_switcher_offers_only_languages_in_which_the_place_is_open(searchable: Tree, reader: Reader):
    in_language(searchable.herning, "de").unpublish()
    languages = [entry.language for entry in reader("/pl/herning/search/?q=skat").switcher]
    assert languages == ["da", "en", "pl", "ru"]
    assert reader("/de/herning/search/?q=skat").status == 404


def test_a_further_language_needs_nothing_but_its_tree(searchable: Tree, reader: Reader, settings: Any):
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = [*project.LANGUAGES, ("uk", "Ukrainian")]
    home = searchable.home.copy_for_translation(Locale.objects.create(language_code="uk"))
    home.save_revision().publish()
    put(*make_page("tax", {"da": "Skattekort", "uk": "Податкова картка"}))
    page = reader("/uk/search/?q=картка")
    assert (page.status, page.page_language) == (200, "uk")
    assert list(hits(page)) == ["/uk/guide/tax/"]


# In a municipality --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("query", ["", "?q=skat", "?q=xyz123", "?q=skat&kind=local"])
def test_the_reader_stays_in_the_municipality(searchable: Tree, reader: Reader, query: str):
    page = reader(f"/pl/herning/search/{query}")
    assert page.status == 200
    assert page.leaving("herning") == []
    assert {path_of(entry.address) for entry in page.switcher} == {f"/{code}/herning/search/" for code in LANGUAGES}


def test_a_shared_page_is_read_inside_the_municipality_and_its_own_come_first(searchable: Tree, reader: Reader):
    found = list(hits(reader("/da/herning/search/?q=skat")))
    assert found[0] == "/da/herning/sprogcenter/"
    assert "/da/herning/guide/ankomst/skattekort/" in found
    assert list(hits(reader("/da/search/?q=skat&m=herning"))) == found
    assert not [url for url in hits(reader("/da/holstebro/search/?q=skat")) if "herning" in url]


def test_the_way_out_of_the_municipality_keeps_the_question(searchable: Tree, reader: Reader):
    page = reader("/da/herning/search/?q=skat&kind=guide")
    ways = {link["href"] for link in page.soup.find_all("a", rel="up")}
    assert "/da/search/?q=skat&kind=guide" in ways
    assert all(reader(way).status == 200 for way in ways)


def test_a_municipality_for_some_people_only_asks_who_they_are(searchable: Tree, reader: Reader):
    PageViewRestriction.objects.create(page=searchable.herning, restriction_type=PageViewRestriction.LOGIN)
    answer = reader("/da/herning/search/?q=skat")
    assert (answer.status, answer.leads_to) == (302, "/da/herning/")
    assert reader("/da/search/?q=skat").status == 200


def test_the_word_search_is_no_page_of_the_site_and_takes_none_away(searchable: Tree, reader: Reader):
    add_page(searchable.guides, type(searchable.arrival), "search", title="Om at søge")
    assert reader("/da/guide/search/").heading == "Om at søge"
    assert reader("/da/nope/search/").status == 404
    assert reader("/da/search").leads_to == "/da/search/"
