"""Opening hours in the notation of OpenStreetMap (`Mo-Fr 16:00-08:00; Sa-Su,PH 00:00-24:00`), and in words.

Only the part of https://wiki.openstreetmap.org/wiki/Key:opening_hours that offices need: days, ranges of days, public
holidays, times, `off` and `24/7`.
"""

import datetime
import re
from dataclasses import dataclass
from functools import lru_cache

from babel import Locale
from babel.dates import format_time
from django.utils.translation import gettext, override

DAYS = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]
HOLIDAY = "PH"
DAY = rf"(?:{'|'.join(DAYS)})"
DAY_PART = re.compile(rf"^(?:{DAY}(?:-{DAY})?|{HOLIDAY})$")
TIMES = re.compile(r"^([0-9]{2}):([0-9]{2})-([0-9]{2}):([0-9]{2})$")


@dataclass(frozen=True)
class Rule:
    """One rule: the parts of the week it covers ("Mo-Fr", "PH"), and its times; no times means closed."""

    days: tuple[str, ...]
    times: tuple[tuple[datetime.time, datetime.time], ...]


def parse(value: str) -> list[Rule]:
    """Return the rules of a value. Raises ValueError with the part that is wrong."""
    if value.strip() == "24/7":
        return [Rule((), ((datetime.time(0), datetime.time(0)),))]
    return [_parse_rule(rule.strip()) for rule in value.split(";") if rule.strip()] or _fail(value)


def _fail(part: str) -> list[Rule]:
    raise ValueError(f"{part!r} is not like 'Mo-Fr 09:00-15:00; Sa off'")


def _parse_rule(rule: str) -> Rule:
    days_text, _, times_text = rule.partition(" ")
    days = tuple(days_text.split(","))
    if not all(DAY_PART.match(part) for part in days):
        _fail(rule)
    if times_text.strip() == "off":
        return Rule(days, ())
    times = []
    for part in times_text.split(","):
        match = TIMES.match(part.strip())
        if not match:
            _fail(rule)
        else:
            times.append((_time(match[1], match[2], rule), _time(match[3], match[4], rule)))
    return Rule(days, tuple(times))


def _time(hour: str, minute: str, rule: str) -> datetime.time:
    if (hour, minute) == ("24", "00"):
        return datetime.time(0)
    try:
        return datetime.time(int(hour), int(minute))
    except ValueError:
        _fail(rule)
        raise


@lru_cache(maxsize=4096)
def in_words(value: str, language: str) -> str:
    """Return opening hours as people of a language write them: "mandag-fredag 16.00-08.00; …"."""
    locale = Locale.parse(language)
    with override(language):
        return "; ".join(_rule_in_words(rule, locale) for rule in parse(value))


def _rule_in_words(rule: Rule, locale: Locale) -> str:
    if not rule.days:
        return gettext("day and night, all week")
    days = ", ".join(_days_in_words(part, locale) for part in rule.days)
    if not rule.times:
        return gettext("closed: %(days)s") % {"days": days}
    if rule.times == ((datetime.time(0), datetime.time(0)),):
        return gettext("%(days)s: day and night") % {"days": days}
    times = ", ".join(
        f"{format_time(a, 'short', locale=locale)}–{format_time(b, 'short', locale=locale)}" for a, b in rule.times
    )
    return gettext("%(days)s: %(times)s") % {"days": days, "times": times}


def _days_in_words(part: str, locale: Locale) -> str:
    if part == HOLIDAY:
        return gettext("public holidays")
    names = locale.days["stand-alone"]["wide"]
    return "–".join(names[DAYS.index(day)] for day in part.split("-"))
