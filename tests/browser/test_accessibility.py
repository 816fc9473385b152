"""What machines can find of accessibility: axe-core in Chromium and the Nu HTML checker, on every kind of page."""

import json
import re
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.crawl import Crawl
from tests.browser.pages import DESKTOP, KINDS, PHONE, OpenContext, Site
from tests.browser.test_heads import own_pages
from tests.conftest import LANGUAGES

pytestmark = [pytest.mark.browser, pytest.mark.starter]

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


def test_axe_finds_nothing_in_any_guide(crawl: Crawl, site: Site, open_context: OpenContext, axe_script: str) -> None:
    page = open_context().new_page()
    guides = [path for path in crawl.pages if re.fullmatch(r"/pl/herning/guide/[\w-]+/[\w-]+/", path)]
    found = {}
    for path in guides:
        page.goto(site.server + path)
        found[path] = violations(page, axe_script, LAW + GOOD_HABITS)
    assert not any(found.values()), found
    assert len(guides) >= 20


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


def test_html_of_the_whole_site_is_valid(crawl: Crawl, html_checker: list[str], tmp_path: Path) -> None:
    kinds = [f"/{language}/{rest}" for language in LANGUAGES for rest in KINDS.values()]
    readings = [*own_pages(crawl).values(), *map(crawl.read, kinds)]
    for number, reading in enumerate(readings):
        (tmp_path / f"{number}.html").write_text(reading.html)
    result = subprocess.run(
        [*html_checker, "--format", "json", "--errors-only", "--skip-non-html", str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    messages = json.loads(result.stderr)["messages"]
    found = {(readings[int(Path(message["url"]).stem)].path, message["message"]) for message in messages}
    assert found == set()
    assert len(readings) > 400


def test_the_html_checker_would_find_a_mistake(html_checker: list[str], tmp_path: Path) -> None:
    (tmp_path / "1.html").write_text("<!doctype html><html lang='da'><title>Fejl</title><p><h1>Overskrift</h1></p>")
    result = subprocess.run(
        [*html_checker, "--errors-only", str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert "end tag seen" in result.stderr
    assert result.returncode == 1
