"""The arrival plan on paper: what everybody does who moves here for a job, and for whom each step is."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.safestring import SafeString
from django.utils.translation import override

from portal.facts.rendering import cite_text
from portal.pages.link_scope import LinkScope

from ..plan.answers import QUESTIONS, Answers, Asked
from ..plan.planning import PlannedStep, plan_of
from ..plan.presenting import Beside, Presenter
from ..plan.rules import PHASES
from ..plan.texts import shipped, words_of

MOVING = tuple(who for who in QUESTIONS["who"] if who != "commuter")
"""Who may move here; somebody who commutes over the border lives elsewhere."""


@dataclass(frozen=True)
class PaperStep:
    """One step on paper."""

    title: Beside
    place: Beside
    papers: list[Beside]
    """What everybody brings who takes this step."""
    deadlines: list[SafeString]
    rules: list[Beside]
    """Deadlines that run from another day than the arrival, in words."""
    only_for: list[Beside]
    """Who takes this step; empty where everybody does."""
    needs_children: bool


@dataclass
class PaperPhase:
    """The steps of one stretch of time."""

    key: str
    title: Beside
    steps: list[PaperStep] = field(default_factory=list)


@dataclass
class _Taken:
    """One step with everybody who takes it."""

    by: list[tuple[Answers, PlannedStep]] = field(default_factory=list)

    @property
    def one(self) -> PlannedStep:
        return self.by[0][1]

    @property
    def papers(self) -> list[str]:
        return [paper for paper in self.one.papers if all(paper in planned.papers for _answers, planned in self.by)]

    @property
    def deadlines(self) -> list[str]:
        return list(dict.fromkeys(planned.deadline for _answers, planned in self.by if planned.deadline))

    @property
    def rules(self) -> list[str]:
        return list(dict.fromkeys(planned.deadline_rule for _answers, planned in self.by if planned.deadline_rule))

    @property
    def who(self) -> list[str]:
        return [who for who in MOVING if any(answers.who == who for answers, _planned in self.by)]

    @property
    def needs_children(self) -> bool:
        return all(answers.children == "1" for answers, _planned in self.by)


class PaperPlan:
    """The plan of one municipality for everybody who moves there for a job."""

    def __init__(self, scope: LinkScope, municipality: str) -> None:
        self.scope = scope
        self.rules, self.texts = shipped()
        self.municipality = municipality
        self._taken = self._everybody()

    def _everybody(self) -> dict[str, _Taken]:
        found: dict[str, _Taken] = {key: _Taken() for key in self.rules.steps}
        for who in MOVING:
            for children in QUESTIONS["children"]:
                answers = Answers(who=who, why="work", stay="long", children=children, m=self.municipality)
                for planned in plan_of(self.rules, answers):
                    found[planned.key].by.append((answers, planned))
        return {key: taken for key, taken in found.items() if taken.by}

    def cited_texts(self) -> Iterator[str]:
        """Yield the texts in which the plan cites facts."""
        for taken in self._taken.values():
            named = self.texts.named
            for text in (named["places"][taken.one.place], *(named["deadlines"][rule] for rule in taken.rules)):
                yield words_of(text, self.scope.language).text

    def cited_facts(self) -> Iterator[str]:
        """Yield the facts that say how long there is time."""
        for taken in self._taken.values():
            yield from taken.deadlines

    def phases(self) -> list[PaperPhase]:
        """Return the steps by phases, in the order of the rules. All facts must have been read already."""
        presenter = Presenter(
            self.rules, self.texts, self.scope, Asked(Answers(m=self.municipality)), datetime.date.min
        )
        rows: dict[str, PaperPhase] = {}
        for taken in sorted(self._taken.values(), key=lambda taken: PHASES.index(taken.one.step.phase)):
            phase = taken.one.step.phase
            row = rows.setdefault(phase, PaperPhase(phase, presenter.beside(self.texts.named["phases"][phase])))
            row.steps.append(self._step(taken, presenter))
        return list(rows.values())

    def _step(self, taken: _Taken, presenter: Presenter) -> PaperStep:
        named, who = self.texts.named, taken.who
        with override(self.scope.language):
            deadlines = [cite_text(f"[[{fact}]]") for fact in taken.deadlines]
        return PaperStep(
            title=presenter.beside(self.texts.steps[taken.one.key]["title"]),
            place=presenter.beside(named["places"][taken.one.place]),
            papers=[presenter.beside(named["papers"][paper]) for paper in taken.papers],
            deadlines=deadlines,
            rules=[presenter.beside(named["deadlines"][rule]) for rule in taken.rules],
            only_for=[]
            if len(who) == len(MOVING)
            else [presenter.beside(named["questions"][f"who-{one}"]) for one in who],
            needs_children=taken.needs_children,
        )
