"""What is searchable: one document per page and language, and the registry in which every room says what it has."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Protocol

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What a result is. The values are part of the API."""

    GUIDE = "guide", _("Guide")
    FORM = "form", _("Form")
    PLAN = "plan", _("Step of the plan")
    ACTIVITY = "activity", _("Activity")
    CONTACT = "contact", _("Contact")
    LOCAL = "local", _("Local page")
    TERM = "term", _("Danish word")


WEIGHTS: dict[str, float] = {Kind.PLAN: 0.85}
"""How much a document counts whose kind counts less than the others: a step leads to a guide that says more."""


@dataclass(frozen=True)
class Document:
    """One text that can be found, in one language, with the words of its versions in other languages beside it."""

    source: str
    """The name of the registered source."""
    origin: str
    """What the document was made from, unique within the source and equal in all languages: an update names it."""
    language: str
    key: str
    """Names the topic to other programs: T09-cpr-number. The same in every language and municipality."""
    kind: str
    title: str
    body: str
    path: str = ""
    """The address below the language, without a municipality: "guide/ankomst/cpr-nummer/"."""
    summary: str = ""
    municipality: str = ""
    """The municipality it belongs to; empty for what is shared."""
    level: str = ""
    audiences: tuple[str, ...] = ()
    """Whom it applies to; empty where it says nothing of that."""
    danish_title: str = ""
    danish_body: str = ""
    other_titles: tuple[str, ...] = ()
    """The titles in all further languages."""
    missing_in: tuple[str, ...] = ()
    """Danish only: the languages of the site whose readers get this text because theirs does not exist."""
    is_example: bool = False
    """Made up to show what the site can do: whoever finds it is told."""
    part: str = ""
    """Which part of its origin it is, where each is found by itself; empty for the whole."""

    @property
    def uid(self) -> str:
        """Return what names the document within its language."""
        return f"{self.source}:{self.origin}:{self.municipality}" + (f":{self.part}" if self.part else "")

    @property
    def fingerprint(self) -> str:
        """Return a hash of everything: equal documents need not be written again."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True, ensure_ascii=False).encode()).hexdigest()


class Source(Protocol):
    """One kind of thing that a room makes searchable."""

    name: str

    def origins(self) -> Iterable[str]:
        """Return everything there is, for a rebuild."""
        ...

    def documents(self, origins: Sequence[str]) -> Iterator[Document]:
        """Yield the documents of these origins, in all languages, as they are now; nothing for what is gone."""
        ...


_sources: dict[str, Source] = {}


def register_source(source: Source) -> None:
    """Let a room make something searchable. Called in `AppConfig.ready`."""
    _sources[source.name] = source


def sources() -> dict[str, Source]:
    """Return the registered sources by name."""
    return dict(_sources)


_audiences: dict[str, object] = {}


def register_audiences(names: Mapping[str, object]) -> None:
    """Let a room say what it calls those whom its documents apply to. Called in `AppConfig.ready`."""
    _audiences.update(names)


def audience_names(audiences: Iterable[str]) -> list[str]:
    """Return what these are called in the active language."""
    return [str(_audiences[audience]) for audience in audiences if audience in _audiences]
