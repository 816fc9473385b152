"""What a search answers, the same whichever backend answered."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

from django.conf import settings

from .questions import Question

MARK = "<mark>"


@dataclass(frozen=True)
class Filters:
    """What the reader has narrowed a search to."""

    municipality: str = ""
    """Shared documents and those of this municipality, its own first; empty: everything."""
    kinds: tuple[str, ...] = ()
    missing_in: str = ""
    """Only Danish documents that readers of this language get untranslated; empty: no such condition."""


@dataclass(frozen=True)
class Hit:
    """One document that answers."""

    uid: str
    key: str
    kind: str
    language: str
    """The language that title and excerpt are in."""
    title: str
    path: str
    municipality: str
    level: str
    score: float
    title_html: str
    """The title, escaped, with the words of the question in `<mark>`."""
    excerpt_html: str
    """A piece of the text, escaped, with the words of the question in `<mark>`."""
    danish_title: str = ""
    """The Danish title, where it differs."""
    danish_title_html: str = ""
    """The Danish title, escaped, with the words of the question in `<mark>`."""
    excerpt_language: str = ""
    """The language of the excerpt, where it is not that of the title: nothing but the Danish text has the words."""

    audiences: tuple[str, ...] = ()
    """Whom it applies to, where it says so."""
    is_example: bool = False
    """Whether it is made up: whoever finds it is told."""

    def in_danish(self, title_html: str, excerpt_of: Callable[[], str]) -> "Hit":
        """Return the hit with what its Danish text shows of the question, marked.

        A piece of the Danish text is only shown where nothing else tells the reader why this answers.
        """
        hit = replace(self, danish_title_html=title_html if self.danish_title else "")
        if MARK in f"{hit.title_html}{hit.excerpt_html}{hit.danish_title_html}" or MARK not in (text := excerpt_of()):
            return hit
        return replace(hit, excerpt_html=text, excerpt_language=settings.LANGUAGE_CODE)


@dataclass
class Found:
    """The answer to one question in one language."""

    hits: list[Hit] = field(default_factory=list)
    total: int = 0
    kinds: dict[str, int] = field(default_factory=dict)
    """How many documents of each kind answer, whatever kinds are asked for."""
    municipalities: dict[str, int] = field(default_factory=dict)
    """How many documents belong to each municipality, whichever is asked for; "" counts the shared ones."""
    suggestion: str = ""
    """The question as it was probably meant, or empty."""

    def followed_by(self, rest: "Found") -> "Found":
        """Return these hits and then the others, with both counted."""
        return Found(
            [*self.hits, *rest.hits],
            self.total + rest.total,
            _sum(self.kinds, rest.kinds),
            _sum(self.municipalities, rest.municipalities),
            self.suggestion,
        )


def _sum(first: Mapping[str, int], second: Mapping[str, int]) -> dict[str, int]:
    return {name: first.get(name, 0) + second.get(name, 0) for name in dict.fromkeys([*first, *second])}


def for_untranslated(question: Question, filters: Filters) -> tuple[Question, Filters]:
    """Return the same question to the Danish texts that exist for its reader in no other way."""
    return replace(question, language=settings.LANGUAGE_CODE), replace(filters, missing_in=question.language)


@dataclass(frozen=True)
class Suggestion:
    """One completion of what is being typed."""

    text: str
    path: str
    kind: str
    municipality: str
    language: str = ""


class BackendUnavailable(Exception):
    """The backend cannot answer now. Another one has to."""


class Backend(Protocol):
    """A search engine. Every method may raise BackendUnavailable."""

    name: str

    def search(self, question: Question, filters: Filters, start: int, size: int) -> Found:
        """Return `size` hits from `start` on, best first: the reader's language, then what exists for them in Danish only."""
        ...

    def suggest(self, text: str, language: str, municipality: str, size: int) -> list[Suggestion]:
        """Return titles that begin with what is being typed, forgiving one mistake."""
        ...
