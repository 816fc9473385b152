"""What the tables in the database say of a question before it is asked of another server."""

from functools import lru_cache

from django.conf import settings
from django.db.models import Q

from .models import SearchDocument, SearchState, SearchWord
from .questions import Question
from .text import fold, stem


def without_document(question: Question) -> tuple[str, ...]:
    """Return the words that no document has as they are or by their stem, in the language of the question or in Danish.

    A part of a compound stands in no list: such a word is returned, though documents answer to it.
    """
    languages = dict.fromkeys((question.language, settings.LANGUAGE_CODE))
    forms = {code: {word: fold(word, code) for word in question.words} for code in languages}
    stems = {code: {word: stem(form, code) for word, form in forms[code].items()} for code in languages}
    any_form = Q()
    for code in languages:
        any_form |= Q(language=code) & (Q(word__in=forms[code].values()) | Q(stem__in=stems[code].values()))
    known: set[tuple[str, str]] = set()
    for code, form, base in SearchWord.objects.filter(any_form).values_list("language", "word", "stem"):
        known.update((code, form) for form in (form, base))
    return tuple(
        word
        for word in question.words
        if not any({(code, forms[code][word]), (code, stems[code][word])} & known for code in languages)
    )


def untranslated_languages() -> frozenset[str]:
    """Return the languages whose readers get some document in Danish: in others nothing need be asked of the Danish texts."""
    return _untranslated(SearchState.objects.values_list("version", flat=True).filter(pk=1).first() or 0)


@lru_cache(maxsize=2)
def _untranslated(version: int) -> frozenset[str]:
    rows = SearchDocument.objects.filter(language=settings.LANGUAGE_CODE).exclude(missing_in=[])
    return frozenset(language for languages in rows.values_list("missing_in", flat=True) for language in languages)
