"""The small site of most tests, built once per session and copied back into the database before every test.

A `conftest.py` imports the fixtures that its folder uses: `commits`, `snapshots`, `tree`.
"""

from collections.abc import Callable
from dataclasses import fields

import pytest
from django.db import connection, transaction

from tests.factories import Tree, build_tree, make_locales
from tests.rows import Rows


class Snapshot:
    """All rows of all tables, and the ids of the pages in a `Tree`."""

    def __init__(self, tree: Tree) -> None:
        self.pages = {
            field.name: (type(getattr(tree, field.name)), getattr(tree, field.name).pk)
            for field in fields(Tree)
            if field.name != "locales"
        }
        self.rows = Rows()

    def restore(self) -> Tree:
        """Put the rows back, and return the pages."""
        self.rows.put_back()
        pages = {name: model.objects.get(pk=pk) for name, (model, pk) in self.pages.items()}
        return Tree(**pages, locales=make_locales())


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


@pytest.fixture(scope="session")
def snapshots() -> dict[str, Snapshot]:
    """The copies of this session, by name."""
    return {}


def build_or_copy(name: str, build: Callable[[], Tree], snapshots: dict[str, Snapshot]) -> Tree:
    """Return the site that `build` makes, copied where it was made before."""
    if name not in snapshots:
        snapshots[name] = Snapshot(build())
    return snapshots[name].restore()


@pytest.fixture
def tree(commits: None, snapshots: dict[str, Snapshot]) -> Tree:
    """The same small site as everywhere, copied instead of built again, which takes three seconds."""
    return build_or_copy("tree", build_tree, snapshots)
