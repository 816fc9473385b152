"""What the templates may call: facts, marks on texts, dates. All pages are Jinja2 templates; see docs/departures/jinja2.md."""

import datetime
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import jinja2
from babel.dates import format_date
from django.templatetags.static import static
from django.utils.translation import get_language, gettext, ngettext, override
from markupsafe import Markup

from portal.facts import register
from portal.facts.rendering import cite, cite_text, fact_html, label_html, plain
from portal.facts.rows import FactRow
from portal.search.service import MOST_SUGGESTIONS
from portal.texts import rendering

_from_rooms: dict[str, Callable[..., Any]] = {}


def register_template_function(function: Callable[..., Any]) -> None:
    """Let an app show something on pages of the project package, such as the life situations on the home page."""
    _from_rooms[function.__name__] = function


def emergency_facts() -> list[FactRow]:
    """Return the numbers that stand on every page."""
    return register.current().footer_facts()


def facts_of(block: dict[str, Any]) -> list[FactRow | None]:
    """Return the facts of a contact card as it is stored, out of those that were read for the page."""
    facts = register.current().facts
    return [facts.get(item["value"]) for item in block["value"]["facts"]]


def long_date(value: datetime.date | None) -> str:
    """Return a date as people of the reader's language write it: 22. november 2026, 22 ноября 2026 г."""
    return _long_date(value, get_language() or "da") if value else ""


@lru_cache(maxsize=2048)
def _long_date(value: datetime.date, language: str) -> str:
    return format_date(value, "long", locale=language)


def suggestion_counts() -> str:
    """Return what a screen reader says of none and of each possible number of suggestions, as portal/search.js reads it."""
    return _suggestion_counts(get_language() or "da")


@lru_cache(maxsize=32)
def _suggestion_counts(language: str) -> str:
    with override(language):
        some = [
            ngettext("%(num)s suggestion", "%(num)s suggestions", count) % {"num": count}
            for count in range(1, MOST_SUGGESTIONS + 1)
        ]
        return "|".join([gettext("No suggestions"), *some])


def translated(text: str, /, **values: object) -> Markup:
    """Return an interface text with escaped values in it: Jinja2's own `_`, which takes four calls for each text."""
    found = Markup(gettext(text))  # noqa: S704  from the catalogues
    return found % values if "%" in found else found


def environment(**options: Any) -> jinja2.Environment:
    """Make the Jinja2 environment; Django calls this once."""
    made = jinja2.Environment(**{**options, "trim_blocks": True, "lstrip_blocks": True}, extensions=["jinja2.ext.i18n"])  # noqa: S701  Django passes autoescape=True
    made.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    made.globals.update(
        _from_rooms,
        _=translated,
        cite=cite_text,
        cite_html=cite,
        emergency_facts=emergency_facts,
        facts_of=facts_of,
        fact_label=label_html,
        fact_value=fact_html,
        long_date=long_date,
        marks=rendering.attributes,
        plain=plain,
        remark=rendering.remark,
        rich=rendering.rich_text,
        static=static,
        suggestion_counts=suggestion_counts,
    )
    return made
