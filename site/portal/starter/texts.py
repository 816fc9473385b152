"""The rules for texts in five languages: complete, the same citations in each, no amount, no typed phone number."""

import re
from collections.abc import Iterator
from typing import Any

from django.conf import settings

from portal.facts.tokens import TOKEN, citations, has_malformed_token

from .located import Mapping, Place, Problem, Sequence
from .markup import BOLD, LINK, link_targets

DANISH = settings.LANGUAGE_CODE
LANGUAGES = frozenset({"da", "en", "de", "pl", "ru"})
"""The languages of these files. A further language of the site begins with Danish pages and is translated in the admin."""

_NUMBER = r"\d[\d.,\u00a0\u202f ]*"
WHOLLY_BOLD = re.compile(r"\*\*[^*]+\*\*")
AMOUNT = re.compile(
    rf"(?:\b(?:kr\.?|DKK|EUR|euro|PLN|zł|руб\.?)|[€$£])\s*\d|{_NUMBER}(?:kr\b|kr\.|kron\w|koron|крон|DKK|EUR\b|euro\b|евро\b|PLN|zł|руб"
    r"|[€$£%‰]|pct\b|pro[cz]ent|per\s?cent|процент|,-)",
    re.IGNORECASE,
)
PHONE = re.compile(r"(?<!\d)(?:\d\d([ \u00a0\u202f.-]?)\d\d\1\d\d\1\d\d|\d{4}[ \u00a0\u202f]\d{4})(?!\d)|\+\d")
FOREIGN_MARKUP = re.compile(r"<|>|\]\(|https?:|www\.|\*")


def texts(value: Any) -> Iterator[tuple[Mapping, int]]:
    """Yield every text, that is every mapping of languages, with its line."""
    if isinstance(value, Mapping):
        if LANGUAGES & value.keys():
            yield value, value.line
        else:
            for part in value.values():
                yield from texts(part)
    elif isinstance(value, Sequence):
        for part in value:
            yield from texts(part)


def check_text(place: Place, *, longest: int = 0, is_plain: bool = False) -> None:
    """Raise Problem unless the value is a sound text in all languages; a plain one has no tokens, links or bold."""
    versions = _versions(place)
    source = versions[DANISH].value
    for language, version in versions.items():
        words = version.value
        if longest and len(" ".join(words.split())) > longest:
            version.refuse(f"has {len(words)} characters, {longest} are allowed")
        if is_plain and ("[" in words or "]" in words or "**" in words):
            _refuse(
                version, f"“{place.name}” in “{language}” is shown as it stands: no facts, links or bold words here"
            )
        _check_citations(version, source)
        _check_markup(version, source)
        amount = AMOUNT.search(words)
        if amount:
            _refuse(version, f"an amount or a rate: “{amount[0].strip()}”")
        if PHONE.search(words):
            _refuse(version, "a phone number that is typed and not cited")


def _versions(place: Place) -> dict[str, Place]:
    """Return the text in each language, after checking that each is there."""
    value = place.value
    if not isinstance(value, Mapping):
        place.refuse(f"must be a text in each of: {', '.join(sorted(LANGUAGES))}")
    for language in value:
        if language not in LANGUAGES:
            raise Problem(place.path, value.lines[language], f"“{language}” is no language of the site")
    for language in sorted(LANGUAGES - value.keys()):
        raise Problem(place.path, place.line, f"“{place.name}”: the translation into “{language}” is missing")
    for language, words in value.items():
        if not isinstance(words, str) or not words.strip():
            raise Problem(place.path, value.lines[language], f"the text in “{language}” is empty, or no text")
    return {language: Place(place.path, value.lines[language], language, words) for language, words in value.items()}


def _check_citations(version: Place, source: str) -> None:
    words = version.value
    if has_malformed_token(words):
        _refuse(version, "double square brackets that are no fact and no term")
    if citations(words) != citations(source):
        version.refuse("cites other facts or terms than the Danish text")
    if link_targets(words) != link_targets(source):
        version.refuse("links to other pages than the Danish text")


def _check_markup(version: Place, source: str) -> None:
    words = version.value
    if words.count("**") != source.count("**") or words.count("**") % 2:
        version.refuse("has other bold words than the Danish text")
    if bool(WHOLLY_BOLD.fullmatch(words.strip())) != bool(WHOLLY_BOLD.fullmatch(source.strip())):
        version.refuse(
            "is bold from end to end in one language only: translations keep the outermost mark of the Danish"
        )
    labels = [match[1] for match in LINK.finditer(words)] + [match[3] or "" for match in TOKEN.finditer(words)]
    if any("*" in label for label in labels):
        _refuse(version, "a bold mark inside a link or a term: make the whole of it bold")
    rest = FOREIGN_MARKUP.search(BOLD.sub(r"\1", LINK.sub("", TOKEN.sub("", " ".join(words.split())))))
    if rest:
        _refuse(
            version, f"“{rest[0]}” would be shown as it stands: only **bold**, [text](PAGE) and tokens are understood"
        )


def _refuse(version: Place, reason: str) -> None:
    raise Problem(version.path, version.line, reason)


def check_same_words(place: Place) -> None:
    """Raise Problem where one Danish text of a page has two translations: both would be shown as the first one."""
    seen: dict[tuple[str, str], tuple[str, int]] = {}
    for text, _line in texts(place.value):
        source = " ".join(text[DANISH].split())
        for language, words in text.items():
            words_now = " ".join(words.split())
            before, line = seen.setdefault((source, language), (words_now, text.lines[language]))
            if before != words_now:
                reason = f"the same Danish text is translated into “{language}” in another way on line {line}"
                raise Problem(place.path, text.lines[language], reason)
