"""Opens a page in Chromium at given times and prints what it says of the hotline, at once and a minute later, as JSON.

A program of its own: while Playwright runs, Django refuses to ask the database in the same process.

    python -m tests.hotline.open_in_browser <Chromium> <file of the page> <file of the script> <times as JSON>
"""

import json
import sys
from pathlib import Path

from playwright.sync_api import Route, sync_playwright

ADDRESS = "http://portal.example/"


def main(chromium: str, html: str, script: str, times: str) -> None:
    """Open the page once for every time, and print."""
    files = {"document": (html, "text/html; charset=utf-8"), "script": (script, "text/javascript")}

    def answer(route: Route) -> None:
        request = route.request
        if request.url == ADDRESS or request.url.endswith("hotline/open.js"):
            file, kind = files[request.resource_type]
            route.fulfill(body=Path(file).read_text(encoding="utf-8"), content_type=kind)
        else:
            route.abort()

    seen = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for moment in json.loads(times):
            context = browser.new_context(timezone_id="America/New_York")
            page = context.new_page()
            page.clock.install(time=moment)
            page.route("**/*", answer)
            page.goto(ADDRESS)
            bar = page.locator("[data-said]")
            before = bar.inner_text()
            page.clock.run_for(60_000)
            seen.append([before, bar.inner_text()])
            context.close()
        browser.close()
    print(json.dumps(seen))  # noqa: T201  the answer of this program


if __name__ == "__main__":
    main(*sys.argv[1:])
