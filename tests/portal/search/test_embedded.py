"""The index in the database keeps its counts right. What people find in it is in `test_words.py` and `test_answers.py`."""

import pytest

from portal.search.embedded.index import count_words_again, store
from portal.search.models import SearchDocument, SearchWord

from .documents import make_document, make_page, put

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
