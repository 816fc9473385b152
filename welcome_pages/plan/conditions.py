"""When something holds: the “if” of the rules."""

from dataclasses import dataclass

from portal.starter.located import Mapping, Place, Sequence

from .answers import QUESTIONS, Answers


@dataclass(frozen=True)
class Condition:
    """Holds where one of the alternatives does; an alternative where every answer is among those that it names."""

    alternatives: tuple[tuple[tuple[str, frozenset[str]], ...], ...] = ((),)

    def holds(self, answers: Answers) -> bool:
        """Say whether it holds for these answers."""
        return any(all(answers[name] in values for name, values in wanted) for wanted in self.alternatives)

    @property
    def is_always(self) -> bool:
        """Say whether it holds for everybody."""
        return () in self.alternatives

    def __str__(self) -> str:
        lines = (
            " and ".join(f"{name} {'/'.join(sorted(values))}" for name, values in wanted)
            for wanted in self.alternatives
        )
        return "everybody" if self.is_always else " or ".join(lines)


@dataclass(frozen=True)
class Choice:
    """The name of something that counts under a condition."""

    key: str
    condition: Condition
    line: int


def read_condition(place: Place, municipalities: list[str]) -> Condition:
    """Return the condition of an “if”: one mapping of answers, or a list of which one is enough."""
    parts = place.items(at_least=1) if isinstance(place.value, Sequence) else [place]
    return Condition(tuple(_alternative(part, municipalities) for part in parts))


def _alternative(place: Place, municipalities: list[str]) -> tuple[tuple[str, frozenset[str]], ...]:
    fields = place.fields(set(), {*QUESTIONS, "m"})
    if not fields:
        place.refuse("must name at least one answer")
    wanted = []
    for name, part in fields.items():
        offered = QUESTIONS.get(name, tuple(municipalities))
        values = part.items(at_least=1) if isinstance(part.value, Sequence) else [part]
        for value in values:
            if str(value.value) not in offered:
                value.refuse(f"must be one of: {', '.join(offered)}")
        wanted.append((name, frozenset(str(value.value) for value in values)))
    return tuple(wanted)


def read_choices(place: Place, kind: str, municipalities: list[str]) -> tuple[Choice, ...]:
    """Return a list of names, each a word or a mapping of the kind with an “if”."""
    found = []
    for item in place.items():
        if isinstance(item.value, Mapping):
            fields = item.fields({kind, "if"})
            condition = read_condition(fields["if"], municipalities)
            found.append(Choice(fields[kind].word(60), condition, item.line))
        else:
            found.append(Choice(item.word(60), Condition(), item.line))
    return tuple(found)


def chosen(choices: tuple[Choice, ...], answers: Answers) -> tuple[str, ...]:
    """Return the names whose condition holds, each once."""
    return tuple(dict.fromkeys(choice.key for choice in choices if choice.condition.holds(answers)))
