"""Facts and terms as plain rows, read in SQL: a page cites twenty of them, and their rendering is remembered by row.

See docs/departures/rows-in-sql.md.
"""

import datetime
import json
from collections.abc import Collection
from typing import Any, NamedTuple

from django.conf import settings
from django.db import connection
from django.utils import timezone


class FactRow(NamedTuple):
    """What a page shows of a fact. Texts per language stay JSON, so that the row can be the key of a memory."""

    key: str
    kind: str
    label: str
    value: str
    other_languages: str
    target_language: str
    source_name: str
    checked_on: datetime.date
    check_again_on: datetime.date
    in_footer: int | None
    municipality: str

    @property
    def labels(self) -> dict[str, str]:
        """Return the labels by language."""
        return json.loads(self.label)

    @property
    def is_overdue(self) -> bool:
        """Say whether the day has passed on which somebody should have checked the fact again."""
        return self.check_again_on < timezone.localdate()

    def value_in(self, language: str) -> tuple[str, str]:
        """Return the value for readers of a language, and the language that this value is in."""
        values = json.loads(self.other_languages)
        source = self.target_language or settings.LANGUAGE_CODE
        if language in values:
            return values[language], language
        if self.kind == "link" and source == settings.LANGUAGE_CODE and language != source and "en" in values:
            return values["en"], "en"
        return self.value, source


class TermRow(NamedTuple):
    """What a page shows of a glossary term."""

    key: str
    word: str
    meaning: str

    @property
    def words(self) -> dict[str, str]:
        """Return the words by language."""
        return json.loads(self.word)

    @property
    def meanings(self) -> dict[str, str]:
        """Return the meanings by language."""
        return json.loads(self.meaning)

    @property
    def danish_word(self) -> str:
        """Return the official word."""
        return self.words.get(settings.LANGUAGE_CODE) or self.key


FACTS = f"SELECT {', '.join(FactRow._fields)} FROM portal_fact"  # noqa: S608  constants
TERMS = f"SELECT {', '.join(TermRow._fields)} FROM portal_glossaryterm"  # noqa: S608  constants


def _fetch(sql: str, parameters: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


def _marks(keys: Collection[str]) -> str:
    return ", ".join(["%s"] * len(keys)) or "NULL"


def _date(value: datetime.date | str) -> datetime.date:
    return datetime.date.fromisoformat(value) if isinstance(value, str) else value


def fact_rows(keys: Collection[str], *, with_footer: bool) -> list[FactRow]:
    """Return the facts with these keys, and the emergency numbers of the footer if asked for."""
    condition = f"key IN ({_marks(keys)})" + (" OR in_footer IS NOT NULL" if with_footer else "")
    rows = _fetch(f"{FACTS} WHERE {condition}", list(keys))
    return [FactRow._make((*row[:7], _date(row[7]), _date(row[8]), *row[9:])) for row in rows]


def term_rows(keys: Collection[str]) -> list[TermRow]:
    """Return the glossary terms with these keys."""
    return [TermRow(*row) for row in _fetch(f"{TERMS} WHERE key IN ({_marks(keys)})", list(keys))]
