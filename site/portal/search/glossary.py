"""The glossary as synonyms: who types one word of a term also looks for its others, and for the Danish one on the pages."""

from functools import lru_cache

from django.conf import settings

from portal.facts.models import GlossaryTerm

from .questions import Question
from .text import fold, stem, words_of

MOST_SYNONYMS = 8
"""Ways to say a question in other words; a question that names many terms needs no more."""


def term_words(term: GlossaryTerm, language: str) -> list[str]:
    """Return the words of a term in a language, the first, best one first."""
    synonyms = [part.strip() for part in (term.synonyms.get(language) or "").split(";")]
    return [word for word in dict.fromkeys([term.word.get(language, ""), *synonyms]) if word]


def phrases(language: str) -> list[list[str]]:
    """Return, for each term, what means the same to a reader of a language: its words there and in Danish."""
    found = []
    for term in GlossaryTerm.objects.order_by("key"):
        same = list(dict.fromkeys([*term_words(term, language), *term_words(term, settings.LANGUAGE_CODE)]))
        if len(same) > 1:
            found.append(same)
    return found


@lru_cache(maxsize=32)
def _by_stems(language: str, version: int) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return, for every phrase, its stems and what else means the same. `version` is part of the key, so that it is current."""
    return tuple(
        (_stems(phrase, language), tuple(other for other in same if other != phrase))
        for same in phrases(language)
        for phrase in same
    )


def _stems(text: str, language: str) -> str:
    return " ".join(stem(fold(word.text, language), language) for word in words_of(text))


def glossary_synonyms(question: Question, version: int) -> tuple[str, ...]:
    """Return the question with each term in it replaced by the other words for it; the rest of the question stays."""
    stems = [stem(fold(word, question.language), question.language) for word in question.words]
    asked = f" {' '.join(stems)} "
    found: dict[str, None] = {}
    for phrase, others in _by_stems(question.language, version):
        if phrase and f" {phrase} " in asked:
            replaced = set(phrase.split())
            rest = [word for word, base in zip(question.words, stems, strict=True) if base not in replaced]
            for other in others:
                found[" ".join([other, *rest])] = None
    return tuple(found)[:MOST_SYNONYMS]
