"""The small site of these tests, built once per session and copied back into the database before every test."""

from collections.abc import Callable
from dataclasses import fields

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.test import Client

from tests.factories import Tree, build_tree, make_locales, translate
from tests.portal.pages.reading import Reading, read


class Snapshot:
    """All rows of all tables, as PostgreSQL writes them out, and the ids of the pages in a `Tree`."""

    def __init__(self, tree: Tree) -> None:
        self.pages = {
            field.name: (type(getattr(tree, field.name)), getattr(tree, field.name).pk)
            for field in fields(Tree)
            if field.name != "locales"
        }
        self.rows: dict[str, bytes] = {}
        with connection.cursor() as cursor:
            for table in connection.introspection.django_table_names(only_existing=True, include_views=False):
                with cursor.copy(f'COPY "{table}" TO STDOUT') as copy:
                    self.rows[table] = b"".join(copy)

    def restore(self) -> Tree:
        """Put the rows back. Foreign keys are checked at the end of the transaction, so the order does not matter."""
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("".join(f'DELETE FROM "{table}";' for table in self.rows))
            for table, rows in self.rows.items():
                if rows:
                    with cursor.copy(f'COPY "{table}" FROM STDIN') as copy:
                        copy.write(rows)
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


def _build_or_copy(name: str, build: Callable[[], Tree], snapshots: dict[str, Snapshot]) -> Tree:
    if connection.vendor != "postgresql":
        return build()
    if name not in snapshots:
        snapshots[name] = Snapshot(build())
    return snapshots[name].restore()


@pytest.fixture
def tree(commits: None, snapshots: dict[str, Snapshot]) -> Tree:
    """The same small site as everywhere, copied instead of built again, which takes three seconds."""
    return _build_or_copy("tree", build_tree, snapshots)


@pytest.fixture
def translated(commits: None, snapshots: dict[str, Snapshot]) -> Tree:
    """The small site with the guide "CPR" in every state a language can be in.

    | language | the guide                                          | Herning's note |
    | da       | Danish                                             | Danish         |
    | pl       | translated                                         | translated     |
    | de       | translated                                         | alias          |
    | en       | published, but every text of it is still Danish    | alias          |
    | ru       | alias                                              | alias          |
    """
    return _build_or_copy("translated", build_translated, snapshots)


def build_translated() -> Tree:
    """Build the small site and translate parts of it."""
    tree = build_tree()
    translate(tree.cpr, "pl")
    translate(tree.cpr, "de")
    translate(tree.cpr, "en", strings={})
    translate(tree.note, "pl")
    return tree


@pytest.fixture
def reader(client: Client) -> Callable[..., Reading]:
    """Read an address as an anonymous visitor does."""

    def visit(path: str, **headers: str) -> Reading:
        return read(client, path, **headers)

    return visit


@pytest.fixture
def editor(request: pytest.FixtureRequest) -> Client:
    """A browser in which somebody is logged in to the admin who may do everything."""
    request.getfixturevalue("translated" if "translated" in request.fixturenames else "tree")
    browser = Client()
    browser.force_login(User.objects.create_superuser("redaktion", "redaktion@example.dk", "a long password"))
    return browser
