"""What misspelt words may have been. A letter may be wrong in a short word, and two in a long one; never the first."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import unescape
from typing import Any

from rapidfuzz.distance import OSA

from ..answers import Hit
from ..questions import Question
from ..text import fold, stem, words_of
from .query import useful_readings

LONG = 7
SIMILAR = {"suggest_mode": "missing", "size": 3, "min_word_length": 4, "prefix_length": 1}
MOST_WORDS = 8
"""Words of a text that are compared with the vocabulary; each of them costs the server a millisecond."""
DANISH = "danish_"
"""Before the names of the fields of the Danish text."""
MARKED = re.compile("<mark>(.*?)</mark>")


def similar_stems(question: Question, unknown: Sequence[str], *, has_danish: bool) -> dict[str, Any]:
    """Return the request for the stems of the site that are like those of unknown words, and of readings of the question.

    Words of titles are offered for unknown words only: a reading may have words that stand in texts and in no title.
    """
    words = " ".join(unknown[:MOST_WORDS])
    texts = {"title": words, "text": " ".join([words, *_words_of_readings(question)])}
    # Not the analyzer that questions go through: it would look for what is like each synonym, too.
    analyzers = {"": "own_stems", DANISH: "danish_stems"} if has_danish else {"": "own_stems"}
    return {
        f"{prefix}{field}": {"text": text, "term": {"field": f"{prefix}{field}", "analyzer": analyzer, **SIMILAR}}
        for prefix, analyzer in analyzers.items()
        for field, text in texts.items()
    }


def _words_of_readings(question: Question) -> Iterator[str]:
    for reading in useful_readings(question):
        yield from reading.split()[:MOST_WORDS]


def stems(answer: Mapping[str, Any], prefix: str = "") -> list[list[str]]:
    """Return the stems that are near, for each word that has some."""
    found: dict[str, dict[str, None]] = {}
    for field in ("text", "title"):
        for entry in answer.get(f"{prefix}{field}", ()):
            found.setdefault(entry["text"], {}).update(dict.fromkeys(_near(entry)))
    return [list(near) for near in found.values() if near]


def _near(entry: Mapping[str, Any]) -> list[str]:
    return [option["text"] for option in entry["options"] if is_near(option["text"], entry["text"])]


def is_near(word: str, typed: str) -> bool:
    """Say whether a word may have been meant by what was typed."""
    return OSA.distance(word, typed) <= (2 if len(typed) >= LONG else 1)


def corrected(question: Question, misspelt: Sequence[str], hits: Iterable[Hit]) -> str:
    """Return the question as it was probably meant, or nothing: its misspelt words replaced, all else as it was typed.

    What was meant stands in the documents that were found, as it is written: it is what was marked in them.
    """
    marked = list(dict.fromkeys(word for hit in hits for word in _marked_words(hit)))
    better = {word: meant for word in misspelt if (meant := _meant(word, marked, question.language))}
    parts, place = [], 0
    for typed in words_of(question.text):
        if typed.text in better:
            parts += [question.text[place : typed.start], better[typed.text]]
            place = typed.end
    return "".join([*parts, question.text[place:]]) if parts else ""


def _marked_words(hit: Hit) -> Iterator[str]:
    for marked in MARKED.findall(f"{hit.title_html} {hit.excerpt_html}"):
        yield from (word.text for word in words_of(unescape(marked)))


def _meant(typed: str, marked: Sequence[str], language: str) -> str:
    """Return the nearest of the marked words, unless it is only another form of the one that was typed."""
    folded = fold(typed, language)
    near = [word for word in marked if is_near(fold(word, language), folded)]
    best = min(near, key=lambda word: OSA.distance(fold(word, language), folded), default="")
    is_same = stem(fold(best, language), language) == stem(folded, language)
    return "" if is_same else best
