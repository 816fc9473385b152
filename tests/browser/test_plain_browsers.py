"""What also works without JavaScript, and for readers who asked their system for less movement."""

import pytest

from tests.browser.pages import KINDS, OpenContext, Site
from tests.conftest import LANGUAGES

pytestmark = [pytest.mark.browser, pytest.mark.starter]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_meanings_of_words_open_without_javascript(language: str, site: Site, open_context: OpenContext) -> None:
    page = open_context(java_script_enabled=False).new_page()
    page.goto(site.url(language, KINDS["guide with a local note"]))
    term, meaning = page.locator("button.term").first, page.locator(".term-meaning").first
    assert not meaning.is_visible()
    term.press("Enter")
    assert meaning.is_visible()
    page.keyboard.press("Escape")
    assert not meaning.is_visible()
    term.click()
    assert meaning.is_visible()


def test_a_reader_without_javascript_finds_the_way_from_the_start_to_a_guide_in_another_language(
    site: Site, open_context: OpenContext
) -> None:
    page = open_context(java_script_enabled=False, locale="pl-PL").new_page()
    page.goto(site.server)
    assert page.url == site.url("pl")
    page.locator('main a[href="/pl/herning/"]').click()
    page.locator(f'main a[href="/pl/{KINDS["guide with a local note"]}"]').first.click()
    assert page.locator("aside.local-note").is_visible()
    page.locator('.languages a[hreflang="ru"]').click()
    assert page.url == site.url("ru", KINDS["guide with a local note"])
    page.locator(".menu-link").click()
    page.locator('#menu a[rel="up"]').click()
    assert page.url == site.url("ru", KINDS["shared guide"])


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_has_the_same_text_with_and_without_javascript(kind: str, site: Site, open_context: OpenContext) -> None:
    texts = []
    for is_enabled in (True, False):
        page = open_context(java_script_enabled=is_enabled).new_page()
        page.goto(site.url("de", KINDS[kind]))
        said = " ".join(page.locator("[data-hotline] [data-said]").all_inner_texts())
        assert said or kind == "not found", "with the moment or with the rule, but never without words"
        texts.append(page.locator("body").inner_text().replace(said, "", 1))
    assert texts[0] == texts[1]


def test_nothing_moves_for_readers_who_asked_for_less_movement(site: Site, open_context: OpenContext) -> None:
    page = open_context(reduced_motion="reduce").new_page()
    for kind in site.walk(page, "en"):
        moving = page.evaluate("""() => [...document.querySelectorAll("*")].filter(element => {
          const style = getComputedStyle(element);
          const lasts = value => value.split(",").some(duration => parseFloat(duration) > 0);
          return style.scrollBehavior === "smooth" || lasts(style.animationDuration) || lasts(style.transitionDuration);
        }).map(element => element.outerHTML.slice(0, 100))""")
        assert moving == [], kind
