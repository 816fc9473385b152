"""The search engine in the site's own database: always there, always current, and the same answers on SQLite and PostgreSQL."""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import NamedTuple

from django.conf import settings

from ..answers import Filters, Found, Hit, Suggestion, for_untranslated
from ..glossary import glossary_synonyms
from ..highlight import excerpt, mark
from ..models import SearchDocument
from ..questions import Question
from .completion import complete
from .matching import OWN, Search, searches
from .other_languages import LESS, in_other_languages
from .retrieval import candidates
from .scoring import Text, Texts, score
from .vocabulary import Vocabulary, current_version, vocabulary

OWN_MUNICIPALITY = 2.0
"""How much more a document of the reader's municipality counts: first where it answers at least half as well."""
DEPTH = 20
"""Pages that are taken from another language."""
OTHER_MUNICIPALITY = 0.5
"""How much less one of another municipality counts than the one that the reader is in or names."""
RELEVANT = 0.12
"""Part of the best score that a document needs to be shown at all."""
LIKELY = 0.5
"""From this weight on a similar word is offered as what was probably meant."""
WORTH_MARKING = 0.15
"""From this weight on a word is marked: a reader should see why the page answers."""


class Row(NamedTuple):
    """What is read of every candidate."""

    pk: int
    language: str
    key: str
    kind: str
    municipality: str
    title_words: str
    body_words: str
    danish_title_words: str
    danish_body_words: str
    other_words: str


class Scored(NamedTuple):
    """A document that answers."""

    pk: int
    language: str
    key: str
    kind: str
    municipality: str
    score: float


class EmbeddedBackend:
    """Implements `portal.search.answers.Backend`."""

    name = "embedded"

    def search(self, question: Question, filters: Filters, start: int, size: int) -> Found:
        """Return hits: found by the full-text index, then weighed one by one."""
        version = current_version()
        own = self._search(question, filters, start, size, version)
        if question.language not in vocabulary(settings.LANGUAGE_CODE, version).untranslated:
            return own
        danish, untranslated = for_untranslated(question, filters)
        first, most = max(0, start - own.total), size - len(own.hits)
        return own.followed_by(self._search(danish, untranslated, first, most, version))

    def _search(self, question: Question, filters: Filters, start: int, size: int, version: int) -> Found:
        ways = searches(question, version, glossary_synonyms(question, version))
        scored = _scored(question, ways, filters)
        if not filters.missing_in:
            scored = _with_others(scored, question, filters, version)
        scored = _of_each_topic(scored, filters)
        kept = [one for one in scored if one.score >= RELEVANT * scored[0].score]
        shown = [one for one in kept if not filters.kinds or one.kind in filters.kinds]
        here = [one for one in shown if _is_here(one, filters.municipality)]
        known = vocabulary(question.language, version)
        weight_of = _weights(ways, known)
        return Found(
            _hits(here[start : start + max(0, size)], weight_of),
            len(here),
            dict(Counter(one.kind for one in kept if _is_here(one, filters.municipality))),
            dict(Counter(one.municipality for one in shown)),
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
    likely = [form for form, weight in meanings.items() if weight > LIKELY]
    if not likely:
        return ""
    best = max(likely, key=lambda form: (meanings[form], known.counts[form]))
    return known.written[best]


def _nearness(row: Scored, place: str) -> float:
    if not place or not row.municipality:
        return 1.0
    return OWN_MUNICIPALITY if row.municipality == place else OTHER_MUNICIPALITY


def _with_others(own: list[Scored], question: Question, filters: Filters, version: int) -> list[Scored]:
    """Add the pages in the reader's language whose text in another one answers; one that does both counts with both."""
    values = {one.pk: one.score for one in own}
    others = in_other_languages(question, version)
    for other in others:
        found = {one.pk: one.score * LESS for one in _scored(other, searches(other, version, ()), filters)[:DEPTH]}
        uids = dict(SearchDocument.objects.filter(pk__in=found).values_list("uid", "pk"))
        here = SearchDocument.objects.filter(language=question.language, uid__in=uids).values_list("pk", "uid")
        for pk, uid in here:
            values[pk] = values.get(pk, 0) + found[uids[uid]]
    if not others:
        return own
    rows = SearchDocument.objects.filter(pk__in=values).values_list(*Scored._fields[:-1])
    return sorted((Scored._make((*row, values[row[0]])) for row in rows), key=_best_first)


def _scored(question: Question, ways: list[Search], filters: Filters) -> list[Scored]:
    found = []
    place, ids = question.place, candidates(ways, question.language, filters)
    for row in SearchDocument.objects.filter(pk__in=ids).values_list(*Row._fields):
        *of_row, title, body, danish_title, danish_body, others = row
        prefix = len(of_row[1].replace("-", ""))
        other_words = Text([term[prefix:] for term in others.split()])
        texts = Texts(Text(title), Text(body), Text(danish_title), Text(danish_body), other_words)
        one = Scored._make((*of_row, score(texts, ways)))
        if one.score > 0:
            found.append(one._replace(score=one.score * _nearness(one, filters.municipality or place)))
    return sorted(found, key=_best_first)


def _best_first(one: Scored) -> tuple[float, str, str]:
    return -one.score, one.key, one.municipality


def _of_each_topic(scored: list[Scored], filters: Filters) -> list[Scored]:
    """Keep one document of each topic: that of the reader's municipality, else the shared one, else the best."""
    by_key: dict[str, list[Scored]] = {}
    for one in scored:
        by_key.setdefault(one.key, []).append(one)
    order = ("", filters.municipality) if not filters.municipality else (filters.municipality, "")
    kept = []
    for same in by_key.values():
        chosen = next((one for place in order for one in same if one.municipality == place), None)
        if chosen is None:
            kept += same[:1]
        else:
            kept.append(chosen._replace(score=max(one.score for one in same)) if not filters.municipality else chosen)
    return sorted(kept, key=_best_first)


def _is_here(row: Scored, municipality: str) -> bool:
    return not municipality or row.municipality in {"", municipality}


def _weights(ways: Iterable[Search], known: Vocabulary) -> Callable[[str], float]:
    meant: dict[str, float] = {}
    for way in ways:
        for term in way.terms[OWN]:
            for word, weight in term.weights.items():
                if weight >= WORTH_MARKING:
                    meant[word] = max(meant.get(word, 0), weight * way.factor * term.rarity)
    return lambda word: meant.get(known.fold(word), 0.0)


def _hits(scored: list[Scored], weight_of: Callable[[str], float]) -> list[Hit]:
    rows = SearchDocument.objects.in_bulk([one.pk for one in scored])
    return [_hit(rows[one.pk], one.score, weight_of) for one in scored if one.pk in rows]


def _hit(row: SearchDocument, value: float, weight_of: Callable[[str], float]) -> Hit:
    return Hit(
        row.uid,
        row.key,
        row.kind,
        row.language,
        row.title,
        row.path,
        row.municipality,
        row.level,
        value,
        mark(row.title, weight_of),
        excerpt(row.shown_text, weight_of),
        row.danish_title if row.danish_title != row.title else "",
    )
