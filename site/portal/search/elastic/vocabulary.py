"""The words of the site, as far as the indexes of Elasticsearch need them: parts of compounds, and synonyms."""

from collections.abc import Iterable
from itertools import islice

from elasticsearch import Elasticsearch

from ..glossary import phrases
from ..languages import search_language
from ..models import SearchWord
from ..text import fold, words_of
from .analysis import LONGEST_PART, SHORTEST_PART, stemming

MOST_PARTS = 30_000
"""Words that compounds are taken apart into: the most frequent ones."""
BATCH = 5_000
"""The server analyses 10,000 words at once, at most."""


def site_words(language: str) -> list[str]:
    """Return the folded words of the site in a language, the most frequent first."""
    if not search_language(language).has_compounds:
        return []
    words = SearchWord.objects.filter(language=language).order_by("-documents", "word")
    return list(words.values_list("word", flat=True)[:MOST_PARTS])


def parts(client: Elasticsearch, language: str, words: Iterable[str]) -> list[str]:
    """Return the stems that compounds of a language may be made of, as this server finds them."""
    known = search_language(language)
    if not known.has_compounds:
        return []
    not_parts = {fold(word, language) for word in known.no_compound_parts}
    stems: set[str] = set()
    candidates = (word for word in words if len(word) >= SHORTEST_PART and word.isalpha() and word not in not_parts)
    while batch := list(islice(candidates, BATCH)):
        answer = client.indices.analyze(**stemming(known), text=" ".join(batch))
        stems.update(token["token"] for token in answer["tokens"])
    return sorted(stem for stem in stems - not_parts if SHORTEST_PART <= len(stem) <= LONGEST_PART)


def synonyms(language: str) -> list[str]:
    """Return the glossary in Solr's format: on each line what means the same to a reader of a language."""
    lines = (dict.fromkeys(filter(None, map(_plain, same))) for same in phrases(language))
    return list(dict.fromkeys(", ".join(line) for line in lines if len(line) > 1))


def _plain(phrase: str) -> str:
    """Return the words of a phrase without the signs that mean something in the format."""
    return " ".join(word.text for word in words_of(phrase))
