"""What the calendar page shows for an address: a list or a month, the filters, the ways out of an empty list, the feed."""

import calendar
import datetime
import hashlib
from dataclasses import dataclass, field, replace
from typing import Any, cast

from babel.dates import format_date, get_day_names
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from django.utils.text import capfirst

from portal.facts import register
from portal.facts.rendering import in_language
from portal.pages.base import chosen_facts
from portal.pages.context import LanguageLink
from portal.pages.link_scope import LinkScope
from portal.search.help import help_links

from . import agenda
from .agenda import Chip, Entry
from .filters import Asked, Window, parse, start_of, window_of
from .listings import webcal
from .materialise import horizon
from .models.calendar import SLUG
from .rows import Counts, DateRow, Reader, count, dates_in_order, first_of_each_day, newest_change, next_day

ENTRIES_ON_PAGE = 30
ENTRIES_IN_CELL = 3
KEPT_SECONDS = 60


@dataclass
class Cell:
    """One day of a month."""

    date: datetime.date
    words: str
    is_in_month: bool
    is_today: bool
    url: str = ""
    """The list of this day; empty where it has nothing."""
    entries: list[Entry] = field(default_factory=list)
    further: int = 0
    """How many dates it has beyond those."""


def calendar_context(request: HttpRequest, page_context: dict[str, Any], url_path: str) -> dict[str, Any]:
    """Return what the template shows. Five queries for a list, four for a month, one more where nothing fits."""
    scope: LinkScope = page_context["scope"]
    now = timezone.now().replace(second=0, microsecond=0)
    reader, base = agenda.reader_of(scope), scope.path_for(url_path or f"/{scope.language}/{SLUG}/")
    asked = parse(request.GET, reader.municipalities)
    sound = replace(asked, first=None, last=None) if asked.errors else asked
    if asked.view:
        shown = asked.month or timezone.localdate(now).replace(day=1)
        window = Window(shown, agenda.last_of(shown), start_of(shown))
    else:
        window = window_of(sound, now)
    counts = _counts(reader, sound, window)
    context = {
        "filters": asked,
        "switcher": _switcher(page_context["switcher"], asked),
        "counts": counts,
        "groups": agenda.groups_of(sound, counts, scope),
        "chips": agenda.chips_of(sound, base, scope),
        "shortcuts": shortcuts(sound, counts, base, reader, scope),
        "list_url": base + replace(sound, view="", month=None, after=None).query(),
        "month_url": base + replace(sound, view="month", month=None, after=None, first=None, last=None).query(),
        "calendar_url": base,
        "typed": _typed(asked),
        "own_language_words": agenda.own_language_words(reader),
        **feed_addresses(sound, base, reader),
    }
    if asked.view:
        return {**context, **_month(reader, sound, window, base, scope, now)}
    rows = [] if asked.errors else dates_in_order(reader, sound, window, ENTRIES_ON_PAGE + 1)
    return {**context, **_list(rows, reader, sound, window, base, scope), **_help(rows, sound, counts, base, scope)}


def _counts(reader: Reader, asked: Asked, window: Window) -> Counts:
    """Return the counts, which are kept for the rest of the minute as long as no date and no activity changes."""
    parts = (reader, asked.filters_only.query(), window, newest_change())
    key = f"calendar_counts:{hashlib.sha256(repr(parts).encode()).hexdigest()}"
    return cast(Counts, cache.get_or_set(key, lambda: count(reader, asked, window), KEPT_SECONDS))


def _switcher(links: list[LanguageLink], asked: Asked) -> list[LanguageLink]:
    """Return the same list in other languages, from its start: each language has an order of its own."""
    if not asked.after:
        return links
    query = replace(asked, after=None).query()
    return [replace(link, url=link.url.partition("?")[0] + query) for link in links]


def _typed(asked: Asked) -> dict[str, str]:
    """Return what stands in the fields of the dates: as their input wants it where it is a date, else as it was typed."""
    days = {"from": asked.first, "to": asked.last}
    return {name: day.isoformat() if day else asked.typed.get(name, "") for name, day in days.items()}


def shortcuts(asked: Asked, counts: Counts, base: str, reader: Reader, scope: LinkScope) -> list[Chip]:
    """Return the two steps that most readers want: what is in their language, and only their municipality."""
    found = []
    asked = replace(asked, after=None)
    code, slug = reader.own_language, reader.municipality
    if code and asked.spoken != (code,) and counts.choices["spoken"][code]:
        found.append(
            Chip(base + asked.query(spoken=(code,)), in_language(code), scope.language, counts.choices["spoken"][code])
        )
    if slug and asked.m != (slug,) and counts.choices["m"][slug]:
        place = agenda.places_of(scope)[slug]
        found.append(Chip(base + asked.query(m=(slug,)), place.name, place.language, counts.choices["m"][slug]))
    return found


def feed_addresses(asked: Asked, base: str, reader: Reader) -> dict[str, str]:
    """Return the addresses by which exactly these filters are subscribed to."""
    path = f"{base}feed.ics{asked.filters_only.query()}"
    here = f"{base}feed.ics{replace(asked.filters_only, m=(reader.municipality,)).query()}"
    return {
        "feed_path": path,
        "feed_url": settings.BASE_URL + path,
        "feed_webcal": webcal(path),
        "local_feed_url": settings.BASE_URL + here if reader.municipality and not asked.m else "",
        "local_feed_webcal": webcal(here),
    }


def _list(
    rows: list[DateRow], reader: Reader, asked: Asked, window: Window, base: str, scope: LinkScope
) -> dict[str, Any]:
    shown = rows[:ENTRIES_ON_PAGE]
    later = later_words = ""
    if len(rows) > ENTRIES_ON_PAGE:
        later = base + replace(asked, after=agenda.cursor_after(shown, asked)).query()
    elif not asked.last and not asked.errors:
        day = next_day(reader, asked, window.last)
        if day:
            later = base + replace(asked, after=None, first=day).query()
            later_words = format_date(day, "long", locale=scope.language)
    earlier = ""
    if asked.after:
        earlier = base + replace(asked, after=None).query()
    elif asked.first and asked.first > timezone.localdate():
        earlier = base + replace(asked, first=None).query()
    return {
        "days": agenda.days_of(shown, scope, window.first),
        "window": window,
        "window_words": [format_date(day, "long", locale=scope.language) for day in (window.first, window.last)],
        "later_url": later,
        "later_words": later_words,
        "earlier_url": earlier,
    }


def _help(rows: list[DateRow], asked: Asked, counts: Counts, base: str, scope: LinkScope) -> dict[str, Any]:
    """Return what helps a reader for whom nothing fits."""
    if rows or asked.errors:
        return {}
    contact = scope.municipality.main_contact.raw_data if scope.municipality else []
    register.current().want(facts=chosen_facts(contact))
    return {
        "ways_out": agenda.ways_out(asked, counts, base, scope),
        "contact": contact,
        "help_links": help_links(scope),
    }


# The month ----------------------------------------------------------------------------------------------------------------


def _month(
    reader: Reader, asked: Asked, window: Window, base: str, scope: LinkScope, now: datetime.datetime
) -> dict[str, Any]:
    month, today = window.first, timezone.localdate(now)
    asked = replace(asked, first=None, last=None, after=None, view="month")
    rows = first_of_each_day(reader, asked, window, ENTRIES_IN_CELL)
    by_day: dict[datetime.date, list[DateRow]] = {}
    for row in rows:
        by_day.setdefault(row.local_date, []).append(row)
    places = agenda.places_of(scope)
    weeks = []
    for days in calendar.Calendar().monthdatescalendar(month.year, month.month):
        cells = []
        for day in days:
            found = by_day.get(day, [])
            cell = Cell(day, agenda.full_date(day, scope.language), day.month == month.month, day == today)
            if found and cell.is_in_month:
                cell.url = base + replace(asked, view="", month=None, first=day, last=day).query()
                cell.entries = [agenda.entry_of(row, scope, reader, places) for row in found]
                cell.further = found[0].on_this_day - len(found)
            cells.append(cell)
        weeks.append(cells)
    before, after = agenda.month_after(month, -1), agenda.month_after(month)
    names = get_day_names("wide", locale=scope.language)
    return {
        "weeks": weeks,
        "month_words": capfirst(format_date(month, "LLLL y", locale=scope.language)),
        "weekdays": [names[number] for number in range(7)],
        "earlier_month": base + replace(asked, month=before).query() if month > today.replace(day=1) else "",
        "earlier_words": capfirst(format_date(before, "LLLL y", locale=scope.language)),
        "later_month": base + replace(asked, month=after).query() if after <= horizon(today) else "",
        "later_words": capfirst(format_date(after, "LLLL y", locale=scope.language)),
    }
