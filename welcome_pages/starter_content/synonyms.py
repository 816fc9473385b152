"""Synonyms of the search: what an entry of the content file must contain, and the rows that the entries become.

An entry is one concept; a row is one word that people type in one language.
"""

from collections.abc import Iterable, Iterator

from portal.starter.located import Mapping, Place
from portal.starter.texts import LANGUAGES

LONGEST_TYPED, LONGEST_MEANT = 100, 300
"""Characters that the fields of the model take."""


def check_synonyms(place: Place) -> None:
    """Raise Problem unless the words of a concept can be saved. It need not have words in every language."""
    fields = place.fields({"key"}, LANGUAGES)
    fields["key"].word(80)
    if len(fields) == 1:
        fields["key"].refuse("has no words in any language")
    for language in LANGUAGES & fields.keys():
        words = fields[language].fields({"typed", "meant"})
        for item in [*words["typed"].items(at_least=1), *words["meant"].items(at_least=1)]:
            if ";" in item.word(LONGEST_TYPED):
                item.refuse("must be a list: the semicolon separates words in the database")
        if len("; ".join(words["meant"].value)) > LONGEST_MEANT:
            words["meant"].refuse(f"has more than {LONGEST_MEANT} characters in all")


def typed_words(concept: Mapping) -> Iterator[tuple[str, str, int]]:
    """Yield language, word and line of everything that people type for a concept."""
    for language in sorted(LANGUAGES & concept.keys()):
        typed = concept[language]["typed"]
        for word, line in zip(typed, typed.lines, strict=True):
            yield language, word, line


def synonym_rows(concepts: Iterable[Mapping]) -> Iterator[tuple[str, str, str]]:
    """Yield language, what readers type, and what the pages call it."""
    for concept in concepts:
        for language, word, _line in typed_words(concept):
            yield language, word, "; ".join(concept[language]["meant"])
