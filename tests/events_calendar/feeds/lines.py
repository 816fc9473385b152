"""A calendar file as octets and lines (RFC 5545, 3.1): what is wrong with it before anybody asks what it says."""

import re
from dataclasses import dataclass, field

NAME = r"[A-Za-z0-9-]+"
PARAMETER_VALUE = r'(?:"[^"\x00-\x08\x0a-\x1f\x7f]*"|[^"\x00-\x08\x0a-\x1f\x7f;:,]*)'
PARAMETER = rf";({NAME})=({PARAMETER_VALUE}(?:,{PARAMETER_VALUE})*)"
LINE = re.compile(rf"({NAME})((?:{PARAMETER})*):(.*)", re.DOTALL)
CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
SEPARATORS_OF_OTHERS = re.compile("[\x80-\x9f\u2028\u2029]")
"""Allowed by the letter, and yet the end of a line to programs that split lines as their language does."""


@dataclass(frozen=True)
class Finding:
    """One fault: in which line, of which kind, and in words."""

    line: int
    kind: str
    text: str


@dataclass(frozen=True)
class Line:
    """A content line, unfolded."""

    number: int
    name: str
    parameters: dict[str, list[str]]
    value: str


@dataclass
class Reading:
    """The lines of a file, and what was found so far."""

    lines: list[Line] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def report(self, line: int, kind: str, text: str) -> None:
        """Note a fault."""
        self.findings.append(Finding(line, kind, text))


def read_lines(data: bytes) -> Reading:
    """Split a file into content lines."""
    reading = Reading()
    if data.startswith(b"\xef\xbb\xbf"):
        reading.report(1, "byte order mark", "a file does not begin with one")
        data = data[3:]
    if not data.endswith(b"\r\n"):
        reading.report(data.count(b"\n") + 1, "line end", "the last line has no end")
        data += b"\r\n"
    number, parts = 0, [b""]
    for index, part in enumerate(data.split(b"\r\n")[:-1], start=1):
        _check_physical(reading, index, part)
        if part[:1] in (b" ", b"\t") and number:
            parts.append(part[1:])
            continue
        if number:
            _add(reading, number, parts)
        number, parts = index, [part]
    _add(reading, number, parts)
    return reading


def _check_physical(reading: Reading, number: int, part: bytes) -> None:
    if len(part) > 75:
        reading.report(number, "line too long", f"{len(part)} octets")
    if b"\n" in part or b"\r" in part:
        reading.report(number, "line end", "only CR LF ends a line")
    if not part.strip():
        reading.report(number, "empty line", "nothing stands here")


def _is_utf_8(octets: bytes) -> bool:
    try:
        octets.decode()
    except UnicodeDecodeError:
        return False
    return True


def _add(reading: Reading, number: int, parts: list[bytes]) -> None:
    octets = b"".join(parts)
    text = octets.decode(errors="replace")
    if not _is_utf_8(octets):
        reading.report(number, "encoding", "this line is not UTF-8")
    elif not all(map(_is_utf_8, parts)):
        reading.report(number, "folded inside a character", "a part of this line is no UTF-8 by itself")
    if CONTROL.search(text):
        reading.report(number, "control character", repr(text[:60]))
    if SEPARATORS_OF_OTHERS.search(text):
        reading.report(number, "foreign line separator", repr(text[:60]))
    match = LINE.fullmatch(text)
    if not match:
        reading.report(number, "no content line", repr(text[:60]))
        return
    parameters: dict[str, list[str]] = {}
    for name, values in re.findall(PARAMETER, match[2]):
        if name.upper() in parameters:
            reading.report(number, "repeated parameter", name)
        parameters[name.upper()] = [value.strip('"') for value in re.findall(PARAMETER_VALUE, values) if value]
    reading.lines.append(Line(number, match[1].upper(), parameters, match[5]))
