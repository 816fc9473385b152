"""The content that each room ships, for the one command that loads all of it."""

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

from .records import LoadedContent

ALL_FILES = "all files"


class Loader(Protocol):
    """Loads what was read."""

    kept: list[str]
    """What was left as it is, because an editor changed or deleted it."""

    @property
    def steps(self) -> int:
        """Return how many steps `run` takes."""
        ...

    def run(self) -> Iterator[str]:
        """Load everything, and yield after each step."""
        ...

    def written(self) -> str:
        """Say what was written."""
        ...


class Shipment(ABC):
    """The content files of one room."""

    title: str
    records: type[LoadedContent]
    folder: Path

    @abstractmethod
    def read(self) -> Any:
        """Return the checked content. Raises Problem at the first mistake."""

    @abstractmethod
    def describe(self, content: Any) -> str:
        """Say what was found in the files."""

    @abstractmethod
    def loader(self, content: Any) -> Loader:
        """Return what loads it."""

    def fingerprint(self) -> str:
        """Return one fingerprint of all files: where it has not changed, nothing needs to be read."""
        found = hashlib.sha256()
        for path in sorted(self.folder.rglob("*.yaml")):
            found.update(path.relative_to(self.folder).as_posix().encode())
            found.update(path.read_bytes())
        return found.hexdigest()

    def is_loaded(self) -> bool:
        """Say whether these very files have been loaded."""
        return self.records._default_manager.filter(name=ALL_FILES, digest=self.fingerprint()).exists()

    def loaded(self, fingerprint: str) -> None:
        """Write down that files with this fingerprint have been loaded."""
        values = {"digest": fingerprint, "written": ""}
        self.records._default_manager.update_or_create(name=ALL_FILES, defaults=values)


shipments: list[Shipment] = []
"""In the order of loading: a page stands below one that is there already."""


def register_shipment(shipment: Shipment) -> None:
    """Let `load_starter_content` load the content of a room. Called in `AppConfig.ready`."""
    shipments.append(shipment)
