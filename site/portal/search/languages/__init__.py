"""What the search knows of each language. A further language is one more module here, named by its code.

A language without a module is searched all the same: words are folded and compared with the site's own words.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import import_module


@dataclass(frozen=True)
class SearchLanguage:
    """The words and letters of one language, as far as searching needs them."""

    code: str
    stemmer: str = ""
    """The Snowball stemmer of the embedded index; empty: words are not stemmed."""
    elasticsearch_stemmer: str = ""
    """The `stemmer` filter of Elasticsearch, where it has one for the language."""
    elasticsearch_folding: tuple[str, ...] = ()
    """Token filters that fold the language's own letters, before `asciifolding`."""
    suffixes: frozenset[str] = frozenset()
    """Endings to cut: for a language that Elasticsearch cannot stem without a plugin."""
    hunspell: str = ""
    """The hunspell dictionary that may replace the endings, such as pl_PL."""
    letters: Mapping[str, str] = field(default_factory=dict)
    """What is folded to what, before diacritics are taken off: {"æ": "a", "ae": "a"}. Keys of one or two letters."""
    has_compounds: bool = False
    """Whether words are written together: skattekort, Steuerkarte."""
    stop_words: frozenset[str] = frozenset()
    """Words that say nothing of the topic, as written: articles, question words, the name of the country."""
    keyboard: Mapping[str, str] = field(default_factory=dict)
    """The key of a Latin keyboard → the letter on the same key of the language's own, where its alphabet is another."""
    look_alikes: Mapping[str, str] = field(default_factory=dict)
    """A letter of the language's own alphabet → the Latin letter of the same shape: the Cyrillic СРR is CPR."""
    latin: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """A letter of the language's own alphabet → how it is written in Latin letters, the usual way first."""
    y_beside_vowel: str = ""
    """The letter for a Latin y behind a vowel, where that is another than behind a consonant."""
    no_compound_parts: frozenset[str] = frozenset()
    """Folded words that are endings of others by chance, and no parts: ring in forsikring."""


def words(text: str) -> frozenset[str]:
    """Return the words of a text: a list that people can read and mend."""
    return frozenset(text.split())


@lru_cache(maxsize=64)
def search_language(code: str) -> SearchLanguage:
    """Return what is known of a language; of an unknown one nothing but its code."""
    base = code.split("-", maxsplit=1)[0].lower()
    if not base.isalpha():
        return SearchLanguage(code)
    try:
        return import_module(f"{__name__}.{base}").LANGUAGE
    except ModuleNotFoundError:
        return SearchLanguage(code)


def alphabets() -> tuple[SearchLanguage, ...]:
    """Return the known languages of the site that are not written in Latin letters."""
    from django.conf import settings

    found = (search_language(code) for code, _name in settings.LANGUAGES)
    return tuple(language for language in found if language.keyboard)


__all__ = ["SearchLanguage", "alphabets", "search_language", "words"]
