"""What an answer has and in which order, how it is counted, turned over and marked: the same on every engine."""

from collections.abc import Iterator

import pytest

from portal.search import backends
from portal.search.answers import Filters
from portal.search.service import search, suggest

from .documents import find, keys, make_document, make_page, put

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("engine")]


# Marks ----------------------------------------------------------------------------------------------------------------


def test_the_words_are_marked_and_everything_else_is_escaped():
    put(make_document("Kort & <b>skat</b>", 'Et "skattekort" <script>alert(1)</script> er et kort.'))
    hit = find("skat").hits[0]
    assert "<mark>skat</mark>" in hit.title_html
    assert "&lt;b&gt;" in hit.title_html
    assert "<script>" not in hit.excerpt_html
    assert "<mark>skattekort</mark>" in hit.excerpt_html


def test_a_title_without_any_of_the_words_is_escaped_too():
    put(make_document("Kort & <i>godt</i>", "Om skat."))
    hit = find("skat").hits[0]
    assert hit.title == "Kort & <i>godt</i>"
    assert hit.title_html == "Kort &amp; &lt;i&gt;godt&lt;/i&gt;"


def test_a_mark_in_a_text_stays_text():
    put(make_document("Bolig", "Skriv <mark>ikke</mark> i kontrakten."))
    assert "&lt;mark&gt;" in find("kontrakten").hits[0].excerpt_html


def test_an_excerpt_shows_the_place_where_the_words_stand():
    put(make_document("Bolig", f"{'Noget andet. ' * 60} Depositum betales før indflytning. {'Og mere. ' * 60}"))
    assert "<mark>Depositum</mark>" in find("depositum").hits[0].excerpt_html


def test_an_excerpt_is_short_also_where_none_of_the_words_stand_in_the_text():
    put(make_document("Depositum", "Noget andet. " * 60))
    excerpt = find("depositum").hits[0].excerpt_html
    assert excerpt.startswith("Noget andet.")
    assert len(excerpt) < 250


def test_a_misspelt_word_is_marked_as_it_is_written():
    put(make_document("Skattekort", "Om arbejde."))
    assert find("skatekort").hits[0].title_html == "<mark>Skattekort</mark>"


def test_the_danish_title_stands_beside_one_in_another_language():
    put(*make_page("tax", {"da": "Skattekort", "pl": "Karta podatkowa"}), *make_page("su", {"da": "SU", "pl": "SU"}))
    assert find("karta", "pl").hits[0].danish_title == "Skattekort"
    assert find("su", "pl").hits[0].danish_title == ""
    assert find("skattekort").hits[0].danish_title == ""


def test_a_danish_word_is_marked_in_the_danish_title_of_a_text_in_another_language():
    put(*make_page("tax", {"da": "Skattekort & <løn>", "pl": "Karta podatkowa"}, {"pl": "Płacisz podatek."}))
    hit = find("skattekort", "pl").hits[0]
    assert hit.danish_title_html == "<mark>Skattekort</mark> &amp; &lt;løn&gt;"
    assert (hit.excerpt_html, hit.excerpt_language) == ("Płacisz podatek.", "")
    assert find("podatkowa", "pl").hits[0].danish_title_html == "Skattekort &amp; &lt;løn&gt;"


def test_a_danish_word_that_stands_in_the_danish_text_only_is_shown_there():
    bodies = {"da": f"{'Noget andet. ' * 60} Send forskudsopgørelsen til arbejdsgiveren.", "pl": "Płacisz podatek."}
    put(*make_page("tax", {"da": "Skat", "pl": "Podatek"}, bodies))
    hit = find("forskudsopgørelse", "pl").hits[0]
    assert "<mark>forskudsopgørelsen</mark>" in hit.excerpt_html
    assert (hit.language, hit.excerpt_language) == ("pl", "da")
    assert find("podatek", "pl").hits[0].excerpt_language == ""


# Municipalities and topics --------------------------------------------------------------------------------------------


def test_the_municipality_of_the_reader_comes_first_and_others_not_at_all():
    put(
        make_document("Bibliotek", "Lån bøger.", origin="shared"),
        make_document("Herning Bibliotek", "Lån bøger i Herning.", origin="herning", municipality="herning"),
        make_document("Struer Bibliotek", "Lån bøger i Struer.", origin="struer", municipality="struer"),
    )
    assert keys("bibliotek", municipality="herning") == ["herning", "shared"]
    assert set(keys("bibliotek")) == {"shared", "herning", "struer"}


def test_a_guide_stands_once_also_where_a_municipality_adds_to_it():
    put(
        make_document("CPR-nummer", "Få et nummer.", origin="cpr", key="T09"),
        make_document(
            "CPR-nummer", "I Herning: bestil tid. Få et nummer.", origin="cpr", key="T09", municipality="herning"
        ),
    )
    assert _topics("cpr") == [("T09", "")]
    assert _topics("cpr", municipality="herning") == [("T09", "herning")]
    assert _topics("cpr", municipality="struer") == [("T09", "")]
    assert find("cpr").total == find("cpr", municipality="herning").total == 1


def test_what_one_municipality_adds_is_not_found_in_another():
    put(
        make_document("CPR-nummer", "Få et nummer.", origin="cpr", key="T09"),
        make_document("CPR-nummer", "Kom i Torvehallen.", origin="cpr", key="T09", municipality="herning"),
    )
    assert _topics("torvehallen", municipality="herning") == [("T09", "herning")]
    assert _topics("torvehallen", municipality="struer") == []


def test_kinds_are_counted_and_can_be_chosen():
    put(
        make_document("Vælg en læge", "Find en læge.", origin="guide"),
        make_document("Ring til en læge", "70 11 31 31", origin="phone", kind="contact"),
    )
    found = find("læge", kinds=("contact",))
    assert [hit.key for hit in found.hits] == ["phone"]
    assert found.total == 1
    assert found.kinds == {"guide": 1, "contact": 1}
    assert set(keys("læge", kinds=("contact", "guide"))) == {"guide", "phone"}


def test_municipalities_are_counted_whichever_is_chosen():
    put(
        make_document("Bibliotek", "Lån bøger.", origin="shared"),
        make_document("Bibliotek i Herning", "Lån bøger.", origin="a", municipality="herning"),
        make_document("Musikbibliotek i Herning", "Bibliotek.", origin="b", municipality="herning", kind="local"),
        make_document("Bibliotek i Struer", "Lån bøger.", origin="c", municipality="struer"),
    )
    everywhere = {"": 1, "herning": 2, "struer": 1}
    assert find("bibliotek").municipalities == everywhere
    assert find("bibliotek", municipality="herning").municipalities == everywhere
    assert find("bibliotek", kinds=("local",)).municipalities == {"herning": 1}
    assert find("bibliotek", municipality="herning").kinds == {"guide": 2, "local": 1}


# Languages ------------------------------------------------------------------------------------------------------------


def test_a_text_that_is_only_danish_comes_after_those_in_the_readers_language():
    put(
        *make_page("both", {"da": "Fagforening", "pl": "Związek zawodowy"}, {"pl": "Fagforening po duńsku."}),
        *make_page("danish", {"da": "Fagforening for håndværkere"}),
    )
    assert [(hit.key, hit.language) for hit in find("fagforening", "pl").hits] == [("both", "pl"), ("danish", "da")]


@pytest.fixture
def ukrainian(settings) -> Iterator[None]:
    """A language of the site for which the search has no module."""
    settings.LANGUAGES = [*settings.LANGUAGES, ("uk", "Ukrainian")]
    backends.elasticsearch.cache_clear()
    yield
    backends.elasticsearch.cache_clear()


def test_a_language_that_the_search_knows_nothing_of_is_searched_all_the_same(ukrainian: None):
    put(make_document("Податкова картка", "Ваш роботодавець.", "uk", origin="tax"))
    assert keys("податкова картка", "uk") == ["tax"]
    assert keys("податкову картку", "uk") == ["tax"]


# Pages ----------------------------------------------------------------------------------------------------------------


def test_pages_of_results_follow_one_another_without_gaps():
    put(*(make_document(f"Bolig {number}", "Lej en bolig.") for number in range(25)))
    pages = [search("bolig", "da", Filters(), page=number) for number in (1, 2, 3, 4)]
    assert [len(page.hits) for page in pages] == [10, 10, 5, 0]
    assert len({hit.key for page in pages for hit in page.hits}) == 25
    assert [page.total for page in pages] == [25] * 4
    assert pages[0].pages == 3


def test_pages_follow_one_another_from_the_readers_language_into_danish_texts():
    put(
        *(page for n in range(7) for page in make_page(f"both{n}", {"da": f"Fagforening {n}", "pl": f"Związek {n}"})),
        *(page for n in range(7) for page in make_page(f"danish{n}", {"da": f"Fagforening {n} for alle"})),
    )
    pages = [search("fagforening", "pl", Filters(), page=number, size=5) for number in (1, 2, 3)]
    assert [[hit.language for hit in page.hits] for page in pages] == [
        ["pl"] * 5,
        ["pl", "pl", "da", "da", "da"],
        ["da"] * 4,
    ]
    assert len({hit.key for page in pages for hit in page.hits}) == 14
    assert [page.total for page in pages] == [14] * 3


def test_pages_of_one_municipality_and_kind_have_a_total_of_their_own():
    put(
        *(make_document(f"Bolig {number}", "Lej en bolig.", municipality="herning") for number in range(6)),
        *(make_document(f"Bolig {number}", "Lej en bolig.", municipality="struer") for number in range(6)),
        *(make_document(f"Bolig {number}", "Lej en bolig.", kind="contact") for number in range(6)),
    )
    chosen = Filters(municipality="herning", kinds=("guide",))
    pages = [search("bolig", "da", chosen, page=number, size=4) for number in (1, 2)]
    assert [len(page.hits) for page in pages] == [4, 2]
    assert {hit.municipality for page in pages for hit in page.hits} == {"herning"}
    assert [page.total for page in pages] == [6, 6]


# Completion -----------------------------------------------------------------------------------------------------------


def test_completions_are_of_the_municipality_first_and_of_no_other():
    put(
        make_document("Bibliotek", origin="shared"),
        make_document("Bibliotek Herning", origin="herning", municipality="herning"),
        make_document("Bibliotek Struer", origin="struer", municipality="struer"),
    )
    found = suggest("bibl", "da", "herning")
    assert [one.text for one in found] == ["Bibliotek Herning", "Bibliotek"]
    assert {one.text for one in suggest("bibl", "da")} == {"Bibliotek", "Bibliotek Herning", "Bibliotek Struer"}


def test_a_topic_is_suggested_once_and_no_more_than_were_asked_for():
    put(
        *(make_document("CPR-nummer", origin="cpr", key="T09", municipality=where) for where in ("", "herning")),
        *(make_document(f"Cpr {number}") for number in range(8)),
    )
    for municipality in ("", "herning", "struer"):
        assert [one.text for one in suggest("cpr-n", "da", municipality)].count("CPR-nummer") == 1
    assert len(suggest("cpr", "da", size=4)) == 4


def test_what_exists_in_danish_only_is_suggested_behind_what_the_reader_can_read():
    put(
        *make_page("both", {"da": "Fagforening", "pl": "Fagforening po duńsku"}),
        *make_page("danish", {"da": "Fagforening for håndværkere"}),
        *make_page("herning", {"da": "Fagforening i Herning"}, municipality="herning"),
    )
    assert next((one.text, one.language) for one in suggest("fagfor", "pl")) == ("Fagforening po duńsku", "pl")
    found = {(one.text, one.language) for one in suggest("fagfor", "pl")}
    assert ("Fagforening for håndværkere", "da") in found
    assert ("Fagforening", "da") not in found
    inside = {one.text: one.municipality for one in suggest("fagfor", "pl", "herning")}
    assert inside["Fagforening i Herning"] == "herning"
    assert "Fagforening i Herning" not in {one.text for one in suggest("fagfor", "pl", "struer")}


def _topics(text: str, **filters: str) -> list[tuple[str, str]]:
    return [(hit.key, hit.municipality) for hit in find(text, **filters).hits]
