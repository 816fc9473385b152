"""Completes what is being typed to titles: its words may stand anywhere in a title, also in the Danish one."""

from collections.abc import Iterable

from django.conf import settings
from django.db.models import Q, QuerySet
from rapidfuzz.distance import OSA

from ..answers import Suggestion
from ..documents import WEIGHTS
from ..models import SearchDocument
from ..questions import clean
from ..text import fold, words_of
from .vocabulary import Vocabulary

SHORTEST_FORGIVEN = 4
MOST_WORDS = 5
MOST_SIMILAR = 8
MOST_ROWS = 200
SHOWN = ("title", "path", "kind", "municipality", "language", "key")


def complete(text: str, known: Vocabulary, municipality: str, size: int, missing_in: str = "") -> list[Suggestion]:
    """Return the titles that what is being typed may become, those that begin with it first.

    With `missing_in` only of Danish texts that readers of that language get untranslated.
    """
    typed = [word.text for word in words_of(clean(text))][:MOST_WORDS]
    if not typed:
        return []
    found: dict[str, Suggestion] = {}
    for readings, rows in (([typed], _beginning(typed, known.code)), _similar(typed, known)):
        wanted = (row for row in rows if not missing_in or missing_in in row.missing_in)
        for row in sorted(wanted, key=lambda row: _order(row, readings, municipality)):
            if row.municipality in {"", municipality} or not municipality:
                own = row.municipality or municipality
                found.setdefault(row.key, Suggestion(row.title, row.path, row.kind, own, row.language))
        if len(found) >= size:
            break
    return list(found.values())[:size]


def _rows(language: str, condition: Q) -> QuerySet[SearchDocument]:
    fields = (*SHOWN, "title_words", "danish_title_words", "missing_in")
    return SearchDocument.objects.filter(condition, language=language).only(*fields).order_by("pk")[:MOST_ROWS]


def _beginning(typed: list[str], language: str) -> QuerySet[SearchDocument]:
    """Find titles in which every whole word stands, and some word begins with the last one."""
    condition = Q()
    for field, code in (("title_words", language), ("danish_title_words", settings.LANGUAGE_CODE)):
        every = Q()
        for word in typed:
            folded = fold(word, code)
            every &= Q(**{f"{field}__startswith": folded}) | Q(**{f"{field}__contains": f" {folded}"})
        condition |= every
    return _rows(language, condition)


def _similar(typed: list[str], known: Vocabulary) -> tuple[list[list[str]], Iterable[SearchDocument]]:
    """Find titles by the words of the site that begin like the last word with one mistake in it.

    Return what may have been meant, and the titles.
    """
    # A mistake may have made ue out of eu, which is no umlaut then.
    readings = {fold(typed[-1], code) for code in (known.code, "")}
    near = {
        word
        for last in readings
        if len(last) >= SHORTEST_FORGIVEN
        for word in known.in_titles
        if word[0] == last[0] and _begins_nearly(word, last)
    }
    words = sorted(near, key=lambda word: (len(word), word))[:MOST_SIMILAR]
    condition = Q(pk__in=[])
    for word in words:
        condition |= Q(title_words__startswith=word) | Q(title_words__contains=f" {word}")
    return [[*typed[:-1], word] for word in words], _rows(known.code, condition) if words else []


def _begins_nearly(word: str, typed: str) -> bool:
    """Say whether a word begins as typed but for one letter that is wrong, missing, doubled or in the wrong place."""
    return any(OSA.distance(typed, word[: len(typed) + more], score_cutoff=1) <= 1 for more in (-1, 0, 1))


def _order(row: SearchDocument, readings: list[list[str]], municipality: str) -> tuple[bool, int, bool, int, str]:
    """Put titles of the reader's municipality first, then those that begin as typed or meant, then the short ones.

    Of those that fit in the same way, what counts less than the others comes last.

    A title in the reader's language comes before a Danish one that fits in the same way.
    """
    titles = [(row.title_words, row.language), (row.danish_title_words, settings.LANGUAGE_CODE)]
    fits = [
        *(
            any(words.startswith(" ".join(fold(word, code) for word in typed)) for typed in readings)
            for words, code in titles
        ),
        *(
            any(word.startswith(fold(typed[-1], code)) for typed in readings for word in words.split())
            for words, code in titles
        ),
    ]
    rank = fits.index(True) if True in fits else len(fits)
    return (
        bool(municipality) and row.municipality != municipality,
        rank,
        row.kind in WEIGHTS,
        len(row.title_words),
        row.title,
    )
