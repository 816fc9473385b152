"""YAML with line numbers, so that a mistake in a content file is named by file and line."""

from pathlib import Path
from typing import Any

import yaml


class Problem(Exception):
    """Something is wrong with a content file: where, and what."""

    def __init__(self, path: Path, line: int, reason: str) -> None:
        self.path, self.line, self.reason = path, line, reason
        super().__init__(f"{path.name}:{line}: {reason}")


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


def _mapping(loader: Loader, node: yaml.MappingNode) -> Mapping:
    result = Mapping()
    result.line = node.start_mark.line + 1
    result.lines = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
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
        # The loader is a SafeLoader: it makes texts, numbers, dates, lists and mappings, nothing else.
        return yaml.load(path.read_text(encoding="utf-8"), Loader=Loader)  # noqa: S506
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise Problem(path, mark.line + 1 if mark else 1, str(error.problem or error)) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise Problem(path, 1, " ".join(str(error).split())) from error
