"""Marks the words of a question in a text, and cuts out the piece in which most of them stand."""

from itertools import islice

from markupsafe import Markup, escape

from .text import Weights, Word, weighed_words

LENGTH = 180
"""Characters of an excerpt, about two lines on a phone."""
BEFORE = 50


def mark(text: str, weights: Weights) -> Markup:
    """Return a text, escaped, with the words that weigh something in `<mark>`."""
    return _marked(text, 0, len(text), [word for word, _weight in weighed_words(text, weights)])


def excerpt(text: str, weights: Weights, length: int = LENGTH) -> Markup:
    """Return the piece of a text with the most weight, escaped and marked; the beginning where nothing weighs anything."""
    text = " ".join(text.split())
    hits = weighed_words(text, weights)
    start = _best_start(hits, length)
    start, end = _whole_words(text, start, length)
    marked = _marked(text, start, end, [word for word, _weight in hits])
    return Markup("{}{}{}").format("… " if start else "", marked, " …" if end < len(text) else "")


def _best_start(hits: list[tuple[Word, float]], length: int) -> int:
    best, best_weight = 0, 0.0
    for place, (first, _weight) in enumerate(hits):
        seen: dict[str, float] = {}
        for word, weight in islice(hits, place, None):
            if word.end > first.start + length - BEFORE:
                break
            seen[word.text] = weight
        if sum(seen.values()) > best_weight:
            best, best_weight = max(0, first.start - BEFORE), sum(seen.values())
    return best


def _whole_words(text: str, start: int, length: int) -> tuple[int, int]:
    if start:
        start = text.rfind(" ", 0, start + 1) + 1
    end = min(len(text), start + length)
    if end < len(text):
        space = text.rfind(" ", start, end)
        end = space if space > start else end
    return start, end


def _marked(text: str, start: int, end: int, words: list[Word]) -> Markup:
    parts, place = [], start
    for word in words:
        if word.start < place or word.end > end:
            continue
        parts += [escape(text[place : word.start]), Markup("<mark>{}</mark>").format(text[word.start : word.end])]
        place = word.end
    return Markup("").join([*parts, escape(text[place:end])])
