"""Everything can be reached and used with the keyboard alone, in the order of the text, and one sees where one is."""

import pytest
from playwright.sync_api import Page

from tests.browser.pages import DESKTOP, KINDS, PHONE, OpenContext, Site

pytestmark = [pytest.mark.browser, pytest.mark.starter]

LIST_WHAT_CAN_BE_USED = """() => {
  const wanted = "a[href], button, input, select, textarea, summary, [tabindex='0']";
  // The buttons of one question are one stop, at the chosen one or at the first: the arrows lead to the others.
  const stop = radio => document.querySelector(`input[type=radio][name="${radio.name}"]:checked`)
    || document.querySelector(`input[type=radio][name="${radio.name}"]`);
  window.usable = [...document.querySelectorAll(wanted)].filter(element => element.checkVisibility()
    && !element.disabled && element.tabIndex >= 0 && (element.type !== "radio" || element === stop(element)));
  return usable.length;
}"""
WHERE_AM_I = """() => {
  const element = document.activeElement, corner = element.getClientRects()[0];
  const frames = [element, element.closest("li")].filter(Boolean).map(it => getComputedStyle(it));
  const top = corner && document.elementFromPoint(corner.left + corner.width / 2, corner.top + corner.height / 2);
  return {
    number: usable.indexOf(element),
    name: element.outerHTML.slice(0, 120),
    framed: frames.some(style => style.outlineStyle === "solid" && parseFloat(style.outlineWidth) >= 2),
    seen: Boolean(top) && (element.contains(top) || top.contains(element)),
  };
}"""

IS_INSIDE_DATE = """() => {
  const element = document.activeElement, again = element === window.lastStop && /date|time/.test(element.type);
  window.lastStop = element;
  return again;
}"""
"""A field for a date has a stop for the day, the month and the year: together they are one step."""


def read_with_tab(page: Page) -> list[dict]:
    """Press Tab once for each link and button, and return where that led."""
    count = page.evaluate(LIST_WHAT_CAN_BE_USED)
    steps = []
    for _step in range(count):
        page.keyboard.press("Tab")
        while page.evaluate(IS_INSIDE_DATE):
            page.keyboard.press("Tab")
        steps.append(page.evaluate(WHERE_AM_I))
    return steps


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "wide screen"])
@pytest.mark.parametrize(
    "kind",
    [
        "home",
        "municipality",
        "overview of guides",
        "guide with a local note",
        "calendar",
        "form of associations",
        "field guide",
        "questions of the plan",
        "plan",
        "times to call",
    ],
)
def test_tab_reaches_every_link_and_button_in_order_and_shows_where_it_is(
    kind: str, viewport: dict, site: Site, open_context: OpenContext
) -> None:
    page = open_context(viewport=viewport, reduced_motion="reduce").new_page()
    page.goto(site.url("pl", KINDS[kind]))
    steps = read_with_tab(page)
    assert len(steps) > 15
    assert [step["number"] for step in steps] == list(range(len(steps)))
    assert [step["name"] for step in steps if not step["framed"]] == []
    assert [step["name"] for step in steps if not step["seen"]] == []


def _press(page: Page, keys: str) -> None:
    """Press keys that may lead through the frame of the browser, which gives the focus back a moment later."""
    page.keyboard.press(keys)
    page.wait_for_timeout(200)


def test_tab_leaves_the_page_at_its_end_and_comes_back_to_its_start(site: Site, open_context: OpenContext) -> None:
    page = open_context().new_page()
    page.goto(site.url("pl", KINDS["guide with a local note"]))
    last = read_with_tab(page)[-1]
    _press(page, "Tab")
    if page.evaluate("document.activeElement === document.body"):
        _press(page, "Tab")
    assert page.evaluate(WHERE_AM_I)["number"] == 0
    _press(page, "Shift+Tab")
    if page.evaluate("document.activeElement === document.body"):
        _press(page, "Shift+Tab")
    assert page.evaluate(WHERE_AM_I)["number"] == last["number"]


def test_the_first_link_skips_to_the_text(site: Site, open_context: OpenContext) -> None:
    page = open_context().new_page()
    page.goto(site.url("ru", KINDS["guide with a local note"]))
    skip_link = page.locator(".skip-link")
    assert skip_link.bounding_box()["x"] < 0
    page.keyboard.press("Tab")
    assert skip_link.bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "MAIN"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_enter_opens_the_meaning_of_every_word_and_escape_closes_it(site: Site, open_context: OpenContext) -> None:
    page = open_context().new_page()
    page.goto(site.url("pl", KINDS["guide with a local note"]))
    terms, meaning = page.locator("button.term"), page.locator(".term-meaning:popover-open")
    assert terms.count() >= 5
    for number in range(terms.count()):
        terms.nth(number).focus()
        assert meaning.count() == 0
        page.keyboard.press("Enter")
        assert len(meaning.inner_text()) > 20
        page.keyboard.press("Escape")
        assert meaning.count() == 0
        assert page.evaluate(
            "number => document.querySelectorAll('button.term')[number] === document.activeElement", number
        )


def test_an_open_meaning_does_not_hold_the_keyboard(site: Site, open_context: OpenContext) -> None:
    page = open_context().new_page()
    page.goto(site.url("pl", KINDS["guide with a local note"]))
    page.evaluate(LIST_WHAT_CAN_BE_USED)
    page.locator("button.term").first.focus()
    here = page.evaluate(WHERE_AM_I)["number"]
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    assert page.evaluate(WHERE_AM_I)["number"] == here + 1
