"""A guide on paper: A4, the Danish words with their meanings, and nothing that one can only click on."""

import re
import unicodedata

import pytest
from playwright.sync_api import Page

from tests.browser.pages import GUIDE_WITH_NOTE, OpenContext, Site
from tests.browser.pdf_text import pdf_text
from tests.conftest import LANGUAGES

pytestmark = [pytest.mark.browser, pytest.mark.starter]

A4 = (595, 842)
MOST_PAGES = 6


def printed(page: Page) -> tuple[bytes, str]:
    """Return the open page as PDF, and its text without white space and ligatures."""
    pdf = page.pdf(prefer_css_page_size=True)
    return pdf, unicodedata.normalize("NFKC", pdf_text(pdf))


def squeezed(text: str) -> str:
    """Return a text without white space, for comparison with that of a PDF."""
    return "".join(text.replace("\u2060", "").split())


def test_a_polish_guide_in_herning_prints_on_a4_with_the_danish_words_and_their_meanings(
    site: Site, open_context: OpenContext
) -> None:
    page = open_context().new_page()
    page.goto(site.url("pl", GUIDE_WITH_NOTE))
    pdf, text = printed(page)
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    assert {(round(float(width)), round(float(height))) for width, height in boxes} == {A4}
    assert len(re.findall(rb"/Type /Page\b", pdf)) <= MOST_PAGES
    assert squeezed(page.locator("h1").inner_text() + page.locator(".danish-title").inner_text()) in text
    words = page.locator("button.term").all_text_contents()
    meanings = page.locator(".term-meaning").all_text_contents()
    assert len(words) == len(meanings) >= 5
    assert [
        word for word, meaning in zip(words, meanings, strict=True) if squeezed(f"{word} ({meaning})") not in text
    ] == []
    assert squeezed(page.locator(".local-note__place").inner_text()) in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_navigation_is_not_printed_but_addresses_and_telephone_numbers_are(
    language: str, site: Site, open_context: OpenContext
) -> None:
    page = open_context().new_page()
    page.goto(site.url(language, GUIDE_WITH_NOTE))
    official = page.locator('.official a[rel="external"]').first.get_attribute("href")
    page.emulate_media(media="print")
    assert [nav for nav in page.locator("nav, .skip-link, .places").all() if nav.is_visible()] == []
    _pdf, text = printed(page)
    assert official in text
    assert "96282828" in text
    assert "112" in text


def test_a_printed_plan_has_the_danish_beside_the_polish(site: Site, open_context: OpenContext) -> None:
    page = open_context().new_page()
    answers = "who=permit&why=work&stay=long&children=1&m=holstebro&arrival=2027-01-11"
    page.goto(site.url("pl", f"plan/?{answers}"))
    steps = page.locator("article.plan-step")
    titles = [
        (step.locator("h3 > span:last-child").inner_text(), step.locator(".plan-step__danish .plan-step__title"))
        for step in steps.all()
    ]
    danish = [title.text_content() or "" for _own, title in titles]
    _pdf, text = printed(page)
    assert len(titles) >= 15
    assert [own for own, _title in titles if squeezed(own) not in text] == []
    assert [title for title in danish if squeezed(title) not in text] == []
    assert "16stycznia2027" in text


def test_a_printed_field_guide_has_the_danish_labels_beside_the_polish(site: Site, open_context: OpenContext) -> None:
    page = open_context().new_page()
    page.goto(site.url("pl", "blanketter/anmeldelse-af-tilflytning/felter/"))
    labels = page.locator(".form-field__label strong").all_text_contents()
    translations = page.locator(".form-field__translation").all_text_contents()
    _pdf, text = printed(page)
    assert "Fulde navn" in labels
    assert "Statsborgerret" in labels
    assert [label for label in labels if squeezed(label) not in text] == []
    assert len(translations) >= 10
    assert [words for words in translations if squeezed(words) not in text] == []


def test_nothing_is_cut_off_on_any_printed_page(site: Site, open_context: OpenContext) -> None:
    page = open_context(viewport={"width": A4[0], "height": A4[1]}).new_page()
    page.emulate_media(media="print")
    for kind in site.walk(page, "de"):
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), kind
        assert page.locator("h1").is_visible(), kind
