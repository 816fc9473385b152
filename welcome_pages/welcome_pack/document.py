"""The PDF of a pack: made with Typst from data and a fixed template, kept under the fingerprint of what it was made of."""

import datetime
import hashlib
import json
import logging
import re
import time
from functools import lru_cache
from importlib.metadata import version
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import typst
from django.core.cache import cache

logger = logging.getLogger(__name__)

TEMPLATE = Path(__file__).parent / "pack.typ"
FONT_PACKAGE = "fontpkg_open_sans"
KEPT_FOR = 7 * 24 * 3600
LONGEST_WAIT = 20
"""Seconds that a reader waits for the PDF that another process is making, and after which that one counts as lost."""
MIDNIGHT = datetime.time(tzinfo=datetime.UTC)
UNDATED = datetime.date(2000, 1, 1)
NO_GLYPH = re.compile(r'the text `"(.+?)"` could not be displayed')
"""PDF/UA allows no sign without a glyph, and Typst names the first one that it meets."""
STAND_IN = "□"
MOST_SIGNS = 10
"""How many different signs that no font has are replaced before the document counts as broken."""


class PackNotMade(Exception):
    """Typst refused the document; the log says why."""


@lru_cache(maxsize=1)
def _makers() -> str:
    """Return what else the bytes of a PDF depend on: the template and the version of Typst."""
    return hashlib.sha256(TEMPLATE.read_bytes() + version("typst").encode()).hexdigest()


def fingerprint(data: dict[str, Any]) -> str:
    """Return a name that is the same as long as the PDF would be."""
    text = json.dumps(data, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256((_makers() + text).encode()).hexdigest()[:32]


def made(data: dict[str, Any], mark: str) -> bytes:
    """Return the PDF, made once for as long as nothing changes. Raises PackNotMade."""
    key = f"welcome-pack:{mark}"
    deadline = time.monotonic() + LONGEST_WAIT
    while time.monotonic() < deadline:
        found: bytes | None = cache.get(key)
        if found is not None:
            return found
        if cache.add(f"{key}:maker", 1, LONGEST_WAIT):
            break
        time.sleep(0.1)
    try:
        content = make(data)
        cache.set(key, content, KEPT_FOR)
    finally:
        cache.delete(f"{key}:maker")
    return content


def make(data: dict[str, Any]) -> bytes:
    """Return the bytes of the PDF, the same for the same data. Raises PackNotMade."""
    as_of = datetime.date.fromisoformat(data["as_of"]) if data["as_of"] else UNDATED
    text = json.dumps(data, ensure_ascii=False)
    for _try in range(MOST_SIGNS):
        try:
            return _compile(text, datetime.datetime.combine(as_of, MIDNIGHT))
        except typst.TypstError as error:
            unknown = NO_GLYPH.search(error.message)
            if unknown is None or unknown[1] not in text:
                logger.error("A welcome pack could not be made: %s", error)
                raise PackNotMade from error
            logger.warning("No font of the welcome pack has the sign “%s”.", unknown[1])
            text = text.replace(unknown[1], STAND_IN)
        except BaseException as error:
            if type(error).__name__ != "PanicException":  # what a failure inside Rust becomes; it is no Exception
                raise
            logger.exception("A welcome pack could not be made")
            raise PackNotMade from error
    raise PackNotMade


def _compile(text: str, moment: datetime.datetime) -> bytes:
    return typst.compile(
        TEMPLATE,
        root=TEMPLATE.parent,
        format="pdf",
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"pack": text},
        pdf_standards="ua-1",
        timestamp=moment,
    )


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    folder = files(FONT_PACKAGE) / "files" if find_spec(FONT_PACKAGE) else None
    return typst.Fonts(include_system_fonts=False, font_paths=[str(folder)] if folder else [])
