"""The site keeps nothing on the reader's device, asks no other host, and is light enough for an old phone abroad."""

from collections import Counter
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext

from tests.browser.conftest import FIGURE
from tests.browser.crawl import Crawl
from tests.browser.pages import KINDS, OpenContext, Site

pytestmark = [pytest.mark.browser, pytest.mark.starter]

WHAT_IS_KEPT = """async () => ({
  cookie: document.cookie,
  localStorage: localStorage.length,
  sessionStorage: sessionStorage.length,
  databases: (await indexedDB.databases()).length,
  caches: (await caches.keys()).length,
  workers: (await navigator.serviceWorker.getRegistrations()).length,
})"""
NOTHING = {"cookie": "", "localStorage": 0, "sessionStorage": 0, "databases": 0, "caches": 0, "workers": 0}
KILOBYTE = 1000


def test_a_walk_over_fifteen_pages_leaves_nothing_behind_and_asks_no_other_host(
    site: Site, open_context: OpenContext
) -> None:
    context = open_context()
    hosts, complaints = set(), []
    context.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    context.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    page = context.new_page()
    page.goto(site.server)
    walked = 1
    for language in ("pl", "ru"):
        for kind in site.walk(page, language):
            walked += 1
            if page.locator("button.term").count():
                page.locator("button.term").first.click()
            assert page.evaluate(WHAT_IS_KEPT) == NOTHING, (language, kind)
    assert walked >= 15
    assert context.cookies() == []
    assert hosts == {urlsplit(site.server).netloc}
    assert [text for text in complaints if "404" not in text] == [], "what the browser wrote to its console"


def test_no_answer_of_the_whole_site_sets_a_cookie(crawl: Crawl) -> None:
    assert [reading.path for reading in crawl.pages.values() if reading.cookie] == []


LIBRARY_LIMIT = 80
"""Kilobytes of the form library with everything that it loads, compressed."""


def transferred(context: BrowserContext, url: str) -> Counter[str]:
    """Return the bytes that came over the wire for a page, headers included, by kind of file."""
    page = context.new_page()
    session, kinds, sizes = context.new_cdp_session(page), {}, Counter()
    session.on("Network.responseReceived", lambda event: kinds.update({event["requestId"]: event["type"]}))
    session.on(
        "Network.loadingFinished",
        lambda event: sizes.update({kinds[event["requestId"]]: int(event["encodedDataLength"])}),
    )
    session.send("Network.enable")
    page.goto(url, wait_until="networkidle")
    return sizes


@pytest.mark.parametrize(
    ("kind", "limit"),
    [("home", 100), ("municipality", 100), ("shared guide", 60), ("guide with a local note", 60), ("local page", 60)],
)
def test_a_page_is_light(
    kind: str, limit: int, site: Site, open_context: OpenContext, record_property: Callable[[str, object], None]
) -> None:
    sizes = {language: transferred(open_context(), site.url(language, KINDS[kind])) for language in ("da", "ru")}
    for language, size in sizes.items():
        parts = ", ".join(f"{name} {part / KILOBYTE:.1f}" for name, part in size.items())
        record_property(FIGURE, f"{kind} ({language}): {size.total() / KILOBYTE:.1f} kB of {limit} kB ({parts})")
    assert all(size["Document"] > 0 for size in sizes.values())
    assert all(size.total() <= limit * KILOBYTE for size in sizes.values()), sizes
    assert all(size["Script"] <= 10 * KILOBYTE for size in sizes.values()), sizes


@pytest.mark.parametrize("address", ["blanketter/", "herning/blanketter/"])
def test_the_form_library_with_all_forms_is_light(
    address: str, site: Site, open_context: OpenContext, record_property: Callable[[str, object], None]
) -> None:
    for language in ("da", "pl", "ru"):
        size = transferred(open_context(), site.url(language, address))
        record_property(FIGURE, f"form library ({language}): {size.total() / KILOBYTE:.1f} kB of {LIBRARY_LIMIT} kB")
        assert 0 < size.total() <= LIBRARY_LIMIT * KILOBYTE, (language, size)
