"""From lines to components, each property looked at by itself: is it known here, single, present, and of its type?"""

from dataclasses import dataclass, field

from . import values
from .lines import Line, Reading
from .properties import COMPONENTS, INSIDE, LISTS_OF_TIMES


@dataclass
class Node:
    """A component with its properties and the components inside it."""

    name: str
    line: int
    properties: list[Line] = field(default_factory=list)
    children: list["Node"] = field(default_factory=list)

    def all(self, name: str) -> list[Line]:
        """Return the properties of this name."""
        return [line for line in self.properties if line.name == name]

    def first(self, name: str) -> Line | None:
        """Return the first property of this name."""
        return next(iter(self.all(name)), None)

    def inside(self, name: str) -> list["Node"]:
        """Return the components of this name inside this one."""
        return [child for child in self.children if child.name == name]


def build(reading: Reading) -> Node | None:
    """Return the calendar of these lines, with every fault of nesting noted."""
    root = Node("", 0)
    open_nodes = [root]
    for line in reading.lines:
        parent = open_nodes[-1]
        if line.name == "BEGIN":
            node = Node(line.value.upper(), line.number)
            if node.name not in (INSIDE.get(parent.name, set()) if parent is not root else {"VCALENDAR"}):
                reading.report(line.number, "component out of place", f"{node.name} in {parent.name or 'the file'}")
            parent.children.append(node)
            open_nodes.append(node)
        elif line.name == "END":
            if parent is root or parent.name != line.value.upper():
                reading.report(line.number, "nesting", f"END:{line.value} inside {parent.name or 'the file'}")
            if parent is not root:
                open_nodes.pop()
        elif parent is root:
            reading.report(line.number, "outside the calendar", line.name)
        else:
            parent.properties.append(line)
    if len(open_nodes) > 1:
        reading.report(open_nodes[-1].line, "nesting", f"{open_nodes[-1].name} is never ended")
    calendars = root.inside("VCALENDAR")
    if len(calendars) != 1:
        reading.report(1, "number of calendars", f"{len(calendars)} and not one")
    return calendars[0] if calendars else None


def check_properties(reading: Reading, node: Node) -> None:
    """Check the properties of a component and of all inside it."""
    known = COMPONENTS.get(node.name, {})
    for line in node.properties:
        if line.name in known:
            _check_value(reading, node, line)
        elif not line.name.startswith("X-"):
            reading.report(line.number, "property out of place", f"{line.name} in {node.name}")
        _check_language(reading, line)
    for name, rules in known.items():
        found = node.all(name)
        if rules.is_required and not found:
            reading.report(node.line, "missing property", f"{node.name} without {name}")
        if len(found) > 1 and not rules.may_repeat:
            reading.report(found[1].number, "repeated property", f"{name} in {node.name}")
        if rules.is_required and any(not line.value for line in found):
            reading.report(found[0].number, "empty property", f"{name} in {node.name}")
    for child in node.children:
        check_properties(reading, child)


def _check_value(reading: Reading, node: Node, line: Line) -> None:
    rules = COMPONENTS[node.name][line.name]
    named = line.parameters.get("VALUE")
    kind = named[0].upper() if named else next(iter(rules.checks))
    if kind not in rules.checks or (rules.must_name_type and not named):
        reading.report(line.number, "type of value", f"{line.name} as {kind if named else 'nothing'}")
        return
    several = line.name in LISTS_OF_TIMES
    for value in line.value.split(",") if several else [line.value]:
        problem = rules.checks[kind](value)
        if problem:
            reading.report(line.number, "value", f"{line.name}: {problem}")


def _check_language(reading: Reading, line: Line) -> None:
    tags = line.parameters.get("LANGUAGE")
    if tags is not None and not (len(tags) == 1 and values.LANGUAGE.fullmatch(tags[0])):
        reading.report(line.number, "language", f"{line.name} in {tags}")
