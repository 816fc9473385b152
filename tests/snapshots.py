"""The sites of most tests, each built once per session and copied back into the database before every test.

Building takes seconds, copying a twentieth of one. A `conftest.py` imports `tree` where its folder needs no real commits.
"""

import functools
from collections.abc import Callable, Hashable
from dataclasses import fields, is_dataclass
from typing import Any, ParamSpec, TypeVar

import pytest
from django.conf import UserSettingsHolder, settings
from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone, translation

from tests.factories import Tree, build_tree
from tests.rows import Rows

P = ParamSpec("P")
T = TypeVar("T")


class Snapshot:
    """What a site has beyond the first rows of the database, and the objects that a test gets of it."""

    def __init__(self, made: Any, first: Rows) -> None:
        self.made = made
        self.rows = Rows(unlike=first)

    def restore(self) -> Any:
        """Put the rows back, and return the objects as they are in the database."""
        self.rows.put_back()
        return _fresh(self.made)


def _fresh(made: Any) -> Any:
    if isinstance(made, Model):
        return type(made)._default_manager.get(pk=made.pk)
    if is_dataclass(made) and not isinstance(made, type):
        return type(made)(**{field.name: _fresh(getattr(made, field.name)) for field in fields(made)})
    if isinstance(made, dict):
        return {name: _fresh(value) for name, value in made.items()}
    return [_fresh(value) for value in made] if isinstance(made, list) else made


def _name(argument: Any) -> Hashable:
    """Return what tells an argument from others in the same state of the database."""
    if isinstance(argument, Model):
        return type(argument), argument.pk
    if is_dataclass(argument) and not isinstance(argument, type):
        return type(argument), *(_name(getattr(argument, field.name)) for field in fields(argument))
    if isinstance(argument, dict):
        return tuple((name, _name(value)) for name, value in argument.items())
    return tuple(map(_name, argument)) if isinstance(argument, list | tuple) else argument


@pytest.fixture
def commits(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run what waits for a commit as soon as the code under test has left its own transactions.

    The test itself is one transaction that is rolled back, which is ten times as fast as emptying all tables. Where a
    test asks for real commits, nothing is changed.
    """
    if not connection.in_atomic_block:
        return
    level = len(connection.savepoint_ids)
    leave = transaction.Atomic.__exit__

    def run_waiting() -> None:
        while connection.run_on_commit and len(connection.savepoint_ids) == level and not connection.needs_rollback:
            _savepoints, function, _robust = connection.run_on_commit.pop(0)
            function()

    def leave_and_run(self: transaction.Atomic, *error: object) -> None:
        leave(self, *error)
        run_waiting()

    def on_commit(function: Callable[[], object], using: str | None = None, robust: bool = False) -> None:
        connection.on_commit(function, robust)
        run_waiting()

    monkeypatch.setattr(transaction.Atomic, "__exit__", leave_and_run)
    monkeypatch.setattr(transaction, "on_commit", on_commit)


class Snapshots:
    """The sites that were built in this session: by what, from what, and under which circumstances."""

    def begin(self, first: Rows) -> None:
        """Forget the sites of another database; these are the first rows of this one."""
        self.first = first
        self.kept: dict[Hashable, Snapshot] = {}
        self.states: set[Hashable] = {frozenset()}  # the first rows are unlike themselves in no table

    def copy(self, build: Callable[[], Any], what: Hashable) -> Any:
        """Return what `build` makes, copied where it was made before of the same rows.

        Where a test has done something else already, nothing is copied: it would be lost.
        """
        state = Rows(unlike=self.first).state
        if state not in self.states:
            return build()
        key = (what, state, _circumstances())
        if key not in self.kept:
            self.kept[key] = Snapshot(build(), self.first)
            self.states.add(self.kept[key].rows.state)
        return self.kept[key].restore()


SNAPSHOTS = Snapshots()


def _circumstances() -> tuple[Hashable, ...]:
    """Return what else a site depends on: settings of this test, language, day, whether anything happens on commit."""
    changed: dict[str, Any] = {}
    holder = settings._wrapped
    while isinstance(holder, UserSettingsHolder):
        changed = {name: value for name, value in vars(holder).items() if name.isupper()} | changed
        holder = holder.default_settings
    happens = not connection.in_atomic_block or transaction.on_commit.__module__ == __name__
    return repr(sorted(changed.items())), translation.get_language(), timezone.localdate(), happens


def built_once(build: Callable[P, T]) -> Callable[P, T]:
    """Let a function or a fixture build its part of the site once in a session, and copy it in every other test."""

    @functools.wraps(build)
    def copy(*arguments: P.args, **named: P.kwargs) -> T:
        what = (build, _name(arguments), _name(named))
        made: T = SNAPSHOTS.copy(lambda: build(*arguments, **named), what)
        return made

    return copy


small_tree = built_once(build_tree)


@pytest.fixture
def tree(commits: None) -> Tree:
    """The same small site as everywhere, in a transaction that is rolled back."""
    return small_tree()
