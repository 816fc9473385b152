"""The small content folder, loaded into SQLite by the commands that an operator runs."""

import sqlite3

import pytest

from tests.conftest import run_command
from tests.welcome_pages.starter_content.small_content import ContentFolder, five
from tests.welcome_pages.starter_content.test_command import GUIDE, run

pytestmark = pytest.mark.storage

PAGES = """
    SELECT language_code, COUNT(*) FROM wagtailcore_page p JOIN wagtailcore_locale l ON l.id = p.locale_id
    WHERE depth > 1 AND live AND alias_of_id IS NULL GROUP BY language_code
"""
GUIDES = """
    SELECT language_code, body FROM welcome_pages_guidepage g JOIN wagtailcore_page p ON p.id = g.page_ptr_id
    JOIN wagtailcore_locale l ON l.id = p.locale_id WHERE g.key = 'T09-cpr-number'
"""


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    """A migrated SQLite database in a folder of its own."""
    path = tmp_path_factory.mktemp("sqlite") / "portal.sqlite3"
    result = run_command("migrate", "-v0", database=f"sqlite:///{path}", measured=False)
    assert (result.returncode, result.stderr) == (0, "")
    return path


def rows(path, statement: str) -> dict[str, object]:
    connection = sqlite3.connect(path)
    try:
        return dict(connection.execute(statement).fetchall())
    finally:
        connection.close()


def test_content_is_loaded_again_and_updated_on_sqlite(database, tmp_path):
    folder, url = ContentFolder(tmp_path), f"sqlite:///{database}"
    first = run(folder, url)
    assert (first.returncode, first.stderr) == (0, "")
    assert "Written now: 5 facts, 2 terms, 9 pages in all languages, 1 best bets, 3 synonyms." in first.stdout
    assert rows(database, PAGES) == dict.fromkeys(("da", "en", "de", "pl", "ru"), 9)

    assert run(folder, url).stdout == "Starter content: nothing new in the files.\n"

    folder.change(GUIDE, five("Vent ikke."), five("Vent en uge."))
    changed = run(folder, url)
    assert "Written now: 0 facts, 0 terms, 1 pages in all languages, 0 best bets, 0 synonyms." in changed.stdout
    for language, body in rows(database, GUIDES).items():
        assert ("Vent en uge." if language == "da" else f"({language}) Vent en uge.") in body
