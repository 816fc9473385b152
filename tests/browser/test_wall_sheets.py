"""What employers hang up or hand over is one sheet of paper: wall sheets of all guides, and the checklists."""

import re

import pytest
from playwright.sync_api import Page

from tests.browser.pages import OpenContext, Site
from tests.browser.pdf_text import pdf_text
from tests.browser.test_print import A4, squeezed
from tests.conftest import LANGUAGES

pytestmark = [pytest.mark.browser, pytest.mark.starter]

LONGEST_PAIRS = [("de", "herning", "ru"), ("pl", "ringkoebing-skjern", "ru")]
CHECKLISTS = ["tjekliste-eu", "tjekliste-tilladelse", "tjekliste-graensependler"]


def sheets_in(page: Page) -> tuple[int, bytes]:
    """Print a page, and return the number of sheets and the file. Every sheet is an A4."""
    pdf = page.pdf(prefer_css_page_size=True)
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    assert {(round(float(width)), round(float(height))) for width, height in boxes} == {A4}
    return len(re.findall(rb"/Type /Page\b", pdf)), pdf


@pytest.mark.parametrize(("language", "municipality", "beside"), LONGEST_PAIRS)
def test_every_guide_is_one_sheet_in_the_longest_languages(
    language: str, municipality: str, beside: str, site: Site, open_context: OpenContext
) -> None:
    page = open_context().new_page()
    page.goto(site.url(language, f"{municipality}/virksomheder/"))
    links = page.locator('.manual__sheets a[href$="/opslag/"]')
    paths = [link.get_attribute("href") for link in links.all()]
    assert len(paths) >= 25
    found = {}
    for path in paths:
        page.goto(f"{site.server}{path}?with={beside}")
        found[path] = sheets_in(page)[0]
    assert {path: count for path, count in found.items() if count != 1} == {}


def test_a_wall_sheet_prints_both_languages_the_contact_and_the_address_of_the_guide(
    site: Site, open_context: OpenContext
) -> None:
    page = open_context().new_page()
    page.goto(site.url("pl", "herning/guide/ankomst/cpr-nummer/opslag/?with=ru"))
    count, pdf = sheets_in(page)
    text = pdf_text(pdf)
    assert count == 1
    for words in page.locator(".wall-sheet__title, .wall-sheet__address").all_inner_texts():
        assert squeezed(words) in text
    assert "+4596282828" in text
    assert "112" in text
    page.emulate_media(media="print")
    assert not page.locator(".wall-sheet__choices, .site-header, .site-footer").filter(visible=True).count()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_checklist_is_one_sheet_with_a_box_for_each_step(
    language: str, site: Site, open_context: OpenContext
) -> None:
    page = open_context().new_page()
    for place in ("", "herning/"):
        for slug in CHECKLISTS:
            page.goto(site.url(language, f"{place}virksomheder/{slug}/"))
            page.emulate_media(media="print")
            steps, boxes = page.locator(".checklist__step"), page.locator(".checklist__box")
            assert steps.count() == boxes.filter(visible=True).count() >= 15
            assert sheets_in(page)[0] == 1, (language, place, slug)
