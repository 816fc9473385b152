"""A field guide as its page shows it: sections with numbered fields, each label beside what it says to the reader."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from .field_blocks import Certainty
from .form_words import FormWord


@dataclass(frozen=True)
class FieldRow:
    """One field of the form."""

    number: int
    path: str
    """Where the texts stand in the page, for what is said about parts that are not current."""
    label: str
    mark: str
    """How sure the label is, where that differs from most labels of the guide."""
    translation: str
    translation_language: str
    """Empty where the translation is a text of the page itself."""
    danish: str
    """The usual Danish word, where the form is printed in another language."""
    meaning: str
    """A rich text of the page itself; empty where the word says enough."""
    word_meaning: str
    word_meaning_language: str
    example: str
    warning: str


@dataclass
class SectionRow:
    """One section of the form; the first may have no heading."""

    path: str = ""
    label: str = ""
    mark: str = ""
    translation: str = ""
    danish: str = ""
    """What the Danish version probably says, which nobody has checked."""
    fields: list[FieldRow] = field(default_factory=list)


@dataclass(frozen=True)
class FormRows:
    """All sections, and what is uncertain about most of their labels, so that it is said once and not at each field."""

    sections: list[SectionRow]
    common_mark: str


def form_rows(raw: Iterable[dict[str, Any]], words: dict[str, FormWord], language: str, printed_in: str) -> FormRows:
    """Return the sections of a form out of the raw blocks of its guide."""
    blocks = list(raw)
    common = _most_common(blocks)
    sections: list[SectionRow] = []
    number = 0
    for block in blocks:
        value, path = block["value"], f"entries.{block['id']}"
        mark = "" if value["certainty"] == common or not value["label"] else _label_of(value["certainty"])
        if block["type"] == "section":
            translation = _other(value["label"], value["translation"] or "")
            sections.append(SectionRow(path, value["label"], mark, translation, value.get("danish") or ""))
            continue
        number += 1
        if not sections:
            sections.append(SectionRow())
        sections[-1].fields.append(_field(number, path, mark, value, words, language, printed_in))
    return FormRows(sections, "" if common in {"", Certainty.PRINTED} else _label_of(common))


def _most_common(blocks: list[dict[str, Any]]) -> str:
    """Return how sure most labels are; what is printed on the form wins where as many are something else."""
    counts = Counter(block["value"]["certainty"] for block in blocks if block["value"]["label"])
    return max(counts, key=lambda certainty: (counts[certainty], certainty == Certainty.PRINTED), default="")


def _field(
    number: int,
    path: str,
    mark: str,
    value: dict[str, Any],
    words: dict[str, FormWord],
    language: str,
    printed_in: str,
) -> FieldRow:
    word = words.get(value.get("word") or "")
    own = value.get("translation") or ""
    translated, translated_in = (own, "") if own or word is None else word.word_in(language)
    source = settings.LANGUAGE_CODE
    meaning, meaning_in = ("", "") if value.get("meaning") or word is None else word.meaning_in(language)
    danish = "" if word is None or source in {printed_in, language} else word.word.get(source, "")
    if danish in {value["label"], translated}:
        danish = ""
    return FieldRow(
        number,
        path,
        value["label"],
        mark,
        _other(value["label"], translated),
        translated_in,
        danish,
        value.get("meaning") or "",
        meaning,
        meaning_in,
        value.get("example") or "",
        value.get("warning") or "",
    )


def _label_of(certainty: str) -> str:
    """Return what the reader is told about a label; an unknown word is never taken for certain."""
    return str(Certainty(certainty).label if certainty in Certainty.values else Certainty.UNSURE.label)


def _other(label: str, translated: str) -> str:
    """Return a translation, unless it repeats the label."""
    return "" if translated.casefold() == label.casefold() else translated
