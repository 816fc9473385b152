"""The text stays whole on the narrowest phone, at twice its size and with wide spacing."""

import pytest

from tests.browser.layout import enlarge_text, problems, space_text
from tests.browser.pages import DESKTOP, KINDS, NARROWEST, PHONE, OpenContext, Site
from tests.conftest import LANGUAGES

pytestmark = [pytest.mark.browser, pytest.mark.starter]


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_cut_off_or_scrolls_sideways_at_320_pixels(
    language: str, site: Site, open_context: OpenContext
) -> None:
    page = open_context(viewport=NARROWEST).new_page()
    found = {kind: problems(page) for kind in site.walk(page, language)}
    assert not any(found.values()), found


@pytest.mark.parametrize("language", LANGUAGES)
def test_text_can_be_twice_as_large_and_spaced_wide(language: str, site: Site, open_context: OpenContext) -> None:
    page = open_context().new_page()
    found = {}
    for kind in site.walk(page, language):
        page.set_viewport_size(DESKTOP)
        enlarge_text(page, 2)
        found[kind, "200 % on a wide screen"] = problems(page)
        page.set_viewport_size(PHONE)
        found[kind, "200 % on a phone"] = problems(page)
        enlarge_text(page, 0.5)
        space_text(page)
        found[kind, "wide spacing"] = problems(page)
    assert not any(found.values()), {key: lines for key, lines in found.items() if lines}


def test_the_meaning_of_a_word_fits_the_narrowest_phone(site: Site, open_context: OpenContext) -> None:
    page = open_context(viewport=NARROWEST).new_page()
    page.goto(site.url("ru", KINDS["guide with a local note"]))
    terms = page.locator("button.term")
    for number in range(terms.count()):
        terms.nth(number).click()
        box = page.locator(".term-meaning:popover-open").bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= NARROWEST["width"]
        page.keyboard.press("Escape")


def test_the_layout_checks_would_find_a_mistake(site: Site, open_context: OpenContext) -> None:
    page = open_context(viewport=NARROWEST).new_page()
    page.goto(site.url("pl"))
    page.evaluate("""() => {
      document.querySelector("h1").style.cssText = "width: 500px; white-space: nowrap";
      document.querySelector(".summary").style.cssText = "height: 1em; overflow: hidden";
      document.querySelector(".places p").style.cssText = "margin-top: -2em";
    }""")
    found = " ".join(problems(page))
    assert all(words in found for words in ("wide", "leaves the screen", "cuts off", "printed over")), found


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_a_phone_the_text_comes_first_and_the_menu_opens_without_a_script(
    language: str, site: Site, open_context: OpenContext
) -> None:
    page = open_context(java_script_enabled=False).new_page()
    page.goto(site.url(language, KINDS["guide with a local note"]))
    heading, menu = page.locator("h1").bounding_box(), page.locator("#menu")
    assert heading is not None
    assert heading["y"] < PHONE["height"] * 2 / 3
    assert not menu.is_visible()
    page.locator(".menu-link").press("Enter")
    assert menu.is_visible()
    page.keyboard.press("Tab")
    assert page.locator("#menu a:focus").count() == 1
    page.goto(site.url(language))
    assert menu.is_visible(), "where somebody begins, it is open"
