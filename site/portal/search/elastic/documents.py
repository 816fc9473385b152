"""What the index of a language holds of each document. The names of analyzers are the same in all of them."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from elasticsearch import dsl

from ..documents import WEIGHTS
from ..models import SearchDocument
from ..text import fold, folded_stop_words, words_of

SHARED = ":shared"
EVERYWHERE = ":everywhere"
"""Contexts of completions beside the names of municipalities; no name of one has a colon."""
MOST_COMPLETIONS = 8


def _text(analyzer: str, **fields: Any) -> Any:
    """Return a field of stems, with where they stand, so that an excerpt need not be cut into words again."""
    return dsl.Text(analyzer=analyzer, search_analyzer=f"{analyzer}_asked", index_options="offsets", fields=fields)


def _words(analyzer: str, options: str = "positions") -> Any:
    return dsl.Text(analyzer=analyzer, index_options=options)


class IndexedDocument(dsl.Document):
    """One document in the index of its language."""

    title = _text("own", pairs=_words("own_pairs", "freqs"), grams=_words("own_grams"))
    text = _text("own", grams=_words("own_grams"))
    danish_title = _text("danish", grams=_words("danish_grams"))
    danish_text = _text("danish")
    other_titles = dsl.Text(analyzer="folded", fields={"grams": _words("danish_grams")})
    completion = dsl.Completion(
        analyzer="folded",
        preserve_position_increments=False,
        contexts=[{"name": "place", "type": "category"}],
    )
    kind = dsl.Keyword()
    municipality = dsl.Keyword()
    replaced_in = dsl.Keyword()
    """The municipalities that have a version of their own of this shared document."""
    is_main = dsl.Boolean()
    """Whether it stands for its topic where no municipality is chosen: not a municipality's version of a shared one."""
    missing_in = dsl.Keyword()
    source = dsl.Keyword()
    origin = dsl.Keyword()
    key = dsl.Keyword(doc_values=False)
    path = dsl.Keyword(index=False, doc_values=False)
    level = dsl.Keyword(index=False, doc_values=False)
    audiences = dsl.Keyword(index=False, doc_values=False)
    is_example = dsl.Boolean(index=False, doc_values=False)
    digest = dsl.Keyword(index=False, doc_values=False)
    """Of everything above: equal documents need not be written again."""

    class Meta:
        dynamic = dsl.MetaField("strict")


def mapping() -> dict[str, Any]:
    """Return the mapping of every index."""
    return IndexedDocument._doc_type.mapping.to_dict()


def as_document(row: SearchDocument, replaced_in: Iterable[str] = (), *, is_main: bool = True) -> dict[str, Any]:
    """Return what is sent of a row."""
    text = "\n".join(filter(None, (row.summary, row.body)))
    found: dict[str, Any] = {
        "title": row.title,
        "text": text,
        "danish_title": row.danish_title,
        "danish_text": row.danish_body,
        "other_titles": list(row.other_titles),
        "completion": list(_completions(row, is_main=is_main)),
        "kind": row.kind,
        "municipality": row.municipality,
        "replaced_in": sorted(replaced_in),
        "is_main": is_main,
        "missing_in": list(row.missing_in),
        "source": row.source,
        "origin": row.origin,
        "key": row.key,
        "path": row.path,
        "level": row.level,
        "audiences": list(row.audiences),
        "is_example": row.is_example,
    }
    found["digest"] = hashlib.sha256(json.dumps(found, ensure_ascii=False).encode()).hexdigest()
    return found


def _completions(row: SearchDocument, *, is_main: bool) -> Iterator[dict[str, Any]]:
    """Yield what may be typed for this document: its titles from each of their words on, the beginning counting most."""
    places = [row.municipality or SHARED, *([EVERYWHERE] if is_main else [])]
    places += [untranslated(place, language) for place in places for language in row.missing_in]
    weight = 2 * MOST_COMPLETIONS if row.kind not in WEIGHTS else MOST_COMPLETIONS
    for title, code in ((row.title, row.language), (row.danish_title, settings.LANGUAGE_CODE)):
        for beginning in _beginnings(title, code):
            yield {"input": fold(beginning, row.language), "weight": weight, "contexts": {"place": places}}
            weight = max(1, weight - 1)


def untranslated(place: str, language: str) -> str:
    """Return the context of Danish completions that readers of a language get untranslated."""
    return f"{place}:{language}"


def _beginnings(title: str, code: str) -> Iterator[str]:
    stop_words = folded_stop_words(code)
    words = list(words_of(title))[:MOST_COMPLETIONS]
    for place, word in enumerate(words):
        if not place or fold(word.text, code) not in stop_words:
            yield title[word.start :]
