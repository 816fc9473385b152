"""Fills in the form of an activity in Chromium and prints what was seen, as JSON.

A program of its own: while Playwright runs, Django refuses to ask the database in the same process.

    python -m tests.events_calendar.form_in_browser <Chromium> <address of the form> <session cookie>
"""

import json
import sys
from urllib.parse import urljoin

from playwright.sync_api import Page, sync_playwright

NAMES = ["interval", "weekdays", "nth", "until", "count", "skip_holidays", "extra_dates"]


def shown(page: Page) -> list[str]:
    """Return the fields that can be seen."""
    return [name for name in NAMES if page.locator(f"[name={name}]").first.is_visible()]


def said(page: Page) -> str:
    """Return what stands below the button, once it has changed."""
    page.wait_for_timeout(1500)
    return page.locator("[data-schedule-preview] [role=status]").inner_text()


def main(chromium: str, address: str, session: str) -> None:
    """Open, choose, type, and print."""
    seen: dict[str, object] = {"errors": []}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        context = browser.new_context(locale="da-DK")
        context.add_cookies([{"name": "sessionid", "value": session, "url": urljoin(address, "/")}])
        page = context.new_page()
        page.on("pageerror", lambda error: seen["errors"].append(str(error)))  # type: ignore[attr-defined]
        page.goto(address)
        page.wait_for_load_state("networkidle")
        seen["once"] = shown(page)
        page.select_option("[name=frequency]", "monthly_nth")
        seen["monthly_nth"] = shown(page)
        page.select_option("[name=frequency]", "weekly")
        seen["weekly"] = shown(page)
        page.fill("[name=start_date]", "2027-10-14")
        page.fill("[name=start_time]", "19:00")
        page.fill("[name=end_time]", "22:00")
        page.fill("[name=interval]", "2")
        page.keyboard.press("Tab")
        # By keyboard: the dates that arrive meanwhile move what stands below a pointer.
        page.locator("[name=weekdays][value='3']").press("Space")
        seen["dates"] = said(page)
        page.fill("[name=end_time]", "18:00")
        seen["wrong"] = said(page)
        browser.close()
    print(json.dumps(seen))  # noqa: T201  the answer of this program


if __name__ == "__main__":
    main(*sys.argv[1:])
