"""What a change of the rules changes: for whom, and how."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from .answers import Answers, all_answers
from .planning import PlannedStep, contradiction_of, plan_of
from .rules import Rules


@dataclass
class Change:
    """The same change in the plans of some people."""

    lines: tuple[str, ...]
    answers: list[Answers] = field(default_factory=list)


def changes(old: Rules, new: Rules) -> list[Change]:
    """Return what is different, each change once with everybody whom it meets."""
    found: dict[tuple[str, ...], Change] = {}
    for answers in all_answers(new.municipalities):
        lines = tuple(_differences(old, new, answers))
        if lines:
            found.setdefault(lines, Change(lines)).answers.append(answers)
    return list(found.values())


def _differences(old: Rules, new: Rules, answers: Answers) -> Iterator[str]:
    messages = [contradiction_of(rules, answers) for rules in (old, new)]
    before, after = (message.key if message else "" for message in messages)
    if before != after:
        yield f"contradiction: {before or 'none'} → {after or 'none'}"
    plans = [[] if message else plan_of(rules, answers) for rules, message in zip((old, new), messages, strict=True)]
    steps = [{one.key: one for one in plan} for plan in plans]
    yield from (f"- {key}" for key in steps[0] if key not in steps[1])
    yield from (f"+ {key}" for key in steps[1] if key not in steps[0])
    common = [[one.key for one in plan if one.key in steps[0] and one.key in steps[1]] for plan in plans]
    if common[0] != common[1]:
        yield f"order: {', '.join(common[0])} → {', '.join(common[1])}"
    for key in common[1]:
        yield from _details(key, steps[0][key], steps[1][key])


def _details(key: str, old: PlannedStep, new: PlannedStep) -> Iterator[str]:
    for name in ("place", "papers", "notes", "first", "opens", "deadline", "deadline_rule", "local_page"):
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            yield f"{key}, {name}: {_words(before)} → {_words(after)}"
    for name in ("guide", "form", "phase"):
        before, after = getattr(old.step, name), getattr(new.step, name)
        if before != after:
            yield f"{key}, {name}: {_words(before)} → {_words(after)}"


def _words(value: str | tuple[str, ...]) -> str:
    return (value if isinstance(value, str) else ", ".join(value)) or "none"
