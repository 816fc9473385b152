"""What somebody asks, in the readings that it may have: wrong alphabet, wrong keyboard, the editors' synonyms."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from .languages import SearchLanguage, alphabets
from .text import fold, folded_stop_words, words_of

LONGEST_QUESTION = 200
"""Characters of a question that are looked at; nobody's question is longer, and a longer one is only expensive."""
MOST_WORDS = 16
Y_AND_Z = str.maketrans("yzYZ", "zyZY")
"""German keyboards have them the other way round."""
LATIN = re.compile(r"[a-zA-Z]")


@dataclass(frozen=True)
class Question:
    """A question that a backend can answer."""

    text: str
    """As typed, without control characters, at most `LONGEST_QUESTION` characters."""
    language: str
    words: tuple[str, ...]
    """The words that say what it is about, in small letters, diacritics kept."""
    readings: tuple[str, ...] = ()
    """What may have been meant instead: another alphabet, another keyboard. Weaker than the text itself."""
    synonyms: tuple[str, ...] = ()
    """Other words that mean the same, from the editors. As good as the text itself, nearly."""
    place: str = ""
    """The municipality that the question names: its documents are meant, and not those of others."""

    @property
    def content(self) -> str:
        """Return the words that count as one text."""
        return " ".join(self.words)


def ask(text: str, language: str, synonyms: tuple[str, ...] = (), place: str = "") -> Question:
    """Return the question that a text asks. Never fails: a text without words is a question without words."""
    text = clean(text)
    words = tuple(content_words(text, language))
    readings = tuple(dict.fromkeys(reading for reading in readings_of(text.lower()) if reading.strip()))
    return Question(text, language, words, readings, synonyms, place)


def clean(text: str) -> str:
    """Return a text as one line without control characters, cut to a length that a person may type."""
    text = unicodedata.normalize("NFC", text[: LONGEST_QUESTION * 4])
    text = "".join(" " if unicodedata.category(letter)[0] in "CZ" else letter for letter in text)
    return " ".join(text.split())[:LONGEST_QUESTION].strip()


def content_words(text: str, language: str) -> list[str]:
    """Return the words of a text without those that say nothing of the topic; all of them where nothing else is left."""
    words = list(dict.fromkeys(word.text for word in words_of(text)))[:MOST_WORDS]
    stop_words = folded_stop_words(language)
    kept = [word for word in words if fold(word, language) not in stop_words]
    return kept or words


# Other readings -------------------------------------------------------------------------------------------------------


def readings_of(text: str) -> list[str]:
    """Return what a text may have been meant to be in another alphabet or on another keyboard."""
    if not text:
        return []
    found = []
    has_latin = bool(LATIN.search(text))
    if has_latin:
        found.append(text.translate(Y_AND_Z))
    for language in alphabets():
        has_own = any(letter in language.latin for letter in text.lower())
        if has_own:
            found += _look_alikes(text, language)
        if has_own and not has_latin:
            found.append(_typed_on(text, {letter: key for key, letter in language.keyboard.items()}))
            found += to_latin(text, language)
        elif has_latin and not has_own:
            found.append(_typed_on(text, language.keyboard))
            found += from_latin(text, language)
    return [reading for reading in found if reading != text]


def _look_alikes(text: str, language: SearchLanguage) -> list[str]:
    """Return the text with Latin letters in the place of those of an alphabet that have the same shape."""
    same = language.look_alikes
    changed = "".join(same.get(letter, same.get(letter.upper(), letter).lower()) for letter in text)
    return [] if any(letter in language.latin for letter in changed.lower()) else [changed]


def _typed_on(text: str, keys: Mapping[str, str]) -> str:
    return "".join(keys.get(letter, letter) for letter in text.lower())


def to_latin(text: str, language: SearchLanguage) -> list[str]:
    """Return a text of another alphabet in Latin letters: the usual way, and the ways that Danish words are heard."""
    most = max((len(ways) for ways in language.latin.values()), default=0)
    return [
        "".join(
            language.latin[letter][min(way, len(language.latin[letter]) - 1)] if letter in language.latin else letter
            for letter in text.lower()
        )
        for way in range(most)
    ]


def from_latin(text: str, language: SearchLanguage) -> list[str]:
    """Return a text in Latin letters in the alphabet of a language, longest letter groups first."""
    groups: dict[str, str] = {}
    for usual in (True, False):
        for letter, ways in language.latin.items():
            for way in filter(None, ways[:1] if usual else ways[1:]):
                groups.setdefault(way, letter)
    out, place, text = [], 0, text.lower()
    longest = max(map(len, groups), default=1)
    while place < len(text):
        for length in range(longest, 0, -1):
            group = text[place : place + length]
            if group in groups:
                out.append(_after(groups[group], group, text, place, language))
                place += len(group)
                break
        else:
            out.append(text[place])
            place += 1
    return ["".join(out)]


def _after(letter: str, group: str, text: str, place: int, language: SearchLanguage) -> str:
    """Return the letter for a group; y is a vowel between consonants, and й beside a vowel."""
    if group == "y":
        before = text[place - 1] if place else " "
        return language.y_beside_vowel if before in "aeiouy" and language.y_beside_vowel else letter
    return letter
