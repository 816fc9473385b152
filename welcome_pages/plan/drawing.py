"""Draws the rules as a graph, for the people who know the facts and not the file."""

from collections.abc import Callable, Iterator

from .rules import PHASES, Rules
from .texts import Texts


def mermaid(rules: Rules, texts: Texts) -> Iterator[str]:
    """Yield the lines of a Mermaid flow chart, which many editors and code hosts show as a picture."""
    yield "flowchart TD"
    for phase in PHASES:
        yield f'  subgraph {phase}["{_quoted(texts.words("phases", phase, "da").text)}"]'
        for step in rules.steps.values():
            if step.phase == phase:
                yield f'    {step.key}["{_label(step.key, rules, texts, "<br>")}"]'
        yield "  end"
    for first, key, condition, is_needed in _arrows(rules):
        arrow = "-->" if is_needed else "-.->"
        words = f'|"{_quoted(condition)}"|' if condition else ""
        yield f"  {first} {arrow}{words} {key}"


def graphviz(rules: Rules, texts: Texts) -> Iterator[str]:
    """Yield the lines of a Graphviz file."""
    yield "digraph plan {"
    yield '  rankdir="TB"; node [shape=box, style=rounded];'
    for phase in PHASES:
        yield f'  subgraph "cluster_{phase}" {{ label="{_quoted(texts.words("phases", phase, "da").text)}";'
        for step in rules.steps.values():
            if step.phase == phase:
                yield f'    "{step.key}" [label="{_label(step.key, rules, texts, chr(92) + "n")}"];'
        yield "  }"
    for first, key, condition, is_needed in _arrows(rules):
        style = "solid" if is_needed else "dashed"
        yield f'  "{first}" -> "{key}" [style={style}, label="{_quoted(condition)}"];'
    yield "}"


FORMATS: dict[str, Callable[[Rules, Texts], Iterator[str]]] = {"mermaid": mermaid, "dot": graphviz}


def _label(key: str, rules: Rules, texts: Texts, line_break: str) -> str:
    step = rules.steps[key]
    lines = [texts.step(key, "title", "da").text, str(step.condition), " ".join(filter(None, [step.guide, step.form]))]
    lines += [f"deadline: {choice.key} ({choice.condition})" for choice in (*step.deadline, *step.deadline_rule)]
    return line_break.join(_quoted(line) for line in lines)


def _arrows(rules: Rules) -> Iterator[tuple[str, str, str, bool]]:
    """Yield what comes before what, for whom, and whether it is needed or merely comes first."""
    for step in rules.steps.values():
        for choices, is_needed in ((step.needs, True), (step.after, False)):
            for choice in choices:
                yield choice.key, step.key, "" if choice.condition.is_always else str(choice.condition), is_needed


def _quoted(text: str) -> str:
    return text.replace('"', "'")
