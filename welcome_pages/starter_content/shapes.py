"""What a page file of each kind must contain, down to the blocks of its text: nothing missing, nothing misspelt."""

import re

from portal.pages.slugs import ASCII_SLUG, RESERVED
from portal.starter.located import Mapping, Place
from portal.starter.shapes import Check, body, choice, date, flag, text, texts, word, words

from ..choices import Audience, Level

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
GUIDE_KEY = re.compile(r"T\d\d-[a-z0-9]+(?:-[a-z0-9]+)*")


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


def _slug(place: Place) -> None:
    slug = place.word(60)
    if not ASCII_SLUG.fullmatch(slug) or slug in RESERVED:
        place.refuse(f"must be small letters a-z, digits and hyphens, and none of: {', '.join(sorted(RESERVED))}")


def _guide_key(place: Place) -> None:
    if not GUIDE_KEY.fullmatch(place.word(60)):
        place.refuse("must be like T09-cpr-number")


CHECKS: dict[str, Check] = {
    "kind": _kind,
    "slug": _slug,
    "owner": word(100),
    "reviewed_on": date,
    "review_again_on": date,
    "title": text(255, is_plain=True),
    "summary": text(300, is_plain=True),
    "name": text(60, is_plain=True),
    "welcome": texts,
    "featured": words(),
    "parent": word(60),
    "key": _guide_key,
    "level": choice(Level.values),
    "audiences": words(1, choice(Audience.values)),
    "authority": word(80),
    "procedure": flag,
    "deadlines": words(),
    "sources": words(),
    "related": words(),
    "bring": texts,
    "how": texts,
    "next": texts,
    "guide": word(60),
    "body": body,
}
