"""The notation by which a text cites a fact or a glossary term: `[[key]]`, `[[term:key]]`, `[[term:key|label]]`.

A plain-text token survives rich-text editors, short fields, PO files and translators, and stays readable in all of them.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

TOKEN = re.compile(r"\[\[(term:)?([a-z0-9][a-z0-9-]*)(?:\|([^\[\]|]*))?\]\]")
MALFORMED = re.compile(r"\[\[|\]\]")

Citation = tuple[str, str]
"""("", key of a fact) or ("term:", key of a glossary term)."""


def citations(text: str) -> Counter[Citation]:
    """Count what a text cites. Labels do not count: an inflected word is still the same term."""
    return Counter((match[1] or "", match[2]) for match in TOKEN.finditer(text or ""))


def has_malformed_token(text: str) -> bool:
    """Say whether double brackets are left over that are no token, such as `[[out of hours]]`."""
    return bool(MALFORMED.search(TOKEN.sub("", text or "")))


def texts_in(value: Any) -> Iterator[str]:
    """Yield every string inside a raw value: a text, or the nested lists and mappings of a stream field."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from texts_in(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from texts_in(part)
