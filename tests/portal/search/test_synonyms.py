"""The editors' synonyms: what they find, how soon, and in which questions they stand."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.search import remembered
from portal.search.models import SearchSynonym
from portal.search.synonyms import synonyms_for

from .documents import keys, make_document, put

pytestmark = [pytest.mark.django_db, pytest.mark.storage]


def synonym(typed: str, meant: str, language: str = "pl") -> SearchSynonym:
    return SearchSynonym.objects.create(language=language, typed=typed, meant=meant)


def test_a_synonym_finds_at_once_what_nobody_found_before():
    put(make_document("Świadczenie na dzieci", "Pieniądze na dziecko.", "pl", origin="child-benefit"))
    assert keys("kindergeld", "pl") == []
    entry = synonym("Kindergeld", "świadczenie na dzieci")
    assert keys("kindergeld", "pl") == ["child-benefit"]
    entry.delete()
    assert keys("kindergeld", "pl") == []


def test_a_synonym_can_mean_several_things():
    synonym("kasa", "a-kasse; bank ;; NemKonto")
    assert synonyms_for("kasa", "pl") == ("a-kasse", "bank", "NemKonto")


@pytest.mark.parametrize(
    ("language", "typed", "question"),
    [
        ("pl", "zasiłek rodzinny", "ile wynosi zasilek rodzinny?"),
        ("pl", "karta podatkowa", "jak dostać kartę podatkową"),
        ("da", "børnepenge", "hvornår kommer børnepengene"),
        ("da", "Ringkøbing", "RINGKOEBING"),
        ("de", "Kindergeld", "Wo beantrage ich das Kindergeld"),
        ("en", "council tax", "do I pay council taxes here"),
        ("ru", "пособие", "сколько платят пособия на ребёнка"),
    ],
)
def test_a_synonym_stands_in_a_question_however_it_is_written(language, typed, question):
    synonym(typed, "meant", language)
    assert synonyms_for(question, language) == ("meant",)


@pytest.mark.parametrize("question", ["zasiłki", "rodzinny zasiłek", "zasiłek dla rodzin", "rodzinny", ""])
def test_all_words_of_a_synonym_have_to_stand_side_by_side(question):
    synonym("zasiłek rodzinny", "meant")
    assert synonyms_for(question, "pl") == ()


def test_a_synonym_is_for_one_language():
    synonym("gift", "ægteskab", "da")
    assert synonyms_for("gift", "da") == ("ægteskab",)
    assert synonyms_for("gift", "en") == ()


def test_many_questions_take_one_query():
    synonym("kasa", "a-kasse")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        for _time in range(5):
            assert synonyms_for("kasa", "pl") == ("a-kasse",)
    assert len(queries) == 1


def test_another_process_sees_a_change_within_a_minute(monkeypatch):
    """What another process saves reaches this one by no signal, as with a change by query."""
    assert synonyms_for("kasa", "pl") == ()
    SearchSynonym.objects.bulk_create([SearchSynonym(language="pl", typed="kasa", meant="a-kasse")])
    assert synonyms_for("kasa", "pl") == ()
    now = remembered.time.monotonic()
    monkeypatch.setattr(remembered.time, "monotonic", lambda: now + 30)
    assert synonyms_for("kasa", "pl") == ("a-kasse",)
