"""How easy a text is to read: words per sentence and LIX (Björnsson 1968), the measure that Danish schools know.

LIX is the number of words per sentence plus the percentage of words with more than six letters. It compares texts of one
language: German, Polish and Russian words are longer than Danish ones, so their numbers are higher for the same ease.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import unescape

LONG_WORD = 6
"""Words with more letters than this are long."""
LONG_SENTENCE = 20
"""Words; style.md asks for fifteen or fewer in most sentences."""
BLOCK_END = re.compile(r"</(?:p|li|h\d|div|td|dt|dd)>|<br\s*/?>|\n")
TAG = re.compile(r"<[^>]+>")
SENTENCE_END = re.compile(r"(?<=[.!?:…])\s+")
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


@dataclass(frozen=True)
class Readability:
    """What was counted in a text."""

    words: int
    sentences: int
    long_words: int
    longest_sentence: str
    long_sentences: int

    @property
    def words_per_sentence(self) -> float:
        """Return the mean length of a sentence, or 0 without words."""
        return self.words / self.sentences if self.sentences else 0.0

    @property
    def lix(self) -> int:
        """Return the LIX: below 30 as in children's books, from 50 as in official texts."""
        return round(self.words_per_sentence + 100 * self.long_words / self.words) if self.words else 0


def measure(texts: Iterable[str]) -> Readability:
    """Count sentences and words of texts with or without mark-up. A list item or heading is a sentence of its own."""
    sentences = [
        (sentence.strip(), words)
        for text in texts
        for block in BLOCK_END.split(text)
        for sentence in SENTENCE_END.split(unescape(TAG.sub("", block)))
        if (words := WORD.findall(sentence))
    ]
    longest = max(sentences, key=lambda one: len(one[1]), default=("", []))
    return Readability(
        words=sum(len(words) for _sentence, words in sentences),
        sentences=len(sentences),
        long_words=sum(len(word) > LONG_WORD for _sentence, words in sentences for word in words),
        longest_sentence=longest[0],
        long_sentences=sum(len(words) > LONG_SENTENCE for _sentence, words in sentences),
    )
