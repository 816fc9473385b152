"""What misspelt words may have been. A letter may be wrong in a short word, and two in a long one; never the first."""

from collections.abc import Mapping, Sequence
from typing import Any

from rapidfuzz.distance import OSA

from ..questions import Question
from ..text import fold, stem, words_of
from .query import useful_readings

SHORTEST, LONG = 4, 7
CHOICES = 3
MOST_WORDS = 8
"""Words of a text that are compared with the vocabulary; each of them costs the server a millisecond."""

Entries = Sequence[Mapping[str, Any]]


def similar_stems(question: Question, *, has_danish: bool) -> dict[str, Any]:
    """Return the request for the stems of the site that are like those of a question, where it has none of them itself."""
    readings = (" ".join(reading.split()[:MOST_WORDS]) for reading in useful_readings(question))
    text = " ".join([*question.words[:MOST_WORDS], *readings])
    fields = ["stems", "danish_stems"] if has_danish else ["stems"]
    return {field: {"text": text, "term": _similar(field)} for field in fields}


def similar_words(words: Sequence[str]) -> dict[str, Any]:
    """Return the request for the words of the site that are like these."""
    return {"words": {"text": " ".join(words), "term": _similar("words")}}


def _similar(field: str) -> dict[str, Any]:
    return {
        "field": field,
        "suggest_mode": "missing",
        "size": CHOICES,
        "min_word_length": SHORTEST,
        "prefix_length": 1,
    }


def stems(entries: Entries, misspelt: Sequence[str]) -> list[list[str]]:
    """Return the stems that are near, for each word of a question, or of a reading of it, that has some."""
    return [near for entry in entries if misspelt and (near := _near(entry))]


def corrected(question: Question, misspelt: Sequence[str], answer: Mapping[str, Any]) -> str:
    """Return the question as it was probably meant, or nothing: its misspelt words replaced, all else as it was typed."""
    better: dict[str, str] = {}
    for entry in answer.get("suggest", {}).get("words", ()):
        near = [word for word in _near(entry) if not _is_same(word, entry["text"], question.language)]
        if near:
            better[entry["text"]] = near[0]
    parts, place = [], 0
    for word in words_of(question.text):
        if word.text in misspelt and word.text in better:
            parts += [question.text[place : word.start], better[word.text]]
            place = word.end
    return "".join([*parts, question.text[place:]]) if parts else ""


def _near(entry: Mapping[str, Any]) -> list[str]:
    most = 2 if len(entry["text"]) >= LONG else 1
    return [option["text"] for option in entry["options"] if OSA.distance(entry["text"], option["text"]) <= most]


def _is_same(word: str, other: str, language: str) -> bool:
    """Say whether two words are forms of one: that is no mistake."""
    return stem(fold(word, language), language) == stem(fold(other, language), language)
