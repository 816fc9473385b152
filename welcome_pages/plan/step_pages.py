"""The steps for readers without a plan: a list of all of them, and one page for each, which is what the search leads to."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import override

from portal.facts.rendering import cite_text
from portal.pages.context import Head, Link
from portal.pages.link_scope import LinkScope

from .answers import Answers, Asked
from .pages import Target, form_targets, guide_targets, help_page, local_targets
from .presenting import Beside, Presenter
from .rules import PHASES
from .texts import PARTS, Texts, Words, shipped, words_of
from .whoever import ForSome, Group, OpenStep, open_steps

if TYPE_CHECKING:
    from ..models.plan import PlanPage

Whom = list[list[list[Words]]]
"""Groups of people; of each, the answers that it gave, and of each answer those of which one is enough."""


@dataclass(frozen=True)
class Told:
    """A text, and whom it is for where that is not everybody who takes the step."""

    text: Beside
    whom: Whom


@dataclass(frozen=True)
class Deadline:
    """A length of time from the arrival, and whom it is for."""

    length: SafeString
    whom: Whom


@dataclass(frozen=True)
class StepPage:
    """Everything that the page of a step shows."""

    key: str
    title: Beside
    why: Beside
    duration: Beside
    next: Beside
    phase: Beside
    whom: Whom
    places: list[Told]
    local_page: Target | None
    papers: list[Told]
    notes: list[Told]
    deadlines: list[Deadline]
    deadline_rules: list[Told]
    guide: Target | None
    form: Beside | None
    form_url: str
    first: list[Link]
    opens: list[Link]
    help_url: str


def steps_context(request: HttpRequest, page: "PlanPage") -> dict[str, Any]:
    """Return what the list of all steps shows."""
    scope: LinkScope = request.links  # type: ignore[attr-defined]
    rules, texts = shipped()
    presenter = _presenter(scope)
    context = _context(request, page, "")
    steps = open_steps(presenter.municipality)
    phases = [
        {
            "key": phase,
            "title": presenter.beside(texts.named["phases"][phase]),
            "steps": [
                (f"{context['steps_url']}{key}/", presenter.beside(texts.steps[key]["title"]))
                for key in steps
                if rules.steps[key].phase == phase
            ],
        }
        for phase in PHASES
    ]
    return {**context, "phases": [phase for phase in phases if phase["steps"]]}


def step_context(request: HttpRequest, page: "PlanPage", key: str) -> dict[str, Any]:
    """Return what the page of one step shows. The number of queries is the same for every step."""
    scope: LinkScope = request.links  # type: ignore[attr-defined]
    presenter = _presenter(scope)
    one = open_steps(presenter.municipality).get(key)
    if one is None:
        raise Http404("no step of the plan")
    page.plan_texts = tuple(_cited_texts(one, presenter.texts, scope.language))
    page.plan_facts = tuple(deadline.key for deadline in one.deadlines)
    context = _context(request, page, f"{key}/")
    return {**context, "step": _step_page(one, presenter, context["steps_url"])}


def _presenter(scope: LinkScope) -> Presenter:
    rules, texts = shipped()
    here = scope.municipality.slug if scope.municipality else ""
    return Presenter(rules, texts, scope, Asked(Answers(m=here)), timezone.localdate())


def _context(request: HttpRequest, page: "PlanPage", rest: str) -> dict[str, Any]:
    """Return the context of the page of the plan with the addresses of this part of it instead of its own."""
    from ..models.plan import STEPS, addresses_below, below  # it serves these pages

    context = page.get_context(request)
    scope: LinkScope = context["scope"]
    base = scope.path_for(page.url_path)
    head: Head = context["head"]
    part = f"{STEPS}{rest}"
    return {
        **context,
        **addresses_below(context, part),
        "head": replace(
            head,
            canonical=f"{settings.BASE_URL}{below(scope.path_for(page.url_path, municipality=''), part)}",
            alternates=[replace(link, url=below(link.url, part)) for link in head.alternates],
            default_url=below(head.default_url, part) if head.default_url else "",
        ),
        "breadcrumbs": [*context["breadcrumbs"], Link(base, page.title, context["text_language"])],
        "plan_url": base,
        "steps_url": f"{base}{STEPS}",
    }


def _cited_texts(one: OpenStep, texts: Texts, language: str) -> Iterator[str]:
    named = texts.named
    found = [texts.steps[one.key][part] for part in PARTS]
    found += [named["places"][place.key] for place in one.places]
    found += [named["notes"][note.key] for note in one.notes]
    found += [named["deadlines"][rule.key] for rule in one.deadline_rules]
    return (words_of(text, language).text for text in found)


def _step_page(one: OpenStep, presenter: Presenter, steps_url: str) -> StepPage:
    """Return the step in words. Three queries: the guide, the form and the municipality's own page."""
    scope, here, texts = presenter.scope, presenter.municipality, presenter.texts
    step = presenter.rules.steps[one.key]
    words = {part: presenter.beside(texts.steps[one.key][part]) for part in PARTS}
    helper, takes_topic = help_page(scope)
    form = form_targets([step.form], scope, here).get(step.form) if step.form else None

    def told(name: str, found: Iterable[ForSome]) -> list[Told]:
        return [Told(presenter.beside(texts.named[name][some.key]), _whom(some.groups, presenter)) for some in found]

    def links(keys: Iterable[str]) -> list[Link]:
        titles = ((key, texts.step(key, "title", scope.language)) for key in keys)
        return [Link(f"{steps_url}{key}/", title.text, title.language) for key, title in titles]

    with override(scope.language):
        deadlines = [Deadline(cite_text(f"[[{some.key}]]"), _whom(some.groups, presenter)) for some in one.deadlines]
    return StepPage(
        key=one.key,
        phase=presenter.beside(texts.named["phases"][step.phase]),
        whom=_whom(one.groups, presenter),
        places=told("places", one.places),
        local_page=local_targets([one.local_page], scope, here).get(one.local_page),
        papers=told("papers", one.papers),
        notes=told("notes", one.notes),
        deadlines=deadlines,
        deadline_rules=told("deadlines", one.deadline_rules),
        guide=guide_targets([step.guide], scope, here).get(step.guide),
        form=presenter.beside(texts.named["forms"][step.form]) if step.form else None,
        form_url=form.url if form else "",
        first=links(one.first),
        opens=links(one.opens),
        help_url=f"{helper}?topic={step.topic}" if helper and takes_topic else helper,
        **words,
    )


def _whom(groups: Iterable[Group], presenter: Presenter) -> Whom:
    """Return groups in the words of the questions: a bare yes or no needs its question before it."""

    def words(key: str) -> Words:
        return presenter.texts.words("questions", key, presenter.language)

    def answers(name: str, values: Iterable[str]) -> list[Words]:
        found = [words(f"{name}-{value}") for value in values]
        if name != "children":
            return found
        return [Words(f"{words(name).text} {answer.text}", answer.language) for answer in found]

    return [[answers(name, values) for name, values in group] for group in groups]
