"""Whether words or phrases of the editors stand in a question, as whole words."""

from collections.abc import Iterable, Iterator, Sequence

from rapidfuzz.distance import OSA

from .text import folded_words, stem

LONG_WORD = 6
"""Letters from which a word is recognised inflected. "brand" is a fire in Danish, and Brande is a town."""
MOST_CHANGED = 3
"""Letters that an inflection changes at most: "emergency" and "emerge" have one stem and are two words."""
LONG_ENOUGH_FOR_A_MISTAKE = 7
"""Letters from which a word with one mistake is recognised: with fewer it is too often another word."""
QUOTATION_MARKS = ('"', "'", "“", "”", "„", "»", "«")
MINUS = ("-", "−", "–")


def split(texts: str) -> list[str]:
    """Return the words and phrases of a field, which are separated by semicolons."""
    return [text.strip() for text in texts.split(";") if text.strip()]


class PhraseBook:
    """Phrases in one language, each with its owner.

    A phrase is found wherever its words stand side by side, also where a long one is inflected or has a mistake in it.
    In quotation marks it is found only where it is the whole question: "fire" is an emergency, "can they fire me" is not.
    After a minus stands a word that is never taken for another: -скоро, which is no ambulance although it looks like one.
    """

    def __init__(self, language: str, phrases: Iterable[tuple[str, str]]) -> None:
        """Take (phrase, owner) in the order in which the owners shall be found."""
        self._language = language
        self._whole: dict[tuple[str, ...], list[str]] = {}
        self._phrases: list[tuple[tuple[str, ...], str]] = []
        self._never_taken_for_another: set[str] = set()
        self.owners: list[str] = []
        for text, owner in phrases:
            self._add(text, owner)
        self._words = {word for words, _owner in self._phrases for word in words}
        self._long_words: dict[str, list[str]] = {}
        for word in self._words:
            if len(word) >= LONG_WORD:
                self._long_words.setdefault(word[0], []).append(word)

    def _add(self, text: str, owner: str) -> None:
        words = tuple(folded_words(text, self._language))
        if not words:
            return
        if text.startswith(MINUS):
            self._never_taken_for_another.update(words)
            return
        if text.startswith(QUOTATION_MARKS):
            self._whole.setdefault(words, []).append(owner)
        else:
            self._phrases.append((words, owner))
        if owner not in self.owners:
            self.owners.append(owner)

    def owners_in(self, text: str) -> list[str]:
        """Return the owners of the phrases that stand in a question."""
        words = folded_words(text, self._language)
        asked = [frozenset(self._known(word)) for word in words]
        begins = frozenset().union(*asked)
        found = {owner for phrase, owner in self._phrases if phrase[0] in begins and _stand_in(phrase, asked)}
        found.update(self._whole.get(tuple(words), ()))
        return [owner for owner in self.owners if owner in found]

    def _known(self, word: str) -> Iterator[str]:
        """Yield the words of the book that a typed word may be."""
        if word in self._words:
            yield word
        if len(word) < LONG_WORD - 1 or word in self._never_taken_for_another:
            return
        for known in self._long_words.get(word[0], ()):
            if self._is_inflected(word, known) or _is_misspelt(word, known):
                yield known

    def _is_inflected(self, word: str, known: str) -> bool:
        return (
            stem(word, self._language) == stem(known, self._language)
            and OSA.distance(word, known, score_cutoff=MOST_CHANGED) <= MOST_CHANGED
        )


def _is_misspelt(word: str, known: str) -> bool:
    """Say whether a long word has one mistake inside. At its end stands what makes it another word: police, policy."""
    return (
        len(known) >= LONG_ENOUGH_FOR_A_MISTAKE
        and word[-1] == known[-1]
        and OSA.distance(word, known, score_cutoff=1) <= 1
    )


def _stand_in(phrase: tuple[str, ...], asked: Sequence[frozenset[str]]) -> bool:
    return any(
        all(word in asked[start + place] for place, word in enumerate(phrase))
        for start in range(len(asked) - len(phrase) + 1)
    )
