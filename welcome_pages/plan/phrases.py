"""The phrases of the counter: what staff and newcomers say to one another, side by side, to point at."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from portal.starter.located import Mapping, Place, Problem, load
from portal.starter.texts import check_text

from .texts import TEXTS, Text, Words, words_of

PHRASES = TEXTS / "phrases.yaml"


@dataclass(frozen=True)
class Section:
    """Phrases about one thing."""

    key: str
    title: Text
    phrases: list[Text]


@dataclass(frozen=True)
class PhraseRow:
    """One phrase as it is shown."""

    danish: str
    others: list[Words]
    """In the reader's language; on the Danish page in every other one."""


def read_phrases(path: Path = PHRASES) -> list[Section]:
    """Return the phrases of a file. Raises Problem at the first mistake."""
    data = load(path)
    if not isinstance(data, Mapping):
        raise Problem(path, 1, "a mapping is expected")
    return [_section(Place(path, data.lines[key], key, value)) for key, value in data.items()]


def _section(place: Place) -> Section:
    fields = place.fields({"title", "phrases"})
    check_text(fields["title"], is_plain=True)
    phrases = fields["phrases"].items(at_least=1)
    for phrase in phrases:
        check_text(phrase, is_plain=True)
    return Section(place.name, dict(fields["title"].value), [dict(phrase.value) for phrase in phrases])


@lru_cache(maxsize=1)
def shipped_phrases() -> list[Section]:
    """Return the phrases that ship with the software, read once per process."""
    return read_phrases()


def phrase_sections(language: str) -> list[dict[str, Any]]:
    """Return all phrases for a reader of this language."""
    danish = settings.LANGUAGE_CODE
    shown = [language] if language != danish else [code for code, _name in settings.LANGUAGES if code != danish]
    return [
        {
            "key": section.key,
            "title": words_of(section.title, language),
            "rows": [
                PhraseRow(phrase[danish], [words_of(phrase, code) for code in shown if code in phrase])
                for phrase in section.phrases
            ],
        }
        for section in shipped_phrases()
    ]
