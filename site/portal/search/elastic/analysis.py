"""How the texts of an index are cut into words: generated from what is known of its language, so that a further one is data.

Diacritics are folded before words are stemmed, so that a word goes the same way with and without them.
"""

import re
from collections.abc import Sequence
from typing import Any

from django.conf import settings

from ..languages import SearchLanguage, search_language
from ..text import folded_stop_words, folded_suffixes

SHORTEST_STEM = 3
SHORTEST_PART, LONGEST_PART, SHORTEST_COMPOUND = 4, 20, 7
GRAM = 3

CHARACTER_FILTERS: dict[str, Any] = {
    # a-kasse and e-mail are one word, which people also write without the hyphen. The pattern begins with the one sign
    # that it is about: whatever else a text has, and that is all of it, costs nothing.
    "short_prefix": {
        "type": "pattern_replace",
        "pattern": r"-(?=\p{L})(?<=(?<![\p{L}\p{N}])\p{L}-)",
        "replacement": "",
    },
    "apostrophe": {"type": "pattern_replace", "pattern": r"['’`´](?:s\b)?", "replacement": ""},
}


def analysis(code: str, parts: Sequence[str], danish_parts: Sequence[str], synonyms: Sequence[str]) -> dict[str, Any]:
    """Return the `analysis` of the index of a language.

    `parts` are the stems that compounds of the language are taken apart into, `danish_parts` those of the Danish text
    beside it; `synonyms` are lines in Solr's format, which only questions go through.
    """
    own, danish = search_language(code), search_language(settings.LANGUAGE_CODE)
    found: dict[str, Any] = {
        "char_filter": dict(CHARACTER_FILTERS),
        "tokenizer": {
            "grams": {"type": "ngram", "min_gram": GRAM, "max_gram": GRAM, "token_chars": ["letter", "digit"]}
        },
        "filter": {"pairs": {"type": "shingle", "output_unigrams": False, "token_separator": ""}},
        "analyzer": {"folded": _analyzer(["lowercase", "asciifolding"])},
    }
    if synonyms:
        found["filter"]["synonyms"] = {"type": "synonym_graph", "synonyms": list(synonyms), "lenient": True}
    for name, language, words in (("own", own, parts), ("danish", danish, danish_parts)):
        _add_language(found, name, language, words, has_synonyms=bool(synonyms))
    return found


def stemming(language: SearchLanguage) -> dict[str, Any]:
    """Return what finds the stems of folded words, in the form in which the server can be asked for them."""
    return {"tokenizer": "whitespace", "filter": ["lowercase", *_folding(language), *_stemmer(language).values()]}


def _add_language(
    found: dict[str, Any], name: str, language: SearchLanguage, parts: Sequence[str], *, has_synonyms: bool
) -> None:
    """Add the analyzers for texts of one language: by stem, by pairs of words as one, by word, by three letters."""
    letters = {f"{name}_letters": _letters(language)} if language.letters else {}
    dictionary = {f"{name}_{kind}": definition for kind, definition in _dictionary(language).items()}
    stemmer = {f"{name}_{kind}": definition for kind, definition in _stemmer(language).items()}
    stop = {f"{name}_stop": _stop(language)} if language.stop_words else {}
    compounds = {f"{name}_parts": _compounds(parts)} if parts else {}
    found["char_filter"] |= letters
    found["filter"] |= {**dictionary, **stemmer, **stop, **compounds}
    # Where Elasticsearch has a filter of its own for the language's letters, that one knows more of them.
    word_letters = [] if language.elasticsearch_folding else list(letters)
    folding = _folding(language)
    words = ["lowercase", *dictionary, *folding]
    stems = [*words, *stop, *stemmer]
    synonyms = ["synonyms"] if has_synonyms else []
    found["analyzer"] |= {
        name: _analyzer([*stems, *compounds], word_letters),
        f"{name}_stems": _analyzer(stems, word_letters),
        f"{name}_asked": _analyzer([*stems, *synonyms], word_letters),
        f"{name}_pairs": _analyzer(["lowercase", *folding, "pairs", *stemmer], word_letters),
        f"{name}_grams": _analyzer(["lowercase", "asciifolding"], list(letters), "grams"),
    }


def _analyzer(filters: Sequence[str], letters: Sequence[str] = (), tokenizer: str = "standard") -> dict[str, Any]:
    characters = [*CHARACTER_FILTERS, *letters]
    return {"type": "custom", "tokenizer": tokenizer, "char_filter": characters, "filter": list(filters)}


def _letters(language: SearchLanguage) -> dict[str, Any]:
    mappings = [f"{written} => {folded}" for written, folded in language.letters.items()]
    return {"type": "mapping", "mappings": mappings}


def _folding(language: SearchLanguage) -> list[str]:
    return [*language.elasticsearch_folding, "asciifolding"]


def _stop(language: SearchLanguage) -> dict[str, Any]:
    return {"type": "stop", "stopwords": sorted(folded_stop_words(language.code))}


def _dictionary(language: SearchLanguage) -> dict[str, Any]:
    """Return the filter that looks words up as they are written, where the servers have the dictionary."""
    if not language.hunspell or not settings.ELASTICSEARCH_HUNSPELL:
        return {}
    return {"hunspell": {"type": "hunspell", "locale": language.hunspell, "dedup": True}}


def _stemmer(language: SearchLanguage) -> dict[str, Any]:
    """Return the filter that cuts folded words to their stems."""
    if language.elasticsearch_stemmer:
        return {"stemmer": {"type": "stemmer", "language": language.elasticsearch_stemmer}}
    if not language.suffixes:
        return {}
    endings = "|".join(map(re.escape, folded_suffixes(language.code)))
    pattern = f"^(.{{{SHORTEST_STEM},}}?)(?:{endings})$"
    return {"endings": {"type": "pattern_replace", "pattern": pattern, "replacement": "$1"}}


def _compounds(parts: Sequence[str]) -> dict[str, Any]:
    return {
        "type": "dictionary_decompounder",
        "word_list": list(parts),
        "min_word_size": SHORTEST_COMPOUND,
        "min_subword_size": SHORTEST_PART,
        "max_subword_size": LONGEST_PART,
    }
