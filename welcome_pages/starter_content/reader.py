"""Reads and checks all content files before anything is written: a broken file changes nothing."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings

from portal.facts.tokens import citations, has_malformed_token

from ..choices import Audience, Level
from .located import Mapping, Problem, Sequence, load
from .markup import link_targets

CONTENT = Path(__file__).parent
LANGUAGES = frozenset(code for code, _name in settings.LANGUAGES)
AMOUNT = re.compile(r"\b(?:kr\.?|DKK|EUR|euro|zł|руб)\s*\d|\d[\d.,\u00a0 ]*(?:kr\b|kr\.|DKK|EUR|euro|€|%|procent|percent|Prozent|procent|процент)", re.I)
PHONE = re.compile(r"(?<!\d)\d\d \d\d \d\d \d\d(?!\d)")

COMMON = {"kind", "slug", "owner", "reviewed_on", "review_again_on", "title", "summary"}
REQUIRED = {
    "home": COMMON - {"slug"} | {"welcome", "featured"},
    "guide_index": COMMON,
    "situation": COMMON | {"parent"},
    "information": COMMON | {"body"},
    "guide": COMMON | {"parent", "key", "level", "audiences", "authority", "procedure", "deadlines", "sources", "related", "body"},
    "municipality": COMMON | {"name", "welcome", "body"},
    "local": COMMON | {"parent", "body"},
    "note": COMMON - {"slug", "summary"} | {"parent", "guide", "body"},
}
OPTIONAL = {"guide": {"bring", "how", "next"}, "local": {"sources"}}
FACT_KEYS = {
    "key", "kind", "value", "other_languages", "target_language", "label", "scope", "municipality", "source_name",
    "source_url", "owner", "checked_on", "check_again_on", "confidence", "in_footer",
}
TERM_KEYS = {"key", "word", "synonyms", "meaning", "checked"}
ORDER = ["home", "guide_index", "situation", "guide", "information", "municipality", "local", "note"]


@dataclass
class PageFile:
    """One checked page file."""

    path: Path
    data: Mapping

    @property
    def kind(self) -> str:
        """Return the kind of page."""
        return self.data["kind"]

    @property
    def name(self) -> str:
        """Return the name under which the loader remembers this file."""
        return self.path.relative_to(self.root).as_posix()

    @property
    def reference(self) -> str:
        """Return the word by which links name this page: the key of a guide, or `municipality/slug`."""
        if self.kind == "guide":
            return self.data["key"]
        if self.kind in {"local", "note"}:
            return f"{self.data['parent']}/{self.slug}"
        return f"{self.kind}:{self.slug}"

    @property
    def slug(self) -> str:
        """Return the slug; a note has none of its own in its file."""
        return self.data.get("slug") or {"home": "forside", "note": self.path.stem}.get(self.kind, "")

    root: Path = CONTENT


@dataclass
class Content:
    """All content, checked."""

    facts: list[Mapping] = field(default_factory=list)
    terms: list[Mapping] = field(default_factory=list)
    pages: list[PageFile] = field(default_factory=list)


def read(root: Path = CONTENT) -> Content:
    """Return all content below a folder, parents before children. Raises Problem at the first mistake."""
    content = Content()
    places: dict[str, Path] = {}
    for path in sorted(root.glob("facts/*.yaml")):
        for item in _items(path):
            _check_keys(path, item, FACT_KEYS - {"in_footer", "other_languages", "target_language"}, FACT_KEYS)
            _check_unique(path, item, f"fact {item['key']}", places)
            _check_languages(path, item, "label")
            content.facts.append(item)
    for path in sorted(root.glob("glossary.yaml")):
        for item in _items(path):
            _check_keys(path, item, TERM_KEYS - {"checked"}, TERM_KEYS)
            _check_unique(path, item, f"term {item['key']}", places)
            _check_languages(path, item, "word")
            _check_languages(path, item, "meaning")
            content.terms.append(item)
    files = [PageFile(path, load(path), root) for folder in ("pages", "guides", "municipalities") for path in sorted(root.glob(f"{folder}/**/*.yaml"))]
    for file in files:
        _check_page(file, places)
    content.pages = _in_tree_order(files)
    _check_references(content)
    return content


def _items(path: Path) -> Iterator[Mapping]:
    data = load(path)
    if not isinstance(data, Sequence):
        raise Problem(path, 1, "a list is expected")
    for item, line in zip(data, data.lines, strict=True):
        if not isinstance(item, Mapping) or "key" not in item:
            raise Problem(path, line, "an entry with a “key” is expected")
        yield item


def _check_unique(path: Path, item: Mapping, name: str, places: dict[str, Path]) -> None:
    if name in places:
        raise Problem(path, item.line, f"{name} already stands in {places[name].name}")
    places[name] = path


def _check_keys(path: Path, item: Mapping, required: set[str], allowed: set[str]) -> None:
    for key in sorted(required - item.keys()):
        raise Problem(path, item.line, f"“{key}” is missing")
    for key in item:
        if key not in allowed:
            raise Problem(path, item.lines[key], f"“{key}” is not known here")


def _check_languages(path: Path, item: Mapping, key: str) -> None:
    value = item[key]
    missing = LANGUAGES - value.keys() if isinstance(value, Mapping) else LANGUAGES
    if missing:
        raise Problem(path, item.lines[key], f"“{key}” has no text in: {', '.join(sorted(missing))}")


def _check_page(file: PageFile, places: dict[str, Path]) -> None:
    data = file.data
    if not isinstance(data, Mapping) or data.get("kind") not in REQUIRED:
        raise Problem(file.path, 1, f"“kind” must be one of: {', '.join(REQUIRED)}")
    required = REQUIRED[file.kind]
    _check_keys(file.path, data, required, required | OPTIONAL.get(file.kind, set()))
    _check_unique(file.path, data, f"page {file.reference}", places)
    for key in ("reviewed_on", "review_again_on"):
        if not isinstance(data[key], datetime.date):
            raise Problem(file.path, data.lines[key], f"“{key}” must be a date such as 2026-11-22")
    if file.kind == "guide":
        _check_guide(file)
    for text, line in texts(data):
        _check_text(file.path, text, line)


def _check_guide(file: PageFile) -> None:
    data = file.data
    if data["level"] not in Level.values:
        raise Problem(file.path, data.lines["level"], f"“level” must be one of: {', '.join(Level.values)}")
    for audience in data["audiences"]:
        if audience not in Audience.values:
            raise Problem(file.path, data.lines["audiences"], f"“{audience}” is no audience")
    for key in ("bring", "how", "next"):
        if data["procedure"] and not data.get(key):
            raise Problem(file.path, data.line, f"a procedure needs “{key}”")


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


def _check_text(path: Path, text: Mapping, line: int) -> None:
    for language in sorted(LANGUAGES - text.keys()):
        raise Problem(path, line, f"the translation into “{language}” is missing")
    source = text[settings.LANGUAGE_CODE]
    for language, words in text.items():
        where = text.lines[language]
        if language not in LANGUAGES:
            raise Problem(path, where, f"“{language}” is no language of the site")
        if not isinstance(words, str) or not words.strip():
            raise Problem(path, where, f"the text in “{language}” is empty")
        if has_malformed_token(words):
            raise Problem(path, where, "double square brackets that are no fact and no term")
        if citations(words) != citations(source):
            raise Problem(path, where, f"“{language}” cites other facts or terms than the Danish text")
        if link_targets(words) != link_targets(source):
            raise Problem(path, where, f"“{language}” links to other pages than the Danish text")
        if words.count("**") != source.count("**") or words.count("**") % 2:
            raise Problem(path, where, f"“{language}” has other bold words than the Danish text")
        if AMOUNT.search(words):
            raise Problem(path, where, f"an amount or a rate: {AMOUNT.search(words)[0]!r}")  # type: ignore[index]
        if PHONE.search(words):
            raise Problem(path, where, "a phone number that is typed and not cited")


def _in_tree_order(files: list[PageFile]) -> list[PageFile]:
    guides = [file.slug for file in files if file.kind == "situation"]
    position = {slug: SITUATIONS.index(slug) if slug in SITUATIONS else len(SITUATIONS) for slug in guides}

    def key(file: PageFile) -> tuple[int, int, str]:
        place = position.get(file.slug if file.kind == "situation" else file.data.get("parent", ""), 0)
        if file.kind == "municipality":
            place = MUNICIPALITIES.index(file.slug) if file.slug in MUNICIPALITIES else len(MUNICIPALITIES)
        return ORDER.index(file.kind), place, file.reference

    return sorted(files, key=key)


SITUATIONS = [
    "foer-du-kommer", "ankomst", "foerste-maaned", "arbejde", "familie", "bolig", "sundhed", "penge-og-skat", "transport",
    "fritid", "udrejse",
]
MUNICIPALITIES = ["ringkoebing-skjern", "holstebro", "struer", "herning", "ikast-brande"]


def _check_references(content: Content) -> None:
    facts = {item["key"] for item in content.facts}
    terms = {item["key"] for item in content.terms}
    pages = {file.reference for file in content.pages}
    slugs = {kind: {file.slug for file in content.pages if file.kind == kind} for kind in ORDER}
    for file in content.pages:
        data, path = file.data, file.path
        for text, line in texts(data):
            words = text[settings.LANGUAGE_CODE]
            for prefix, key in citations(words):
                if key not in (terms if prefix else facts):
                    raise Problem(path, line, f"there is no {'term' if prefix else 'fact'} “{key}”")
            for target in link_targets(words):
                if target not in pages:
                    raise Problem(path, line, f"there is no page “{target}”")
                if "/" in target and file.data.get("parent", file.slug) != target.split("/", 1)[0]:
                    raise Problem(path, line, f"“{target}” belongs to a municipality: only its own pages may link to it")
        for key, line in _named_facts(data):
            if key not in facts:
                raise Problem(path, line, f"there is no fact “{key}”")
        for key in data.get("related", []) + data.get("featured", []) + ([data["guide"]] if file.kind == "note" else []):
            if key not in pages:
                raise Problem(path, data.line, f"there is no guide “{key}”")
        parents = {"situation": "guide_index", "guide": "situation", "local": "municipality", "note": "municipality"}
        if file.kind in parents and data["parent"] not in slugs[parents[file.kind]]:
            raise Problem(path, data.lines["parent"], f"there is no page “{data['parent']}” to stand below")


def _named_facts(value: Any) -> Iterator[tuple[str, int]]:
    """Yield the facts that a page names in lists and cards, with their lines."""
    if isinstance(value, Mapping):
        for key, part in value.items():
            if key in {"facts", "deadlines", "sources"} and isinstance(part, Sequence):
                yield from zip(part, part.lines, strict=True)
            elif key == "authority" and isinstance(part, str):
                yield part, value.lines[key]
            else:
                yield from _named_facts(part)
    elif isinstance(value, Sequence):
        for part in value:
            yield from _named_facts(part)
