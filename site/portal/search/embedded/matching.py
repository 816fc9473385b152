"""What a question looks for: for each of its words the words of the site that it may mean, in three kinds of text."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import log

from django.conf import settings

from ..questions import Question, content_words
from .index import OTHER
from .vocabulary import Vocabulary, Weights, vocabulary

OWN, DANISH, OTHERS = 0, 1, 2
"""The reader's language, the Danish text beside it, the titles in all other languages."""
READING, SYNONYM, JOINED = 0.8, 0.9, 0.9
"""How much other ways to read a question count: another alphabet, other words, words joined or taken apart."""
COMMON = 0.4
"""The rarity of a word that stands nearly everywhere."""
ALIKE = 0.9
"""What is meant nearly as surely as the surest counts when the rarity of a word is estimated."""


@dataclass
class Term:
    """One word of a question in one kind of text."""

    weights: Weights
    rarity: float
    """How much it tells that a document has it."""


@dataclass
class Search:
    """One way to read a question: its words, in each kind of text."""

    factor: float
    terms: tuple[list[Term], list[Term], list[Term]]
    pairs: list[tuple[str, str]] = field(default_factory=list)
    """Neighbouring words of the question, folded: documents that have them side by side are better."""

    @property
    def is_empty(self) -> bool:
        """Say whether the site has none of these words."""
        return not any(term.weights for kind in self.terms for term in kind)


def searches(question: Question, version: int, synonyms: Sequence[str]) -> list[Search]:
    """Return the ways to read a question that the site has words for, the most likely first."""
    code = question.language
    known = (vocabulary(code, version), vocabulary(settings.LANGUAGE_CODE, version), vocabulary(OTHER, version))
    ways: list[tuple[Sequence[str], float]] = [(question.words, 1.0)]
    ways += [(words, JOINED) for words in _joined_or_apart(question.words, known)]
    ways += [(content_words(text, code), SYNONYM) for text in dict.fromkeys((*question.synonyms, *synonyms))]
    if not all(any(one.forms(word) for one in known) for word in question.words):
        for text in question.readings:
            words = content_words(text, code)
            ways.append((words, READING))
            ways += [(apart, READING * JOINED) for apart in _joined_or_apart(words, known)]
    found = (_search(words, known, factor) for words, factor in ways)
    return [search for search in found if not search.is_empty]


def _joined_or_apart(words: Sequence[str], vocabularies: Iterable[Vocabulary]) -> list[list[str]]:
    """Return the words with two written as one where the site has that, and with one taken apart into words of the site."""
    found: list[list[str]] = []
    for known in vocabularies:
        for place, word in enumerate(words):
            if place + 1 < len(words) and known.forms(word + words[place + 1]):
                found.append([*words[:place], word + words[place + 1], *words[place + 2 :]])
        apart = [part for word in words for part in (known.parts(word) or [word])]
        if len(apart) > len(words):
            found.append(apart)
    return [list(words) for words in dict.fromkeys(map(tuple, found))]


def _search(words: Sequence[str], vocabularies: tuple[Vocabulary, ...], factor: float) -> Search:
    folded = [vocabularies[OWN].fold(word) for word in words]
    own, danish, others = (
        [Term(weights, _rarity(weights, known)) for weights in map(known.meanings, words)] for known in vocabularies
    )
    return Search(factor, (own, danish, others), list(pairwise(folded)))


def _rarity(weights: Weights, known: Vocabulary) -> float:
    """Return the inverse document frequency of what a word most surely means; a word that all have still counts."""
    if not weights:
        return 0.0
    surest = max(weights.values())
    count = sum(known.counts.get(word, 0) for word, weight in weights.items() if weight >= ALIKE * surest)
    count = min(count, known.documents)
    return max(COMMON, log(1 + (known.documents - count + 0.5) / (count + 0.5)))
