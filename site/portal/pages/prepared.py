"""Reads one page in its own class with a query that is written once per class and not once per request.

The rows become model objects by Django's own `Model.from_db`. Measured in docs/departures/rows-in-sql.md.
"""

from collections.abc import Callable, Hashable
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar, cast

from django.db import connection, models
from wagtail.models import Page

PageModel = TypeVar("PageModel", bound=Page)


class Plan(NamedTuple):
    """What reading a page of one class takes."""

    sql: str
    names: list[str]
    converters: list[tuple[int, list[Callable[..., Any]], Any]]


@lru_cache(maxsize=64)
def _plan(model: Any, vendor: str) -> Plan:
    """Write the query for a class; `vendor` is part of the key because converters differ between databases."""

    def quote(name: str | None) -> str:
        return connection.ops.quote_name(cast(str, name))

    tables = list(
        dict.fromkeys([model._meta.db_table, *(parent._meta.db_table for parent in model._meta.get_parent_list())])
    )
    fields = model._meta.concrete_fields
    columns = ", ".join(f"{quote(field.model._meta.db_table)}.{quote(field.column)}" for field in fields)
    joins = " ".join(
        f"JOIN {quote(parent.model._meta.db_table)} ON {quote(parent.model._meta.db_table)}.{quote(parent.column)} = "
        f"{quote(link.model._meta.db_table)}.{quote(link.column)}"
        for link, parent in _links(model)
    )
    converters = []
    for place, field in enumerate(fields):
        column = field.get_col(field.model._meta.db_table)
        found = [*connection.ops.get_db_converters(column), *field.get_db_converters(connection)]
        if found:
            converters.append((place, found, column))
    sql = (
        f"SELECT {columns} FROM {quote(tables[0])} {joins} WHERE {quote(tables[0])}.{quote(model._meta.pk.column)} = %s"  # noqa: S608
    )
    return Plan(sql, [field.attname for field in fields], converters)


def _links(model: type[models.Model]) -> list[tuple[models.Field, models.Field]]:
    """Return the pointers from a class to its parents with the keys they point to."""
    links = []
    for parent, link in model._meta.parents.items():
        if link is not None:
            links.append((link, parent._meta.pk))
            links.extend(_links(parent))
    return links


def get_page(model: type[PageModel], pk: int) -> PageModel:
    """Return the page with this id. Raises DoesNotExist."""
    plan = _plan(cast(Hashable, model), connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(plan.sql, [pk])
        row = cursor.fetchone()
    if row is None:
        raise model.DoesNotExist(f"no {model._meta.label} with the id {pk}")
    values = list(row)
    for place, converters, column in plan.converters:
        for convert in converters:
            values[place] = convert(values[place], column, connection)
    return model.from_db(connection.alias, plan.names, values)
