"""Which facts and terms a text cites, and the error for those that do not exist."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.fields import StreamField

from . import register
from .models import Fact, GlossaryTerm
from .tokens import MALFORMED, citations, has_malformed_token


def check_citations(*texts: str, facts: Iterable[str] = ()) -> None:
    """Raise ValidationError naming every fact or term that is cited but does not exist, and every broken token.

    `facts` are the keys of facts that were chosen for a card or a list.
    """
    chosen = [key for key in facts if key]
    found = register.current().want(*texts, facts=chosen)
    problems = [_no_fact(key) for key in chosen if found.facts.get(key) is None]
    for text in texts:
        for prefix, key in citations(text):
            if prefix and found.terms.get(key) is None:
                problems.append(_("The glossary has no term “%(key)s”.") % {"key": key})
            elif not prefix and found.facts.get(key) is None:
                problems.append(_no_fact(key))
        if has_malformed_token(text):
            problems.append(
                _(
                    "Double square brackets mark a fact, such as [[out-of-hours-doctor]], or a term, "
                    "such as [[term:cpr-nummer]]. One here is neither."
                )
            )
    if problems:
        raise ValidationError(list(dict.fromkeys(problems)))


def _no_fact(key: str) -> str:
    return _("The fact register has no fact “%(key)s”.") % {"key": key}


def check_names(page: models.Model) -> None:
    """Raise ValidationError for every name that holds a citation: titles and names also stand in links and in lists.

    A name is any short text that is neither a field nor a block made for citing.
    """
    said = _("Nothing can be cited here: this text also stands in titles and links. Write the words themselves.")
    problems: dict[str, list[str]] = {}
    for field in page._meta.concrete_fields:
        value = getattr(page, field.attname)
        if isinstance(field, StreamField):
            names = names_in(field.stream_block, list(value.raw_data))
            found = dict.fromkeys(label for label, text in names if MALFORMED.search(text))
            problems.setdefault(NON_FIELD_ERRORS, []).extend(f"{label}: {said}" for label in found)
        elif isinstance(field, models.CharField) and field.editable and MALFORMED.search(str(value or "")):
            problems[field.name] = [said]
    problems = {name: texts for name, texts in problems.items() if texts}
    if problems:
        raise ValidationError(problems)


def names_in(block: blocks.Block, raw: Any) -> Iterator[tuple[str, str]]:
    """Yield label and text of every short text in a raw value whose block is not made for citing."""
    if isinstance(block, blocks.CharBlock):
        if not getattr(block, "may_cite", False) and isinstance(raw, str):
            yield str(block.label), raw
    elif isinstance(block, blocks.StructBlock) and isinstance(raw, dict):
        for name, child in block.child_blocks.items():
            yield from names_in(child, raw.get(name))
    elif isinstance(block, blocks.ListBlock) and isinstance(raw, list):
        for item in raw:
            yield from names_in(
                block.child_block, item["value"] if isinstance(item, dict) and "value" in item else item
            )
    elif isinstance(block, blocks.StreamBlock) and isinstance(raw, list):
        for item in raw:
            if item["type"] in block.child_blocks:
                yield from names_in(block.child_blocks[item["type"]], item["value"])


def references(text: str) -> Iterable[tuple[type[models.Model], str, str, str]]:
    """Yield what Wagtail's reference index needs to know of the facts and terms that a text cites."""
    cited = citations(text)
    if not cited:
        return
    found = register.current().want(text)
    for prefix, key in cited:
        if (found.terms if prefix else found.facts).get(key) is not None:
            yield (GlossaryTerm if prefix else Fact), key, "", ""
