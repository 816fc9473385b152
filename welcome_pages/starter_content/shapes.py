"""What a page file of each kind must contain, down to the blocks of its text: nothing missing, nothing misspelt."""

import re

from portal.facts.models import Confidence
from portal.languages.spoken import SPOKEN_LANGUAGES
from portal.pages.slugs import ASCII_SLUG, RESERVED
from portal.starter.located import Mapping, Place, Problem
from portal.starter.shapes import Check, body, choice, date, flag, text, texts, word, words

from ..choices import FORM_LANGUAGES, Audience, CPRNumber, Evidence, Level, MitID, Moment
from ..clubs.choices import ClubKind
from ..employer_blocks import Doer, Phase
from ..field_blocks import Certainty
from ..models.employers import Hire

COMMON = {"kind", "slug", "owner", "reviewed_on", "review_again_on", "title", "summary"}
REQUIRED = {
    "home": COMMON - {"slug"} | {"welcome", "featured"},
    "guide_index": COMMON,
    "situation": COMMON | {"parent"},
    "plan": COMMON - {"slug"},
    "welcome_pack": COMMON - {"slug"},
    "contacts": COMMON,
    "glossary": COMMON,
    "information": COMMON | {"body"},
    "guide": COMMON
    | {"parent", "key", "level", "audiences", "authority", "procedure", "deadlines", "sources", "related", "body"}
    | {"need_to_know"},
    "form_library": COMMON,
    "form": COMMON
    | {
        "parent",
        "key",
        "official_title",
        "evidence",
        "moment",
        "topics",
        "audiences",
        "authority",
        "form_languages",
        "mitid",
        "cpr_number",
        "deadlines",
        "sources",
        "related",
        "who",
        "when",
        "attach",
        "next",
    },
    "employers": COMMON - {"slug"} | {"body"},
    "employer_chapter": COMMON | {"parent", "key", "sources", "related", "body"},
    "employer_checklist": COMMON | {"parent", "key", "hire", "sources", "related", "steps"},
    "field_guide": COMMON - {"slug"} | {"form", "complete", "version", "seen_on", "printed_in", "entries"},
    "form_words": COMMON | {"parent"},
    "municipality": COMMON | {"name", "welcome", "body"},
    "local": COMMON | {"parent", "body"},
    "note": COMMON - {"slug", "summary"} | {"parent", "guide", "body"},
    "clubs": COMMON - {"slug"} | {"parent"},
    "club": COMMON - {"title"} | {"parent", "name", "club_kind", "spoken", "contacts", "source_name", "confidence"},
}
ANSWERS = {"bring", "how", "next"}
OPTIONAL = {
    "guide": ANSWERS,
    "employer_chapter": {"need_to_know"},
    "form": {"number", "not_for", "papers", "without", "places"},
    "field_guide": {"file"},
    "local": {"sources"},
    "club": {"name_language", "country", "also_in", "meets", "source_url"},
}
NEEDS_BODY = {"information", "note", "employer_chapter"}
GUIDE_KEY = re.compile(r"T\d\d-[a-z0-9]+(?:-[a-z0-9]+)*")
EMPLOYER_KEY = re.compile(r"E\d\d-[a-z0-9]+(?:-[a-z0-9]+)*")
FORM_KEY = re.compile(r"F\d\d-[a-z0-9]+(?:-[a-z0-9]+)*")


def check_page(place: Place) -> None:
    """Raise Problem unless the content of a page file has the shape of its kind."""
    kind = place.value.get("kind") if isinstance(place.value, Mapping) else None
    if not isinstance(kind, str) or kind not in REQUIRED:
        place.refuse(f"must be one of: {', '.join(REQUIRED)}")
    fields = place.fields(REQUIRED[kind], OPTIONAL.get(kind, set()))
    for name, part in fields.items():
        (CLUB_CHECKS if kind == "club" else CHECKS)[name](part)
    if fields["review_again_on"].value <= fields["reviewed_on"].value:
        fields["review_again_on"].refuse("must be after “reviewed_on”")
    if kind in NEEDS_BODY:
        fields["body"].items(at_least=1)
    if kind == "guide":
        _check_answers(place, fields)
        _check_key(fields["key"], GUIDE_KEY, "T09-cpr-number")
    if kind in {"employer_chapter", "employer_checklist"}:
        _check_key(fields["key"], EMPLOYER_KEY, "E05-contract")
    if kind == "form":
        _check_key(fields["key"], FORM_KEY, "F02-registration-of-entry")
        if "needed" in {fields["mitid"].value, fields["cpr_number"].value} and "without" not in fields:
            raise Problem(place.path, place.line, "“without” is missing: what people do without MitID or CPR number")


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


def _check_key(place: Place, pattern: re.Pattern[str], example: str) -> None:
    if not pattern.fullmatch(place.value):
        place.refuse(f"must be like {example}")


ENTRIES = {
    "section": ({"translation"}, {"label", "certainty", "danish"}),
    "field": ({"label", "certainty"}, {"word", "translation", "meaning", "example", "warning"}),
}
"""The parts of a form, each with its required and its optional keys."""


def _entries(place: Place) -> None:
    for entry in place.items(at_least=1):
        if not isinstance(entry.value, Mapping) or len(entry.value) != 1:
            entry.refuse(f"must consist of parts with one kind each: {', '.join(ENTRIES)}")
        (kind,) = entry.value
        part = Place(entry.path, entry.value.lines[kind], kind, entry.value[kind])
        if kind not in ENTRIES:
            part.refuse(f"is no part of a form: {', '.join(ENTRIES)}")
        fields = part.fields(*ENTRIES[kind])
        for name, value in fields.items():
            ENTRY_CHECKS[name](value)
        if "label" in fields and "certainty" not in fields:
            part.refuse("needs a “certainty” of its “label”")
        if kind == "field" and "word" not in fields and not {"translation", "meaning"} <= fields.keys():
            part.refuse("needs a “word”, or a “translation” and a “meaning”")


STEP = ({"phase", "who", "step"}, {"due", "page"})
"""The required and the optional keys of a step of a checklist."""


def _steps(place: Place) -> None:
    for step in place.items(at_least=1):
        for name, value in step.fields(*STEP).items():
            STEP_CHECKS[name](value)


STEP_CHECKS: dict[str, Check] = {
    "phase": choice(Phase.values),
    "who": choice(Doer.values),
    "step": text(),
    "due": text(120),
    "page": word(60),
}
ENTRY_CHECKS: dict[str, Check] = {
    "label": word(200),
    "certainty": choice(Certainty.values),
    "danish": word(200),
    "word": word(60),
    "translation": text(200, is_plain=True),
    "meaning": text(),
    "example": text(200, is_plain=True),
    "warning": text(),
}
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
    "key": word(60),
    "level": choice(Level.values),
    "audiences": words(1, choice(Audience.values)),
    "authority": word(80),
    "procedure": flag,
    "deadlines": words(),
    "sources": words(),
    "related": words(),
    "need_to_know": texts,
    "bring": texts,
    "how": texts,
    "next": texts,
    "guide": word(60),
    "body": body,
    "official_title": word(200),
    "number": word(60),
    "evidence": choice(Evidence.values),
    "moment": choice(Moment.values),
    "topics": words(1),
    "form_languages": words(0, choice(FORM_LANGUAGES)),
    "mitid": choice(MitID.values),
    "cpr_number": choice(CPRNumber.values),
    "places": words(),
    "who": texts,
    "not_for": texts,
    "when": texts,
    "attach": texts,
    "papers": texts,
    "without": texts,
    "form": word(60),
    "complete": flag,
    "version": text(200, is_plain=True),
    "seen_on": date,
    "printed_in": choice(["da", "en"]),
    "file": word(80),
    "entries": _entries,
    "hire": choice(Hire.values),
    "steps": _steps,
}
CLUB_CHECKS: dict[str, Check] = {
    **CHECKS,
    "name": word(255),  # a proper name, the same in all languages
    "name_language": choice(SPOKEN_LANGUAGES),
    "club_kind": choice(ClubKind.values),
    "country": word(2),
    "spoken": words(0, choice(SPOKEN_LANGUAGES)),
    "also_in": words(1),
    "contacts": words(1),
    "meets": text(300),
    "source_name": word(200),
    "source_url": word(500),
    "confidence": choice(Confidence.values),
}
