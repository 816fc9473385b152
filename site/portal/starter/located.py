"""YAML with line numbers, so that a mistake in a content file is named by file and line."""

from collections.abc import Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import yaml


class Problem(Exception):
    """Something is wrong with a content file: where, and what."""

    def __init__(self, path: Path, line: int, reason: str) -> None:
        self.path, self.line, self.reason = path, line, reason
        # Five municipalities have an `index.yaml` each: the name of the folder tells them apart.
        super().__init__(f"{path.parent.name}/{path.name}:{line}: {reason}")


class Mapping(dict[str, Any]):
    """A mapping that knows the line on which each of its keys stands."""

    line: int
    lines: dict[str, int]


class Sequence(list[Any]):
    """A list that knows the line on which each of its items stands."""

    line: int
    lines: list[int]


class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """PyYAML's safe loader, in C where that is there, keeping lines and refusing keys that stand twice."""

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        """Return the value of a node; one such as the date 2026-13-01 is an error with a line and no ValueError."""
        try:
            return super().construct_object(node, deep)
        except (ValueError, TypeError, LookupError, ArithmeticError) as error:
            reason = f"the value cannot be read: {error}"
            raise yaml.constructor.ConstructorError(None, None, reason, node.start_mark) from error


def _mapping(loader: Loader, node: yaml.MappingNode) -> Mapping:
    result = Mapping()
    result.line = node.start_mark.line + 1
    result.lines = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if not isinstance(key, str):
            raise yaml.constructor.ConstructorError(None, None, "a key must be a word", key_node.start_mark)
        if key in result:
            raise yaml.constructor.ConstructorError(None, None, f"“{key}” stands twice", key_node.start_mark)
        result[key] = loader.construct_object(value_node, deep=True)
        result.lines[key] = key_node.start_mark.line + 1
    return result


def _sequence(loader: Loader, node: yaml.SequenceNode) -> Sequence:
    result = Sequence(loader.construct_object(child, deep=True) for child in node.value)
    result.line = node.start_mark.line + 1
    result.lines = [child.start_mark.line + 1 for child in node.value]
    return result


Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)
Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_SEQUENCE_TAG, _sequence)


def load(path: Path) -> Any:
    """Return the content of a YAML file. Raises Problem where it is not YAML."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise Problem(path, 1, f"the file cannot be read: {error.strerror}") from error
    try:
        # The loader is a SafeLoader: it makes texts, numbers, dates, lists and mappings, nothing else.
        return yaml.load(data.decode("utf-8"), Loader=Loader)  # noqa: S506
    except UnicodeDecodeError as error:
        raise Problem(path, data.count(b"\n", 0, error.start) + 1, "the file is not UTF-8") from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise Problem(path, mark.line + 1 if mark else 1, " ".join(str(error.problem or error).split())) from error
    except (yaml.YAMLError, RecursionError) as error:
        line = data.count(b"\n", 0, getattr(error, "position", 0)) + 1
        raise Problem(path, line, " ".join(str(error).split())) from error


@dataclass(frozen=True)
class Place:
    """One value in a content file, with what a message needs to point to it."""

    path: Path
    line: int
    name: str
    value: Any

    def refuse(self, reason: str) -> NoReturn:
        """Raise Problem with this place in it."""
        raise Problem(self.path, self.line, f"“{self.name}” {reason}")

    def fields(self, required: Set[str], optional: Set[str] = frozenset()) -> dict[str, "Place"]:
        """Return the values of a mapping that has exactly these keys."""
        if not isinstance(self.value, Mapping):
            self.refuse(f"must have the keys: {', '.join(sorted(required))}")
        for key in sorted(required - self.value.keys()):
            raise Problem(self.path, self.line, f"“{key}” is missing")
        for key in self.value:
            if key not in required | optional:
                raise Problem(self.path, self.value.lines[key], f"“{key}” is not known here")
        return {key: Place(self.path, self.value.lines[key], key, value) for key, value in self.value.items()}

    def items(self, at_least: int = 0) -> list["Place"]:
        """Return the values of a list."""
        if not isinstance(self.value, Sequence):
            self.refuse("must be a list")
        if len(self.value) < at_least:
            self.refuse("must not be an empty list")
        rows = zip(self.value, self.value.lines, strict=True)
        return [Place(self.path, line, self.name, item) for item, line in rows]

    def word(self, longest: int = 0) -> str:
        """Return a text of one line that is the same in all languages."""
        if not isinstance(self.value, str) or not self.value.strip():
            self.refuse("must be a text; put figures in quotation marks")
        if longest and len(self.value) > longest:
            self.refuse(f"has {len(self.value)} characters, {longest} are allowed")
        return self.value
