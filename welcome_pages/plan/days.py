"""Checks the days of the rules: nobody is given a date for something that waits for a later date."""

import datetime
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from portal.starter.located import Problem

from ..starter_content import reader
from .answers import Answers, all_answers
from .conditions import chosen
from .dates import day_after

if TYPE_CHECKING:
    from .rules import Rules

SAMPLE = datetime.date(2027, 2, 1)
"""A day before the shortest month, where a month is as short as it can be."""
FACT = re.compile(r'^- key: ([\w-]+)\n  kind: deadline\n  value: "(\w+)"', re.MULTILINE)


@lru_cache(maxsize=1)
def shipped_durations() -> dict[str, str]:
    """Return the lengths of time of the facts that have content files, by key."""
    texts = (path.read_text(encoding="utf-8") for path in reader.CONTENT.glob("facts/*.yaml"))
    return {key: value for text in texts for key, value in FACT.findall(text)}


def check_days(rules: "Rules") -> None:
    """Raise Problem where a deadline is no length of time, or ends before something that the step needs."""
    for step in rules.steps.values():
        for choice in step.deadline:
            if choice.key not in shipped_durations():
                raise Problem(rules.path, choice.line, f"“{choice.key}” is no fact with a length of time")
    for answers in all_answers(rules.municipalities):
        if any(one.condition.holds(answers) for one in rules.contradictions):
            continue
        days = {key: _day(rules, key, answers) for key, step in rules.steps.items() if step.condition.holds(answers)}
        for key, day in days.items():
            for first in _everything_before(rules, key, answers):
                earlier = days.get(first)
                if day and earlier and day < earlier:
                    reason = f"“{key}” is due before “{first}”, which it needs, in the plan of {answers}"
                    raise Problem(rules.path, rules.steps[key].line, reason)


def _day(rules: "Rules", key: str, answers: Answers) -> datetime.date | None:
    fact = next(iter(chosen(rules.steps[key].deadline, answers)), "")
    return day_after(SAMPLE, shipped_durations()[fact]) if fact else None


def _everything_before(rules: "Rules", key: str, answers: Answers) -> set[str]:
    found: set[str] = set()
    left = [key]
    while left:
        for first in chosen(rules.steps[left.pop()].needs, answers):
            if first not in found:
                found.add(first)
                left.append(first)
    return found
