"""The editors' synonyms: applied to the question, so that they work at once and on every engine."""

from .models import SearchSynonym
from .phrases import is_in, split
from .remembered import remembered
from .text import folded_words, stem

Entry = tuple[tuple[str, ...], list[str]]
"""The stems of what readers type, and what the pages call it."""


def synonyms_for(text: str, language: str) -> tuple[str, ...]:
    """Return what the pages call the things that a text names, inflected or not, by the entries for its language."""
    asked = _stems(text, language)
    found = (meant for typed, meanings in _entries(language) if is_in(typed, asked) for meant in meanings)
    return tuple(dict.fromkeys(found))


@remembered(SearchSynonym)
def _entries(language: str) -> list[Entry]:
    rows = SearchSynonym.objects.filter(language=language).values_list("typed", "meant")
    entries = ((_stems(typed, language), split(meant)) for typed, meant in rows)
    return [(typed, meanings) for typed, meanings in entries if typed]


def _stems(text: str, language: str) -> tuple[str, ...]:
    return tuple(stem(word, language) for word in folded_words(text, language))
