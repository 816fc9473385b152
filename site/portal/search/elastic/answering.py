"""Asks a question of the index of its language and, in the same request, of the Danish one; turns answers into hits.

Most questions are asked once, with their words as they are. Where no document has one of the words in any form, the
question is asked with what that word may have meant. That is dear, and would only add noise to known words.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.conf import settings
from elasticsearch import Elasticsearch
from elasticsearch.dsl import Search, aggs, query
from markupsafe import escape

from ..answers import BackendUnavailable, Filters, Found, Hit, for_untranslated
from ..questions import Question
from ..words import untranslated_languages, without_document
from . import correction
from .connection import answer_time
from .query import Guesses, better, elsewhere, has_word, marked_words, query_of

EXCERPT = 160
DEEPEST = 10_000
"""Documents through which the server counts to a page."""
BEST = 50
"""Documents that are looked at more closely."""
TIME = 0.9
"""Part of the time for an answer after which the server itself gives up."""
ELSEWHERE = 10
MOST_MUNICIPALITIES = 200
SHOWN = ["key", "kind", "municipality", "title", "path", "level", "audiences", "is_example", "danish_title"]

Answer = Mapping[str, Any]
Request = tuple[str | list[str], Search]
"""One index or several, and what is asked of them."""


class _Meaning(NamedTuple):
    """What the unknown words of a question may have meant, and which of them are of no language."""

    guesses: Guesses
    misspelt: tuple[str, ...]


class Asker:
    """Asks one question."""

    def __init__(self, client: Elasticsearch, aliases: Mapping[str, str], question: Question, filters: Filters) -> None:
        self.client, self.question, self.filters = client, question, filters
        self.index = aliases[question.language]
        self.other_indexes = [index for index in aliases.values() if index != self.index]
        self.danish: Asker | None = None
        """Asks for what exists in Danish only."""
        if not filters.missing_in and question.language in untranslated_languages():
            self.danish = Asker(client, aliases, *for_untranslated(question, filters))

    def found(self, start: int, size: int) -> Found:
        """Return what the question finds, and behind it what exists in Danish only."""
        first_guess = self._first_guess()
        requests = [self._request(start, size, first_guess and first_guess.guesses)]
        if self.danish is not None:
            requests.append(self.danish._request(0, size, self._foreign))
        answer, *danish = self._send_all(requests)
        own = self._understood(answer, start, size, first_guess)
        if self.danish is None:
            return own
        first = max(0, start - own.total)
        if first:
            danish = self._send_all([self.danish._request(first, size, self._foreign)])
        rest = self.danish._found(danish[0])
        rest.hits = rest.hits[: size - len(own.hits)]
        return own.followed_by(rest)

    @property
    def _foreign(self) -> Guesses:
        """Return how Danish texts are asked: that they have no word of another language says nothing."""
        return Guesses(self.question.words)

    def _first_guess(self) -> "_Meaning | None":
        """Return what unknown words may have meant where it can be seen at once that they are unknown.

        The list of words in the database is quick to ask, but knows no inflections: the index has the last word.
        """
        suspects = without_document(self.question)
        meaning = self._meaning(suspects) if suspects else None
        return meaning if meaning and meaning.guesses.unknown == suspects else None

    def _understood(self, answer: Answer, start: int, size: int, meaning: "_Meaning | None") -> Found:
        """Return what was found; a question with unknown words is asked again with what they may have meant."""
        unknown = _without(answer, self.question.words) if meaning is None else ()
        if unknown:
            meaning = self._meaning(unknown)
            (answer,) = self._send_all([self._request(start, size, meaning.guesses)])
        found = self._found(answer)
        if meaning is not None:
            found.suggestion = correction.corrected(self.question, meaning.misspelt, found.hits)
        return found

    def _meaning(self, words: tuple[str, ...]) -> "_Meaning":
        """Return what words may have meant, if they are unknown, and which of them no other language has either."""
        similar = Search().extra(size=0, suggest=self._similar_stems(words))
        similar.aggs.bucket("words", aggs.Filters(filters=_filters(words)))
        asked: list[Request] = [(self.index, similar)]
        if self.other_indexes:
            asked.append((self.other_indexes, _elsewhere(words)))
        here, *others = self._send_all(asked)
        misspelt = _without(others[0], words) if others else words
        suggested = here["suggest"] if misspelt else {}
        guesses = Guesses(
            _without(here, words),
            correction.stems(suggested),
            correction.stems(suggested, correction.DANISH),
            _scores(others[0]) if others else {},
        )
        return _Meaning(guesses, misspelt)

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

    def _request(self, start: int, size: int, guesses: Guesses | None) -> Request:
        last = min(start + size, DEEPEST)
        page = {"from": min(start, last), "size": max(0, last - start)}
        search = Search().query(query_of(self.question, self.filters, guesses)).source(SHOWN)
        search = _narrowed(search, self.filters).extra(rescore=_best_first(better(self.question, self.filters)))
        search = _marked(search, marked_words(self.question, guesses))
        if guesses is None:
            search.aggs.bucket("words", aggs.Filters(filters=_filters(self.question.words)))
        return self.index, search.extra(track_total_hits=True, **page)

    def _send_all(self, searches: Sequence[Request]) -> list[Answer]:
        """Send several requests as one, and return their answers."""
        lines: list[dict[str, Any]] = []
        timeout = f"{answer_time() * TIME * 1000:.0f}ms"
        for index, search in searches:
            lines += [{"index": index}, search.extra(timeout=timeout).to_dict()]
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
    search = search.highlight("title", "danish_title", number_of_fragments=0)
    search = search.highlight("danish_text", number_of_fragments=1, fragment_size=EXCERPT)
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
    hit = Hit(
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
        audiences=tuple(shown["audiences"]),
        is_example=shown["is_example"],
    )
    return hit.in_danish(
        marked.get("danish_title", [str(escape(shown["danish_title"]))])[0],
        lambda: " ".join(marked.get("danish_text", [""])[0].split()),
    )
