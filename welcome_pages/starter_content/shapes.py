"""What a page file of each kind must contain, down to the blocks of its text: nothing missing, nothing misspelt."""

import datetime
import re
from collections.abc import Callable

from portal.pages.slugs import ASCII_SLUG, RESERVED

from ..choices import Audience, Level
from .located import Mapping, Place
from .texts import check_text

COMMON = {"kind", "slug", "owner", "reviewed_on", "review_again_on", "title", "summary"}
REQUIRED = {
    "home": COMMON - {"slug"} | {"welcome", "featured"},
    "guide_index": COMMON,
    "situation": COMMON | {"parent"},
    "contacts": COMMON,
    "glossary": COMMON,
    "information": COMMON | {"body"},
    "guide": COMMON
    | {"parent", "key", "level", "audiences", "authority", "procedure", "deadlines", "sources", "related", "body"},
    "municipality": COMMON | {"name", "welcome", "body"},
    "local": COMMON | {"parent", "body"},
    "note": COMMON - {"slug", "summary"} | {"parent", "guide", "body"},
}
ANSWERS = {"bring", "how", "next"}
OPTIONAL = {"guide": ANSWERS, "local": {"sources"}}
NEEDS_BODY = {"information", "note"}
BLOCKS = {
    "section": ({"heading"}, {"paragraphs", "points"}),
    "warning": ({"text"}, set()),
    "note": ({"text"}, set()),
    "contact": ({"heading", "facts"}, set()),
}
GUIDE_KEY = re.compile(r"T\d\d-[a-z0-9]+(?:-[a-z0-9]+)*")

Check = Callable[[Place], None]


def check_page(place: Place) -> None:
    """Raise Problem unless the content of a page file has the shape of its kind."""
    kind = place.value.get("kind") if isinstance(place.value, Mapping) else None
    if not isinstance(kind, str) or kind not in REQUIRED:
        place.refuse(f"must be one of: {', '.join(REQUIRED)}")
    fields = place.fields(REQUIRED[kind], OPTIONAL.get(kind, set()))
    for name, part in fields.items():
        CHECKS[name](part)
    if fields["review_again_on"].value <= fields["reviewed_on"].value:
        fields["review_again_on"].refuse("must be after “reviewed_on”")
    if kind in NEEDS_BODY:
        fields["body"].items(at_least=1)
    if kind == "guide":
        _check_answers(place, fields)


def _check_answers(place: Place, fields: dict[str, Place]) -> None:
    is_procedure = fields["procedure"].value
    for name in sorted(ANSWERS):
        if is_procedure and name not in fields:
            fields["procedure"].refuse(f"needs “{name}”: what to bring, how it goes, what happens next")
        if not is_procedure and name in fields:
            fields[name].refuse("is only for a guide with “procedure: true”")


def _kind(place: Place) -> None:
    """Accept it: `check_page` has looked already."""


def _word(longest: int) -> Check:
    def check(place: Place) -> None:
        place.word(longest)

    return check


def _slug(place: Place) -> None:
    slug = place.word(60)
    if not ASCII_SLUG.fullmatch(slug) or slug in RESERVED:
        place.refuse(f"must be small letters a-z, digits and hyphens, and none of: {', '.join(sorted(RESERVED))}")


def _guide_key(place: Place) -> None:
    if not GUIDE_KEY.fullmatch(place.word(60)):
        place.refuse("must be like T09-cpr-number")


def _date(place: Place) -> None:
    if type(place.value) is not datetime.date:  # a datetime is a date too, and has no place here
        place.refuse("must be a date such as 2026-11-22")


def _choice(values: list[str]) -> Check:
    def check(place: Place) -> None:
        if place.value not in values:
            place.refuse(f"must be one of: {', '.join(values)}")

    return check


def _flag(place: Place) -> None:
    if not isinstance(place.value, bool):
        place.refuse("must be true or false")


def _words(at_least: int = 0, check: Check | None = None) -> Check:
    """Check a list of different words."""

    def check_list(place: Place) -> None:
        seen = set()
        for item in place.items(at_least):
            word = item.word()
            if word in seen:
                item.refuse(f"names “{word}” twice")
            if check:
                check(item)
            seen.add(word)

    return check_list


def _text(longest: int = 0, *, is_plain: bool = False) -> Check:
    def check(place: Place) -> None:
        check_text(place, longest=longest, is_plain=is_plain)

    return check


def _texts(place: Place) -> None:
    for item in place.items(at_least=1):
        check_text(item)


def _body(place: Place) -> None:
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
    "heading": _text(120, is_plain=True),
    "text": _text(),
    "paragraphs": _texts,
    "points": _texts,
    "facts": _words(at_least=1),
}
CHECKS: dict[str, Check] = {
    "kind": _kind,
    "slug": _slug,
    "owner": _word(100),
    "reviewed_on": _date,
    "review_again_on": _date,
    "title": _text(255, is_plain=True),
    "summary": _text(300, is_plain=True),
    "name": _text(60, is_plain=True),
    "welcome": _texts,
    "featured": _words(),
    "parent": _word(60),
    "key": _guide_key,
    "level": _choice(Level.values),
    "audiences": _words(1, _choice(Audience.values)),
    "authority": _word(80),
    "procedure": _flag,
    "deadlines": _words(),
    "sources": _words(),
    "related": _words(),
    "bring": _texts,
    "how": _texts,
    "next": _texts,
    "guide": _word(60),
    "body": _body,
}
