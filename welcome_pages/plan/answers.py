"""The answers out of which a plan is made. They stand in the address and nowhere else."""

import datetime
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import product
from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.http import QueryDict

QUESTIONS: dict[str, tuple[str, ...]] = {
    "who": ("nordic", "eu", "permit", "commuter"),
    "why": ("work", "study", "family", "jobseeker"),
    "stay": ("short", "long"),
    "children": ("0", "1"),
}
"""Name of a question → what can be answered, in the order of the form. These are part of the contract of the address."""

DANISH_DATE = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})", re.ASCII)
ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(frozen=True)
class Answers:
    """What somebody answered; "" where they did not."""

    who: str = ""
    why: str = ""
    stay: str = ""
    children: str = ""
    m: str = ""
    """The municipality, which may stay open."""

    def __getitem__(self, name: str) -> str:
        """Return one answer."""
        answer: str = getattr(self, name)
        return answer

    @property
    def missing(self) -> list[str]:
        """Return the questions without an answer."""
        return [name for name in QUESTIONS if not self[name]]

    def but(self, **changes: str) -> "Answers":
        """Return the same with some answers changed."""
        return replace(self, **changes)

    def __str__(self) -> str:
        return " ".join(f"{name}={self[name] or '-'}" for name in (*QUESTIONS, "m"))


@dataclass(frozen=True)
class Asked:
    """What an address asks for."""

    answers: Answers
    arrival: datetime.date | None = None
    typed_arrival: str = ""
    """What stands in the field of the date, also where it is none."""
    is_begun: bool = False
    """Whether anything was answered."""
    errors: Mapping[str, str] = field(default_factory=dict)

    def query(self, *, inside: bool = False) -> str:
        """Return the query string of these answers; `inside` a municipality the address names it already."""
        pairs = [(name, self.answers[name]) for name in (*QUESTIONS, "m") if self.answers[name]]
        if inside:
            pairs = [pair for pair in pairs if pair[0] != "m"]
        if self.arrival:
            pairs.append(("arrival", self.arrival.isoformat()))
        return f"?{urlencode(pairs)}" if pairs else ""


def all_answers(municipalities: Collection[str]) -> Iterator[Answers]:
    """Yield every combination of complete answers, with each municipality and with none."""
    for values in product(*QUESTIONS.values(), ["", *municipalities]):
        yield Answers(*values)


def parse(query: QueryDict, municipalities: Collection[str]) -> Asked:
    """Return what an address asks for. Raises BadRequest for values that the form does not send.

    The message of an error never repeats a value: it is written to the log.
    """
    offered: dict[str, Collection[str]] = {**QUESTIONS, "m": municipalities}
    chosen = {name: _one(query, name, values) for name, values in offered.items()}
    typed = query.get("arrival", "").strip()[:40]
    arrival = read_date(typed)
    return Asked(
        Answers(**chosen),
        arrival=arrival,
        typed_arrival=typed,
        is_begun=any(chosen[name] for name in QUESTIONS) or bool(typed),
        errors={"arrival": typed} if typed and arrival is None else {},
    )


def _one(query: QueryDict, name: str, offered: Collection[str]) -> str:
    values = set(query.getlist(name)) - {""}
    if len(values) > 1 or values.difference(offered):
        raise BadRequest(f"{name}: one of {', '.join(offered)}")
    return values.pop() if values else ""


def read_date(text: str) -> datetime.date | None:
    """Return a day written as 2026-12-24 or 24.12.2026, None for anything else."""
    danish = DANISH_DATE.fullmatch(text)
    try:
        if danish:
            day = datetime.date(int(danish[3]), int(danish[2]), int(danish[1]))
        elif ISO_DATE.fullmatch(text):
            day = datetime.date.fromisoformat(text)
        else:
            return None
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None
