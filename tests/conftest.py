"""Fixtures of all tests: a small tree of pages in five languages, and the whole starter content in a database of its own."""

import fcntl
import functools
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import TransactionTestCase
from django.utils import translation
from pytest_django.plugin import DjangoDbBlocker

from tests.factories import Tree
from tests.real_server import TIMES
from tests.rows import Rows
from tests.snapshots import SNAPSHOTS, commits, small_tree
from tests.tools import missing_tools

__all__ = ["commits"]

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ["da", "en", "de", "pl", "ru"]
MUNICIPALITIES = ["ringkoebing-skjern", "holstebro", "struer", "herning", "ikast-brande"]


@pytest.fixture(autouse=True)
def reset_translation() -> Iterator[None]:
    """Activate Danish and empty the cache: both live in the process and would leak from test to test."""
    translation.activate(settings.LANGUAGE_CODE)
    cache.clear()
    yield
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Make the database of the tests out of one that is migrated already."""
    if connection.vendor == "postgresql":
        connection.settings_dict["TEST"]["TEMPLATE"] = migrated_template()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Make the database, and leave its first rows after a test with real commits, where Django would leave none."""
    with django_db_blocker.unblock():
        first = Rows()
    SNAPSHOTS.begin(first)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _test: first.put_back())
        yield


@pytest.fixture
def tree(transactional_db: None) -> Tree:
    """A small site: two municipalities, two guides, a note, alias trees in all languages."""
    return small_tree()


# The starter content ----------------------------------------------------------------------------------------------------


def _database_url(name: str) -> str:
    """Return the address of another database beside that of the tests."""
    url = os.environ["DATABASE_URL"]
    if url.startswith("sqlite"):
        return f"sqlite:///{ROOT / 'var' / f'{name}.sqlite3'}"
    head, _, query = url.partition("?")
    return f"{head.rsplit('/', 1)[0]}/{name}?{query}"


def unmeasured() -> dict[str, str]:
    """Return the environment of a process that does not count for the coverage: counting makes it take twice as long."""
    return {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}


def run_command(
    *arguments: str, database: str = "", measured: bool = True, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run a management command in a process of its own, as an operator would; `measured` counts it for the coverage."""
    inherited = dict(os.environ) if measured else unmeasured()
    variables = {**inherited, "DJANGO_SETTINGS_MODULE": "portal.settings.test", **environment}
    if database:
        variables["DATABASE_URL"] = database
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=variables,
        capture_output=True,
        text=True,
        check=False,
        timeout=900,
    )


def database_beside(name: str, template: str = "template1") -> str:
    """Make a database beside that of the tests, one per process, empty or as a copy, and return its address."""
    name = f"{name}_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    url = _database_url(name)
    if url.startswith("sqlite"):
        for path in (ROOT / "var").glob(f"{name}.sqlite3*"):
            path.unlink()
    else:
        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
            server.execute(f'DROP DATABASE IF EXISTS "{name}"')
            server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    return url


@functools.cache
def _template(name: str, make: Callable[[str], None], parent: str = "template1") -> str:
    """Return a database to copy from, made by the process of this run that needs it first. Nobody else connects to it."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", "")
    finished, unfinished = f"{name}_{run or 'main'}", f"{name}_unfinished"
    (ROOT / "var").mkdir(exist_ok=True)
    with (ROOT / "var" / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # one process makes it, the others wait
        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
            if run and server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [finished]).fetchone():
                return finished
            for left_over in (finished, unfinished):
                server.execute(f'DROP DATABASE IF EXISTS "{left_over}"')
            server.execute(f'CREATE DATABASE "{unfinished}" TEMPLATE "{parent}"')
            make(_database_url(unfinished))
            server.execute(f'ALTER DATABASE "{unfinished}" RENAME TO "{finished}"')
    return finished


def migrated_template() -> str:
    """Return a database with all tables and their first rows: migrating takes half a minute."""
    return _template("migrated", _migrate)


def _migrate(url: str) -> None:
    _succeed("migrate", "-v0", database=url)


def _load_starter_content(url: str) -> None:
    _succeed("load_starter_content", database=url)


def _succeed(*command: str, database: str) -> None:
    result = run_command(*command, database=database, measured=False)
    assert result.returncode == 0, result.stderr[-3000:]


@pytest.fixture(scope="session")
def starter_database() -> str:
    """The address of a database into which the starter content was loaded with the real commands.

    `TEST_STARTER_DATABASE` names one that was loaded before, for whoever works on the tests of the whole site.
    """
    if loaded := os.environ.get("TEST_STARTER_DATABASE"):
        return loaded
    if os.environ["DATABASE_URL"].startswith("sqlite"):
        url = database_beside("starter")
        _migrate(url)
        _load_starter_content(url)
        return url
    return database_beside("starter", _template("starter_template", _load_starter_content, migrated_template()))


@pytest.fixture
def starter_site(starter_database: str, django_db_blocker) -> Iterator[None]:
    """Read the starter content in this test. What the test writes is rolled back."""
    own = connection.settings_dict["NAME"]
    with django_db_blocker.unblock():
        connection.close()
        connection.settings_dict["NAME"] = _name(starter_database)
        connection.set_autocommit(False)
        try:
            yield
        finally:
            connection.rollback()
            connection.set_autocommit(True)
            connection.close()
            connection.settings_dict["NAME"] = own


def _name(url: str) -> str:
    path = url.partition("?")[0]
    return path.removeprefix("sqlite:///") if path.startswith("sqlite") else path.rsplit("/", 1)[1]


@pytest.fixture(scope="session")
def starter_server(starter_database: str) -> Iterator[str]:
    """The address of a real server that serves the starter content. What it runs, tests in this process run too."""
    port = str(8900 + int("".join(filter(str.isdigit, os.environ.get("PYTEST_XDIST_WORKER", "0"))) or 0))
    variables = {**unmeasured(), "DATABASE_URL": starter_database, "DJANGO_SETTINGS_MODULE": "portal.settings.test"}
    server = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "gunicorn",
            "--pythonpath",
            "site",
            "--workers",
            "2",
            "--bind",
            f"127.0.0.1:{port}",
            "--log-level",
            "warning",
            "portal.wsgi",
        ],
        cwd=ROOT,
        env=variables,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        for _attempt in range(100):
            try:
                urllib.request.urlopen(f"{address}/healthz", timeout=1)
                break
            except OSError:
                time.sleep(0.1)
        else:
            raise RuntimeError("the server of the tests did not start")
        yield address
    finally:
        server.terminate()
        server.wait(timeout=10)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name in the last lines what was timed, and what could not run, so that nothing is skipped in silence."""
    for report in terminalreporter.getreports("passed"):
        for name, text in report.user_properties:
            if name == TIMES and report.when == "call":
                terminalreporter.write_line(f"{report.nodeid.partition('::')[2]}: {text}")
    for tool in missing_tools():
        terminalreporter.write_line(f"Not run, because it is missing here: {tool}", yellow=True)
