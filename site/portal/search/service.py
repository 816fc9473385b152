"""The search as everybody else uses it: one question in, one answer out, whichever engine gave it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from .answers import Filters, Hit, Suggestion
from .backends import answer
from .places import place_in
from .questions import Question, ask, clean
from .synonyms import synonyms_for

PAGE_SIZE = 10
MOST_RESULTS = 1000
"""Results that can be turned over page by page; nobody reads further, and deep pages are expensive."""
MOST_SUGGESTIONS = 6


@dataclass
class Results:
    """One page of results."""

    question: Question
    filters: Filters
    hits: list[Hit] = field(default_factory=list)
    total: int = 0
    kinds: Mapping[str, int] = field(default_factory=dict)
    municipalities: Mapping[str, int] = field(default_factory=dict)
    suggestion: str = ""
    backend: str = ""
    page: int = 1
    pages: int = 1


def search(text: str, language: str, filters: Filters, page: int = 1, size: int = PAGE_SIZE) -> Results:
    """Answer a question: texts in the reader's language first, then Danish ones that exist for them in no other way."""
    question = question_of(text, language)
    start = (page - 1) * size
    if not question.words or start >= MOST_RESULTS:
        return Results(question, filters, page=page)
    backend, found = answer(lambda engine: engine.search(question, filters, start, size))
    return Results(
        question,
        filters,
        found.hits,
        found.total,
        found.kinds,
        found.municipalities,
        found.suggestion,
        backend,
        page,
        max(1, -(-min(found.total, MOST_RESULTS) // size)),
    )


def question_of(text: str, language: str) -> Question:
    """Return the question that a reader asks, with what the editors know of its words."""
    text = clean(text)
    return ask(text, language, synonyms_for(text, language), place_in(text, language))


def suggest(text: str, language: str, municipality: str = "", size: int = MOST_SUGGESTIONS) -> list[Suggestion]:
    """Return titles that begin with what is being typed."""
    text = clean(text)
    if not text:
        return []
    return answer(lambda engine: engine.suggest(text, language, municipality, size))[1]
