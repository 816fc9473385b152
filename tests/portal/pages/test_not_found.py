"""Where there is no page: an answer in a real language that leads on, and the choice of a language at `/`."""

import pytest
from django.conf import settings
from wagtail.models import PageViewRestriction

from tests.factories import in_language, translate
from tests.portal.pages.reading import CPR, LANGUAGES, path_of

pytestmark = pytest.mark.django_db


def offered(page) -> dict[str, str]:
    """The languages in which a page that was not found exists."""
    return {tag["hreflang"]: tag["href"] for tag in page.soup.main.find_all("a", hreflang=True)}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "path", ["nope/", "herning/nope/", "aarhus/", f"aarhus/{CPR}", f"{CPR}nope/", "herning/guide/nope/"]
)
def test_an_unknown_page_or_municipality_is_not_found_in_the_language_of_the_address(tree, reader, language, path):
    page = reader(f"/{language}/{path}")
    assert page.status == 404
    assert page.page_language == language
    assert page.text_language == language
    assert page.heading
    assert not page.is_indexed
    assert offered(page) == {}


def test_each_language_has_words_of_its_own_for_it(tree, reader):
    headings = {reader(f"/{language}/nope/").heading for language in LANGUAGES}
    assert len(headings) == len(LANGUAGES)


@pytest.mark.parametrize(
    ("accepted", "language"),
    [("pl", "pl"), ("ru-RU,ru;q=0.9", "ru"), ("fr", "da"), ("", "da"), ("fr;q=0.9,de;q=0.5", "de")],
)
@pytest.mark.parametrize("path", ["/xx/", f"/xx/{CPR}", "/guide/", "/nope/nope/", "/xx-yy/herning/"])
def test_an_unknown_language_is_not_found_in_a_language_of_the_reader(tree, reader, path, accepted, language):
    page = reader(path, accept_language=accepted)
    assert page.status == 404
    assert page.page_language == language
    assert "Accept-Language" in page.response.headers["Vary"]


def test_a_page_at_the_address_of_an_unknown_language_is_offered_in_all_languages(tree, reader):
    page = reader(f"/xx/herning/{CPR}", accept_language="pl")
    assert offered(page) == {language: f"/{language}/herning/{CPR}" for language in LANGUAGES if language != "pl"}


@pytest.mark.parametrize("code", ["PL", "Pl", "pl-pl", "PL-pl"])
def test_a_language_code_in_another_spelling_is_not_found_in_that_language(tree, reader, code):
    page = reader(f"/{code}/{CPR}")
    assert (page.status, page.page_language) == (404, "pl")
    assert page.heading == reader("/pl/nope/").heading
    for tag in page.links:
        assert reader(tag["href"]).status == 200


@pytest.mark.parametrize("place", ["", "herning/", "holstebro/"])
def test_a_page_that_lacks_in_one_language_is_offered_in_the_others_at_the_same_place(translated, reader, place):
    in_language(translated.cpr, "pl").unpublish()
    page = reader(f"/pl/{place}{CPR}")
    assert page.status == 404
    assert offered(page) == {language: f"/{language}/{place}{CPR}" for language in ("da", "en", "de", "ru")}
    for address in offered(page).values():
        assert reader(address).status == 200


def test_languages_are_offered_in_their_own_words(tree, reader):
    in_language(tree.cpr, "pl").unpublish()
    links = reader(f"/pl/{CPR}").soup.main.find_all("a", hreflang=True)
    assert [(tag["lang"], tag.get_text(strip=True)) for tag in links] == [
        ("da", "Dansk"),
        ("en", "English"),
        ("de", "Deutsch"),
        ("ru", "Русский"),
    ]


@pytest.mark.parametrize("path", ["herning/sprogcenter/", "herning/"])
def test_a_local_page_that_lacks_in_one_language_is_offered_in_the_others(tree, reader, path):
    in_language(tree.herning if path == "herning/" else tree.language_centre, "pl").unpublish()
    assert offered(reader(f"/pl/{path}")) == {language: f"/{language}/{path}" for language in ("da", "en", "de", "ru")}


@pytest.mark.parametrize(
    "path", ["herning/herning/", "herning/holstebro/", f"herning/holstebro/{CPR}", "holstebro/sprogcenter/"]
)
def test_nothing_is_offered_that_exists_in_no_language(tree, reader, path):
    assert offered(reader(f"/pl/{path}")) == {}


@pytest.mark.parametrize("path", ["herning/", f"herning/{CPR}", "herning/sprogcenter/"])
def test_a_closed_municipality_is_offered_only_in_languages_in_which_it_is_open(tree, reader, path):
    in_language(tree.herning, "pl").unpublish()
    in_language(tree.herning, "de").unpublish()
    assert set(offered(reader(f"/pl/{path}"))) == {"da", "en", "ru"}
    type(tree.herning).objects.get(pk=tree.herning.pk).unpublish()
    assert offered(reader(f"/pl/{path}")) == {}


def test_a_language_without_a_published_home_page_offers_the_others(translated, reader):
    in_language(translated.home, "pl").unpublish()
    page = reader(f"/pl/herning/{CPR}")
    assert page.page_language == "pl"
    assert set(offered(page)) == {"da", "en", "de", "ru"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["nope/", "herning/nope/"])
def test_every_link_of_the_answer_leads_to_a_page_of_that_language(tree, reader, language, path):
    page = reader(f"/{language}/{path}")
    assert len(page.links) >= 3
    for tag in page.links:
        assert tag["href"].startswith(f"/{language}/")
        assert reader(path_of(tag["href"])).status == 200


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["nope/", "guide/nope/", f"{CPR}nope/", "nope/nope/"])
def test_a_reader_who_finds_nothing_inside_a_municipality_stays_there(tree, reader, language, path):
    page = reader(f"/{language}/herning/{path}")
    assert page.status == 404
    assert page.leaving("herning") == []
    assert page.sections == [f"/{language}/herning/guide/"]
    assert page.links_of_text(page.soup.main.find_all("a")[-1].get_text(strip=True)) == [f"/{language}/herning/"]
    assert page.soup.select_one("form.search")["action"] == f"/{language}/herning/search/"
    (way_out,) = {tag["href"] for tag in page.links if "up" in tag.get("rel", [])}
    assert way_out == f"/{language}/"


@pytest.mark.parametrize("closed", ["unpublished", "restricted"])
def test_a_closed_municipality_is_not_named_where_nothing_is_found(tree, reader, closed):
    if closed == "unpublished":
        in_language(tree.herning, "pl").unpublish()
    else:  # who may see an alias is what holds for the Danish page
        PageViewRestriction.objects.create(page=tree.herning, restriction_type="login")
    page = reader("/pl/herning/nope/")
    assert page.status == 404
    assert "Herning" not in page.text
    assert page.sections == ["/pl/guide/"]


@pytest.mark.parametrize(
    "path",
    [
        "/pl/%00/",
        "/pl/herning/%00/",
        "/pl/herning/%FF/",
        "/pl/" + "a/" * 300,
        "/pl/" + "a" * 3000 + "/",
        "/pl/герning/",
        "/pl/herning/guide/'--/",
    ],
)
def test_odd_addresses_are_not_found_and_break_nothing(tree, client, path):
    assert client.get(path).status_code in {400, 404}


# The choice of a language ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("pl", "pl"),
        ("pl-PL,pl;q=0.9,en;q=0.8", "pl"),
        ("de-AT", "de"),
        ("fr;q=1,ru;q=0.5", "ru"),
        ("en;q=0.1,de;q=0.9", "de"),
        ("fr,es", "da"),
        ("*", "da"),
        ("", "da"),
        ("uk", "da"),
        (";;;q=x", "da"),
        ("x" * 4000, "da"),
    ],
)
def test_the_first_page_is_shown_in_the_language_that_the_reader_likes_best(tree, reader, accepted, language):
    answer = reader("/", accept_language=accepted)
    assert (answer.status, answer.leads_to) == (302, f"/{language}/")
    assert "Accept-Language" in answer.response.headers["Vary"]


@pytest.mark.parametrize("path", ["/was", "/was/"])
def test_the_accessibility_statement_is_found_at_its_short_address(tree, reader, path):
    answer = reader(path, accept_language="de")
    assert (answer.status, answer.leads_to) == (302, "/de/was/")
    assert "Accept-Language" in answer.response.headers["Vary"]


@pytest.mark.parametrize("path", ["", CPR, f"herning/{CPR}"])
def test_the_language_of_a_page_is_that_of_its_address_whatever_the_browser_asks_for(tree, reader, path):
    page = reader(f"/ru/{path}", accept_language="pl")
    assert page.status == 200
    assert page.page_language == "ru"
    assert page.response.headers["Content-Language"] == "ru"
    assert "Accept-Language" not in page.response.headers.get("Vary", ""), "a cache may keep one copy for everybody"


def test_a_language_cookie_changes_nothing_on_a_page(tree, client, reader):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "pl"
    assert reader(f"/ru/{CPR}").page_language == "ru"


def test_an_alias_that_was_translated_is_still_found(tree, reader):
    translate(tree.cpr, "pl")
    assert reader(f"/pl/herning/{CPR}").status == 200
