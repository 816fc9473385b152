"""What the filters of a list have in common: their choices, and the one value that an address may ask for."""

from collections.abc import Collection
from dataclasses import dataclass

from django.core.exceptions import BadRequest
from django.http import QueryDict


@dataclass(frozen=True)
class Option:
    """One choice of a filter, with the number of entries it leaves."""

    value: str
    label: str
    language: str
    count: int | None
    is_chosen: bool


@dataclass(frozen=True)
class Filter:
    """One filter of a list."""

    name: str
    legend: str
    options: list[Option]


def chosen_value(query: QueryDict, name: str, offered: Collection[str]) -> str:
    """Return what an address asks for by one filter, "" for nothing. Raises BadRequest for what no form of ours sends."""
    asked = set(filter(None, query.getlist(name)))
    if len(asked) > 1 or asked.difference(offered):
        raise BadRequest(f"{name}: one of {', '.join(offered)}")
    return next(iter(asked), "")
