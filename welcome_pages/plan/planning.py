"""From answers to a plan: which steps, in which order, where, with what."""

from dataclasses import dataclass

from .answers import Answers
from .conditions import chosen
from .rules import PHASES, Contradiction, Rules, Step


@dataclass(frozen=True)
class PlannedStep:
    """One step of a plan, with everything that depends on the answers."""

    step: Step
    place: str
    papers: tuple[str, ...]
    notes: tuple[str, ...]
    first: tuple[str, ...]
    """The steps of this plan that come before it, because it needs them or is easier after them."""
    opens: tuple[str, ...]
    """The steps of this plan that need this one."""
    deadline: str
    """The fact with the length of time from the arrival, "" where there is none."""
    deadline_rule: str
    """The words for a deadline that runs from another day, "" where there are none."""
    local_page: str
    """The slug of the municipality's own page about where it is done, "" where there is none."""

    @property
    def key(self) -> str:
        """Return the name of the step."""
        return self.step.key


def contradiction_of(rules: Rules, answers: Answers) -> Contradiction | None:
    """Return why these answers do not go together, None where they do."""
    return next((one for one in rules.contradictions if one.condition.holds(answers)), None)


def plan_of(rules: Rules, answers: Answers) -> list[PlannedStep]:
    """Return the steps in an order in which each comes after everything that it waits for."""
    present = {key: step for key, step in rules.steps.items() if step.condition.holds(answers)}
    waits_for = {key: _waits_for(step, answers, present) for key, step in present.items()}
    needed_by: dict[str, list[str]] = {key: [] for key in present}
    order = _order(present, waits_for)
    for key in order:
        for first in chosen(present[key].needs, answers):
            needed_by[first].append(key)
    return [
        PlannedStep(
            step=present[key],
            place=chosen(rules.places[present[key].where], answers)[0],
            papers=chosen(present[key].bring, answers),
            notes=chosen(present[key].notes, answers),
            first=tuple(first for first in order if first in waits_for[key]),
            opens=tuple(needed_by[key]),
            deadline=next(iter(chosen(present[key].deadline, answers)), ""),
            deadline_rule=next(iter(chosen(present[key].deadline_rule, answers)), ""),
            local_page=rules.local_pages.get(present[key].where, {}).get(answers.m, ""),
        )
        for key in order
    ]


def _waits_for(step: Step, answers: Answers, present: dict[str, Step]) -> set[str]:
    return {key for key in chosen((*step.needs, *step.after), answers) if key in present}


def _order(present: dict[str, Step], waits_for: dict[str, set[str]]) -> list[str]:
    """Return the steps phase by phase, within a phase as the file has them unless one waits for another."""
    order: list[str] = []
    left = sorted(present, key=lambda key: PHASES.index(present[key].phase))  # stable: the order of the file stays
    while left:
        following = next(key for key in left if waits_for[key] <= set(order))
        order.append(following)
        left.remove(following)
    return order
