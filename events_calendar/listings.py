"""Activities and their dates as rows that templates show: one query for a list, whatever its length."""

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from babel.dates import format_date
from django.conf import settings
from django.db.models import Min
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.facts import register
from portal.pages.link_scope import LinkScope
from portal.pages.rows import is_danish_text

from .public_holidays import public_holidays
from .schedule_words import date_in_words
from .schedules import DAY, days_left_out, to_local

if TYPE_CHECKING:
    from .models import ActivityIndexPage, ActivityPage

MOST_DATES = 20
DAYS_AHEAD = 3 * 366


@dataclass(frozen=True)
class DateRow:
    """One date of an activity as the reader sees it."""

    words: str
    slug: str = ""
    """What leads to the page of the date; empty in the preview of a draft."""
    is_cancelled: bool = False
    other_place: str = ""
    remark: str = ""
    remark_language: str = ""
    """The language that the remark is really in."""


@dataclass(frozen=True)
class ActivityRow:
    """One activity in a list."""

    url: str
    title: str
    summary: str
    language: str
    """The language that the title is really in."""
    summary_language: str
    next_date: str
    """Empty where no date is known."""
    is_example: bool = False


def remark_for(remark: dict[str, str], language: str) -> tuple[str, str]:
    """Return what editors wrote to readers, and the language it is in: the reader's, else Danish, else any."""
    for code in (language, settings.LANGUAGE_CODE, *remark):
        if remark.get(code):
            return remark[code], code
    return "", language


def dates_of_activity(activity: "ActivityPage", language: str) -> list[DateRow]:
    """Return the next public dates of a Danish activity, those that are cancelled too."""
    rows = []
    for occurrence in activity.occurrences.public().not_over(timezone.now()).order_by("starts_at", "pk")[:MOST_DATES]:
        words = date_in_words(occurrence.local_start, occurrence.local_end, occurrence.all_day, language)
        remark, remark_language = remark_for(occurrence.remark, language)
        place = occurrence.override_place
        rows.append(DateRow(words, occurrence.slug, occurrence.is_cancelled, place, remark, remark_language))
    return rows


def dates_by_schedule(activity: "ActivityPage", language: str) -> list[DateRow]:
    """Return the next dates that a draft would have once it is published."""
    today = timezone.localdate()
    instances = activity.instances(today, max(today, activity.start_date) + DAYS_AHEAD * DAY)[:MOST_DATES]
    is_all_day = activity.schedule.is_all_day
    return [DateRow(date_in_words(one.local_start, one.local_end, is_all_day, language)) for one in instances]


def skipped_by_clocks(activity: "ActivityPage", language: str) -> list[str]:
    """Return in words why the rule of a draft has no date on some days to come: its start does not exist on them."""
    today, schedule = timezone.localdate(), activity.schedule
    last = max(today, activity.start_date) + DAYS_AHEAD * DAY
    days = [day for day in days_left_out(schedule, last, public_holidays(schedule.start_date, last)) if day >= today]
    text = _("Not on %(date)s: the clocks are put forward then, and this time does not exist.")
    return [text % {"date": format_date(day, "full", locale=language)} for day in days]


def addresses_of(scope: LinkScope, url_path: str, *, is_draft: bool) -> dict[str, str]:
    """Return where an activity is and where its dates can be subscribed to; nothing for a draft."""
    if is_draft or not url_path:
        return {"activity_url": "", "feed_webcal": ""}
    path = scope.path_for(url_path)
    return {"activity_url": path, "feed_webcal": webcal(f"{path}feed.ics")}


def webcal(path: str) -> str:
    """Return the address of a feed by which phones subscribe to it."""
    return f"webcal://{settings.BASE_URL.partition('://')[2]}{path}"


def activities_below(page: "ActivityIndexPage", scope: LinkScope) -> list[ActivityRow]:
    """Return the published activities of a municipality, those with the nearest date first."""
    from .models import ActivityPage, Occurrence  # the models import this module

    columns = (
        "translation_key",
        "url_path",
        "title",
        "summary",
        "is_example",
        "alias_of_id",
        "text_state__is_untranslated",
        "text_state__parts",
    )
    pages = ActivityPage.objects.filter(path__startswith=page.path, live=True).order_by("title")
    coming = Occurrence.objects.public().not_over(timezone.now()).filter(status="scheduled")
    nearest = {
        key: (starts_at, zone)
        for key, zone, starts_at in coming.filter(activity__translation_key__in=pages.values("translation_key"))
        .order_by()
        .values_list("activity__translation_key", "activity__zone")
        .annotate(Min("starts_at"))
    }
    found: list[tuple[datetime.datetime, ActivityRow]] = []
    never = datetime.datetime.max.replace(tzinfo=datetime.UTC)
    rows = list(pages.values_list(*columns))
    register.current().want(*(summary for _key, _path, _title, summary, *_state in rows))
    for key, url_path, title, summary, is_example, alias_of, untranslated, parts in rows:
        starts_at, zone = nearest.get(key, (None, ""))
        is_danish = alias_of is not None or untranslated
        language, summary_language = (
            settings.LANGUAGE_CODE if is_danish or is_danish_text(parts, name) else scope.language
            for name in ("title", "summary")
        )
        words = format_date(to_local(starts_at, ZoneInfo(zone)), "full", locale=scope.language) if starts_at else ""
        row = ActivityRow(scope.path_for(url_path), title, summary, language, summary_language, words, is_example)
        found.append((starts_at or never, row))
    return [row for _starts_at, row in sorted(found, key=lambda one: one[0])]
