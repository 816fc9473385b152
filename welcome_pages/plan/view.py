"""What the page of the plan shows for an address: the questions, and a plan, a message or nothing yet."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import Http404, HttpRequest
from django.utils import timezone

from portal import qr_code
from portal.pages.link_scope import LinkScope

from .answers import QUESTIONS, Asked, parse
from .planning import PlannedStep, contradiction_of, plan_of
from .presenting import PhaseRow, Presenter, cited_facts, cited_texts
from .texts import Texts, Words, shipped

if TYPE_CHECKING:
    from ..models.plan import PlanPage


@dataclass(frozen=True)
class Option:
    """One answer that can be chosen."""

    value: str
    words: Words
    is_chosen: bool


@dataclass(frozen=True)
class Question:
    """One question of the form."""

    name: str
    words: Words
    options: list[Option]
    is_missing: bool

    @property
    def answer(self) -> Words | None:
        """Return the words of the chosen answer."""
        return next((option.words for option in self.options if option.is_chosen), None)


@dataclass(frozen=True)
class WayOut:
    """Other answers that do go together."""

    url: str
    changes: list[Words]


def plan_context(request: HttpRequest, page: "PlanPage") -> dict[str, Any]:
    """Return everything that the template shows. The number of queries is the same for every plan."""
    scope: LinkScope = request.links  # type: ignore[attr-defined]
    rules, texts = shipped()
    asked = _asked(request, scope)
    is_complete = not asked.answers.missing and not asked.errors
    contradiction = contradiction_of(rules, asked.answers) if is_complete else None
    planned: list[PlannedStep] = []
    if is_complete and contradiction is None:
        planned = plan_of(rules, asked.answers)
    page.plan_texts = tuple(cited_texts(planned, texts, scope.language))
    page.plan_facts = tuple(cited_facts(planned))
    context = page.get_context(request)
    base = scope.path_for(page.url_path)
    inside = scope.municipality is not None
    presenter = Presenter(rules, texts, scope, asked, timezone.localdate())
    phases = presenter.phases(planned) if planned else []
    query = asked.query(inside=inside)
    if asked.is_begun:
        context["head"] = replace(
            context["head"], canonical=_canonical(context, page), alternates=[], default_url="", is_indexed=False
        )
    return {
        **context,
        "asked": asked,
        "questions": _questions(asked, texts, scope),
        "places": [] if inside else _places(asked, texts, scope),
        "texts": {key: texts.words("questions", key, scope.language) for key in ("m", "arrival", "arrival-hint")},
        "base_url": base,
        "phases": phases,
        "steps": [step for phase in phases for step in phase.steps],
        "dated": [step for step in _in_order(phases) if step.deadline],
        "contradiction": texts.words("contradictions", contradiction.key, scope.language) if contradiction else None,
        "ways_out": _ways_out(contradiction.instead, asked, texts, base, scope) if contradiction else [],
        "phrases_url": f"{base}saetninger/",
        "steps_url": f"{base}trin/",
        "calendar_url": f"{base}plan.ics{query}",
        "plan_url": f"{settings.BASE_URL}{base}{query}",
        "qr_code": qr_code.svg(f"{settings.BASE_URL}{base}{query}", context["page"].title) if planned else "",
    }


def _asked(request: HttpRequest, scope: LinkScope) -> Asked:
    """Return the answers of an address; inside a municipality that one is given, and no other can be."""
    asked = parse(request.GET, [row.slug for row in scope.municipalities])
    if scope.municipality is None:
        return asked
    here = scope.municipality.slug
    if asked.answers.m not in {"", here}:
        raise Http404("a municipality inside a municipality")
    return replace(asked, answers=asked.answers.but(m=here))


def _canonical(context: dict[str, Any], page: "PlanPage") -> str:
    """Return the address of the questions, without the answers of one reader."""
    scope: LinkScope = context["scope"]
    return f"{settings.BASE_URL}{scope.path_for(page.url_path, municipality='')}"


def _questions(asked: Asked, texts: Texts, scope: LinkScope) -> list[Question]:
    missing = set(asked.answers.missing) if asked.is_begun else set()

    def words(key: str) -> Words:
        return texts.words("questions", key, scope.language)

    return [
        Question(
            name,
            words(name),
            [Option(value, words(f"{name}-{value}"), asked.answers[name] == value) for value in offered],
            name in missing,
        )
        for name, offered in QUESTIONS.items()
    ]


def _places(asked: Asked, texts: Texts, scope: LinkScope) -> list[Option]:
    """Return the municipalities to choose from, after "I do not know yet"."""
    chosen = asked.answers.m
    unknown = Option("", texts.words("questions", "m-", scope.language), not chosen)
    return [
        unknown,
        *(
            Option(row.slug, Words(row.title, scope.language_of(row)), row.slug == chosen)
            for row in scope.municipalities
        ),
    ]


def _in_order(phases: list[PhaseRow]) -> list[Any]:
    """Return the steps by deadline, those without one last."""
    steps = [step for phase in phases for step in phase.steps]
    return sorted(steps, key=lambda step: (step.deadline is None, step.deadline or timezone.localdate()))


def _ways_out(
    changes: tuple[dict[str, str], ...], asked: Asked, texts: Texts, base: str, scope: LinkScope
) -> list[WayOut]:
    found = []
    for change in changes:
        other = replace(asked, answers=asked.answers.but(**change))
        words = [texts.words("questions", f"{name}-{value}", scope.language) for name, value in change.items()]
        found.append(WayOut(base + other.query(inside=scope.municipality is not None), words))
    return found
