"""SQLite as the portal uses it: writers wait for each other, readers for nobody, and nothing is lost."""

import json
import sqlite3
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.portal.settings.process import run_script

SHOW = """
import json
from django.db import connection
def value(pragma):
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {pragma}")
        return cursor.fetchone()[0]
print(json.dumps({name: value(name) for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")}))
"""
HOLD = """
import sqlite3, sys
from django.db import connection, transaction
other = sqlite3.connect(sys.argv[1], timeout=0)
with transaction.atomic():
    with connection.cursor() as cursor:
        cursor.execute("SELECT n FROM counter")
        cursor.fetchone()
    print(other.execute("SELECT n FROM counter").fetchone()[0])
    try:
        other.execute("UPDATE counter SET n = 99")
        print("the other writer did not wait")
    except sqlite3.OperationalError as error:
        print(error)
"""
COUNT = """
from django.db import connection, transaction
for _ in range(200):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT n FROM counter")
        n = cursor.fetchone()[0]
        cursor.execute("UPDATE counter SET n = %s", [n + 1])
"""


@pytest.fixture
def counter(tmp_path):
    """A SQLite file with one row to count in."""
    path = tmp_path / "counter.sqlite3"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE counter (n INTEGER)")
    connection.execute("INSERT INTO counter VALUES (0)")
    connection.commit()
    connection.close()
    return path


def count_in(path) -> int:
    connection = sqlite3.connect(path)
    try:
        return connection.execute("SELECT n FROM counter").fetchone()[0]
    finally:
        connection.close()


def test_the_write_ahead_log_is_in_force(counter):
    result = run_script(SHOW, counter)
    assert json.loads(result.stdout) == {
        "journal_mode": "wal",
        "synchronous": 1,
        "foreign_keys": 1,
        "busy_timeout": 20_000,
    }
    connection = sqlite3.connect(counter)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",), "it is a property of the file"
    connection.close()


def test_a_transaction_that_has_only_read_keeps_other_writers_out_but_no_readers(counter):
    """That is what IMMEDIATE means: of two that read before they write, the second one waits from the beginning."""
    result = run_script(HOLD, counter, str(counter))
    assert (result.stdout.splitlines(), result.stderr) == (["0", "database is locked"], "")


def test_two_processes_that_write_at_once_lose_nothing(counter):
    with ThreadPoolExecutor() as pool:
        results = list(pool.map(lambda _number: run_script(COUNT, counter), range(2)))
    assert [(result.returncode, result.stderr) for result in results] == [(0, ""), (0, "")]
    assert count_in(counter) == 400


def test_with_plain_transactions_one_of_two_writers_would_be_turned_away(counter):
    """Plain SQLite: both have read, both want to write, and one of them is turned away at once."""
    first, second = (sqlite3.connect(counter, timeout=0, isolation_level=None) for _ in range(2))
    try:
        for connection in (first, second):
            connection.execute("BEGIN")
            assert connection.execute("SELECT n FROM counter").fetchone() == (0,)
        first.execute("UPDATE counter SET n = 1")
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            second.execute("UPDATE counter SET n = 1")
    finally:
        first.close()
        second.close()
