"""Completes what is being typed to titles."""

from collections.abc import Iterable, Mapping
from typing import Any

from elasticsearch import Elasticsearch

from ..answers import Suggestion
from ..questions import readings_of
from ..text import fold
from .documents import EVERYWHERE, SHARED

FORGIVEN = {"fuzziness": 1, "min_length": 4, "prefix_length": 1, "unicode_aware": True}
OWN_MUNICIPALITY = 2
MORE = 3
"""Times as many are asked for as are shown: several words of one title may begin alike."""
SHOWN = ["title", "path", "kind", "municipality", "key"]
MOST_READINGS = 4


def complete(
    client: Elasticsearch, index: str, text: str, language: str, municipality: str, size: int
) -> list[Suggestion]:
    """Return titles with a beginning, a word or a Danish word as typed, then those that forgive a mistake in it.

    Only where nothing begins like that, other alphabets and keyboards are tried.
    """
    places = _places(municipality)
    asked = {
        "typed": _completion(fold(text, language), places, size),
        "similar": _completion(text, places, size, FORGIVEN),
    }
    found = _ask(client, index, asked, language, municipality)
    if not found:
        readings = readings_of(text.lower())[:MOST_READINGS]
        asked = {
            str(place): _completion(fold(reading, language), places, size) for place, reading in enumerate(readings)
        }
        found = _ask(client, index, asked, language, municipality) if asked else []
    return found[:size]


def _places(municipality: str) -> list[dict[str, Any]]:
    if not municipality:
        return [{"context": EVERYWHERE}]
    return [{"context": SHARED}, {"context": municipality, "boost": OWN_MUNICIPALITY}]


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


def _ask(
    client: Elasticsearch, index: str, asked: Mapping[str, Any], language: str, municipality: str
) -> list[Suggestion]:
    answer = client.search(index=index, suggest=asked, source=SHOWN, allow_partial_search_results=False)
    return list(_suggestions(answer["suggest"], asked, language, municipality))


def _suggestions(
    answer: Mapping[str, Any], names: Iterable[str], language: str, municipality: str
) -> Iterable[Suggestion]:
    """Yield one suggestion for each topic, those of the municipality as pages of it."""
    seen = set()
    for name in names:
        for option in answer[name][0]["options"]:
            row = option["_source"]
            if row["key"] not in seen:
                seen.add(row["key"])
                yield Suggestion(row["title"], row["path"], row["kind"], row["municipality"] or municipality, language)
