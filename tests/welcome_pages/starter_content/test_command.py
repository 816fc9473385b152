"""The command: what it prints, how it ends, and that a broken file or database ends it with one line."""

import contextlib
import io
import os
import pty
import subprocess
import sys
import termios
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from portal.management.commands import load_starter_content
from portal.starter import translations
from tests.conftest import ROOT
from tests.welcome_pages.starter_content.small_content import ContentFolder, five
from welcome_pages.starter_content import shipment

GUIDE = "guides/cpr-nummer.yaml"
RUNNER = """
import sys
from pathlib import Path
sys.path[:0] = [".", "site"]
import django
django.setup()
from django.core.management import execute_from_command_line
from portal.starter import shipments
from welcome_pages.starter_content.shipment import StarterContent
shipments.shipments[:] = [StarterContent(Path(sys.argv[1]))]
execute_from_command_line(["manage.py", *sys.argv[2:]])
"""


def run(folder: ContentFolder, url: str, *arguments: str, **options) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own, with another content folder."""
    variables = {**os.environ, "DJANGO_SETTINGS_MODULE": "portal.settings.test", "DATABASE_URL": url}
    words = [sys.executable, "-c", RUNNER, str(folder.root), *(arguments or ["load_starter_content"])]
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options}
    return subprocess.run(words, cwd=ROOT, env=variables, text=True, check=False, timeout=600, **streams)


@pytest.fixture
def command_site(small_site, monkeypatch):
    """The small site, whose folder the command reads too, and takes for loaded."""
    monkeypatch.setattr(load_starter_content, "shipments", [shipment.StarterContent(small_site.folder.root)])
    call_command("load_starter_content", stdout=io.StringIO())
    return small_site


def output(*arguments: str) -> str:
    stream = io.StringIO()
    call_command("load_starter_content", *arguments, stdout=stream)
    return stream.getvalue()


def test_unchanged_files_are_not_even_read(command_site, monkeypatch):
    before = command_site.rows()
    monkeypatch.delattr(shipment, "read")
    assert output() == "Starter content: nothing new in the files.\n"
    assert command_site.rows() == before


def test_the_command_says_what_it_wrote(command_site):
    command_site.folder.change(GUIDE, five("Vent ikke."), five("Vent en uge."))
    assert output() == (
        "Starter content: 5 facts, 2 terms, 9 pages, 1 best bets, synonyms of 1 concepts. "
        "Written now: 0 facts, 0 terms, 1 pages in all languages, 0 best bets, 0 synonyms.\n"
    )


def test_the_command_names_what_it_left_to_the_editors(command_site):
    page = command_site.page("cpr-nummer")
    page.summary = "Redaktørens ord."
    page.save_revision().publish()
    command_site.folder.change(GUIDE, five("Vent ikke."), five("Vent en uge."))
    assert output().splitlines()[0] == f"Left as it is, because an editor changed or deleted it: {GUIDE}"


def test_the_check_writes_nothing(command_site):
    command_site.folder.change(GUIDE, five("Vent ikke."), five("Vent en uge."))
    before = command_site.rows()
    assert (
        output("--check")
        == "Starter content: the files are sound: 5 facts, 2 terms, 9 pages, 1 best bets, synonyms of 1 concepts.\n"
    )
    assert command_site.rows() == before


def test_the_check_names_a_mistake(command_site):
    command_site.folder.change(GUIDE, "level: national", "level: european")
    with pytest.raises(CommandError, match=r"guides/cpr-nummer\.yaml:\d+: “level” must be one of"):
        call_command("load_starter_content", "--check")


def test_a_load_that_stopped_is_not_taken_for_done(command_site, monkeypatch):
    def stop(*_arguments):
        raise LookupError("no translation into pl of\n“Vent en uge.”")

    command_site.folder.change(GUIDE, five("Vent ikke."), five("Vent en uge."))
    with monkeypatch.context() as patch:
        patch.setattr(translations, "fill", stop)
        with pytest.raises(CommandError, match=r"^Loading stopped: no translation into pl of “Vent en uge\.”$"):
            call_command("load_starter_content")
    assert "1 pages in all languages" in output()


def test_a_broken_file_ends_the_command_with_one_line_and_writes_nothing(small_site):
    before = small_site.rows()
    small_site.folder.change(GUIDE, '"(pl) Vent ikke."', '"(pl) Zapłać 100 zł."')
    result = run(small_site.folder, small_site.url)
    line = small_site.folder.line_of(GUIDE, "100 zł")
    assert result.returncode == 1
    assert result.stderr == f"CommandError: {GUIDE}:{line}: an amount or a rate: “100 zł”. Nothing was loaded.\n"
    assert not result.stdout
    assert small_site.rows() == before


def test_a_database_without_tables_ends_the_command_with_one_line(tmp_path: Path):
    result = run(ContentFolder(tmp_path / "content"), f"sqlite:///{tmp_path / 'empty.sqlite3'}")
    assert result.returncode == 1
    assert len(result.stderr.splitlines()) == 1
    assert result.stderr.startswith("CommandError: The database cannot be used; has it been migrated?")


def test_output_that_is_no_terminal_has_no_progress_bar(small_site):
    small_site.folder.change(GUIDE, five("Vent ikke."), five("Vent en uge."))
    result = run(small_site.folder, small_site.url)
    assert (result.returncode, result.stderr) == (0, "")
    assert "1 pages in all languages" in result.stdout


def chunks(reader: int) -> Iterator[str]:
    """Yield what was written to a terminal that is closed by now."""
    with contextlib.suppress(OSError):  # the end, on Linux
        while data := os.read(reader, 4096):
            yield data.decode(errors="replace")


def test_a_terminal_shows_a_progress_bar_to_the_end(small_site):
    small_site.folder.change(GUIDE, five("Vent ikke."), five("Vent en uge."))
    reader, terminal = pty.openpty()
    termios.tcsetwinsize(terminal, (24, 100))
    try:
        result = run(small_site.folder, small_site.url, stderr=terminal)
        os.close(terminal)
        shown = "".join(chunks(reader))
    finally:
        os.close(reader)
    assert result.returncode == 0
    assert "Starter content:" in shown
    assert "19/19" in shown
