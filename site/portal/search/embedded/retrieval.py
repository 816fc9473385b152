"""Finds the documents that may answer, with the full-text index of the database: FTS5 on SQLite, tsvector on PostgreSQL."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from django.conf import settings
from django.db import connection

from ..answers import Filters
from ..models import SearchDocument
from ..text import stem
from .index import index_terms
from .matching import DANISH, OTHERS, OWN, Search

CANDIDATES = 60
"""Documents that are looked at closely; the full-text index puts the likely ones first."""
OWN_MUNICIPALITY = 2.0
"""How much more a document of the reader's municipality counts: first where it answers at least half as well."""
OTHER_MUNICIPALITY = 0.5
"""How much less one of another municipality counts than the one that the reader is in or names."""
RELEVANT = 0.12
"""Part of the best score that a document needs to be shown at all."""

TABLE = SearchDocument._meta.db_table
SHARED = "''"


class Part(NamedTuple):
    """A piece of SQL with its values."""

    sql: str
    values: list[str | int]


class Seen(NamedTuple):
    """What the full-text index finds, as far as a first look goes."""

    ids: set[int]
    """The likeliest documents, whatever kind and place is chosen: one more than can be looked at."""
    chosen: set[int]
    """The likeliest that stand for their topics, of the kinds and the place that are chosen: as many as can be looked at."""
    counts: Counter[tuple[str, str]]
    """How many topics answer, by kind and municipality."""


class Matches:
    """What the full-text index finds. Where it is more than can be looked at, everything is counted and turned over here."""

    def __init__(self, searches: list[Search], language: str, filters: Filters, place: str) -> None:
        """Take the ways to read a question, what the reader has chosen, and the municipality that is nearest to them."""
        wanted = [_terms(searches, kind, language) for kind in (OWN, DANISH, OTHERS)]
        self._found = _found(wanted, filters, place) if any(wanted) else None
        self._filters = filters

    def first(self) -> list[int]:
        """Return the ids of the likeliest documents, as many as can be looked at, whatever kind and place is chosen."""
        if self._found is None:
            return []
        return _column(self._found.sql + f" ORDER BY value DESC, id LIMIT {CANDIDATES}", self._found.values)

    def seen_at_once(self, apart_from: Iterable[int]) -> Seen:
        """Return what of all this is looked at and counted, in one query: the index is read once."""
        if self._found is None:
            return Seen(set(), set(), Counter())
        relevant, chosen = self._relevant(apart_from), _chosen(self._filters)
        sql = f"""{relevant.sql}
            SELECT 'all', '', '', id FROM (SELECT id FROM found ORDER BY value DESC, id LIMIT {CANDIDATES + 1}) first
            UNION ALL SELECT 'chosen', '', '', id FROM (
                SELECT id FROM chosen WHERE TRUE{chosen.sql} ORDER BY value DESC, id LIMIT {CANDIDATES}
            ) likeliest
            UNION ALL SELECT 'count', kind, municipality, COUNT(*) FROM chosen GROUP BY kind, municipality
            """  # noqa: S608  constants and placeholders
        with connection.cursor() as cursor:
            cursor.execute(sql, [*relevant.values, *chosen.values])
            rows = cursor.fetchall()
        return Seen(
            {pk for what, _kind, _place, pk in rows if what == "all"},
            {pk for what, _kind, _place, pk in rows if what == "chosen"},
            Counter({(kind, place): count for what, kind, place, count in rows if what == "count"}),
        )

    def page(self, start: int, size: int, apart_from: Iterable[int]) -> list[int]:
        """Return the ids of some of those that are counted, of the kinds and the place that are chosen."""
        relevant, chosen = self._relevant(apart_from), _chosen(self._filters)
        sql = f"""{relevant.sql} SELECT id FROM chosen WHERE TRUE{chosen.sql}
            ORDER BY value DESC, id LIMIT {size:d} OFFSET {start:d}"""  # noqa: S608  constants, numbers, placeholders
        return _column(sql, [*relevant.values, *chosen.values])

    def standing(self, ids: Iterable[int]) -> list[int]:
        """Return those of some documents that stand for their topics."""
        some, stands = list(ids), _stands(self._filters)
        sql = f"SELECT id FROM {TABLE} found WHERE id IN ({', '.join(['%s'] * len(some))}){stands.sql}"  # noqa: S608
        return _column(sql, [*some, *stands.values])

    def _relevant(self, apart_from: Iterable[int]) -> Part:
        """Return `chosen`: one document of each topic, as far as it answers much less badly than the best of all."""
        if self._found is None:
            raise ValueError("nothing is asked for")
        stands, without = _stands(self._filters), list(apart_from)
        not_those = f" AND id NOT IN ({', '.join(['%s'] * len(without))})" if without else ""
        sql = f"""
            WITH found AS MATERIALIZED ({self._found.sql}),
            chosen AS MATERIALIZED (
                SELECT found.* FROM found
                WHERE value >= {RELEVANT} * (SELECT MAX(value) FROM found){not_those}{stands.sql}
            )"""  # noqa: S608  constants and placeholders
        return Part(sql, [*self._found.values, *without, *stands.values])


def _terms(searches: list[Search], kind: int, language: str) -> list[str]:
    """Return the different terms of the index that stand for the words of one kind of text."""
    words = dict.fromkeys(word for search in searches for term in search.terms[kind] for word in term.weights)
    code = {OWN: language, DANISH: settings.LANGUAGE_CODE}.get(kind)
    return index_terms(language, (stem(word, code) if code else word for word in words)).split()


def _found(wanted: list[list[str]], filters: Filters, place: str) -> Part:
    """Return the documents that have some of the terms, with what each is worth and what conditions look at."""
    match = {"sqlite": _in_sqlite, "postgresql": _in_postgresql}[connection.vendor](wanted)
    near = Part("1.0", [])
    if place:
        sql = f"CASE municipality WHEN '' THEN 1.0 WHEN %s THEN {OWN_MUNICIPALITY} ELSE {OTHER_MUNICIPALITY} END"
        near = Part(sql, [place])
    missing = Part("", [])
    if filters.missing_in:
        missing = Part(" AND CAST(missing_in AS text) LIKE %s", [f'%"{filters.missing_in}"%'])
    value, source, condition = match
    sql = f"""
        SELECT id, kind, municipality, language, source, origin, {value.sql} * {near.sql} AS value
        FROM {source} WHERE {condition.sql}{missing.sql}"""  # noqa: S608  constants and placeholders
    return Part(sql, [*value.values, *near.values, *condition.values, *missing.values])


def _in_sqlite(wanted: list[list[str]]) -> tuple[Part, str, Part]:
    columns = ("own_stems", "danish_stems", "other_words")
    parts = [
        f"{column} : ({' OR '.join(_quoted(terms))})" for column, terms in zip(columns, wanted, strict=True) if terms
    ]
    index = f"{TABLE}_fts"
    # The columns of the index are hidden behind those of the same names in the table.
    source = f"{index} JOIN {TABLE} ON {TABLE}.id = {index}.rowid"
    return Part(f"-bm25({index}, 1.0, 0.6, 0.5)", []), source, Part(f"{index} MATCH %s", [" OR ".join(parts)])


def _in_postgresql(wanted: list[list[str]]) -> tuple[Part, str, Part]:
    parts = [f"'{term}':{weight}" for weight, terms in zip("ABC", wanted, strict=True) for term in terms]
    query = " | ".join(parts)
    value = Part("ts_rank('{0.1, 0.5, 0.6, 1.0}', full_text, %s::tsquery, 1)", [query])
    return value, TABLE, Part("full_text @@ %s::tsquery", [query])


def _quoted(terms: Iterable[str]) -> list[str]:
    return [f'"{term}"' for term in terms]


def _stands(filters: Filters) -> Part:
    """Return which document stands for its topic: that of the municipality that is chosen, else the shared one."""
    here = filters.municipality
    of_another = Part(f"found.municipality <> '' AND {_same(SHARED)}", [])
    if not here:
        return Part(f" AND NOT ({of_another.sql})", [])
    return Part(
        f" AND (found.municipality = %s OR NOT ({of_another.sql} OR found.municipality = '' AND {_same('%s')}))",
        [here, here],
    )


def _same(municipality: str) -> str:
    """Return the condition that there is a document of the same topic that belongs to a municipality."""
    return f"""EXISTS (
        SELECT 1 FROM {TABLE} other
        WHERE other.source = found.source AND other.origin = found.origin AND other.language = found.language
        AND other.municipality = {municipality})"""  # noqa: S608  constants and placeholders


def _chosen(filters: Filters) -> Part:
    sql, values = "", []
    if filters.municipality:
        sql, values = " AND municipality IN ('', %s)", [filters.municipality]
    if filters.kinds:
        sql += f" AND kind IN ({', '.join(['%s'] * len(filters.kinds))})"
    return Part(sql, [*values, *filters.kinds])


def _column(sql: str, values: list[str | int]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [row[0] for row in cursor.fetchall()]
