"""What the page of the hotline says about opening hours, closed days and languages."""

import datetime
from dataclasses import dataclass
from typing import Any

from babel.dates import format_date
from django.utils import timezone

from portal.facts import register

from ..models import Closure
from ..state import hours
from ..words import babel_locale, languages_in_words, rule_in_words


@dataclass(frozen=True)
class ClosedDays:
    """Days on which nobody answers, in words."""

    words: str
    reason: str
    reason_language: str


def hotline_context(language: str, path: str) -> dict[str, Any]:
    """Return it for a reader. No query of its own, but once a minute."""
    known, today, facts = hours(), timezone.localdate(), register.current().facts
    return {
        "hotline_rules": [
            (line, rule_in_words(line, language, today)) for line in known.lines if line.opening_rules.all()
        ],
        "hotline_path": path,
        "hotline_phones": [facts[key] for key in known.phones if facts.get(key)],
        "hotline_languages": languages_in_words(known.languages, language),
        "hotline_closed": [closed_in_words(closure, language) for closure in known.closures],
    }


def closed_in_words(closure: Closure, language: str) -> ClosedDays:
    """Return the days and why."""
    first, last = (_day(day, language) for day in (closure.date_from, closure.date_to))
    words = first if closure.date_from == closure.date_to else f"{first} – {last}"
    reason = closure.reason.get(language)
    return ClosedDays(words, closure.reason_in(language), language if reason else "da")


def _day(day: datetime.date, language: str) -> str:
    return format_date(day, "full", locale=babel_locale(language))
