"""All packs of the content that ships: time, size, accessibility by two readers that know nothing of each other, and words."""

import time
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import page as ua_checker
import pytest
from bs4 import BeautifulSoup

from tests.conftest import LANGUAGES, MUNICIPALITIES
from tests.welcome_pages.welcome_pack.pdf import TaggedPdf, words_of

pytestmark = [pytest.mark.starter, pytest.mark.usefixtures("starter_site")]

PACKS = [(language, municipality) for language in LANGUAGES for municipality in MUNICIPALITIES]
FEWEST_SENTENCES = 20


def address_of(language: str, municipality: str) -> str:
    """Return the address of a pack."""
    return f"/{language}/{municipality}/velkomstpakke/"


def sentences(html: str) -> Iterator[str]:
    """Yield the paragraphs and points of the guides as a reader sees them, but those to which paper adds an address."""
    soup = BeautifulSoup(html, "html.parser")
    for hidden in soup.select("[popover]"):
        hidden.decompose()
    for part in soup.select(".pack-guide p, .pack-guide li, #welcome p"):
        if not part.select("a[rel=external]"):
            yield " ".join(part.get_text().replace("\u2060", "").split())


@pytest.mark.parametrize(("language", "municipality"), PACKS)
def test_every_pack_is_fast_small_and_accessible(client: Any, record_property: Any, language, municipality):
    started = time.perf_counter()
    response = client.get(f"{address_of(language, municipality)}velkomstpakke.pdf")
    seconds, content = time.perf_counter() - started, response.content
    assert response.status_code == 200
    record_property("figure", f"welcome pack {language} {municipality}: {seconds:.2f} s, {len(content) // 1000} kB")
    assert seconds < 5
    assert len(content) < 1_000_000
    report = ua_checker.validate_pdf_bytes(content, profile="ua1")
    assert [(failure.rule_id, failure.message) for failure in report.failures] == []
    assert report.rules.total > 100
    _check_structure(TaggedPdf(content), language)


def _check_structure(pdf: TaggedPdf, language: str) -> None:
    root = pdf.root
    assert root.MarkInfo.Marked
    assert str(root.Lang) == language
    assert root.ViewerPreferences.DisplayDocTitle
    assert str(pdf.pdf.docinfo["/Title"]) == pdf.pdf.open_metadata()["dc:title"]
    levels = pdf.headings
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert {2, 3} <= set(levels)
    assert all(after <= before + 1 for before, after in pairwise(levels))
    figures = [element for element in pdf.elements if element.tag == "Figure"]
    assert figures
    assert all(f"/{language}/" in figure.alternative for figure in figures)
    assert pdf.untagged() == []
    assert pdf.fonts()
    assert all(fonts == (True, True) for fonts in pdf.fonts().values())
    if language != "da":
        assert "da" in pdf.languages_of_passages()
    tags = {element.tag for element in pdf.elements}
    assert {"L", "LI", "LBody", "P", "Link"} <= tags
    assert "Table" not in tags


@pytest.mark.parametrize(("language", "municipality"), PACKS)
def test_every_sentence_of_the_page_is_in_the_file_letter_by_letter(client: Any, language, municipality):
    html = client.get(address_of(language, municipality)).content.decode()
    words = words_of(client.get(f"{address_of(language, municipality)}velkomstpakke.pdf").content)
    expected = list(sentences(html))
    assert len(expected) >= FEWEST_SENTENCES
    assert [sentence for sentence in expected if sentence not in words] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_pack_has_no_place_for_a_missing_fact_or_a_raw_token(client: Any, language):
    for municipality in MUNICIPALITIES:
        pack = BeautifulSoup(client.get(address_of(language, municipality)).content.decode(), "html.parser").main
        assert not pack.select(".fact--missing")
        assert "[[" not in pack.get_text()
