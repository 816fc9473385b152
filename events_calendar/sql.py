"""Conditions in SQL with their values, for the queries of the calendar: the same words on PostgreSQL and SQLite."""

import datetime
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.db import connection

from portal.choice_lists import contains


class Sql(NamedTuple):
    """A piece of SQL with the values of its placeholders."""

    text: str
    values: tuple[Any, ...] = ()


TRUE = Sql("TRUE")


def any_of(parts: Iterable[Sql]) -> Sql:
    """Return what holds where one of the parts holds."""
    return _joined(" OR ", parts)


def all_of(parts: Iterable[Sql]) -> Sql:
    """Return what holds where all of the parts hold."""
    return _joined(" AND ", parts)


def _joined(word: str, parts: Iterable[Sql]) -> Sql:
    found = list(parts)
    return Sql(f"({word.join(part.text for part in found)})", tuple(value for part in found for value in part.values))


def even_chance(condition: Sql) -> Sql:
    """Return the same condition in a form that PostgreSQL takes to hold for every second row.

    Of a computed value it believes that one row in two hundred is equal, and goes through all dates of all activities.
    """
    return Sql(f"(CASE WHEN {condition.text} THEN TRUE ELSE FALSE END)", condition.values)


def is_one_of(column: str, values: Sequence[str]) -> Sql:
    """Return whether a column has one of these values, of which there may be none."""
    return Sql(f"{column} IN ({', '.join(['%s'] * len(values))})", tuple(values)) if values else Sql("FALSE")


def has(column: str, value: str | int, vendor: str = "") -> Sql:
    """Return whether a value stands in a list that is stored as JSON."""
    text, values = contains(column, value, vendor or connection.vendor)
    return Sql(text, tuple(values))


def _adapted(value: Any) -> Any:
    """Return a value as the database stores it."""
    if isinstance(value, datetime.datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, datetime.date) else value


def fetch(statement: Sql) -> list[tuple[Any, ...]]:
    """Return the rows of a query."""
    values = [_adapted(value) for value in statement.values]
    with connection.cursor() as cursor:
        cursor.execute(statement.text, values)
        return cursor.fetchall()
