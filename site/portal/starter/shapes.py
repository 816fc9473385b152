"""What values of content files look like: words, dates, choices, texts in all languages, and the blocks of a text."""

import datetime
from collections.abc import Callable

from .located import Mapping, Place
from .texts import check_text

BLOCKS = {
    "section": ({"heading"}, {"paragraphs", "points"}),
    "warning": ({"text"}, set()),
    "note": ({"text"}, set()),
    "contact": ({"heading", "facts"}, set()),
}
"""The blocks of `portal.blocks.BodyBlock`, each with its required and its optional keys."""

Check = Callable[[Place], None]
"""Raises Problem where a value is wrong."""


def word(longest: int) -> Check:
    """Return a check for one line that is the same in all languages."""

    def check(place: Place) -> None:
        place.word(longest)

    return check


def date(place: Place) -> None:
    """Raise Problem unless it is a date."""
    if type(place.value) is not datetime.date:  # a datetime is a date too, and has no place here
        place.refuse("must be a date such as 2026-11-22")


def choice(values: list[str]) -> Check:
    """Return a check for one of these values."""

    def check(place: Place) -> None:
        if place.value not in values:
            place.refuse(f"must be one of: {', '.join(values)}")

    return check


def flag(place: Place) -> None:
    """Raise Problem unless it is true or false."""
    if not isinstance(place.value, bool):
        place.refuse("must be true or false")


def words(at_least: int = 0, check: Check | None = None) -> Check:
    """Return a check for a list of different words."""

    def check_list(place: Place) -> None:
        seen = set()
        for item in place.items(at_least):
            one = item.word()
            if one in seen:
                item.refuse(f"names “{one}” twice")
            if check:
                check(item)
            seen.add(one)

    return check_list


def text(longest: int = 0, *, is_plain: bool = False) -> Check:
    """Return a check for a text in all languages."""

    def check(place: Place) -> None:
        check_text(place, longest=longest, is_plain=is_plain)

    return check


def texts(place: Place) -> None:
    """Raise Problem unless it is a list of texts in all languages."""
    for item in place.items(at_least=1):
        check_text(item)


def body(place: Place) -> None:
    """Raise Problem unless it is a list of blocks."""
    for block in place.items():
        if not isinstance(block.value, Mapping) or len(block.value) != 1:
            block.refuse(f"must consist of parts with one kind each: {', '.join(BLOCKS)}")
        (kind,) = block.value
        part = Place(block.path, block.value.lines[kind], kind, block.value[kind])
        if kind not in BLOCKS:
            part.refuse(f"is no kind of block: {', '.join(BLOCKS)}")
        fields = part.fields(*BLOCKS[kind])
        for name, value in fields.items():
            BLOCK_CHECKS[name](value)
        if kind == "section" and not {"paragraphs", "points"} & fields.keys():
            part.refuse("needs “paragraphs” or “points”")


BLOCK_CHECKS: dict[str, Check] = {
    "heading": text(120, is_plain=True),
    "text": text(),
    "paragraphs": texts,
    "points": texts,
    "facts": words(at_least=1),
}
