"""How well a document answers: BM25 over weighted words, for title and text, in the reader's language and beside it."""

from dataclasses import dataclass
from itertools import pairwise

from .matching import DANISH, OTHERS, OWN, Search, Term

SATURATION = 1.2
LENGTH = 0.5
"""How much a long text is held against a document, 0 to 1."""
USUAL_LENGTH, USUAL_TITLE = 150, 8
"""Words of a text, and of a title, that is neither long nor short."""
TITLE, BODY = 1.5, 1.0
OTHER_TITLE = 1.2
KINDS = {OWN: 1.0, DANISH: 0.6, OTHERS: 0.5}
NEIGHBOURS_IN_TITLE, NEIGHBOURS_IN_BODY = 1.2, 0.6
ALL_WORDS = 0.7
"""Part of the score that depends on how many of the words a document has."""


class Text:
    """The words of one text, in order, and those of them that are asked for."""

    def __init__(self, words: list[str], wanted: frozenset[str]) -> None:
        self.words = words
        self.different = wanted.intersection(words)


def wanted_words(searches: list[Search], kind: int) -> frozenset[str]:
    """Return the words that may count in one kind of text."""
    words = {word for search in searches for term in search.terms[kind] for word in term.weights}
    if kind == OWN:
        words.update(word for search in searches for pair in search.pairs for word in pair)
    return frozenset(words)


@dataclass
class Texts:
    """The texts of one document."""

    title: Text
    body: Text
    danish_title: Text
    danish_body: Text
    others: Text


def score(texts: Texts, searches: list[Search]) -> float:
    """Return how well a document answers the best of the ways to read a question; others add a little."""
    scores = sorted((search.factor * _score(texts, search) for search in searches), reverse=True)
    return scores[0] + 0.2 * sum(scores[1:3]) if scores else 0.0


def _score(texts: Texts, search: Search) -> float:
    count = len(search.terms[OWN])
    best = [0.0] * count
    total = 0.0
    kinds = (
        (OWN, texts.title, texts.body, TITLE),
        (DANISH, texts.danish_title, texts.danish_body, TITLE),
        (OTHERS, texts.others, NOTHING, OTHER_TITLE),
    )
    for kind, title, body, title_weight in kinds:
        for place, term in enumerate(search.terms[kind]):
            in_title, title_value = _in_text(term, title, USUAL_TITLE)
            in_body, body_value = _in_text(term, body, USUAL_LENGTH)
            total += KINDS[kind] * term.rarity * (title_weight * title_value + BODY * body_value)
            best[place] = max(best[place], in_title, in_body)
    for first, second in search.pairs:
        rarity = min(term.rarity for term in search.terms[OWN]) if search.terms[OWN] else 0.0
        total += rarity * (
            NEIGHBOURS_IN_TITLE * _side_by_side(first, second, texts.title)
            + NEIGHBOURS_IN_BODY * _side_by_side(first, second, texts.body)
        )
    covered = sum(best) / count if count else 0.0
    return total * (1 - ALL_WORDS + ALL_WORDS * covered)


def _in_text(term: Term, text: Text, usual: int) -> tuple[float, float]:
    """Return the weight of the surest word of a term in one text, and that of all of them, saturated."""
    hits = text.different.intersection(term.weights) if text.different else text.different
    if not hits:
        return 0.0, 0.0
    strongest = max(term.weights[word] for word in hits)
    frequency = sum(term.weights[word] * text.words.count(word) for word in hits) / strongest
    length = 1 - LENGTH + LENGTH * len(text.words) / usual
    return strongest, strongest * frequency * (SATURATION + 1) / (frequency + SATURATION * length)


def _side_by_side(first: str, second: str, text: Text) -> bool:
    if first not in text.different or second not in text.different:
        return False
    return any(one == first and other == second for one, other in pairwise(text.words))


NOTHING = Text([], frozenset())
