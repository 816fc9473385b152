"""The dates of activities as calendar files: of every choice of filters, of one activity, of a single date."""

import datetime
import hashlib
from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from portal.facts import register
from portal.facts.rendering import plain
from portal.icalendar.calendar import Entry, Status, write
from portal.pages.link_scope import LinkScope

from . import agenda
from .choices import ActivityType, language_label
from .feeds.responses import mark_of, not_modified, respond
from .filters import Asked, parse, start_of
from .listings import remark_for
from .rows import DateRow, Reader, dates_in_order, newest_change, newest_page
from .schedules import DAY
from .sql import Sql

if TYPE_CHECKING:
    from .models import ActivityPage, CalendarPage, Occurrence

DAYS_BACK = 14
DAYS_AHEAD = 180
DAYS_CANCELLED = 30
"""How long a date that does not take place is still told of."""
MARK_KEPT_FOR = 24 * 60 * 60
"""Seconds: programs ask every few hours, and at midnight every feed is another one."""
MOST_ENTRIES = 5000
"""The nearest of them: phones give up on more."""


@dataclass(frozen=True)
class FeedWindow:
    """The dates of a feed: it moves at midnight in Denmark and never in between."""

    today: datetime.date
    first: datetime.date | None = None
    last: datetime.date | None = None

    @property
    def moved_at(self) -> datetime.datetime:
        """Return the moment at which the window last moved."""
        return start_of(self.today)

    @property
    def condition(self) -> Sql:
        """Return what an occurrence `o` must be.

        What is cancelled stays longer, and what the schedule no longer has stays for a while as cancelled, and so does what
        was withdrawn: programs would keep what is merely left out.
        """
        long_ago = self.moved_at - DAYS_CANCELLED * DAY
        text = (
            "(o.published OR o.removed_at IS NOT NULL) AND o.starts_at < %s AND o.ends_at > %s "
            "AND (o.ends_at > %s OR o.status = 'cancelled') AND (o.removed_at IS NULL OR o.removed_at > %s)"
        )
        end = start_of(self.today + (DAYS_AHEAD + 1) * DAY)
        values: list[datetime.date] = [end, long_ago, self.moved_at - DAYS_BACK * DAY, long_ago]
        for word, day in ((">=", self.first), ("<=", self.last)):
            if day:
                text += f" AND o.local_date {word} %s"
                values.append(day)
        return Sql(text, tuple(values))


class Always:
    """No window: a single date is told of whenever it is."""

    condition = Sql("o.published")


def feed_of_calendar(request: HttpRequest, page: "CalendarPage") -> HttpResponse:
    """Answer with all activities that fit the filters of the address, or 400 where these cannot be understood."""
    scope: LinkScope = request.links  # type: ignore[attr-defined]
    asked = parse(request.GET, [row.slug for row in scope.municipalities]).filters_only
    if asked.errors:
        raise BadRequest("; ".join(asked.errors.values()))
    window = FeedWindow(timezone.localdate(), asked.first, asked.last)
    chosen = [agenda.labels_of(name, scope)[value][0] for name in agenda.LEGENDS for value in asked.choices(name)]
    name = f"{page.title}: {', '.join(chosen)}" if chosen else page.title
    return _feed(request, scope, asked, window, name, "-".join([page.slug, *asked.m]))


def feed_of_activity(request: HttpRequest, page: "ActivityPage") -> HttpResponse:
    """Answer with the dates of one activity."""
    scope: LinkScope = request.links  # type: ignore[attr-defined]
    window = FeedWindow(timezone.localdate())
    return _feed(request, scope, Asked(), window, page.title, page.slug, [_of_activity(page.danish)])


def file_of_date(request: HttpRequest, page: "ActivityPage", occurrence: "Occurrence") -> HttpResponse:
    """Answer with one date."""
    scope: LinkScope = request.links  # type: ignore[attr-defined]
    rows = dates_in_order(_reader(scope), Asked(), Always(), 1, only=[Sql("o.id = %s", (occurrence.pk,))])
    content = write(entries_of(rows, scope), page.title, scope.language)
    changed_at = max((changed(row) for row in rows), default=None)
    return respond(request, content, changed_at, f"{page.slug}-{occurrence.slug}.ics")


def _of_activity(activity: "ActivityPage") -> Sql:
    return Sql("o.activity_id = %s", (activity.pk,))


def _reader(scope: LinkScope) -> Reader:
    """Return a reader who is nowhere in particular: a feed is in order of time."""
    return replace(agenda.reader_of(scope), municipality="", keeps_withdrawn=True)


def _feed(
    request: HttpRequest,
    scope: LinkScope,
    asked: Asked,
    window: FeedWindow,
    name: str,
    slug: str,
    only: Sequence[Sql] = (),
) -> HttpResponse:
    """Answer with a feed. Whoever has it already gets 304 for a few cheap queries, as long as nothing has changed.

    The key holds all that a feed is made of but the facts in summaries; these are looked up again.
    """
    filename, reader = f"{slug}.ics", _reader(scope)
    changed_at, number = newest_change()
    key = _cache_key(
        request.path, asked.query(), name, reader, window, changed_at, number, newest_page(), settings.BASE_URL
    )
    changed_at = max(filter(None, [changed_at, window.moved_at]))
    mark, citing, cited = cache.get(key) or ("", (), "")
    if mark and cited == _cited(citing, scope.language):
        answer = not_modified(request, mark, changed_at, filename)
        if answer is not None:
            return answer
    rows = dates_in_order(reader, asked, window, MOST_ENTRIES, only=only)
    content = write(entries_of(rows, scope), name, scope.language)
    citing = tuple(sorted({row.summary for row in rows if row.published and "[[" in row.summary}))
    cache.set(key, (mark_of(content), citing, _cited(citing, scope.language)), MARK_KEPT_FOR)
    return respond(request, content, changed_at, filename)


def _cited(summaries: Sequence[str], language: str) -> str:
    """Return a mark of what stands in summaries that cite facts; nothing is read where none does."""
    if not summaries:
        return ""
    register.current().want(*summaries)
    texts = []
    for code in (language, settings.LANGUAGE_CODE):
        with override(code):
            texts += [plain(summary) for summary in summaries]
    return _cache_key(*texts)


def _cache_key(*parts: object) -> str:
    return f"feed:{hashlib.sha256(repr(parts).encode()).hexdigest()}"


# From a date to an entry --------------------------------------------------------------------------------------------------


def entries_of(rows: Iterable[DateRow], scope: LinkScope) -> list[Entry]:
    """Return dates as entries of a calendar file, in the language of the reader or, where there is no such text, Danish."""
    found = list(rows)
    register.current().want(*(row.summary for row in found if row.published))
    return [entry_of(row, scope) for row in found]


def entry_of(row: DateRow, scope: LinkScope) -> Entry:
    """Return one date as an entry."""
    first, last = row.local_start, row.local_end
    bare = Entry(
        uid=str(row.uid),
        starts=first.date() if row.all_day else row.starts_at,
        ends=last.date() if row.all_day else row.ends_at,
        summary=str(_("Cancelled")),
        language=scope.language,
        changed_at=changed(row),
        sequence=row.sequence,
        status=Status.CANCELLED if row.is_cancelled else Status.CONFIRMED,
        zone=row.zone,
    )
    if not row.published:  # what it was called and where it was to be read was withdrawn, too
        return bare
    language = settings.LANGUAGE_CODE if row.title_is_danish else scope.language
    url = f"{settings.BASE_URL}{scope.path_for(row.url_path)}{row.slug}/"
    return replace(
        bare,
        summary=_summary(row),
        language=language,
        description=_description(row, language, url),
        location=row.place,
        url=url,
        categories=(str(ActivityType(row.activity_type).label),),
    )


def changed(row: DateRow) -> datetime.datetime:
    """Return when anything about a date was last changed: the date itself, or the texts of its activity."""
    return max(filter(None, [row.changed_at, row.published_at, row.activity_published_at]))


def _summary(row: DateRow) -> str:
    """Return the title; a date that is off, or an example, says so there: many programs show nothing else."""
    marks = [str(_("Cancelled"))] * row.is_cancelled + [str(_("Example"))] * row.is_example
    return ": ".join([*marks, row.title])


def _description(row: DateRow, language: str, url: str) -> str:
    """Return what one wants to know before going, in the language of the title."""
    remark, _language = remark_for(row.remark, language)
    with override(language) if "[[" in row.summary else nullcontext():
        summary = plain(row.summary)
    languages = _languages(tuple(row.spoken_languages), tuple(row.interpreter_languages), language)
    return "\n".join([*filter(None, [remark, summary]), *languages, url])


@lru_cache(maxsize=1024)
def _languages(spoken: tuple[str, ...], interpreted: tuple[str, ...], language: str) -> tuple[str, ...]:
    """Return what is spoken and interpreted, in words. Thousands of dates share a few such lists."""
    with override(language):
        found = ((gettext("Languages spoken"), spoken), (gettext("Interpreters for"), interpreted))
        return tuple(f"{heading}: {', '.join(map(language_label, codes))}" for heading, codes in found if codes)
