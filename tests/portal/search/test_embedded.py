"""The index in the database keeps its counts right. What people find in it is in `test_words.py` and `test_answers.py`."""

import pytest

from portal.search.answers import Filters
from portal.search.documents import Document
from portal.search.embedded.index import count_words_again, store
from portal.search.models import SearchDocument, SearchWord
from portal.search.service import search

from .documents import find, keys, make_document, make_page, put

pytestmark = [pytest.mark.django_db, pytest.mark.storage]


def counts() -> dict[tuple[str, str], tuple[int, int]]:
    rows = SearchWord.objects.values_list("language", "word", "documents", "titles")
    return {(language, word): (documents, titles) for language, word, documents, titles in rows}


def test_the_counts_of_words_stay_right_through_changes_and_removals():
    put(
        *make_page("tax", {"da": "Skattekort", "en": "Tax card", "pl": "Karta podatkowa"}, {"da": "Du betaler skat."}),
        *make_page("doctor", {"da": "Læge", "en": "Doctor"}, {"da": "Du vælger en læge."}),
        *make_page("licence", {"da": "Kørekort", "de": "Führerschein"}, {"de": "Den Führerschein umtauschen."}),
    )
    put(*make_page("tax", {"da": "Skat", "en": "Tax"}))
    store("test", ["doctor"], [])
    kept = counts()
    count_words_again()
    assert kept == counts()
    assert ("da", "skattekort") not in kept


def test_what_has_not_changed_is_not_written_again():
    document = make_document("Skat", origin="tax")
    put(document)
    before = SearchDocument.objects.get()
    put(document)
    assert SearchDocument.objects.get().pk == before.pk


# More documents than can be looked at one by one ------------------------------------------------------------------------


def homes(count: int, **fields: str) -> list[Document]:
    """Return documents that all answer to the same word, each in its own way."""
    return [make_document(f"Bolig nummer {number}", "Lej en bolig.", **fields) for number in range(count)]


@pytest.fixture
def four_hundred() -> None:
    """Four hundred homes, most of them in Struer, and one page of Herning that says the word once in a long text."""
    store("test", [], [])
    documents = [
        *homes(120),
        *homes(200, municipality="struer", kind="local"),
        *homes(79, kind="contact"),
        make_document(
            "Sprogcenter", "Her lærer man dansk. " * 60 + "Bolig.", origin="far", municipality="herning", kind="local"
        ),
    ]
    store("test", [document.origin for document in documents], documents)


def test_everything_is_counted_however_much_it_is(four_hundred: None):
    found = find("bolig")
    assert found.total >= 399
    assert found.kinds["contact"] == 79
    assert found.municipalities["struer"] == found.kinds["local"] - found.municipalities.get("herning", 0) == 200
    assert find("bolig", municipality="struer").total == 399
    assert find("bolig", kinds=("contact",)).total == 79
    assert find("bolig", kinds=("contact",)).kinds == found.kinds


def test_a_page_of_a_municipality_is_found_behind_hundreds_of_others(four_hundred: None):
    assert keys("bolig", municipality="herning", kinds=("local",)) == ["far"]
    assert "far" in [hit.key for hit in search("bolig", "da", Filters(municipality="herning"), size=300).hits]


def test_pages_of_hundreds_of_results_follow_one_another_without_gap_or_repetition(four_hundred: None):
    total = find("bolig").total
    pages = [search("bolig", "da", Filters(), page=number, size=40).hits for number in range(1, 12)]
    assert [len(page) for page in pages] == [40] * (total // 40) + [total % 40] * (total % 40 > 0) + [0] * (
        11 - -(-total // 40)
    )
    assert len({hit.key for page in pages for hit in page}) == total


def test_a_topic_is_counted_once_among_hundreds_also_where_a_municipality_adds_to_it():
    guides = [
        make_document("Bolig", f"Lej en bolig, {number}.", origin=f"g{number}", municipality=place)
        for number in range(200)
        for place in ("", *(("herning",) if number < 50 else ()))
    ]
    store("test", [document.origin for document in guides], guides)
    assert find("bolig").total == 200
    found = find("bolig", municipality="herning")
    assert (found.total, found.municipalities) == (200, {"": 150, "herning": 50})
    pages = [
        search("bolig", "da", Filters(municipality="herning"), page=number, size=50).hits for number in range(1, 5)
    ]
    assert len({hit.key for page in pages for hit in page}) == 200
    assert {hit.municipality for hit in pages[0]} == {"herning"}
