"""The content that ships, read once, and the bare words of its texts."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from events_calendar.starter_activities.loader import File
from events_calendar.starter_activities.reader import read as read_activities
from portal.facts.tokens import TOKEN
from portal.starter.markup import LINK
from welcome_pages.starter_content.reader import Content, PageFile, read, texts

LANGUAGES = ("da", "en", "de", "pl", "ru")
MUNICIPALITIES = ("ringkoebing-skjern", "holstebro", "struer", "herning", "ikast-brande")


class Text(NamedTuple):
    """One text in five languages, and where it stands."""

    place: str
    versions: Mapping[str, str]


@cache
def content() -> Content:
    """Return the content that ships."""
    return read()


@cache
def activity_files() -> list[File]:
    """Return the files of the calendar that ship: one page each."""
    found = read_activities()
    return [*found.calendars, *found.overviews, *found.activities]


def number_of_pages() -> int:
    """Return how many Danish pages all rooms ship: one per file, and that of the hotline."""
    return len(content().pages) + len(activity_files()) + 1


def page_file(name: str) -> PageFile:
    """Return the page file with this path."""
    return next(file for file in content().pages if file.name == name)


def page_texts(folder: str = "") -> Iterator[Text]:
    """Yield every text of every page below a folder."""
    for file in content().pages:
        if file.name.startswith(folder):
            for versions, line in texts(file.data):
                yield Text(f"{file.name}:{line}", versions)


def register_texts() -> Iterator[Text]:
    """Yield what the fact register, the glossary and the words on forms show to readers."""
    for fact in content().facts:
        yield Text(f"label of fact {fact['key']}", fact["label"])
        if fact["kind"] == "text":
            yield Text(f"fact {fact['key']}", {"da": fact["value"], **(fact.get("other_languages") or {})})
    for term in content().terms:
        yield Text(f"word of term {term['key']}", term["word"])
        yield Text(f"meaning of term {term['key']}", term["meaning"])
    for word in content().form_words:
        yield Text(f"form word {word['key']}", word["word"])
        yield Text(f"meaning of form word {word['key']}", word["meaning"])


def all_texts() -> list[Text]:
    """Return all that readers are shown."""
    return [*page_texts(), *register_texts()]


def words_of(text: str, *, with_labels: bool = True) -> str:
    """Return a text as a reader sees it, without marks, and with or without the labels of terms."""
    shown = TOKEN.sub(lambda match: (match[3] or "") if with_labels else " ", text)
    return " ".join(LINK.sub(r"\1", shown).replace("**", "").split())


def sentences(text: str) -> list[str]:
    """Return the sentences of a text."""
    return [part for part in re.split(r"(?<=[.!?:])\s+", words_of(text)) if part]
