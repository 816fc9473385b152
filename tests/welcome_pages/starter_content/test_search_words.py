"""The best bets that ship: in an emergency everybody gets the right number or page, and nobody else is alarmed."""

import re
from pathlib import Path

import pytest

from portal.facts.models import Fact
from portal.facts.tokens import citations
from portal.search.best_bets import BestBetRow, best_bets_for
from portal.search.models import BestBet
from portal.search.remembered import forget_everything
from portal.starter.located import Problem
from tests.welcome_pages.starter_content.shipped import LANGUAGES, all_texts, content, page_texts, words_of
from tests.welcome_pages.starter_content.small_content import FILES, ContentFolder
from tests.welcome_pages.starter_content.urgent_questions import HARMLESS, POLICE_WITHOUT_HASTE, URGENT
from welcome_pages.starter_content.reader import read
from welcome_pages.starter_content.rows import fact_values
from welcome_pages.starter_content.search_words import bet_values

# fmt: off
NUMBERS = {
    "emergency-112": "112", "out-of-hours-doctor": "70 11 31 31", "poison-line": "82 12 12 12", "police-114": "114",
}
# fmt: on
PAGES = {
    "suicide-line": "https://www.livslinien.dk/",
    "violence-line": "https://levudenvold.dk/",
    "line-for-children": "https://bornetelefonen.dk/",
}
"""Lines whose numbers nobody has checked: readers are led to the page of the organisation."""
UNCHECKED = ["70201201", "1888", "116111"]


@pytest.fixture
def shipped_bets(db):
    """The best bets that ship and the facts that they show."""
    wanted = {item["fact"] for item in content().bets}
    for item in content().facts:
        if item["key"] in wanted:
            Fact.objects.create(key=item["key"], **fact_values(item))
    for item in content().bets:
        BestBet.objects.create(key=item["key"], **bet_values(item, lambda _reference: None))
    forget_everything()
    yield
    forget_everything()


def urgent(question: str, language: str) -> list[BestBetRow]:
    return [row for row in best_bets_for(question, language, None) if row.is_urgent]


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_is_in_danger_gets_the_right_number_first(language, shipped_bets):
    missed = [
        f"{question} → {key}"
        for key, questions in URGENT[language].items()
        for question in questions
        if key not in {row.key for row in urgent(question, language)}
    ]
    assert missed == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_else_is_alarmed(language, shipped_bets):
    alarms = {question: [row.key for row in urgent(question, language)] for question in HARMLESS[language]}
    assert {question: keys for question, keys in alarms.items() if keys} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_can_wait_leads_to_the_police_without_an_alarm(language, shipped_bets):
    shown = {
        question: [(row.key, row.is_urgent) for row in best_bets_for(question, language, None)]
        for question in POLICE_WITHOUT_HASTE[language]
    }
    assert shown == {question: [("police-114", False)] for question in POLICE_WITHOUT_HASTE[language]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_best_bet_shows_a_number_or_a_page_that_can_be_tapped_in_the_readers_language(language, shipped_bets):
    questions = {**{key: found[0] for key, found in URGENT[language].items()}, "police-114": "114"}
    for key, question in questions.items():
        row = next(row for row in best_bets_for(question, language, None) if row.key == key)
        assert '<span lang="da"' not in row.title_html, f"{key} has no label in {language}"
        if key in PAGES:
            assert f'href="{PAGES[key]}"' in row.title_html
            continue
        number = NUMBERS[key].replace(" ", "")
        assert any(f'href="tel:{code}{number}"' in row.value_html for code in ("", "+45")), key


def test_the_facts_of_the_best_bets_are_the_right_ones():
    values = {item["key"]: item["value"] for item in content().facts}
    assert {item["key"]: values[item["fact"]] for item in content().bets} == NUMBERS | PAGES


def test_no_unchecked_number_is_in_the_register_or_in_a_text():
    shown = [item["value"] for item in content().facts] + [
        words_of(text) for _place, versions in all_texts() for text in versions.values()
    ]
    for number in UNCHECKED:
        pattern = re.compile(r"(?<!\d)" + r"[ \u00a0]?".join(number) + r"(?!\d)")
        assert [text for text in shown if pattern.search(text)] == []


def test_who_is_led_to_a_page_is_also_told_what_to_do_in_danger():
    assert {item["page"] for item in content().bets if item["fact"] in PAGES} == {"T16-emergency"}
    cited = {key for place in page_texts("guides/akut-hjaelp.yaml") for _prefix, key in citations(place.versions["da"])}
    assert {"emergency-112", *PAGES} <= cited


# What is refused ------------------------------------------------------------------------------------------------------

BETS = "search_words.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> ContentFolder:
    return ContentFolder(tmp_path)


def test_the_small_folder_has_a_best_bet(folder):
    (bet,) = read(folder.root).bets
    values = bet_values(bet, {"T09-cpr-number": 7}.get)
    assert values["words"]["da"] == "lægevagt; vagtlæge; 1813; skadestue"
    assert (values["words"]["pl"], values["page_id"]) == ("(pl) læge; 1813; skadestue", 7)


# fmt: off
MISTAKES = [
    ("key: doctor", "key: Doctor!", "key: Doctor!", "small letters"),
    ("urgent: true", "urgent: often", "urgent:", "must be true or false"),
    ("urgent: true", "urgent: true\n  colour: red", "colour:", "“colour” is not known here"),
    ("  urgent: true\n", "", "key: doctor", "“urgent” is missing"),
    ("fact: out-of-hours-doctor", "fact: vet", "fact:", "names no fact: “vet”"),
    ("page: T09-cpr-number", "page: T99-nothing", "page:", "names no page: “T99-nothing”"),
    ("page: T09-cpr-number", "page: herning/sprogcenter", "page:", "belongs to one municipality"),
    ("  fact: out-of-hours-doctor\n  page: T09-cpr-number\n", "", "key: doctor", "leads nowhere"),
    ("    ru: [\"(ru) læge\"]\n", "", "words:", "“ru” is missing"),
    ("    ru: [\"(ru) læge\"]", "    ru: []", "ru:", "must not be an empty list"),
    ("    ru: [\"(ru) læge\"]", "    ru: læge", "ru:", "must be a list"),
    ("    ru: [\"(ru) læge\"]", "    uk: [\"læge\"]", "words:", "“ru” is missing"),
    ("\"1813\"", "1813", "everywhere:", "put figures in quotation marks"),
    ("vagtlæge", "lægevagt", "da:", "names “lægevagt” twice"),
    ("vagtlæge", "\"a; b\"", "da:", "the semicolon separates words"),
]
# fmt: on


@pytest.mark.parametrize(("old", "new", "line", "reason"), MISTAKES)
def test_a_mistake_is_refused_with_file_line_and_reason(folder, old, new, line, reason):
    folder.change(BETS, old, new)
    with pytest.raises(Problem) as caught:
        read(folder.root)
    assert caught.value.path == folder.path(BETS)
    assert reason in caught.value.reason
    assert caught.value.line == folder.line_of(BETS, line)


# fmt: off
SYNONYM_MISTAKES = [
    ("trækkort, hovedkort", "trækkort, TRÆKKORT", "TRÆKKORT", "“TRÆKKORT” stands in “da” on line 2 already"),
    ("trækkort, hovedkort", "", "da:", "must not be an empty list"),
    ("typed: [PIT]", "typed: PIT", "pl:", "must be a list"),
    ("typed: [PIT]", "words: [PIT]", "pl:", "“typed” is missing"),
    ("typed: [PIT]", "typed: [27]", "pl:", "must be a text"),
    ("typed: [PIT]", f"typed: [{'x' * 101}]", "pl:", "101 characters, 100 are allowed"),
    ("karta podatkowa, skattekort", ", ".join(f"{'x' * 90}{n}" for n in range(4)), "pl:", "more than 300 characters"),
    ("karta podatkowa, skattekort", "\"a; b\"", "pl:", "the semicolon separates words"),
    ("  pl:", "  uk:", "uk:", "“uk” is not known here"),
]
# fmt: on


@pytest.mark.parametrize(("old", "new", "line", "reason"), SYNONYM_MISTAKES)
def test_a_mistake_in_the_synonyms_is_refused_with_file_line_and_reason(folder, old, new, line, reason):
    folder.change("synonyms.yaml", old, new)
    with pytest.raises(Problem) as caught:
        read(folder.root)
    assert caught.value.path == folder.path("synonyms.yaml")
    assert reason in caught.value.reason
    assert caught.value.line == folder.line_of("synonyms.yaml", line)


def test_a_concept_without_words_is_refused(folder):
    folder.write("synonyms.yaml", "- key: nothing\n")
    with pytest.raises(Problem, match=r"synonyms\.yaml:1: “key” has no words in any language"):
        read(folder.root)


def test_two_best_bets_with_one_key_are_refused(folder):
    folder.write(BETS, FILES[BETS] * 2)
    with pytest.raises(Problem, match="best bet doctor already stands in"):
        read(folder.root)
