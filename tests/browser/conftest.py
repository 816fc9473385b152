"""Fixtures of the tests of the whole site: the starter content on a real server, read over HTTP and in Chromium."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from portal import catalogues
from tests import tools
from tests.browser.crawl import Crawl
from tests.browser.pages import PHONE, OpenContext, Site

FIGURE = "figure"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@pytest.fixture(scope="session")
def catalogues_compiled() -> None:
    """Compile the interface texts if they are older than their sources, as `make test` does."""
    for language in catalogues.LANGUAGES:
        source = catalogues.path_of(language)
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            catalogues.compile_all()


@pytest.fixture(scope="session")
def site(catalogues_compiled: None, starter_server: str) -> Site:
    """The starter content on a real server."""
    return Site(starter_server)


@pytest.fixture(scope="session")
def crawl(site: Site) -> Crawl:
    """Every page of the site, read once."""
    return Crawl(site.server).run()


# Chromium -------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """A running Chromium.

    For this folder only: while Playwright runs, Django refuses to ask the database in the same thread.
    """
    executable = tools.required("Chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def open_context(chromium: Browser) -> Iterator[OpenContext]:
    """Open a context of its own: no cookies, no cache, no history. It is closed after the test."""
    contexts = []

    def new_context(**options: Any) -> BrowserContext:
        contexts.append(chromium.new_context(**{"viewport": PHONE, **options}))
        return contexts[-1]

    yield new_context
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def axe_script() -> str:
    """The script axe-core."""
    path: Path = tools.required("axe-core")
    return path.read_text()


@pytest.fixture(scope="session")
def html_checker() -> list[str]:
    """The command that starts the HTML checker."""
    command: list[str] = tools.required("HTML checker")
    return command


# Figures --------------------------------------------------------------------------------------------------------------


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print what was measured."""
    reports = (report for outcome in ("passed", "failed") for report in terminalreporter.stats.get(outcome, []))
    figures = [value for report in reports for name, value in getattr(report, "user_properties", []) if name == FIGURE]
    if figures:
        terminalreporter.section("figures")
        for figure in figures:
            terminalreporter.write_line(figure)
