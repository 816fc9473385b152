"""The editors' synonyms: applied to the question, so that they work at once and on every engine."""

from .models import SearchSynonym
from .phrases import split
from .remembered import remembered
from .text import folded_words, stem

Entry = tuple[tuple[str, ...], list[str]]
"""The stems of what readers type, and what the pages call it."""


def synonyms_for(text: str, language: str) -> tuple[str, ...]:
    """Return what the pages call the things that a text names, inflected or not, by the entries for its language."""
    asked, entries = _stems(text, language), _entries(language)
    found: dict[str, None] = {}
    for place, word in enumerate(asked):
        for typed, meanings in entries.get(word, ()):
            if asked[place : place + len(typed)] == typed:
                found.update(dict.fromkeys(meanings))
    return tuple(found)


@remembered(SearchSynonym)
def _entries(language: str) -> dict[str, list[Entry]]:
    """Return the entries by the first of their stems: a site has thousands, and a question has few words."""
    by_first_word: dict[str, list[Entry]] = {}
    for typed, meant in SearchSynonym.objects.filter(language=language).values_list("typed", "meant"):
        stems = _stems(typed, language)
        if stems:
            by_first_word.setdefault(stems[0], []).append((stems, split(meant)))
    return by_first_word


def _stems(text: str, language: str) -> tuple[str, ...]:
    return tuple(stem(word, language) for word in folded_words(text, language))
