"""Every step without any answers: who takes it, and what of it holds for some of them only."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from .answers import QUESTIONS, Answers, all_answers
from .planning import PlannedStep, contradiction_of, plan_of
from .rules import Rules
from .texts import shipped

Group = tuple[tuple[str, tuple[str, ...]], ...]
"""People by their answers: question → answers of which one is theirs. Questions that make no difference are left out."""


@dataclass(frozen=True)
class ForSome:
    """Something about a step, with the groups of people for whom it holds; without any it holds for all who take it."""

    key: str
    groups: tuple[Group, ...]


@dataclass(frozen=True)
class OpenStep:
    """One step for everybody who takes it, in one municipality or in none."""

    key: str
    groups: tuple[Group, ...]
    """Who takes it; empty where everybody does."""
    places: tuple[ForSome, ...]
    local_page: str
    papers: tuple[ForSome, ...]
    notes: tuple[ForSome, ...]
    deadlines: tuple[ForSome, ...]
    """Facts with the length of time from the arrival."""
    deadline_rules: tuple[ForSome, ...]
    first: tuple[str, ...]
    opens: tuple[str, ...]


@lru_cache(maxsize=128)
def open_steps(municipality: str = "") -> dict[str, OpenStep]:
    """Return every step that somebody takes there, in the order of the rules."""
    rules, _texts = shipped()
    return steps_for_whoever(rules, municipality)


def steps_for_whoever(rules: Rules, municipality: str = "") -> dict[str, OpenStep]:
    """Return every step of these rules that somebody takes in a municipality, or where none is named."""
    everybody = {answers.but(m=municipality) for answers in all_answers(()) if contradiction_of(rules, answers) is None}
    taken: dict[str, dict[Answers, PlannedStep]] = {key: {} for key in rules.steps}
    for answers in sorted(everybody, key=str):
        for planned in plan_of(rules, answers):
            taken[planned.key][answers] = planned
    return {key: _open_step(key, by, everybody, list(rules.steps)) for key, by in taken.items() if by}


def _open_step(key: str, by: dict[Answers, PlannedStep], everybody: Collection[Answers], order: list[str]) -> OpenStep:
    def all_of(named: Callable[[PlannedStep], Iterable[str]]) -> tuple[ForSome, ...]:
        found: dict[str, set[Answers]] = {}
        for answers, planned in by.items():
            for one in filter(None, named(planned)):
                found.setdefault(one, set()).add(answers)
        ordered = sorted(
            found, key=lambda one: len(found[one]), reverse=True
        )  # stable: what holds for most comes first
        return tuple(ForSome(one, groups_of(found[one], by)) for one in ordered)

    return OpenStep(
        key=key,
        groups=groups_of(by, everybody),
        places=all_of(lambda one: [one.place]),
        local_page=next((one.local_page for one in by.values() if one.local_page), ""),
        papers=all_of(lambda one: one.papers),
        notes=all_of(lambda one: one.notes),
        deadlines=all_of(lambda one: [one.deadline]),
        deadline_rules=all_of(lambda one: [one.deadline_rule]),
        first=tuple(key for key in order if any(key in one.first for one in by.values())),
        opens=tuple(key for key in order if any(key in one.opens for one in by.values())),
    )


def groups_of(some: Collection[Answers], everybody: Collection[Answers]) -> tuple[Group, ...]:
    """Return who some of these people are, exactly: groups that together are they and nobody else."""
    return () if set(some) == set(everybody) else tuple(_groups(set(some), set(everybody)))


def _groups(some: set[Answers], everybody: set[Answers]) -> Iterator[Group]:
    given = {name: {one[name] for one in some} for name in QUESTIONS}

    def told_by(names: Collection[str]) -> set[Answers]:
        return {one for one in everybody if all(one[name] in given[name] for name in names)}

    if told_by(QUESTIONS) == some:
        names = list(QUESTIONS)
        for name in reversed(QUESTIONS):
            if told_by([other for other in names if other != name]) == some:
                names.remove(name)
        yield tuple((name, tuple(value for value in QUESTIONS[name] if value in given[name])) for name in names)
        return
    splits = (list(_split(some, name)) for name in QUESTIONS)
    for part in min((parts for parts in splits if len(parts) > 1), key=len):
        yield from _groups(part, everybody)


def _split(some: set[Answers], name: str) -> Iterator[set[Answers]]:
    """Yield these people by what they answer to one question; together those whose other answers are the same."""
    by_rest: dict[frozenset[Answers], set[Answers]] = {}
    for value in QUESTIONS[name]:
        same = {one for one in some if one[name] == value}
        if same:
            by_rest.setdefault(frozenset(one.but(**{name: ""}) for one in same), set()).update(same)
    yield from by_rest.values()
