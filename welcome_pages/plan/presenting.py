"""A plan as the reader sees it: words and facts in their language with the Danish beside, links, days."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.conf import settings
from django.utils.safestring import SafeString
from django.utils.translation import override

from portal.facts import register
from portal.facts.rendering import cite_text
from portal.pages.context import Link
from portal.pages.link_scope import LinkScope

from .answers import Asked
from .dates import day_after
from .pages import Target, form_targets, guide_targets, help_page, local_targets
from .planning import PlannedStep
from .rules import Rules
from .texts import PARTS, Text, Texts, words_of

DANISH = settings.LANGUAGE_CODE


@dataclass(frozen=True)
class Beside:
    """A text in the reader's language and in Danish, with the facts in it."""

    own: SafeString
    language: str
    """The language that it is really in."""
    danish: SafeString


@dataclass(frozen=True)
class StepRow:
    """One step of the page."""

    key: str
    number: int
    title: Beside
    why: Beside
    duration: Beside
    next: Beside
    place: Beside
    local_page: Target | None
    """The municipality's own page about the place."""
    notes: list[Beside]
    papers: list[Beside]
    guide: Target | None
    form: Beside | None
    form_url: str
    first: list[Link]
    opens: list[Link]
    deadline: datetime.date | None
    deadline_words: SafeString
    """The length of time from the arrival, "" where the step has no deadline."""
    deadline_rule: Beside | None
    """A deadline that runs from another day than the arrival, in words."""
    is_over: bool
    help_url: str


@dataclass
class PhaseRow:
    """The steps of one stretch of time."""

    key: str
    title: Beside
    steps: list[StepRow] = field(default_factory=list)


def cited_texts(planned: list[PlannedStep], texts: Texts, language: str) -> Iterator[str]:
    """Yield the texts of a plan with the citations in them, so that their facts are read in one query."""
    for one in planned:
        found = [texts.steps[one.key][part] for part in PARTS]
        found += [texts.named["places"][one.place], *(texts.named["notes"][note] for note in one.notes)]
        if one.deadline_rule:
            found.append(texts.named["deadlines"][one.deadline_rule])
        for text in found:
            yield words_of(text, language).text


def cited_facts(planned: list[PlannedStep]) -> Iterator[str]:
    """Yield the facts that say how long there is time."""
    return (one.deadline for one in planned if one.deadline)


class Presenter:
    """Makes the rows of one plan. All facts must have been read already."""

    def __init__(self, rules: Rules, texts: Texts, scope: LinkScope, asked: Asked, today: datetime.date) -> None:
        self.rules, self.texts, self.scope, self.asked, self.today = rules, texts, scope, asked, today
        self.language = scope.language
        self.municipality = asked.answers.m

    def beside(self, text: Text) -> Beside:
        """Return a text in both languages."""
        own = words_of(text, self.language)
        with override(own.language):
            here = cite_text(own.text)
        if own.language == DANISH:
            return Beside(here, DANISH, here)
        with override(DANISH):
            return Beside(here, own.language, cite_text(text[DANISH]))

    def phases(self, planned: list[PlannedStep]) -> list[PhaseRow]:
        """Return the plan, by phases. Three queries: the guides, the forms and the municipality's own pages."""
        guides = guide_targets([one.step.guide for one in planned], self.scope, self.municipality)
        forms = form_targets([one.step.form for one in planned if one.step.form], self.scope, self.municipality)
        own = local_targets([one.local_page for one in planned], self.scope, self.municipality)
        helper = help_page(self.scope)
        rows: dict[str, PhaseRow] = {}
        for number, one in enumerate(planned, start=1):
            phase = one.step.phase
            row = rows.setdefault(phase, PhaseRow(phase, self.beside(self.texts.named["phases"][phase])))
            row.steps.append(self._step(number, one, guides, forms, own, helper))
        return list(rows.values())

    def _step(
        self,
        number: int,
        one: PlannedStep,
        guides: dict[str, Target],
        forms: dict[str, Target],
        own: dict[str, Target],
        helper: tuple[str, bool],
    ) -> StepRow:
        words = {part: self.beside(self.texts.steps[one.key][part]) for part in PARTS}
        day, length = self._deadline(one)
        form = forms.get(one.step.form)
        return StepRow(
            key=one.key,
            number=number,
            place=self.beside(self.texts.named["places"][one.place]),
            local_page=own.get(one.local_page),
            notes=[self.beside(self.texts.named["notes"][note]) for note in one.notes],
            papers=[self.beside(self.texts.named["papers"][paper]) for paper in one.papers],
            guide=guides.get(one.step.guide),
            form=self.beside(self.texts.named["forms"][one.step.form]) if one.step.form else None,
            form_url=form.url if form else "",
            first=self._links(one.first),
            opens=self._links(one.opens),
            deadline=day,
            deadline_words=length,
            deadline_rule=self.beside(self.texts.named["deadlines"][one.deadline_rule]) if one.deadline_rule else None,
            is_over=day is not None and day < self.today,
            help_url=self._help_url(helper, one),
            **words,
        )

    def _links(self, keys: tuple[str, ...]) -> list[Link]:
        titles = [(key, self.texts.step(key, "title", self.language)) for key in keys]
        return [Link(f"#step-{key}", title.text, title.language) for key, title in titles]

    def _deadline(self, one: PlannedStep) -> tuple[datetime.date | None, SafeString]:
        fact = register.current().facts.get(one.deadline) if one.deadline else None
        if fact is None:
            return None, SafeString()
        arrival = self.asked.arrival
        with override(self.language):
            return (day_after(arrival, fact.value) if arrival else None), cite_text(f"[[{one.deadline}]]")

    def _help_url(self, helper: tuple[str, bool], one: PlannedStep) -> str:
        url, takes_topic = helper
        return f"{url}?{urlencode({'topic': one.step.topic})}" if takes_topic else url
