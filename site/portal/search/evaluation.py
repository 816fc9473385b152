"""How good the search is: graded questions against a set of documents, by the measures of the field."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import log2

DEPTH = 10


@dataclass(frozen=True)
class GradedQuestion:
    """A question, and how well each document answers it: 1 touches, 2 helps, 3 answers."""

    id: str
    language: str
    text: str
    kind: str
    relevant: Mapping[str, int]


@dataclass
class Measures:
    """The means over some questions."""

    questions: int = 0
    ndcg: float = 0.0
    recall: float = 0.0
    mrr: float = 0.0
    without_result: float = 0.0

    def as_dict(self) -> dict[str, float]:
        """Return the numbers as they are printed and written."""
        return {
            "queries": self.questions,
            "ndcg@10": round(self.ndcg, 4),
            "recall@5": round(self.recall, 4),
            "mrr": round(self.mrr, 4),
            "without_result": round(self.without_result, 4),
        }


def ndcg(found: Sequence[str], relevant: Mapping[str, int], depth: int = DEPTH) -> float:
    """Return the normalised discounted cumulative gain with the gain 2^grade − 1."""
    gain = sum((2 ** relevant.get(key, 0) - 1) / log2(place + 2) for place, key in enumerate(found[:depth]))
    best = sorted(relevant.values(), reverse=True)[:depth]
    ideal = sum((2**grade - 1) / log2(place + 2) for place, grade in enumerate(best))
    return gain / ideal if ideal else 0.0


def recall(found: Sequence[str], relevant: Mapping[str, int], depth: int = 5) -> float:
    """Return the part of the relevant documents that is among the first, of as many as have a place there."""
    hits = sum(1 for key in found[:depth] if relevant.get(key))
    return hits / min(len(relevant), depth) if relevant else 0.0


def reciprocal_rank(found: Sequence[str], relevant: Mapping[str, int]) -> float:
    """Return one over the place of the first relevant document."""
    return next((1 / (place + 1) for place, key in enumerate(found) if relevant.get(key)), 0.0)


@dataclass
class Evaluation:
    """The answers to all questions, measured."""

    rows: list[tuple[GradedQuestion, list[str]]] = field(default_factory=list)

    def add(self, question: GradedQuestion, found: Iterable[str]) -> None:
        """Add the keys that a question found, best first, each once."""
        self.rows.append((question, list(dict.fromkeys(found))))

    def measures(self, *, language: str = "", kind: str = "") -> Measures:
        """Return the means, of all or of some."""
        chosen = [
            (question, found)
            for question, found in self.rows
            if (not language or question.language == language) and (not kind or question.kind == kind)
        ]
        count = len(chosen)
        if not count:
            return Measures()
        return Measures(
            count,
            sum(ndcg(found, question.relevant) for question, found in chosen) / count,
            sum(recall(found, question.relevant) for question, found in chosen) / count,
            sum(reciprocal_rank(found, question.relevant) for question, found in chosen) / count,
            sum(not found for _question, found in chosen) / count,
        )

    def names(self) -> tuple[list[str], list[str]]:
        """Return the languages and the kinds of the questions, in the order of the set."""
        return (
            list(dict.fromkeys(question.language for question, _found in self.rows)),
            list(dict.fromkeys(question.kind for question, _found in self.rows)),
        )
