"""Times as people read them: always by the Danish clock and said so, and by the visitor's own clock where that differs."""

import datetime
import zoneinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time
from babel.lists import format_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from .choices import language_label
from .models import HotlineLine, OpeningRule
from .models.lines import DANISH_ZONE

ON_WEEKDAYS = [
    gettext_lazy("on Mondays"),
    gettext_lazy("on Tuesdays"),
    gettext_lazy("on Wednesdays"),
    gettext_lazy("on Thursdays"),
    gettext_lazy("on Fridays"),
    gettext_lazy("on Saturdays"),
    gettext_lazy("on Sundays"),
]
PLACES = {"en": "en_GB"}
"""Denmark reads English with the day before the month and 24 hours."""


def babel_locale(language: str) -> str:
    """Return the name by which Babel knows how a language writes times here."""
    return PLACES.get(language, language)


@lru_cache(maxsize=1)
def _known_zones() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones())


def is_zone(name: str) -> bool:
    """Say whether this is the IANA name of a clock."""
    return name in _known_zones()


def day_in_words(day: datetime.date, language: str) -> str:
    """Return a day with its name: Monday 7 December 2026."""
    return format_date(day, "full", locale=babel_locale(language))


def time_in_words(moment: datetime.datetime, zone: str, language: str) -> str:
    """Return a time: 13:00."""
    return format_time(moment.astimezone(ZoneInfo(zone)).time(), "short", locale=babel_locale(language))


def call_in_words(starts: datetime.datetime, ends: datetime.datetime, language: str) -> str:
    """Return when a call is, by the Danish clock, and say that it is that one."""
    day = day_in_words(starts.astimezone(ZoneInfo(DANISH_ZONE)).date(), language)
    with override(language):
        return _("%(day)s, %(start)s–%(end)s, Danish time") % {
            "day": day,
            "start": time_in_words(starts, DANISH_ZONE, language),
            "end": time_in_words(ends, DANISH_ZONE, language),
        }


def own_time_in_words(starts: datetime.datetime, zone: str, language: str) -> str:
    """Return when that is by somebody's own clock, with the day where that differs; empty for the same time."""
    if not zone or not is_zone(zone):
        return ""
    own, danish = starts.astimezone(ZoneInfo(zone)), starts.astimezone(ZoneInfo(DANISH_ZONE))
    if own.utcoffset() == danish.utcoffset():
        return ""
    time = time_in_words(starts, zone, language)
    with override(language):
        if own.date() == danish.date():
            return _("On your own clock: %(time)s") % {"time": time}
        return _("On your own clock: %(day)s, %(time)s") % {"day": day_in_words(own.date(), language), "time": time}


def rule_in_words(line: HotlineLine, language: str, today: datetime.date) -> str:
    """Return when a hotline is open as a rule: "on Mondays 13:00–15:00". Rules that are over are left out."""
    rules = [rule for rule in line.opening_rules.all() if rule.valid_to is None or rule.valid_to >= today]
    rules.sort(key=lambda rule: (rule.weekday, rule.start))
    with override(language):
        return format_list([_one(rule, language) for rule in rules], locale=babel_locale(language)) if rules else ""


def _one(rule: OpeningRule, language: str) -> str:
    start, end = (format_time(time, "short", locale=babel_locale(language)) for time in (rule.start, rule.end))
    return _("%(day)s %(start)s–%(end)s") % {"day": ON_WEEKDAYS[rule.weekday], "start": start, "end": end}


def languages_in_words(codes: list[str], language: str) -> str:
    """Return names of languages as they stand in a sentence."""
    with override(language):
        names = [language_label(code) for code in codes]
    if language not in {"en", "de"}:
        names = [name[:1].lower() + name[1:] for name in names]
    return format_list(names, locale=babel_locale(language)) if names else ""
