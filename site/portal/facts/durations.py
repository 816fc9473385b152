"""Lengths of time in ISO 8601 (`P5D`, `P8W`, `P3M`, `P1Y`), and in the words of a language."""

import re
from functools import lru_cache

from babel.units import format_unit

DURATION = re.compile(r"P([0-9]+)([DWMY])")
UNITS = {"D": "duration-day", "W": "duration-week", "M": "duration-month", "Y": "duration-year"}


def parse(value: str) -> tuple[int, str]:
    """Return number and unit (D, W, M or Y). Raises ValueError: a fact states one length, not a sum of several."""
    match = DURATION.fullmatch(value)
    if not match or int(match[1]) == 0:
        raise ValueError(f"{value!r} is not like 'P5D', 'P8W', 'P3M' or 'P1Y'")
    return int(match[1]), match[2]


@lru_cache(maxsize=4096)
def in_words(value: str, language: str) -> str:
    """Return "5 dage", "5 dni", "5 дней": nominative, with the plural form that the number takes in that language."""
    number, unit = parse(value)
    return format_unit(number, UNITS[unit], length="long", locale=language)
