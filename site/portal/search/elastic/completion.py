"""Completes what is being typed to titles."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.conf import settings
from elasticsearch import Elasticsearch

from ..answers import BackendUnavailable, Suggestion
from ..questions import readings_of
from ..text import fold
from ..words import untranslated_languages
from .documents import EVERYWHERE, SHARED, untranslated

FORGIVEN = {"fuzziness": 1, "min_length": 4, "prefix_length": 1, "unicode_aware": True}
OWN_MUNICIPALITY = 2
MORE = 3
"""Times as many are asked for as are shown: several words of one title may begin alike."""
SHOWN = ["title", "path", "kind", "municipality", "key"]
MOST_READINGS = 4


class _Request(NamedTuple):
    """What is asked of one index: completions by name."""

    alias: str
    language: str
    asked: dict[str, Any]


def complete(
    client: Elasticsearch, aliases: Mapping[str, str], text: str, language: str, municipality: str, size: int
) -> list[Suggestion]:
    """Return titles with a beginning, a word or a Danish word as typed, then those that forgive a mistake in it.

    Behind them stands what exists for the reader in Danish only; it is asked for in the same request. Only where nothing
    begins like that, other alphabets and keyboards are tried.
    """
    requests = [_request(aliases, text, language, _places(municipality), size)]
    if language in untranslated_languages():
        places = _places(municipality, language)
        requests.append(_request(aliases, text, settings.LANGUAGE_CODE, places, size))
    found = _ask(client, requests, municipality)
    if not found:
        readings = readings_of(text.lower())[:MOST_READINGS]
        asked = {
            str(place): _completion(fold(reading, language), _places(municipality), size)
            for place, reading in enumerate(readings)
        }
        found = _ask(client, [_Request(aliases[language], language, asked)], municipality) if asked else []
    return found[:size]


def _request(aliases: Mapping[str, str], text: str, language: str, places: list[dict[str, Any]], size: int) -> _Request:
    asked = {
        "typed": _completion(fold(text, language), places, size),
        "similar": _completion(text, places, size, FORGIVEN),
    }
    return _Request(aliases[language], language, asked)


def _places(municipality: str, missing_in: str = "") -> list[dict[str, Any]]:
    def context(place: str) -> str:
        return untranslated(place, missing_in) if missing_in else place

    if not municipality:
        return [{"context": context(EVERYWHERE)}]
    return [{"context": context(SHARED)}, {"context": context(municipality), "boost": OWN_MUNICIPALITY}]


def _completion(
    text: str, places: list[dict[str, Any]], size: int, forgiven: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    options: dict[str, Any] = {
        "field": "completion",
        "size": size * MORE,
        "skip_duplicates": True,
        "contexts": {"place": places},
    }
    if forgiven:
        options["fuzzy"] = forgiven
    return {"prefix": text, "completion": options}


def _ask(client: Elasticsearch, requests: Iterable[_Request], municipality: str) -> list[Suggestion]:
    requests = list(requests)
    lines: list[dict[str, Any]] = []
    for one in requests:
        lines += [{"index": one.alias, "allow_partial_search_results": False}, {"suggest": one.asked, "_source": SHOWN}]
    found: list[Suggestion] = []
    for one, answer in zip(requests, client.msearch(searches=lines)["responses"], strict=True):
        if "error" in answer:
            raise BackendUnavailable(f"no completions: {answer['error']}"[:300])
        found += _suggestions(answer["suggest"], one, municipality)
    return found


def _suggestions(answer: Mapping[str, Any], request: _Request, municipality: str) -> Iterable[Suggestion]:
    """Yield one suggestion for each topic, those of the municipality as pages of it."""
    seen = set()
    for name in request.asked:
        for option in answer[name][0]["options"]:
            row = option["_source"]
            if row["key"] not in seen:
                seen.add(row["key"])
                place = row["municipality"] or municipality
                yield Suggestion(row["title"], row["path"], row["kind"], place, request.language)
