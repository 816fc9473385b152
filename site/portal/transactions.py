"""What every change that others race for needs: one more try for the one that the database chose to give way."""

import functools
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from django.db import OperationalError, connection

P = ParamSpec("P")
T = TypeVar("T")

AGAIN = {"40001", "40P01"}
"""What PostgreSQL says to one of two transactions that wait for each other."""


def retried(function: Callable[P, T]) -> Callable[P, T]:
    """Do it once more where the database chose this transaction to give way to another."""

    @functools.wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return function(*args, **kwargs)
        except OperationalError as error:
            gave_way = getattr(error.__cause__, "sqlstate", "") in AGAIN or "locked" in str(error)
            if connection.in_atomic_block or not gave_way:
                raise
            return function(*args, **kwargs)

    return run
