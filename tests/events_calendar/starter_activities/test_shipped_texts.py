"""Every text of the examples that ship is in the language it claims, in one tone, and promises nothing that is not so."""

import re

import pytest
from lingua import Language, LanguageDetectorBuilder

from events_calendar.choices import ActivityType, Registration
from events_calendar.starter_activities.reader import FOLDER, Activities, read
from portal.starter.located import load
from portal.starter.texts import texts

CODES = {
    Language.DANISH: "da",
    Language.ENGLISH: "en",
    Language.GERMAN: "de",
    Language.POLISH: "pl",
    Language.RUSSIAN: "ru",
}
SHORTEST = 40


@pytest.fixture(scope="module")
def content() -> Activities:
    return read()


@pytest.fixture(scope="module")
def all_texts() -> list[tuple[str, dict[str, str]]]:
    files = sorted(FOLDER.rglob("*.yaml"))
    return [(f"{path.name}:{line}", versions) for path in files for versions, line in texts(load(path))]


def test_five_municipalities_have_five_examples_each(content):
    for overview in content.overviews:
        assert len([file for file in content.activities if file.municipality == overview.municipality]) == 5
    assert len(content.activities) == 25


def test_the_examples_are_of_every_kind(content):
    assert {file.data["type"] for file in content.activities} == set(ActivityType.values)
    assert {file.data["sign_up"]["how"] for file in content.activities} == set(Registration.values)
    interpreters = {code for file in content.activities for code in file.data.get("interpreters", [])}
    assert interpreters == {"pl", "ru", "uk", "de", "ro"}
    assert any(file.data.get("online") for file in content.activities)
    assert any(file.data.get("also_in") for file in content.activities)
    assert any(file.data["sign_up"].get("waiting_places") for file in content.activities)


def test_every_text_is_in_the_language_it_claims(all_texts):
    detector = LanguageDetectorBuilder.from_languages(*CODES).build()
    wrong, checked = [], 0
    for place, versions in all_texts:
        for language, text in versions.items():
            if len(text) < SHORTEST:
                continue
            checked += 1
            found = detector.detect_language_of(text)
            if found is None or CODES[found] != language:
                wrong.append(f"{place} [{language}] looks like {found}: {text}")
    assert not wrong, "\n".join(wrong)
    assert checked > 400


@pytest.mark.parametrize(
    ("language", "forbidden"),
    [
        ("da", r"(?<=[a-zæøå,] )\b(?:De|Dem|Deres|Jer)\b"),
        ("de", r"\b(?:[Dd]u|[Dd]ich|[Dd]ir|[Dd]ein\w*|[Ee]uch|[Ee]uer)\b"),
        ("pl", r"\b(?:[Pp]an(?:i|a|u|em|ią|ie)?|Państw(?:o|a|u|em))\b"),
        ("ru", r"\b(?:[Тт](?:ы|ебя|ебе|вой|воя|воё|вои))\b|(?<=[а-яё,;—] )В(?:ы|ас|ам|ами|аш\w*)\b"),
    ],
)
def test_nobody_is_addressed_in_another_way(all_texts, language, forbidden):
    found = [
        f"{place}: {versions[language]}" for place, versions in all_texts if re.search(forbidden, versions[language])
    ]
    assert not found, "\n".join(found)


def test_all_languages_have_the_same_figures(all_texts):
    for place, versions in all_texts:
        assert len({tuple(re.findall(r"\d+", text)) for text in versions.values()}) == 1, place


def test_every_organiser_says_that_it_is_an_example(content):
    names = [file.data["organiser"] for file in content.activities if "organiser" in file.data]
    assert len(names) >= 20
    assert all(name.endswith(" (eksempel)") for name in names)
