"""From a text to words, by the same steps for documents and questions.

Folding comes before stemming, so that a word goes the same way with and without its diacritics.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

import Stemmer

from .languages import search_language

WORD = re.compile(r"[^\W_]+(?:\u2060[^\W_]+)*")
SHORT_PREFIX = re.compile(r"-(?<=(?<![^\W_])[^\W\d_]-)(?=[^\W\d_])")
"""The hyphen of a-kasse and e-mail: one word, which people also write without it."""
APOSTROPHE = re.compile(r"['’`´](?:s\b)?")
WITHOUT_DECOMPOSITION = {"ł": "l", "ø": "o", "æ": "ae", "đ": "d", "ß": "ss", "þ": "th", "œ": "oe", "ı": "i"}
VOWELS = frozenset("aeiouyq")


class Word(NamedTuple):
    """A word of a text with its place."""

    text: str
    """In small letters, diacritics kept."""
    start: int
    end: int


def words_of(text: str) -> Iterator[Word]:
    """Yield the words of a text in order, with the places of the whole word in it."""
    for match in WORD.finditer(_prepared(text)):
        yield Word(_spoken(match[0]), match.start(), match.end())


class Weights(dict[str, float]):
    """How much a question means each word of a text, remembered as the word is written: most weigh nothing."""

    def __init__(self, weight_of: Callable[[str], float]) -> None:
        super().__init__()
        self.weight_of = weight_of

    def __missing__(self, written: str) -> float:
        """Weigh a word that is seen for the first time."""
        weight = self[written] = self.weight_of(_spoken(written))
        return weight


def weighed_words(text: str, weights: Weights) -> list[tuple[Word, float]]:
    """Return the words of a text that weigh something. Of a long text these are few, and the others cost little."""
    return [
        (Word(_spoken(match[0]), match.start(), match.end()), weights[match[0]])
        for match in WORD.finditer(_prepared(text))
        if weights[match[0]]
    ]


def _spoken(written: str) -> str:
    return written.replace("\u2060", "").lower()


def _prepared(text: str) -> str:
    """Return a text of the same length, so that places stay true, in which each word is in one piece."""
    prepared = SHORT_PREFIX.sub("\u2060", text)
    return APOSTROPHE.sub(lambda match: "\u2060" * len(match[0]), prepared)


@lru_cache(maxsize=100_000)
def fold(word: str, code: str) -> str:
    """Return a word without diacritics, by the habits of a language: Führer, Fuehrer and Fuhrer are one."""
    word = unicodedata.normalize("NFC", word).lower()
    letters = search_language(code).letters
    if letters:
        word = _replace(word, letters)
    if word.isascii():
        return word
    word = "".join(WITHOUT_DECOMPOSITION.get(letter, letter) for letter in word)
    decomposed = unicodedata.normalize("NFKD", word)
    # й is a letter of its own, and no и with a mark.
    kept = (letter for letter in decomposed if not unicodedata.combining(letter) or letter == "\u0306")
    return unicodedata.normalize("NFC", "".join(kept)).replace("\u0306", "")


def _replace(word: str, letters: Mapping[str, str]) -> str:
    out, place = [], 0
    while place < len(word):
        pair, one = word[place : place + 2], word[place]
        # The e of neue and Steuer marks no umlaut: it follows a vowel before it.
        if len(pair) == 2 and pair in letters and not (pair == "ue" and place and word[place - 1] in VOWELS):
            out.append(letters[pair])
            place += 2
        else:
            out.append(letters.get(one, one))
            place += 1
    return "".join(out)


@lru_cache(maxsize=16)
def _stemmer(name: str) -> Stemmer.Stemmer:
    return Stemmer.Stemmer(name)


@lru_cache(maxsize=200_000)
def stem(folded: str, code: str) -> str:
    """Return the stem of a folded word, or the word itself in a language without a stemmer."""
    name = search_language(code).stemmer
    return fold(_stemmer(name).stemWord(folded), code) if name else folded


@lru_cache(maxsize=32)
def folded_stop_words(code: str) -> frozenset[str]:
    """Return the stop words of a language as they look in folded texts."""
    return frozenset(fold(word, code) for word in search_language(code).stop_words)


@lru_cache(maxsize=32)
def folded_suffixes(code: str) -> tuple[str, ...]:
    """Return the endings to cut, folded, longest first."""
    folded = {fold(suffix, code) for suffix in search_language(code).suffixes}
    return tuple(sorted(folded, key=lambda suffix: (-len(suffix), suffix)))


def folded_words(text: str, code: str) -> list[str]:
    """Return the folded words of a text in order."""
    return [fold(word.text, code) for word in words_of(text)]
