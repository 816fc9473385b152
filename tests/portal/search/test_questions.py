"""What a typed text asks, whatever was typed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.search.questions import LONGEST_QUESTION, MOST_WORDS, ask, readings_of
from portal.search.text import fold


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("Hvor får jeg et skattekort i Danmark?", "da", ("skattekort",)),
        ("Jak dostać numer CPR w Danii?", "pl", ("numer", "cpr")),
        ("Где мне получить номер CPR?", "ru", ("номер", "cpr")),
        ("Wo melde ich mich an", "de", ("melde",)),
        ("How do I get a driver's licence", "en", ("driver", "licence")),
        ("hvor", "da", ("hvor",)),
        ("a-kasse", "da", ("akasse",)),
        ("  \x00skat\n\tkort  ", "da", ("skat", "kort")),
        ("!?", "da", ()),
    ],
)
def test_the_words_that_count(text: str, language: str, words: tuple[str, ...]):
    assert ask(text, language).words == words


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("yfkju", "налог"),
        ("hf,jnf", "работа"),
        ("ылфееулщке", "skattekort"),
        ("скаттекорт", "skattekort"),
        ("СРR", "cpr"),
        ("nalogovaya karta", "налоговая карта"),
        ("Yahnaryt", "zahnarzt"),
    ],
)
def test_other_readings_of_a_text(typed: str, meant: str):
    assert meant in readings_of(typed.lower())


@pytest.mark.parametrize(
    ("code", "written"),
    [
        ("da", ["Ringkøbing", "Ringkoebing", "Ringkobing", "RINGKØBING"]),
        ("da", ["årsopgørelse", "aarsopgoerelse", "arsopgorelse"]),
        ("de", ["Führerschein", "Fuehrerschein", "Fuhrerschein"]),
        ("pl", ["żłobek", "zlobek", "ŻŁOBEK"]),
        ("ru", ["счёт", "счет"]),
    ],
)
def test_words_with_and_without_their_own_letters_are_one(code: str, written: list[str]):
    assert len({fold(word, code) for word in written}) == 1


def test_letters_that_are_no_marks_stay():
    assert fold("чай", "ru") == "чай"
    assert fold("neue", "de") == "neue"


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=600), st.sampled_from(["da", "en", "de", "pl", "ru", "uk", "x"]))
def test_any_text_is_a_question_of_bounded_size(text: str, language: str):
    question = ask(text, language)
    assert len(question.text) <= LONGEST_QUESTION
    assert len(question.words) <= MOST_WORDS
    assert all(word.isprintable() for word in question.words)
