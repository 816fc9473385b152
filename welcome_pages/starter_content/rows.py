"""Facts and glossary terms: from an entry of a content file to the fields of a row, and what an entry must contain."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import override

from portal.facts.models import Fact, GlossaryTerm, Scope
from portal.starter.located import Mapping, Place, Problem
from portal.starter.shapes import choice
from portal.starter.texts import AMOUNT, DANISH, LANGUAGES, check_text

from ..form_words import FormWord, WordGroup

FACT_KEYS = {
    "key",
    "kind",
    "value",
    "label",
    "scope",
    "municipality",
    "source_name",
    "source_url",
    "owner",
    "checked_on",
    "check_again_on",
    "confidence",
}
FACT_OPTIONAL = {"other_languages", "target_language", "in_footer"}
FACT_WORDS = ("key", "kind", "value", "scope", "source_name", "owner", "confidence")
TERM_KEYS = {"key", "word", "synonyms", "meaning"}
TERM_OPTIONAL = {"checked"}
FORM_WORD_KEYS = {"key", "group", "word", "meaning"}


def fact_values(item: Mapping) -> dict[str, Any]:
    """Return the fields of a fact."""
    names = ("kind", "value", "scope", "source_name", "owner", "checked_on", "check_again_on", "confidence")
    values: dict[str, Any] = {name: item[name] for name in names}
    return {
        **values,
        "label": dict(item["label"]),
        "other_languages": dict(item.get("other_languages") or {}),
        "target_language": item.get("target_language") or "",
        "municipality": item.get("municipality") or "",
        "source_url": item.get("source_url") or "",
        "in_footer": item.get("in_footer"),
    }


def term_values(item: Mapping) -> dict[str, Any]:
    """Return the fields of a glossary term."""
    synonyms = {code: "; ".join(words) for code, words in item["synonyms"].items() if words}
    return {"word": dict(item["word"]), "synonyms": synonyms, "meaning": dict(item["meaning"])}


def check_fact(place: Place) -> None:
    """Raise Problem unless the entry can be saved as a fact."""
    fields = place.fields(FACT_KEYS, FACT_OPTIONAL)
    for name in FACT_WORDS:
        fields[name].word()
    check_text(fields["label"], longest=200, is_plain=True)
    if "other_languages" in fields:
        _check_other_languages(fields["other_languages"])
    if place.value.get("target_language") not in {None, "", *LANGUAGES}:
        fields["target_language"].refuse("must be a language of the site")
    check_model(place, Fact(key=place.value["key"], **fact_values(place.value)))
    if fields["check_again_on"].value <= fields["checked_on"].value:
        fields["check_again_on"].refuse("must be after “checked_on”")
    if (place.value["scope"] == Scope.LOCAL) != bool(place.value["municipality"]):
        fields["municipality"].refuse("must be named for a local fact, and for no other")
    if place.value["kind"] == "text":
        amount = AMOUNT.search(place.value["value"])
        if amount:
            fields["value"].refuse(f"is an amount or a rate: “{amount[0].strip()}”")


def _check_other_languages(place: Place) -> None:
    for version in place.fields(set(), LANGUAGES - {DANISH}).values():
        version.word()
        if AMOUNT.search(version.value):
            version.refuse("is an amount or a rate")


def check_term(place: Place) -> None:
    """Raise Problem unless the entry can be saved as a glossary term."""
    fields = place.fields(TERM_KEYS, TERM_OPTIONAL)
    fields["key"].word(80)
    check_text(fields["word"], longest=100, is_plain=True)
    check_text(fields["meaning"], longest=300, is_plain=True)
    for words in fields["synonyms"].fields(LANGUAGES).values():
        for word in words.items():
            if ";" in word.word():
                word.refuse("must be a list: the semicolon separates words in the database")
    check_model(place, GlossaryTerm(key=place.value["key"], **term_values(place.value)))


def check_model(place: Place, row: models.Model) -> None:
    """Ask the model itself, without the database, and name the line of the field that it refuses."""
    try:
        row.clean_fields(exclude={field.name for field in row._meta.fields if field.is_relation})
        row.clean()
    except ValidationError as error:
        with override(None):  # in English, as all that this package says of content files
            name, reasons = next(iter(error.message_dict.items()))
        line = place.value.lines.get(name, place.line)
        raise Problem(place.path, line, f"“{name}”: {' '.join(' '.join(reasons).split())}") from error


def form_word_values(item: Mapping, position: int) -> dict[str, Any]:
    """Return the fields of a word on forms. The order of the file is that of the page."""
    words = {"word": dict(item["word"]), "meaning": dict(item["meaning"])}
    return {"group": item["group"], "position": position, **words}


def check_form_word(place: Place) -> None:
    """Raise Problem unless the entry can be saved as a word on forms."""
    fields = place.fields(FORM_WORD_KEYS)
    fields["key"].word(60)
    choice(WordGroup.values)(fields["group"])
    check_text(fields["word"], longest=120, is_plain=True)
    check_text(fields["meaning"], longest=300, is_plain=True)
    check_model(place, FormWord(key=place.value["key"], **form_word_values(place.value, 0)))
