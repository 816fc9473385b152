"""How good the suggestions are: every title is begun in four ways, and should be among the first five answers."""

import unicodedata
from collections.abc import Iterable, Iterator
from typing import Protocol

from django.conf import settings

from .answers import Suggestion

AMONG = 5


class Titled(Protocol):
    """What is to be suggested."""

    language: str
    title: str
    danish_title: str


class Suggester(Protocol):
    """The part of a backend that is measured."""

    def suggest(self, text: str, language: str, municipality: str, size: int) -> list[Suggestion]:
        """Return titles that begin with a text."""
        ...


def beginnings(document: Titled) -> Iterator[tuple[str, str]]:
    """Yield (way, text): what people have typed when the title should be offered."""
    title = document.title
    yield "four letters", title[:4]
    yield "no diacritics", _without_marks(title[:5])
    if len(title) > 5:
        yield "two swapped", title[:2] + title[3] + title[2] + title[4:6]
    if document.danish_title and document.language != settings.LANGUAGE_CODE:
        yield "danish title", document.danish_title[:5]


def success(documents: Iterable[Titled], engine: Suggester) -> dict[str, float]:
    """Return by way of typing the share of titles that are among the first five suggestions."""
    counts: dict[str, list[int]] = {}
    for document in documents:
        for way, text in beginnings(document):
            offered = engine.suggest(text, document.language, "", AMONG)
            counts.setdefault(way, []).append(document.title in {suggestion.text for suggestion in offered})
    return {way: round(sum(hits) / len(hits), 4) for way, hits in counts.items()}


def _without_marks(text: str) -> str:
    """Return what a keyboard without the letters of a language writes: ø → o, ż → z."""
    plain = text.translate(str.maketrans("øæłßØÆŁ", "oalsOAL"))
    return "".join(letter for letter in unicodedata.normalize("NFD", plain) if not unicodedata.combining(letter))
