"""Chooses what a question finds, best first, and counts it: document by document, or in the database where it is too much."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from ..answers import Filters, Found
from ..documents import WEIGHTS
from ..models import SearchDocument
from ..questions import Question
from .matching import DANISH, OTHERS, OWN, Search, searches
from .other_languages import LESS, in_other_languages
from .retrieval import CANDIDATES, OTHER_MUNICIPALITY, OWN_MUNICIPALITY, RELEVANT, Matches, Seen
from .scoring import Text, Texts, score, wanted_words

DEPTH = 20
"""Pages that are taken from another language."""


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


@dataclass(frozen=True)
class Asked:
    """A question as the site's words let it be understood."""

    question: Question
    filters: Filters
    ways: list[Search]
    version: int

    @property
    def place(self) -> str:
        """Return the municipality that is nearest to the reader, if there is one."""
        return self.filters.municipality or self.question.place

    def matches(self) -> Matches:
        """Return what the full-text index of the database finds."""
        return Matches(self.ways, self.question.language, self.filters, self.place)


def find(asked: Asked, start: int, size: int) -> tuple[Found, list[Scored]]:
    """Return the counts of what answers, and some of it, best first."""
    matches, others = asked.matches(), _others(asked)
    standing = matches.standing(others) if others else []
    seen = matches.seen_at_once(standing)
    if len(seen.ids) <= CANDIDATES:
        return _few(asked, seen.ids, others, start, size)
    return _many(asked, seen, matches, {pk: others[pk] for pk in standing}, start, size)


def _few(
    asked: Asked, ids: Iterable[int], others: Mapping[int, float], start: int, size: int
) -> tuple[Found, list[Scored]]:
    """Answer where every document can be looked at: what answers much worse than the best is left out."""
    filters = asked.filters
    scored = [one for one in _scored(asked, ids) if one.score > 0]
    if others:
        values = {one.pk: one.score for one in scored}
        scored = _with_values({pk: values.get(pk, 0.0) + others.get(pk, 0.0) for pk in [*values, *others]})
    kept = _of_each_topic(scored, filters)
    kept = [one for one in kept if one.score >= RELEVANT * kept[0].score]
    here = [one for one in kept if _is_here(one.municipality, filters) and _is_wanted(one.kind, filters)]
    return _found(Counter((one.kind, one.municipality) for one in kept), filters), here[start : start + size]


def _many(
    asked: Asked, seen: Seen, matches: Matches, others: Mapping[int, float], start: int, size: int
) -> tuple[Found, list[Scored]]:
    """Answer where there are more: the database counts, the likeliest are looked at, the rest follow in its order."""
    filters, counts = asked.filters, seen.counts
    added = _with_values(others)
    counts.update((one.kind, one.municipality) for one in added)
    found = _found(counts, filters)
    here = [one.pk for one in added if _is_here(one.municipality, filters) and _is_wanted(one.kind, filters)]
    looked_at = min(CANDIDATES, found.total - len(here))
    shown: list[Scored] = []
    if start < looked_at + len(here):
        chosen = {*seen.chosen, *here}
        # Where no municipality is chosen, what one adds to a shared page speaks for that page.
        scored = _scored(asked, chosen, () if filters.municipality else seen.ids)
        best: dict[str, float] = {}
        for one in scored:
            best[one.key] = max(best.get(one.key, 0.0), one.score)
        scored = [one._replace(score=best[one.key] + others.get(one.pk, 0.0)) for one in scored if one.pk in chosen]
        shown = sorted(scored, key=_best_first)[start : start + size]
    behind = looked_at + max(0, start - looked_at - len(here))
    rest = matches.page(behind, size - len(shown), others) if size > len(shown) and behind < found.total else []
    return found, [*shown, *_in_order(rest)]


def _found(counts: Mapping[tuple[str, str], int], filters: Filters) -> Found:
    found = Found()
    for (kind, municipality), count in counts.items():
        is_here, is_wanted = _is_here(municipality, filters), _is_wanted(kind, filters)
        if is_here:
            found.kinds[kind] = found.kinds.get(kind, 0) + count
        if is_wanted:
            found.municipalities[municipality] = found.municipalities.get(municipality, 0) + count
        if is_here and is_wanted:
            found.total += count
    return found


def _others(asked: Asked) -> dict[int, float]:
    """Return the pages in the reader's language whose text in another one answers, with how well it does."""
    question = asked.question
    found: dict[int, float] = {}
    if asked.filters.missing_in:
        return {}
    for other in in_other_languages(question, asked.version):
        there = Asked(other, asked.filters, searches(other, asked.version, ()), asked.version)
        ids = there.matches().first()
        best = sorted((one for one in _scored(there, ids) if one.score > 0), key=_best_first)[:DEPTH]
        values = {one.pk: one.score * LESS for one in best}
        uids = dict(SearchDocument.objects.filter(pk__in=values).values_list("uid", "pk"))
        here = SearchDocument.objects.filter(language=question.language, uid__in=uids).values_list("pk", "uid")
        for pk, uid in here:
            found[pk] = found.get(pk, 0.0) + values[uids[uid]]
    return found


def _scored(asked: Asked, ids: Iterable[int], versions: Iterable[int] = ()) -> list[Scored]:
    """Return documents with how well each answers, looked at closely; `versions` only as far as they are of the same topics."""
    found, chosen = [], set(ids)
    own, danish, others = (wanted_words(asked.ways, kind) for kind in (OWN, DANISH, OTHERS))
    stored = SearchDocument.objects.filter(pk__in=chosen.union(versions)).values_list(*Row._fields)
    rows = [Row._make(row) for row in stored]
    topics = {row.key for row in rows if row.pk in chosen}
    for row in rows:
        if row.key not in topics:
            continue
        prefix = len(row.language.replace("-", ""))
        texts = Texts(
            Text(row.title_words.split(), own),
            Text(row.body_words.split(), own),
            Text(row.danish_title_words.split(), danish),
            Text(row.danish_body_words.split(), danish),
            Text([term[prefix:] for term in row.other_words.split()], others),
        )
        one = Scored(row.pk, row.language, row.key, row.kind, row.municipality, score(texts, asked.ways))
        weight = _nearness(one, asked.place) * WEIGHTS.get(one.kind, 1.0)
        found.append(one._replace(score=one.score * weight))
    return found


def _nearness(row: Scored, place: str) -> float:
    if not place or not row.municipality:
        return 1.0
    return OWN_MUNICIPALITY if row.municipality == place else OTHER_MUNICIPALITY


def _with_values(values: Mapping[int, float]) -> list[Scored]:
    rows = SearchDocument.objects.filter(pk__in=values).values_list(*Scored._fields[:-1]) if values else ()
    return [Scored._make((*row, values[row[0]])) for row in rows]


def _in_order(ids: list[int]) -> list[Scored]:
    rows = {one.pk: one for one in _with_values(dict.fromkeys(ids, 0.0))}
    return [rows[pk] for pk in ids if pk in rows]


def _best_first(one: Scored) -> tuple[float, str, str]:
    return -one.score, one.key, one.municipality


def _of_each_topic(scored: list[Scored], filters: Filters) -> list[Scored]:
    """Keep one document of each topic, best first: that of the reader's municipality, else the shared one, else the best."""
    by_key: dict[str, list[Scored]] = {}
    for one in sorted(scored, key=_best_first):
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


def _is_here(municipality: str, filters: Filters) -> bool:
    return not filters.municipality or municipality in {"", filters.municipality}


def _is_wanted(kind: str, filters: Filters) -> bool:
    return not filters.kinds or kind in filters.kinds
