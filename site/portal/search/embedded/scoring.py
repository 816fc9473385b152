"""How well a document answers: BM25 over weighted words, for title and text, in the reader's language and beside it."""

from dataclasses import dataclass

from .matching import DANISH, OTHERS, OWN, Search, Term

SATURATION = 1.2
LENGTH = 0.5
"""How much a long text is held against a document, 0 to 1."""
USUAL_LENGTH = 150
"""Words of a text that is neither long nor short."""
TITLE, BODY = 1.5, 1.0
OTHER_TITLE = 1.2
KINDS = {OWN: 1.0, DANISH: 0.6, OTHERS: 0.5}
NEIGHBOURS_IN_TITLE, NEIGHBOURS_IN_BODY = 1.2, 0.6
ALL_WORDS = 0.7
"""Part of the score that depends on how many of the words a document has."""


@dataclass
class Texts:
    """The words of one document, in order."""

    title: list[str]
    body: list[str]
    danish_title: list[str]
    danish_body: list[str]
    others: list[str]


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
        (OTHERS, texts.others, [], OTHER_TITLE),
    )
    sets = [(set(title), set(body)) for _kind, title, body, _weight in kinds]
    for (kind, title, body, title_weight), (in_title, in_body) in zip(kinds, sets, strict=True):
        for place, term in enumerate(search.terms[kind]):
            if not term.weights:
                continue
            value = title_weight * _in_field(term, title, in_title, 8)
            if body:
                value += BODY * _in_field(term, body, in_body, USUAL_LENGTH)
            total += KINDS[kind] * term.rarity * value
            strongest = max((w for word, w in term.weights.items() if word in in_title or word in in_body), default=0.0)
            best[place] = max(best[place], strongest)
    for first, second in search.pairs:
        rarity = min(term.rarity for term in search.terms[OWN]) if search.terms[OWN] else 0.0
        total += rarity * (
            NEIGHBOURS_IN_TITLE * _side_by_side(first, second, texts.title)
            + NEIGHBOURS_IN_BODY * _side_by_side(first, second, texts.body)
        )
    covered = sum(best) / count if count else 0.0
    return total * (1 - ALL_WORDS + ALL_WORDS * covered)


def _in_field(term: Term, words: list[str], present: set[str], usual: int) -> float:
    """Return the saturated weight of a term in one text."""
    hits = present.intersection(term.weights)
    if not hits:
        return 0.0
    strongest = max(term.weights[word] for word in hits)
    frequency = sum(term.weights[word] * words.count(word) for word in hits) / strongest
    length = 1 - LENGTH + LENGTH * len(words) / usual
    return strongest * frequency * (SATURATION + 1) / (frequency + SATURATION * length)


def _side_by_side(first: str, second: str, words: list[str]) -> int:
    if first not in words or second not in words:
        return 0
    return any(word == first and words[place + 1] == second for place, word in enumerate(words[:-1]))
