"""Reads sets of documents and graded questions for `evaluate_search`, and refuses a malformed one by name."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings

from .documents import Document, Kind
from .evaluation import GradedQuestion

BEST_GRADE = 3


class MalformedSet(Exception):
    """A file that is no set, with the reason."""


def read_documents(path: Path) -> list[Document]:
    """Return the documents of a file {"docs": [{"id", "lang", "title", "body"}]}; the same id is one page in several languages.

    Raises MalformedSet.
    """
    rows = _rows(path, "docs", ("id", "lang", "title", "body"))
    pages: dict[str, dict[str, dict[str, Any]]] = {}
    for row in rows:
        versions = pages.setdefault(row["id"], {})
        if row["lang"] in versions:
            raise MalformedSet(f"{path}: the document {row['id']} stands twice in {row['lang']}")
        versions[row["lang"]] = row
    languages = list(dict.fromkeys(row["lang"] for row in rows))
    return [document for key, versions in pages.items() for document in _documents(key, versions, languages)]


def _documents(key: str, versions: dict[str, dict[str, Any]], languages: list[str]) -> Iterable[Document]:
    source = settings.LANGUAGE_CODE
    danish = versions.get(source, {"title": "", "body": ""})
    for language, row in versions.items():
        is_danish = language == source
        yield Document(
            source="evaluation",
            origin=key,
            language=language,
            key=key,
            kind=Kind.GUIDE,
            title=row["title"],
            body=row["body"],
            danish_title="" if is_danish else danish["title"],
            danish_body="" if is_danish else danish["body"],
            other_titles=tuple(other["title"] for code, other in versions.items() if code not in {language, source}),
            missing_in=tuple(code for code in languages if code not in versions) if is_danish else (),
        )


def read_questions(path: Path) -> list[GradedQuestion]:
    """Return the questions of a file {"queries": [{"id", "lang", "text", "kind", "relevant": {document id: 1|2|3}}]}.

    Raises MalformedSet.
    """
    found = []
    for row in _rows(path, "queries", ("id", "lang", "text", "kind")):
        relevant = row.get("relevant")
        if not isinstance(relevant, dict) or not all(
            isinstance(grade, int) and 1 <= grade <= BEST_GRADE for grade in relevant.values()
        ):
            raise MalformedSet(f"{path}: the query {row['id']} needs “relevant”: a document id and 1, 2 or 3 for each")
        found.append(GradedQuestion(row["id"], row["lang"], row["text"], row["kind"], relevant))
    return found


def _rows(path: Path, name: str, fields: tuple[str, ...]) -> list[dict[str, Any]]:
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))[name]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise MalformedSet(f"{path}: expected a JSON object with a list “{name}”; {error}") from error
    if not isinstance(rows, list) or not rows:
        raise MalformedSet(f"{path}: the list “{name}” is empty or no list")
    for place, row in enumerate(rows, 1):
        for field in fields:
            if not isinstance(row, dict) or not isinstance(row.get(field), str) or not row[field]:
                raise MalformedSet(f"{path}: entry {place} of “{name}” needs a text “{field}”")
    return rows
