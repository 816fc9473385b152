"""Lines of calendar files: texts become values that can never be read as anything else, long lines are folded.

Titles come from clubs, and a line break in one of them must not become a property of the calendar.
"""

import re
from urllib.parse import quote

LONGEST = 75
"""Octets of a line, without its end."""
SPECIAL = re.compile("\r\n|[\\\\;,\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029]")
LINE_BREAKS = ("\r\n", "\n", "\r", "\v", "\f", "\x85", "\u2028", "\u2029")
WRITTEN = {"\\": r"\\", ";": r"\;", ",": r"\,", **dict.fromkeys(LINE_BREAKS, r"\n")}
STRAY_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")
MEANS_SOMETHING_IN_AN_ADDRESS = ":/?#[]@!$&'()*+,;=%"


def escape(text: str) -> str:
    """Return a text as a value. Every kind of line break becomes one; other control characters are left out."""
    return SPECIAL.sub(lambda match: WRITTEN.get(match[0], ""), text)


def quote_address(address: str) -> str:
    """Return an address as a value: with only the letters that an address may have."""
    escaped = STRAY_PERCENT.sub("%25", address)
    return quote(escaped, safe=MEANS_SOMETHING_IN_AN_ADDRESS, errors="replace")


def fold(line: str) -> bytes:
    """Return a line in octets with its end, broken into parts that hold whole characters only."""
    octets = line.encode(errors="replace")
    if len(octets) <= LONGEST:
        return octets + b"\r\n"
    parts, start, room = [], 0, LONGEST
    while len(octets) - start > room:
        end = start + room
        while octets[end] & 0b1100_0000 == 0b1000_0000:  # inside a character
            end -= 1
        parts.append(octets[start:end])
        start, room = end, LONGEST - 1  # a space marks each further part
    return b"\r\n ".join([*parts, octets[start:]]) + b"\r\n"
