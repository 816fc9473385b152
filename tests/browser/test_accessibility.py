"""What machines can find of accessibility: axe-core in Chromium and the Nu HTML checker, on every kind of page."""

import json
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.crawl import Crawl
from tests.browser.pages import DESKTOP, KINDS, PHONE, OpenContext, Site
from tests.conftest import LANGUAGES

pytestmark = [pytest.mark.browser, pytest.mark.starter, pytest.mark.xdist_group("starter")]

LAW = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
GOOD_HABITS = ["best-practice"]
RUN_AXE = "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})"


def violations(page: Page, script: str, tags: list[str]) -> list[str]:
    """Return what axe-core holds against the open page: rule, element, reason."""
    page.evaluate(script)
    found = page.evaluate(RUN_AXE, tags)["violations"]
    return [f"{rule['id']}: {node['html']} {node['failureSummary']}" for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_on_a_phone(language: str, site: Site, open_context: OpenContext, axe_script: str) -> None:
    page = open_context(viewport=PHONE).new_page()
    found = {kind: violations(page, axe_script, LAW + GOOD_HABITS) for kind in site.walk(page, language)}
    assert not any(found.values()), found


def test_axe_finds_nothing_on_a_wide_screen(site: Site, open_context: OpenContext, axe_script: str) -> None:
    page = open_context(viewport=DESKTOP).new_page()
    found = {kind: violations(page, axe_script, LAW + GOOD_HABITS) for kind in site.walk(page, "pl")}
    assert not any(found.values()), found


def test_axe_finds_nothing_while_the_meaning_of_a_word_is_open(
    site: Site, open_context: OpenContext, axe_script: str
) -> None:
    page = open_context().new_page()
    page.goto(site.url("ru", KINDS["guide with a local note"]))
    page.locator("button.term").first.click()
    assert page.locator(".term-meaning:popover-open").count() == 1
    assert violations(page, axe_script, LAW + GOOD_HABITS) == []


def test_axe_would_find_a_mistake(site: Site, open_context: OpenContext, axe_script: str) -> None:
    page = open_context().new_page()
    page.goto(site.url("pl"))
    page.evaluate("document.querySelector('h1').style.color = '#ccc'; document.documentElement.lang = ''")
    found = {line.split(":")[0] for line in violations(page, axe_script, LAW)}
    assert found == {"color-contrast", "html-has-lang"}


def test_html_of_every_kind_of_page_is_valid(crawl: Crawl, html_checker: list[str], tmp_path: Path) -> None:
    for language in LANGUAGES:
        for kind, rest in KINDS.items():
            _status, html, _cookie = crawl.get(f"/{language}/{rest}")
            (tmp_path / f"{language} {kind}.html").write_text(html)
    files = sorted(str(path) for path in tmp_path.glob("*.html"))
    result = subprocess.run(
        [*html_checker, "--format", "json", "--errors-only", *files],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    messages = json.loads(result.stderr)["messages"]
    assert [f"{Path(message['url']).name}: {message['message']}" for message in messages] == []
    assert len(files) == len(LANGUAGES) * len(KINDS)
