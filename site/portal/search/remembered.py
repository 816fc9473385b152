"""What the editors have written for the search, remembered for a short time by each process: every question needs it."""

import time
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from django.db.models import Model
from django.db.models.signals import post_delete, post_save

Value = TypeVar("Value")

SECONDS = 20
"""How long a change may stay unseen by the other processes; the process that makes it sees it at once."""
_memories: list["Remembered[Any]"] = []


class Remembered(Generic[Value]):
    """The answers of one function by language."""

    def __init__(self, read: Callable[[str], Value]) -> None:
        self._read = read
        self._values: dict[str, tuple[float, Value]] = {}

    def __call__(self, language: str) -> Value:
        """Return what the function says, or said a moment ago."""
        now = time.monotonic()
        known = self._values.get(language)
        if known is None or now - known[0] >= SECONDS:
            known = self._values[language] = now, self._read(language)
        return known[1]

    def forget(self, **kwargs: Any) -> None:
        """Read again at the next call. A receiver of signals."""
        self._values.clear()


def remembered(model: type[Model]) -> Callable[[Callable[[str], Value]], Remembered[Value]]:
    """Remember what a function reads of a model for a language, until an object of the model is saved or deleted."""

    def decorate(read: Callable[[str], Value]) -> Remembered[Value]:
        memory = Remembered(read)
        _memories.append(memory)
        for signal in (post_save, post_delete):
            signal.connect(memory.forget, sender=model)
        return memory

    return decorate


def forget_everything() -> None:
    """Read everything again: for another database, and for tests, whose changes are rolled back without a signal."""
    for memory in _memories:
        memory.forget()
