"""The search engine in the site's own database: always there, always current, and the same answers on SQLite and PostgreSQL."""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import NamedTuple

from django.conf import settings

from ..answers import Filters, Found, Hit, Suggestion
from ..glossary import glossary_synonyms
from ..highlight import excerpt, mark
from ..models import SearchDocument
from ..questions import Question
from .completion import complete
from .matching import OWN, Search, searches
from .retrieval import candidates
from .scoring import Texts, score
from .vocabulary import Vocabulary, current_version, vocabulary

OWN_MUNICIPALITY = 2.0
"""How much more a document of the reader's municipality counts: first where it answers at least half as well."""
RELEVANT = 0.12
"""Part of the best score that a document needs to be shown at all."""
FEW = 0.5
"""A question is doubted where its best word is only perhaps what was meant."""


class Scored(NamedTuple):
    """A document that answers."""

    row: SearchDocument
    score: float


class EmbeddedBackend:
    """Implements `portal.search.answers.Backend`."""

    name = "embedded"

    def search(self, question: Question, filters: Filters, start: int, size: int) -> Found:
        """Return hits: found by the full-text index, then weighed one by one."""
        version = current_version()
        ways = searches(question, version, glossary_synonyms(question, version))
        ids = candidates(ways, question.language, filters)
        scored = _of_each_topic(_scored(ids, ways, filters), filters)
        kept = [one for one in scored if one.score >= RELEVANT * scored[0].score]
        shown = [one for one in kept if not filters.kinds or one.row.kind in filters.kinds]
        here = [one for one in shown if _is_here(one.row, filters.municipality)]
        known = vocabulary(question.language, version)
        weight_of = _weights(ways, known)
        return Found(
            [_hit(one, weight_of) for one in here[start : start + max(0, size)]],
            len(here),
            dict(Counter(one.row.kind for one in kept if _is_here(one.row, filters.municipality))),
            dict(Counter(one.row.municipality for one in shown)),
            "" if filters.missing_in else self.correct(question, version),
        )

    def suggest(self, text: str, language: str, municipality: str, size: int) -> list[Suggestion]:
        """Return titles that begin with what is being typed, forgiving one mistake."""
        return complete(text, vocabulary(language, current_version()), municipality, size)

    def correct(self, question: Question, version: int) -> str:
        """Return the question with the words that the site does not have replaced by those that were probably meant."""
        vocabularies = [vocabulary(code, version) for code in (question.language, settings.LANGUAGE_CODE, "*")]
        changed, words = False, []
        for word in question.words:
            better = "" if any(known.forms(word) for known in vocabularies) else _correction(word, vocabularies[0])
            changed = changed or bool(better)
            words.append(better or word)
        return " ".join(words) if changed else ""


def _correction(word: str, known: Vocabulary) -> str:
    meanings = known.meanings(word)
    likely = [form for form, weight in meanings.items() if weight > FEW]
    if not likely:
        return ""
    best = max(likely, key=lambda form: (meanings[form], known.counts[form]))
    return known.written[best]


def _scored(ids: list[int], ways: list[Search], filters: Filters) -> list[Scored]:
    found = []
    for row in SearchDocument.objects.filter(pk__in=ids):
        texts = Texts(
            row.title_words.split(),
            row.body_words.split(),
            row.danish_title_words.split(),
            row.danish_body_words.split(),
            [term[len(row.language) :] for term in row.other_words.split()],
        )
        value = score(texts, ways)
        if filters.municipality and row.municipality == filters.municipality:
            value *= OWN_MUNICIPALITY
        if value > 0:
            found.append(Scored(row, value))
    return sorted(found, key=lambda one: (-one.score, one.row.key, one.row.municipality))


def _of_each_topic(scored: list[Scored], filters: Filters) -> list[Scored]:
    """Keep one document of each topic: that of the reader's municipality, else the shared one, else the best."""
    by_key: dict[str, list[Scored]] = {}
    for one in scored:
        by_key.setdefault(one.row.key, []).append(one)
    order = ("", filters.municipality) if not filters.municipality else (filters.municipality, "")
    kept = []
    for same in by_key.values():
        chosen = next((one for place in order for one in same if one.row.municipality == place), None)
        if chosen is None:
            kept += same[:1]
        else:
            kept.append(Scored(chosen.row, max(one.score for one in same) if not filters.municipality else chosen.score))
    return sorted(kept, key=lambda one: (-one.score, one.row.key))


def _is_here(row: SearchDocument, municipality: str) -> bool:
    return not municipality or row.municipality in {"", municipality}


def _weights(ways: Iterable[Search], known: Vocabulary) -> Callable[[str], float]:
    meant: dict[str, float] = {}
    for way in ways:
        for term in way.terms[OWN]:
            for word, weight in term.weights.items():
                meant[word] = max(meant.get(word, 0), weight * way.factor * term.rarity)
    return lambda word: meant.get(known.fold(word), 0.0)


def _hit(one: Scored, weight_of: Callable[[str], float]) -> Hit:
    row = one.row
    return Hit(
        row.uid,
        row.key,
        row.kind,
        row.language,
        row.title,
        row.path,
        row.municipality,
        row.level,
        one.score,
        mark(row.title, weight_of),
        excerpt(f"{row.summary} {row.body}", weight_of),
        row.danish_title if row.danish_title != row.title else "",
    )
