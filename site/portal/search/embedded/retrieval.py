"""Finds the documents that may answer, with the full-text index of the database: FTS5 on SQLite, tsvector on PostgreSQL."""

from collections.abc import Iterable

from django.conf import settings
from django.db import connection

from ..answers import Filters
from ..models import SearchDocument
from ..text import stem
from .index import index_terms
from .matching import DANISH, OTHERS, OWN, Search

CANDIDATES = 150
"""Documents that are looked at closely; the full-text index puts the likely ones first."""

TABLE = SearchDocument._meta.db_table


def candidates(searches: list[Search], language: str, filters: Filters) -> list[int]:
    """Return the ids of documents that have some of the words, the likely ones first."""
    wanted = [_terms(searches, OWN, language), _terms(searches, DANISH, language), _terms(searches, OTHERS, language)]
    if not any(wanted):
        return []
    find = {"sqlite": _in_sqlite, "postgresql": _in_postgresql}[connection.vendor]
    conditions, values = _conditions(filters)
    return find(wanted, conditions, values)


def _terms(searches: list[Search], kind: int, language: str) -> list[str]:
    """Return the different terms of the index that stand for the words of one kind of text."""
    words = dict.fromkeys(word for search in searches for term in search.terms[kind] for word in term.weights)
    code = {OWN: language, DANISH: settings.LANGUAGE_CODE}.get(kind)
    return index_terms(language, (stem(word, code) if code else word for word in words)).split()


def _conditions(filters: Filters) -> tuple[str, list[str]]:
    if not filters.missing_in:
        return "", []
    return f" AND {TABLE}.missing_in LIKE %s", [f'%"{filters.missing_in}"%']


def _in_sqlite(wanted: list[list[str]], conditions: str, values: list[str]) -> list[int]:
    columns = ("own_stems", "danish_stems", "other_words")
    parts = [
        f"{column} : ({' OR '.join(_quoted(terms))})" for column, terms in zip(columns, wanted, strict=True) if terms
    ]
    sql = f"""
        SELECT {TABLE}.id FROM {TABLE}_fts JOIN {TABLE} ON {TABLE}.id = {TABLE}_fts.rowid
        WHERE {TABLE}_fts MATCH %s{conditions} ORDER BY bm25({TABLE}_fts, 1.0, 0.6, 0.5) LIMIT {CANDIDATES}
    """  # noqa: S608  constants and placeholders
    return _ids(sql, [" OR ".join(parts), *values])


def _in_postgresql(wanted: list[list[str]], conditions: str, values: list[str]) -> list[int]:
    parts = [f"'{term}':{weight}" for weight, terms in zip("ABC", wanted, strict=True) for term in terms]
    query = " | ".join(parts)
    sql = f"""
        SELECT {TABLE}.id FROM {TABLE} WHERE full_text @@ %s::tsquery{conditions.replace("missing_in", "missing_in::text")}
        ORDER BY ts_rank('{{0.1, 0.5, 0.6, 1.0}}', full_text, %s::tsquery) DESC, {TABLE}.id LIMIT {CANDIDATES}
    """  # noqa: S608  constants and placeholders
    return _ids(sql, [query, *values, query])


def _quoted(terms: Iterable[str]) -> list[str]:
    return [f'"{term}"' for term in terms]


def _ids(sql: str, values: list[str]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [row[0] for row in cursor.fetchall()]
