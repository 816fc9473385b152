"""What somebody asks of the calendar: which dates of which activities. The page, the month and the feeds share it."""

import datetime
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.core.exceptions import BadRequest
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from .choices import SPOKEN_LANGUAGES, ActivityType, Audience
from .fields import read_date
from .schedule_checks import FIRST_YEAR, LAST_YEAR, MOST_DAYS
from .schedules import DAY, MIDNIGHT, ZONE, to_utc
from .sql import TRUE, Sql, all_of, any_of, even_chance, has

DAYS_SHOWN = 60
"""How far the list looks ahead where no last day is asked for."""
MONTH = re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})", re.ASCII)
CURSOR = re.compile(r"(?P<day>\d{4}-\d{2}-\d{2})-(?P<seen>\d{1,5})", re.ASCII)

CONDITIONS: dict[str, Callable[[str], Sql]] = {
    "m": lambda slug: any_of([Sql("municipality = %s", (slug,)), has("also_in", slug)]),
    "type": lambda value: Sql("activity_type = %s", (value,)),
    "spoken": lambda code: any_of([has("spoken_languages", code), has("interpreter_languages", code)]),
    "audience": lambda value: has("audiences", value),
}
"""Name of a filter → what an activity must be in order to fit one of its values."""


@dataclass(frozen=True)
class Asked:
    """The filters of one address. Several values of one filter widen it, several filters narrow the list."""

    m: tuple[str, ...] = ()
    type: tuple[str, ...] = ()
    spoken: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    first: datetime.date | None = None
    last: datetime.date | None = None
    view: str = ""
    month: datetime.date | None = None
    """The first day of the month that is shown."""
    after: tuple[datetime.date, int] | None = None
    """Where the next page begins: a day, and how many of its dates were shown already."""
    typed: Mapping[str, str] = field(default_factory=dict)
    """What stands in the fields of the dates, also where it is none."""
    errors: Mapping[str, str] = field(default_factory=dict)
    """What is wrong with it, by field."""
    has_nonsense: bool = False
    """Whether a date is none; a last day before the first is understood and merely empty."""

    def choices(self, name: str) -> tuple[str, ...]:
        """Return the values that are chosen of a filter."""
        values: tuple[str, ...] = getattr(self, name)
        return values

    def condition(self, name: str) -> Sql:
        """Return what an activity must be for one filter."""
        chosen = self.choices(name)
        return even_chance(any_of([CONDITIONS[name](value) for value in chosen])) if chosen else TRUE

    def conditions(self) -> Sql:
        """Return what an activity must be for all filters."""
        return all_of([self.condition(name) for name in CONDITIONS])

    def query(self, **changes: object) -> str:
        """Return the query string of these filters with some of them changed, "" where nothing is asked."""
        asked = replace(self, **changes)  # type: ignore[arg-type]
        pairs = [(name, value) for name in CONDITIONS for value in asked.choices(name)]
        pairs += [("from", asked.first.isoformat())] if asked.first else []
        pairs += [("to", asked.last.isoformat())] if asked.last else []
        pairs += [("view", asked.view)] if asked.view else []
        pairs += [("month", f"{asked.month:%Y-%m}")] if asked.month else []
        pairs += [("after", f"{asked.after[0]}-{asked.after[1]}")] if asked.after else []
        return f"?{urlencode(pairs)}" if pairs else ""

    @property
    def filters_only(self) -> "Asked":
        """Return the same without the place in the list and the way of showing it: what a feed is subscribed by."""
        return replace(self, view="", month=None, after=None)


@dataclass(frozen=True)
class Window:
    """The days that are shown, and the moment before which what is over is left out."""

    first: datetime.date
    last: datetime.date
    not_over_at: datetime.datetime

    @property
    def condition(self) -> Sql:
        """Return what an occurrence `o` must be: not over, and begun by the last day.

        The earliest day on which something may have begun that still goes on lets the database use the index.
        """
        return Sql(
            "o.published AND o.removed_at IS NULL AND o.local_date BETWEEN %s AND %s AND o.ends_at > %s",
            (self.first - MOST_DAYS * DAY, self.last, self.not_over_at),
        )


def window_of(asked: Asked, now: datetime.datetime) -> Window:
    """Return the days of a list: from today on, or those that are asked for."""
    today = timezone.localdate(now)
    first = asked.first or today
    last = asked.last or max(first, today) + (DAYS_SHOWN - 1) * DAY
    return Window(first, last, now if first == today else start_of(first))


def start_of(day: datetime.date) -> datetime.datetime:
    """Return the moment at which a day begins in Denmark."""
    return to_utc(datetime.datetime.combine(day, MIDNIGHT), ZoneInfo(ZONE))


# From an address --------------------------------------------------------------------------------------------------------


def parse(query: QueryDict, municipalities: Collection[str]) -> Asked:
    """Return what an address asks for. Raises BadRequest for values that no form of ours sends."""
    offered: dict[str, Collection[str]] = {
        "m": municipalities,
        "type": ActivityType.values,
        "spoken": SPOKEN_LANGUAGES,
        "audience": Audience.values,
    }
    chosen = {name: _chosen(query, name, values) for name, values in offered.items()}
    typed = {name: query.get(name, "").strip()[:40] for name in ("from", "to")}
    dates, errors = _dates(typed)
    first, last = dates.get("from"), dates.get("to")
    has_nonsense = bool(errors)
    if first and last and last < first:
        errors["to"] = _("The last day is before the first.")
    view = query.get("view", "")
    if view not in {"", "list", "month"}:
        raise BadRequest("view: list or month")
    month = _month(query.get("month", "")) if view == "month" else None
    return Asked(
        **chosen,
        first=first,
        last=last,
        view="month" if view == "month" else "",
        month=month,
        after=_cursor(query.get("after", "")),
        typed=typed,
        errors=errors,
        has_nonsense=has_nonsense,
    )


def _chosen(query: QueryDict, name: str, offered: Collection[str]) -> tuple[str, ...]:
    """Return the chosen values in the order in which they are offered, so that one choice has one address."""
    values = set(filter(None, query.getlist(name)))
    if values.difference(offered):
        raise BadRequest(f"{name}: one of {', '.join(offered)}")
    return tuple(value for value in offered if value in values)


def _dates(typed: Mapping[str, str]) -> tuple[dict[str, datetime.date], dict[str, str]]:
    dates, errors = {}, {}
    for name, text in typed.items():
        if not text:
            continue
        try:
            dates[name] = _in_range(read_date(text))
        except ValueError:
            errors[name] = _("“%(text)s” is not a date. Write it like this: 24.12.2026.") % {"text": text}
    return dates, errors


def _in_range(day: datetime.date) -> datetime.date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(f"{day} is too far away")
    return day


def _month(text: str) -> datetime.date | None:
    match = MONTH.fullmatch(text)
    if not text:
        return None
    try:
        return _in_range(datetime.date(int(match["year"]), int(match["month"]), 1) if match else datetime.date.min)
    except ValueError as error:
        raise BadRequest("month: such as 2026-12") from error


def _cursor(text: str) -> tuple[datetime.date, int] | None:
    match = CURSOR.fullmatch(text)
    if not text:
        return None
    try:
        return _in_range(datetime.date.fromisoformat(match["day"] if match else "")), int(match["seen"] if match else 0)
    except ValueError as error:
        raise BadRequest("after: a day and a number") from error
