"""Asks a question of the index of one language, and turns what comes back into hits.

Most questions are asked once, with their words as they are. Where no document has one of the words in any form, the
question is asked again with what that word may have meant. That is dear, and would only add noise to known words.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from elasticsearch import Elasticsearch
from elasticsearch.dsl import Search, aggs, query
from markupsafe import escape

from ..answers import BackendUnavailable, Filters, Found, Hit
from ..questions import Question
from . import correction
from .query import Guesses, better, elsewhere, has_word, marked_words, query_of

EXCERPT = 160
DEEPEST = 10_000
"""Documents through which the server counts to a page."""
BEST = 50
"""Documents that are looked at more closely."""
TIME = "900ms"
ELSEWHERE = 10
MOST_MUNICIPALITIES = 200
SHOWN = ["key", "kind", "municipality", "title", "path", "level", "danish_title"]

Answer = Mapping[str, Any]


class Asker:
    """Asks one question."""

    def __init__(self, client: Elasticsearch, aliases: Mapping[str, str], question: Question, filters: Filters) -> None:
        self.client, self.question, self.filters = client, question, filters
        self.index = aliases[question.language]
        self.other_indexes = [index for index in aliases.values() if index != self.index]

    def found(self, start: int, size: int) -> Found:
        """Return what the question finds."""
        last = min(start + size, DEEPEST)
        page = {"from": min(start, last), "size": max(0, last - start)}
        if self.filters.missing_in:
            # The words of the question are those of another language: that they are unknown says nothing.
            return self._found(self._ask(page, Guesses(self.question.words)))
        answer = self._ask(page, None)
        unknown = _without(answer, self.question.words)
        if not unknown:
            return self._found(answer)
        guesses, misspelt = self._guesses(unknown)
        answer = self._ask(page, guesses)
        found = self._found(answer)
        found.suggestion = correction.corrected(self.question, misspelt, found.hits)
        return found

    def _guesses(self, unknown: tuple[str, ...]) -> tuple[Guesses, tuple[str, ...]]:
        """Return what unknown words may have meant, and which of them no other language has either."""
        asked: list[tuple[str | list[str], Search]] = [
            (self.index, Search().extra(size=0, suggest=self._similar_stems(unknown)))
        ]
        if self.other_indexes:
            asked.append((self.other_indexes, _elsewhere(unknown)))
        similar, *others = self._send_all(asked)
        misspelt = _without(others[0], unknown) if others else unknown
        suggested = similar["suggest"] if misspelt else {}
        guesses = Guesses(
            unknown,
            correction.stems(suggested),
            correction.stems(suggested, correction.DANISH),
            _scores(others[0]) if others else {},
        )
        return guesses, misspelt

    def _similar_stems(self, unknown: tuple[str, ...]) -> dict[str, Any]:
        has_danish = self.question.language != settings.LANGUAGE_CODE
        return correction.similar_stems(self.question, unknown, has_danish=has_danish)

    def _found(self, answer: Answer) -> Found:
        hits, counts = answer["hits"], answer["aggregations"]
        return Found(
            [_hit(one, self.question.language) for one in hits["hits"]],
            hits["total"]["value"],
            _counts(counts["kinds"]),
            _counts(counts["municipalities"]),
        )

    def _ask(self, page: Mapping[str, int], guesses: Guesses | None) -> Answer:
        search = Search().query(query_of(self.question, self.filters, guesses)).source(SHOWN)
        search = _narrowed(search, self.filters).extra(rescore=_best_first(better(self.question, self.filters)))
        search = _marked(search, marked_words(self.question, guesses))
        if guesses is None:
            search.aggs.bucket("words", aggs.Filters(filters=_filters(self.question.words)))
        return self._send_all([(self.index, search.extra(track_total_hits=True, **page))])[0]

    def _send_all(self, searches: Sequence[tuple[str | list[str], Search]]) -> list[Answer]:
        """Send several requests as one, and return their answers."""
        lines: list[dict[str, Any]] = []
        for index, search in searches:
            lines += [{"index": index}, search.extra(timeout=TIME).to_dict()]
        answers = self.client.msearch(searches=lines)["responses"]
        for answer in answers:
            if "error" in answer or answer["timed_out"] or answer["_shards"]["failed"]:
                raise BackendUnavailable(f"no answer: {answer.get('error', 'it took too long')}"[:300])
        return list(answers)


def _elsewhere(unknown: tuple[str, ...]) -> Search:
    """Return the request to the other languages: an unknown word may be one of theirs."""
    search = Search().query(elsewhere(unknown)).source(["key"]).extra(size=ELSEWHERE)
    search.aggs.bucket("words", aggs.Filters(filters=_filters(unknown)))
    return search


def _without(answer: Answer, words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words that no document has."""
    counts = answer["aggregations"]["words"]["buckets"]
    return tuple(word for place, word in enumerate(words) if not counts[str(place)]["doc_count"])


def _filters(words: tuple[str, ...]) -> dict[str, query.Query]:
    return {str(place): has_word(word) for place, word in enumerate(words)}


def _narrowed(search: Search, filters: Filters) -> Search:
    """Add what was chosen: it narrows the hits, and the counts of the other choice only."""
    kinds = query.Terms("kind", list(filters.kinds)) if filters.kinds else query.MatchAll()
    here = query.Terms("municipality", ["", filters.municipality]) if filters.municipality else query.MatchAll()
    if filters.kinds or filters.municipality:
        search = search.post_filter(kinds & here)
    search.aggs.bucket("kinds", aggs.Filter(here)).bucket("each", aggs.Terms(field="kind"))
    each = aggs.Terms(field="municipality", size=MOST_MUNICIPALITIES)
    search.aggs.bucket("municipalities", aggs.Filter(kinds)).bucket("each", each)
    return search


def _best_first(ways: query.Query) -> dict[str, Any]:
    return {"window_size": BEST, "query": {"rescore_query": ways.to_dict(), "score_mode": "total"}}


def _marked(search: Search, words: query.Query) -> Search:
    search = search.highlight_options(
        encoder="html", pre_tags=["<mark>"], post_tags=["</mark>"], highlight_query=words.to_dict()
    )
    search = search.highlight("title", number_of_fragments=0)
    return search.highlight("text", number_of_fragments=1, fragment_size=EXCERPT, no_match_size=EXCERPT)


def _scores(answer: Answer) -> dict[str, float]:
    """Return how well each topic answers in another language, by its key."""
    scores: dict[str, float] = {}
    for hit in answer["hits"]["hits"]:
        scores.setdefault(hit["_source"]["key"], hit["_score"])
    return scores


def _counts(aggregation: Answer) -> dict[str, int]:
    return {bucket["key"]: bucket["doc_count"] for bucket in aggregation["each"]["buckets"]}


def _hit(found: Answer, language: str) -> Hit:
    shown, marked = found["_source"], found.get("highlight", {})
    return Hit(
        uid=found["_id"],
        key=shown["key"],
        kind=shown["kind"],
        language=language,
        title=shown["title"],
        path=shown["path"],
        municipality=shown["municipality"],
        level=shown["level"],
        score=found["_score"] or 0.0,
        title_html=marked.get("title", [str(escape(shown["title"]))])[0],
        excerpt_html=" ".join(marked.get("text", [""])[0].split()),
        danish_title=shown["danish_title"] if shown["danish_title"] != shown["title"] else "",
    )
