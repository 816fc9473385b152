"""Reads the rules and checks them: whatever somebody answers, they get a plan that begins, leads on and ends."""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from portal.starter.located import Mapping, Place, Problem, load

from ..starter_content import reader
from .answers import QUESTIONS, all_answers
from .conditions import Choice, Condition, read_choices, read_condition
from .days import check_days

FOLDER = Path(__file__).parent
RULES = FOLDER / "rules.yaml"
PHASES = ("before", "week", "month", "later")
"""Before you come, the first week, the first month, later."""
TOPICS = ("arrival", "work", "tax", "housing", "family", "health", "danish", "transport", "leaving", "forms", "other")
"""What somebody who helps is asked about, as the address of the hotline's booking names it."""
FORM_KEY = re.compile(r"F(?:0[1-9]|[1-3]\d|4[0-8])")
STEP_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LISTS = {
    "bring": "paper",
    "notes": "note",
    "needs": "step",
    "after": "step",
    "deadline": "fact",
    "deadline_rule": "rule",
}
"""Key of a list in a step → what its items are called where they have an “if”."""


@dataclass(frozen=True)
class Step:
    """One thing to do."""

    key: str
    phase: str
    condition: Condition
    guide: str
    topic: str
    form: str
    where: str
    bring: tuple[Choice, ...]
    notes: tuple[Choice, ...]
    needs: tuple[Choice, ...]
    """Steps without which this one cannot be done: a plan that has it has them too."""
    after: tuple[Choice, ...]
    """Steps that come first where a plan has them."""
    deadline: tuple[Choice, ...]
    """Facts with the length of time from the arrival; the first whose condition holds counts."""
    deadline_rule: tuple[Choice, ...]
    """Words for a deadline that runs from another day than the arrival; the first whose condition holds counts."""
    line: int


@dataclass(frozen=True)
class Contradiction:
    """Answers that do not go together, and which of them to change."""

    key: str
    condition: Condition
    instead: tuple[dict[str, str], ...]
    line: int


@dataclass
class Rules:
    """All rules, checked."""

    path: Path
    steps: dict[str, Step] = field(default_factory=dict)
    contradictions: list[Contradiction] = field(default_factory=list)
    places: dict[str, tuple[Choice, ...]] = field(default_factory=dict)
    local_pages: dict[str, dict[str, str]] = field(default_factory=dict)
    """Place → municipality → slug of its own page about it."""
    municipalities: list[str] = field(default_factory=list)


def read_rules(path: Path = RULES) -> Rules:
    """Return the rules of a file. Raises Problem at the first mistake, with its line."""
    root = Place(path, 1, "rules", load(path)).fields({"steps", "places"}, {"contradictions", "local_pages"})
    rules = Rules(path, municipalities=shipped_municipalities())
    for item in root["steps"].items(at_least=1):
        _add_step(rules, item)
    for name, place in _named(root["places"]).items():
        rules.places[name] = read_choices(place, "place", rules.municipalities)
        if not rules.places[name] or not rules.places[name][-1].condition.is_always:
            place.refuse("must end with a place for everybody: otherwise some readers would have nowhere to go")
    for name, place in _named(root["local_pages"]).items() if "local_pages" in root else ():
        rules.local_pages[name] = _pages_of(rules, place)
    for item in root["contradictions"].items() if "contradictions" in root else []:
        rules.contradictions.append(_contradiction(rules, item))
    _check_references(rules)
    _check_cycles(rules)
    _check_every_plan(rules)
    check_days(rules)
    return rules


@lru_cache(maxsize=1)
def shipped_municipalities() -> list[str]:
    """Return the municipalities that have content files, in the order of the site."""
    found = {path.parent.name for path in reader.CONTENT.glob("municipalities/*/index.yaml")}
    first = [slug for slug in reader.MUNICIPALITIES if slug in found]
    return first + sorted(found.difference(first))


@lru_cache(maxsize=1)
def shipped_guides() -> frozenset[str]:
    """Return the keys of the guides that have content files."""
    files = (path.read_text(encoding="utf-8") for path in reader.CONTENT.glob("guides/*.yaml"))
    return frozenset(match[1] for text in files if (match := re.search(r"^key: *\"?([\w-]+)", text, re.MULTILINE)))


@lru_cache(maxsize=1)
def shipped_local_pages() -> frozenset[tuple[str, str]]:
    """Return the pages of municipalities that have content files, by municipality and slug."""
    found = set()
    for path in reader.CONTENT.glob("municipalities/*/*.yaml"):
        text = path.read_text(encoding="utf-8")
        slug = re.search(r"^slug: *\"?([\w-]+)", text, re.MULTILINE)
        if slug and re.search(r"^kind: local$", text, re.MULTILINE):
            found.add((path.parent.name, slug[1]))
    return frozenset(found)


def _pages_of(rules: Rules, place: Place) -> dict[str, str]:
    if place.name not in rules.places:
        place.refuse("names no place")
    found = {}
    for municipality, part in _named(place).items():
        slug = part.word(60)
        if (municipality, slug) not in shipped_local_pages():
            part.refuse(f"names no page of a municipality: “{municipality}/{slug}”")
        found[municipality] = slug
    return found


def _named(place: Place) -> dict[str, Place]:
    if not isinstance(place.value, Mapping):
        place.refuse("must be a mapping")
    return {key: Place(place.path, place.value.lines[key], key, value) for key, value in place.value.items()}


def _add_step(rules: Rules, item: Place) -> None:
    fields = item.fields({"key", "phase", "guide", "topic", "where"}, {"if", "form", *LISTS})
    key = fields["key"].word(40)
    if not STEP_KEY.fullmatch(key):
        fields["key"].refuse("must be small letters a-z, digits and hyphens")
    if key in rules.steps:
        fields["key"].refuse(f"names “{key}” twice, first on line {rules.steps[key].line}")
    if fields["phase"].value not in PHASES:
        fields["phase"].refuse(f"must be one of: {', '.join(PHASES)}")
    if fields["guide"].word(60) not in shipped_guides():
        fields["guide"].refuse(f"names no guide: “{fields['guide'].value}”")
    if fields["topic"].value not in TOPICS:
        fields["topic"].refuse(f"must be one of: {', '.join(TOPICS)}")
    if "form" in fields and not FORM_KEY.fullmatch(fields["form"].word(3)):
        fields["form"].refuse("must be one of F01 to F48")
    lists = {
        name: read_choices(fields[name], kind, rules.municipalities) if name in fields else ()
        for name, kind in LISTS.items()
    }
    rules.steps[key] = Step(
        key=key,
        phase=fields["phase"].value,
        condition=read_condition(fields["if"], rules.municipalities) if "if" in fields else Condition(),
        guide=fields["guide"].value,
        topic=fields["topic"].value,
        form=fields["form"].value if "form" in fields else "",
        where=fields["where"].word(60),
        line=item.line,
        **lists,
    )


def _contradiction(rules: Rules, item: Place) -> Contradiction:
    fields = item.fields({"key", "if", "instead"})
    condition = read_condition(fields["if"], rules.municipalities)
    changes = []
    for change in fields["instead"].items(at_least=1):
        values = {name: str(part.value) for name, part in change.fields(set(), set(QUESTIONS)).items()}
        if not values or any(value not in QUESTIONS[name] for name, value in values.items()):
            change.refuse("must change an answer to another that the form offers")
        changes.append(values)
    return Contradiction(fields["key"].word(40), condition, tuple(changes), item.line)


def _check_references(rules: Rules) -> None:
    for step in rules.steps.values():
        if step.where not in rules.places:
            raise Problem(rules.path, step.line, f"“{step.key}” is done at “{step.where}”, which is no place")
        for choice in (*step.needs, *step.after):
            first = rules.steps.get(choice.key)
            if first is None:
                raise Problem(rules.path, choice.line, f"“{step.key}” comes after “{choice.key}”, which is no step")
            if PHASES.index(first.phase) > PHASES.index(step.phase):
                raise Problem(
                    rules.path, choice.line, f"“{step.key}” comes after “{choice.key}”, which stands in a later phase"
                )


def _check_cycles(rules: Rules) -> None:
    """Raise Problem where steps wait for one another, whoever the reader is."""
    done: set[str] = set()

    def visit(key: str, way: list[str]) -> None:
        if key in way:
            cycle = " → ".join([*way[way.index(key) :], key])
            raise Problem(rules.path, rules.steps[key].line, f"these steps wait for one another: {cycle}")
        if key not in done:
            for choice in (*rules.steps[key].needs, *rules.steps[key].after):
                visit(choice.key, [*way, key])
            done.add(key)

    for key in rules.steps:
        visit(key, [])


def _check_every_plan(rules: Rules) -> None:
    """Raise Problem where some answers lead to nothing, or to a step that cannot be done."""
    for answers in all_answers(rules.municipalities):
        found = next((one for one in rules.contradictions if one.condition.holds(answers)), None)
        if found:
            for change in found.instead:
                changed = answers.but(**change)
                if any(one.condition.holds(changed) for one in rules.contradictions):
                    raise Problem(rules.path, found.line, f"“{found.key}” leads to answers that do not fit: {changed}")
            continue
        present = {key for key, step in rules.steps.items() if step.condition.holds(answers)}
        if not present:
            raise Problem(rules.path, 1, f"these answers have no plan: {answers}")
        for key in present:
            for choice in rules.steps[key].needs:
                if choice.condition.holds(answers) and choice.key not in present:
                    reason = f"a dead end: “{key}” needs “{choice.key}”, which is not in the plan of {answers}"
                    raise Problem(rules.path, choice.line, reason)
