"""Every text is in the language that its mark-up says, judged by a language detector over the whole site.

Names of places, authorities and products are Danish in every language and would decide over short paragraphs. They are
taken out first: Danish writes only names with a capital letter, so a capital inside a Danish sentence shows a name.
"""

import re

import pytest
import yaml
from lingua import Language, LanguageDetector, LanguageDetectorBuilder

from tests.browser.crawl import Crawl, read_html
from tests.browser.test_links import pages
from tests.conftest import LANGUAGES, ROOT

pytestmark = pytest.mark.starter

NAMES_OF_LANGUAGES = {
    Language.DANISH: "da",
    Language.ENGLISH: "en",
    Language.GERMAN: "de",
    Language.POLISH: "pl",
    Language.RUSSIAN: "ru",
}
GLOSSARY = ROOT / "welcome_pages" / "starter_content" / "glossary.yaml"
SHORTEST = 60
SHORTEST_WITHOUT_NAMES = 40
WORD = re.compile(r"[^\W\d_][\w’'-]*")
NAME = re.compile(r"(?<=[^.!?:”\"»] )[\w-]*[A-ZÆØÅ][\w-]*")
QUOTED_OR_SITE = re.compile(r"[‘„“”«»\"][^‘’“”„«»\"]*[’”“»\"]|\S+/\S+/\S*|\S+\.(?:dk|com|eu|org)\S*|\([\w-]+\)")
SENTENCES = {
    "da": "Denne side fortæller, hvad du skal gøre i den første uge, og hvilke papirer du skal have med.",
    "en": "This page tells you what to do during the first week, and which papers you have to bring along.",
    "de": "Diese Seite sagt Ihnen, was Sie in der ersten Woche tun müssen und welche Papiere nötig sind.",
    "pl": "Ta strona mówi, co trzeba zrobić w pierwszym tygodniu i jakie dokumenty zabrać ze sobą.",
    "ru": "На этой странице сказано, что нужно сделать в первую неделю и какие документы взять с собой.",
}


class Judge:
    """Says in which of the five languages a text is, from its words other than names and glossary words."""

    def __init__(self, detector: LanguageDetector, names: set[str], danish_terms: set[str]) -> None:
        self.detector = detector
        self.names = names
        self.danish_terms = danish_terms

    def words(self, text: str, language: str) -> str:
        """Return what a text consists of apart from names, quotations and Danish terms."""
        words = (word for word in WORD.findall(QUOTED_OR_SITE.sub(" ", text)) if word not in self.names)
        return " ".join(word for word in words if language == "da" or word.lower() not in self.danish_terms)

    def language(self, words: str) -> str:
        """Return the code of the language, or "" where there is no telling."""
        found = self.detector.detect_language_of(words)
        return NAMES_OF_LANGUAGES[found] if found else ""


def texts_of_site(crawl: Crawl) -> dict[tuple[str, str], str]:
    """Return each (language as marked, text) of the site once, with an address where it stands."""
    texts: dict[tuple[str, str], str] = {}
    for reading in pages(crawl):
        for marked in reading.texts:
            texts.setdefault(marked, reading.path)
    return texts


@pytest.fixture(scope="module")
def judge(crawl: Crawl) -> Judge:
    """A detector of the five languages that knows the names and the Danish terms of this site."""
    texts = texts_of_site(crawl)
    names = {name for language, text in texts if language == "da" for name in NAME.findall(text)}
    entries = yaml.safe_load(GLOSSARY.read_text())
    terms = " ".join(word for entry in entries for word in [entry["word"]["da"], *entry["synonyms"]["da"]])
    return Judge(
        LanguageDetectorBuilder.from_languages(*NAMES_OF_LANGUAGES).build(), names, set(WORD.findall(terms.lower()))
    )


def test_every_paragraph_is_in_the_language_that_it_is_marked_with(crawl: Crawl, judge: Judge) -> None:
    wrong, seen = [], dict.fromkeys(LANGUAGES, 0)
    for (marked, text), path in texts_of_site(crawl).items():
        words = judge.words(text, marked)
        if len(text) >= SHORTEST and len(words) >= SHORTEST_WITHOUT_NAMES:
            seen[marked] += 1
            found = judge.language(words)
            if found != marked:
                wrong.append(f"{path}: marked {marked}, seems {found}: {text}")
    assert wrong == []
    assert min(seen.values()) > 500, seen


def test_a_text_in_another_language_than_its_mark_would_be_found(judge: Judge) -> None:
    found = {written: judge.language(judge.words(text, "da")) for written, text in SENTENCES.items()}
    assert found == {written: written for written in SENTENCES}
    assert judge.language(judge.words(SENTENCES["da"], "pl")) == "da"


def test_texts_are_told_apart_by_block_and_by_mark() -> None:
    html = (
        '<!doctype html><html lang="pl"><body><p>Idź do <b lang="da">Borgerservice</b> w Herning.</p>'
        '<ul><li>Weź <a href="/pl/">paszport</a>.<li>Zapytaj.</ul><span popover lang="ru">Место.</span>'
    )
    reading = read_html("/pl/", 200, html)
    assert reading.texts == [
        ("pl", "Idź do w Herning."),
        ("da", "Borgerservice"),
        ("pl", "Weź paszport."),
        ("pl", "Zapytaj."),
        ("ru", "Место."),
    ]


def test_no_text_is_without_a_language(crawl: Crawl) -> None:
    assert {language for language, _text in texts_of_site(crawl)} == set(LANGUAGES)
