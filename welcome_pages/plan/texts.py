"""Reads the words of the plan in all languages, and checks that nothing is without words and no words are without use."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from portal.starter.located import Mapping, Place, Problem, load
from portal.starter.texts import check_text

from .answers import QUESTIONS
from .rules import FOLDER, PHASES, Rules, read_rules

TEXTS = FOLDER / "texts"
FILES = ("questions", "contradictions", "phases", "papers", "places", "notes", "forms", "deadlines")
PARTS = ("title", "why", "duration", "next")
"""What is said about each step."""
PLAIN = {"questions", "contradictions", "phases", "papers", "forms"}
Text = dict[str, str]
"""Language → words."""


class Words(NamedTuple):
    """A text with the language that it is really in."""

    text: str
    language: str


@dataclass
class Texts:
    """All words of the plan, by file and key."""

    named: dict[str, dict[str, Text]] = field(default_factory=dict)
    steps: dict[str, dict[str, Text]] = field(default_factory=dict)

    def words(self, file: str, key: str, language: str) -> Words:
        """Return a text in a language; in Danish where that language has none."""
        return words_of(self.named[file][key], language)

    def step(self, key: str, part: str, language: str) -> Words:
        """Return what is said about a step."""
        return words_of(self.steps[key][part], language)


def words_of(text: Text, language: str) -> Words:
    """Return a text in a language, Danish where it has none; a new language begins that way."""
    found = language if language in text else settings.LANGUAGE_CODE
    return Words(text[found], found)


def read_texts(rules: Rules, folder: Path = TEXTS) -> Texts:
    """Return the words for these rules. Raises Problem at the first mistake."""
    texts = Texts()
    for name in FILES:
        path = folder / f"{name}.yaml"
        texts.named[name] = {
            key: _text(place, is_plain=name in PLAIN) for key, place in _entries(path, _needed(rules, name))
        }
    for key, place in _entries(folder / "steps.yaml", rules.steps):
        parts = place.fields(set(PARTS))
        texts.steps[key] = {part: _text(parts[part], is_plain=part == "title") for part in PARTS}
    return texts


def _text(place: Place, *, is_plain: bool) -> Text:
    check_text(place, is_plain=is_plain)
    return {language: " ".join(words.split()) for language, words in place.value.items()}


def _entries(path: Path, needed: Iterable[str]) -> Iterator[tuple[str, Place]]:
    """Yield the entries of a file, after checking that they are exactly those that are needed."""
    data = load(path)
    if not isinstance(data, Mapping):
        raise Problem(path, 1, "a mapping is expected")
    wanted = dict.fromkeys(needed)
    for key in wanted:
        if key not in data:
            raise Problem(path, 1, f"the words of “{key}” are missing")
    for key, value in data.items():
        if key not in wanted:
            raise Problem(path, data.lines[key], f"nothing uses the words of “{key}”")
        yield key, Place(path, data.lines[key], key, value)


def _needed(rules: Rules, name: str) -> Iterable[str]:
    """Return the keys that a file must have."""
    steps = rules.steps.values()
    needed: dict[str, Iterable[str]] = {
        "questions": [
            *QUESTIONS,
            *(f"{question}-{answer}" for question, offered in QUESTIONS.items() for answer in offered),
            *("m", "m-", "arrival", "arrival-hint"),
        ],
        "contradictions": [one.key for one in rules.contradictions],
        "phases": PHASES,
        "papers": [choice.key for step in steps for choice in step.bring],
        "places": [choice.key for choices in rules.places.values() for choice in choices],
        "notes": [choice.key for step in steps for choice in step.notes],
        "deadlines": [choice.key for step in steps for choice in step.deadline_rule],
        "forms": [step.form for step in steps if step.form],
    }
    return needed[name]


@lru_cache(maxsize=1)
def shipped() -> tuple[Rules, Texts]:
    """Return the rules and words that ship with the software, read once per process."""
    rules = read_rules()
    return rules, read_texts(rules)
