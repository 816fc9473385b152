"""How good the suggestions are: every title is begun in four ways, and should be among the first five answers."""

import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple, Protocol

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


class Success(NamedTuple):
    """Shares of titles between 0 and 1."""

    share: float
    """Those that are among the first five suggestions."""
    possible: float
    """Those that can be: of eleven titles that begin with the same letters, five."""


def success(documents: Iterable[Titled], engine: Suggester) -> dict[str, Success]:
    """Return by way of typing how many titles are among the first five suggestions."""
    hits: dict[str, list[bool]] = {}
    titles: dict[tuple[str, str, str], set[str]] = {}
    for document in documents:
        for way, text in beginnings(document):
            offered = engine.suggest(text, document.language, "", AMONG)
            hits.setdefault(way, []).append(document.title in {suggestion.text for suggestion in offered})
            titles.setdefault((way, document.language, text.casefold()), set()).add(document.title)
    found = {}
    for way, ones in hits.items():
        groups = [len(same) for (other, _language, _text), same in titles.items() if other == way]
        possible = sum(min(AMONG, size) for size in groups) / sum(groups)
        found[way] = Success(round(sum(ones) / len(ones), 4), round(possible, 4))
    return found


def _without_marks(text: str) -> str:
    """Return what a keyboard without the letters of a language writes: ø → o, ż → z."""
    plain = text.translate(str.maketrans("øæłßØÆŁ", "oalsOAL"))
    return "".join(letter for letter in unicodedata.normalize("NFD", plain) if not unicodedata.combining(letter))
