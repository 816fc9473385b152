"""Finds a page by a word of a further language: "Haftpflicht" typed in the English interface. What comes back is the page
in the reader's language.
"""

from dataclasses import replace

from django.conf import settings

from .answers import Backend, Filters, Hit
from .embedded.index import OTHER
from .embedded.vocabulary import current_version, vocabulary
from .highlight import excerpt, mark
from .models import SearchDocument
from .questions import Question

DEPTH = 20
LESS = 0.6
"""How much a page counts that was found by its text in another language."""


def languages_that_know(question: Question) -> list[str]:
    """Return the languages that have the words of a question which neither the reader's language nor Danish has."""
    version = current_version()
    here = [vocabulary(code, version) for code in (question.language, settings.LANGUAGE_CODE, OTHER)]
    unknown = [word for word in question.words if not any(known.forms(word) for known in here)]
    if not unknown:
        return []
    others = [code for code, _name in settings.LANGUAGES if code not in {question.language, settings.LANGUAGE_CODE}]
    return [code for code in others if all(vocabulary(code, version).has(word) for word in unknown)]


def hits_by_other_languages(engine: Backend, question: Question, filters: Filters) -> list[Hit]:
    """Return the pages in the reader's language whose version in another language answers."""
    scores: dict[str, float] = {}
    for code in languages_that_know(question):
        found = engine.search(replace(question, language=code, readings=(), synonyms=()), filters, 0, DEPTH)
        for hit in found.hits:
            scores[hit.uid] = max(scores.get(hit.uid, 0), hit.score * LESS)
    rows = SearchDocument.objects.filter(language=question.language, uid__in=scores)
    return [hit_of(row, scores[row.uid]) for row in rows]


def hit_of(row: SearchDocument, score: float) -> Hit:
    """Return a document as a hit in which nothing is marked."""
    danish_title = row.danish_title if row.danish_title != row.title else ""
    return Hit(
        row.uid,
        row.key,
        row.kind,
        row.language,
        row.title,
        row.path,
        row.municipality,
        row.level,
        score,
        mark(row.title, _nothing),
        excerpt(f"{row.summary} {row.body}", _nothing),
        danish_title,
    )


def _nothing(word: str) -> float:
    return 0.0


def merged(own: list[Hit], others: list[Hit]) -> list[Hit]:
    """Return both lists as one, best first; a page that stands in both counts with both."""
    by_key = {hit.key: hit for hit in own}
    for hit in others:
        before = by_key.get(hit.key)
        by_key[hit.key] = replace(before, score=before.score + hit.score) if before else hit
    return sorted(by_key.values(), key=lambda hit: (-hit.score, hit.key))
