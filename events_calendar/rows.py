"""The dates of activities out of the database: what a list, a month and a feed show, and how many dates a choice leads to.

Each function is one query, whatever the number of dates. In SQL, because a date is joined with the page in the reader's
language by the key that translations share, which the ORM cannot.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple, Protocol
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, models
from wagtail.models import Page

from portal.pages.rows import IS_DANISH, is_danish_text

from .choices import SPOKEN_LANGUAGES, ActivityType, Audience
from .filters import CONDITIONS, Asked, Window
from .models import ActivityPage, Occurrence
from .models.occurrences import Status, slug_of
from .schedules import to_local
from .sql import Sql, all_of, even_chance, fetch, has, is_one_of

SOURCE = """
FROM events_calendar_occurrence o
JOIN events_calendar_activitypage a ON a.page_ptr_id = o.activity_id
JOIN wagtailcore_page d ON d.id = o.activity_id
JOIN {pages} p ON p.translation_key = d.translation_key AND p.locale_id = %s AND {shown}
LEFT JOIN portal_textstate s ON s.page_id = p.id
"""
PAGES = """(
    SELECT id, title, url_path, translation_key, locale_id, live, alias_of_id, last_published_at, {slug} AS municipality
    FROM wagtailcore_page
)"""
BELOW_ROOT = "SUBSTR(SUBSTR(url_path, 2), INSTR(SUBSTR(url_path, 2), '/') + 1)"
SLUG_OF_MUNICIPALITY = {
    "postgresql": "SPLIT_PART(url_path, '/', 3)",
    "sqlite": f"SUBSTR({BELOW_ROOT}, 1, INSTR({BELOW_ROOT}, '/') - 1)",
}
"""Vendor → the third part of "/forside/herning/aktiviteter/sprogcafe/"."""
NO_COLUMN = Sql("0")


@dataclass(frozen=True)
class Reader:
    """For whom dates are read."""

    language: str
    locale_id: int
    municipalities: tuple[str, ...]
    """The slugs of those that are open in this language, in order."""
    municipality: str = ""
    """The slug of the one in which the reader is."""
    keeps_withdrawn: bool = False
    """Whether dates of activities that are no longer public are read as well: programs have to be told that they are off."""

    @property
    def source(self) -> Sql:
        """Return the tables with the pages in the reader's language."""
        pages = PAGES.format(slug=SLUG_OF_MUNICIPALITY[connection.vendor])
        shown = "(p.live OR NOT o.published)" if self.keeps_withdrawn else "p.live"
        return Sql(SOURCE.format(pages=pages, shown=shown), (self.locale_id,))

    @property
    def condition(self) -> Sql:
        """Return what a page in the reader's language must be."""
        return even_chance(is_one_of("municipality", self.municipalities))

    @property
    def own_language(self) -> str:
        """Return the language whose activities come first. Danish is spoken everywhere and needs no preference."""
        known = self.language != settings.LANGUAGE_CODE and self.language in SPOKEN_LANGUAGES
        return self.language if known else ""


class DateRow(NamedTuple):
    """One date of an activity as it is stored, with what is shown of the activity."""

    pk: int
    uid: Any
    original_date: datetime.date
    original_time: datetime.time
    starts_at: datetime.datetime
    ends_at: datetime.datetime
    local_date: datetime.date
    all_day: bool
    place: str
    status: str
    is_override: bool
    override_place: str
    remark: dict[str, str]
    published: bool
    """Whether the activity is public. Of one that is not, nothing but its times may be told."""
    sequence: int
    changed_at: datetime.datetime
    zone: str
    activity_id: int
    activity_type: str
    spoken_languages: list[str]
    interpreter_languages: list[str]
    venue_name: str
    registration: str
    is_example: bool
    summary: str
    title: str
    url_path: str
    published_at: datetime.datetime | None
    """When the text in the reader's language was last published."""
    activity_published_at: datetime.datetime | None
    municipality: str
    is_danish: bool
    """Whether title and texts are Danish, in whichever language they are read."""
    parts: Any
    """The stored state of the texts, by which single texts may be Danish."""
    nearness: int
    """0 in the reader's municipality, 1 of interest there, 2 elsewhere."""
    on_this_day: int
    """How many dates of a list begin on this day; 0 where nobody asked."""

    @property
    def title_is_danish(self) -> bool:
        """Say whether the title is Danish, in whichever language it is read."""
        return self.is_danish or is_danish_text(self.parts, "title")

    @property
    def slug(self) -> str:
        """Return what names the date in addresses."""
        return slug_of(self.original_date, self.original_time)

    @property
    def is_cancelled(self) -> bool:
        """Say whether it does not take place."""
        return self.status == Status.CANCELLED

    @property
    def local_start(self) -> datetime.datetime:
        """Return when it begins by the clock on the wall, without a zone."""
        return to_local(self.starts_at, ZoneInfo(self.zone))

    @property
    def local_end(self) -> datetime.datetime:
        """Return when it ends by the clock on the wall; for a whole day the next midnight."""
        return to_local(self.ends_at, ZoneInfo(self.zone))

    def is_in(self, language: str) -> bool:
        """Say whether a language is spoken or interpreted there."""
        return language in self.spoken_languages or language in self.interpreter_languages


def _fields() -> dict[str, tuple[str, Any]]:
    """Return the stored columns: name → (column, field)."""
    date, activity = Occurrence._meta, ActivityPage._meta
    own = [name for name in DateRow._fields[: DateRow._fields.index("zone")] if name != "pk"]
    of_activity = DateRow._fields[DateRow._fields.index("activity_type") : DateRow._fields.index("summary")]
    return {
        "pk": ("o.id", date.get_field("id")),
        **{name: (f"o.{name}", date.get_field(name)) for name in own},
        "zone": ("a.zone", activity.get_field("zone")),
        "activity_id": ("o.activity_id", date.get_field("id")),
        **{name: (f"a.{name}", activity.get_field(name)) for name in of_activity},
        "summary": (
            "(SELECT t.summary FROM events_calendar_activitypage t WHERE t.page_ptr_id = p.id)",
            activity.get_field("summary"),
        ),
        "title": ("p.title", activity.get_field("title")),
        "url_path": ("p.url_path", activity.get_field("url_path")),
        "published_at": ("p.last_published_at", activity.get_field("last_published_at")),
        "activity_published_at": ("d.last_published_at", activity.get_field("last_published_at")),
    }


@lru_cache(maxsize=4)
def _converters(vendor: str) -> list[tuple[int, Any, Any]]:
    """Return (place, function, expression) of what makes Python values of stored ones; `vendor` is the key."""
    found = []
    for place, (_column, field) in enumerate(_fields().values()):
        column = field.get_col(field.model._meta.db_table)
        functions = [*connection.ops.get_db_converters(column), *field.get_db_converters(connection)]
        found += [(place, function, column) for function in functions]
    return found


def _rows(statement: Sql) -> list[DateRow]:
    rows = []
    converters = _converters(connection.vendor)
    for stored in fetch(statement):
        values = list(stored[: len(DateRow._fields)])
        for place, convert, column in converters:
            values[place] = convert(values[place], column, connection)
        rows.append(DateRow(*values))
    return rows


def _selected(reader: Reader, condition: Sql, further: Sql = NO_COLUMN) -> Sql:
    """Return the query for dates, without an order; `further` is its last column, or several."""
    columns = ", ".join(column for column, _field in _fields().values())
    near, source, condition = _nearness(reader), reader.source, all_of([condition, reader.condition])
    text = f"""
    SELECT {columns}, municipality, {IS_DANISH}, s.parts, {near.text}, {further.text} {source.text} WHERE {condition.text}
    """
    return Sql(text, (*near.values, *further.values, *source.values, *condition.values))


def _nearness(reader: Reader) -> Sql:
    if not reader.municipality:
        return Sql("2")
    also = has("also_in", reader.municipality)
    text = f"CASE WHEN municipality = %s THEN 0 WHEN {also.text} THEN 1 ELSE 2 END"
    return Sql(text, (reader.municipality, *also.values))


def _order(reader: Reader) -> Sql:
    """Return the order inside a day: near first, then in the reader's language, then by time."""
    parts = [_nearness(reader)] if reader.municipality else []
    if reader.own_language:
        spoken = CONDITIONS["spoken"](reader.own_language)
        parts.append(Sql(f"CASE WHEN {spoken.text} THEN 0 ELSE 1 END", spoken.values))
    parts.append(Sql("o.starts_at, o.id"))
    return Sql(", ".join(part.text for part in parts), tuple(value for part in parts for value in part.values))


class HasCondition(Protocol):
    """Says which dates are shown."""

    @property
    def condition(self) -> Sql:
        """Return what an occurrence `o` must be."""
        ...


def dates_in_order(
    reader: Reader, asked: Asked, window: HasCondition, limit: int, *, only: Sequence[Sql] = ()
) -> list[DateRow]:
    """Return the next dates of a list: by day, inside a day by nearness, language and time."""
    parts = [window.condition, asked.conditions(), *only]
    offset = 0
    if asked.after:
        day, offset = asked.after
        parts.append(Sql("o.local_date >= %s", (day,)))
    selected, order = _selected(reader, all_of(parts)), _order(reader)
    text = f"{selected.text} ORDER BY o.local_date, {order.text} LIMIT %s OFFSET %s"
    return _rows(Sql(text, (*selected.values, *order.values, limit, offset)))


def first_of_each_day(reader: Reader, asked: Asked, window: Window, number: int) -> list[DateRow]:
    """Return the first few dates that begin on every day, each with how many the day has."""
    order = _order(reader)
    further = Sql(
        "COUNT(*) OVER (PARTITION BY o.local_date), "
        f"ROW_NUMBER() OVER (PARTITION BY o.local_date ORDER BY {order.text}) AS rank",
        order.values,
    )
    condition = all_of([window.condition, Sql("o.local_date >= %s", (window.first,)), asked.conditions()])
    selected = _selected(reader, condition, further)
    text = f"SELECT * FROM ({selected.text}) ranked WHERE rank <= %s ORDER BY local_date, rank"  # noqa: S608
    return _rows(Sql(text, (*selected.values, number)))


def next_day(reader: Reader, asked: Asked, after: datetime.date) -> datetime.date | None:
    """Return the first day after a day on which something begins that fits the filters."""
    public = Sql("o.published AND o.removed_at IS NULL AND o.local_date > %s", (after,))
    source, condition = reader.source, all_of([public, asked.conditions(), reader.condition])
    text = f"SELECT o.local_date {source.text} WHERE {condition.text} ORDER BY o.local_date LIMIT 1"
    found = fetch(Sql(text, (*source.values, *condition.values)))
    return _as_date(found[0][0]) if found else None


def _as_date(value: Any) -> datetime.date:
    return datetime.date.fromisoformat(value) if isinstance(value, str) else value


def newest_change() -> tuple[datetime.datetime | None, int]:
    """Return when any date or any text of an activity was last changed, and how many activities are published.

    While both stay the same, so does what is said of every date, but for facts in summaries and the addresses of pages.
    """
    newest = Occurrence.objects.aggregate(models.Max("changed_at"))["changed_at__max"]
    pages = ActivityPage.objects.aggregate(
        newest=models.Max("last_published_at"), number=models.Count("pk", filter=models.Q(live=True))
    )
    return max(filter(None, [newest, pages["newest"]]), default=None), pages["number"]


def newest_page() -> tuple[datetime.datetime | None, int]:
    """Return when any page was last published, and how many there are: until one is, no page has another address or name."""
    found = Page.objects.aggregate(newest=models.Max("last_published_at"), number=models.Count("pk"))
    return found["newest"], found["number"]


# Counts -----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Counts:
    """How many dates of a window there are."""

    total: int
    """That fit all filters."""
    without: dict[str, int]
    """That would fit if one filter were dropped, by its name."""
    choices: dict[str, dict[str, int]]
    """That would fit if of one filter only one value were chosen, by name and value."""


def count(reader: Reader, asked: Asked, window: Window) -> Counts:
    """Count the dates by every choice there is.

    They are counted by activity first, out of an index alone, and only then the activities are asked what they are.
    """
    offered = {
        "m": list(reader.municipalities),
        "type": ActivityType.values,
        "spoken": SPOKEN_LANGUAGES,
        "audience": Audience.values,
    }
    others = {name: " AND ".join(f"fits_{other}" for other in offered if other != name) for name in offered}
    wanted = [Sql(" AND ".join(f"fits_{name}" for name in offered)), *(Sql(text) for text in others.values())]
    for name, values in offered.items():
        fitting = [CONDITIONS[name](value) for value in values]
        wanted += [Sql(f"{others[name]} AND {part.text}", part.values) for part in fitting]
    source, fits = reader.source, [(name, asked.condition(name)) for name in offered]
    columns = ", ".join(f"{part.text} AS fits_{name}" for name, part in fits)
    sums = ", ".join(f"COALESCE(SUM(number) FILTER (WHERE {part.text}), 0)" for part in wanted)
    text = f"""
    WITH dates AS (
        SELECT o.activity_id, COUNT(*) AS number FROM events_calendar_occurrence o
        WHERE {window.condition.text} GROUP BY o.activity_id
    ), activities AS (
        SELECT o.number, municipality, also_in, activity_type, spoken_languages, interpreter_languages, audiences, {columns}
        {source.text.replace("events_calendar_occurrence o", "dates o")} WHERE {reader.condition.text}
    )
    SELECT {sums} FROM activities
    """  # noqa: S608  conditions of ours; every value is a placeholder
    before = [window.condition, *(part for _name, part in fits), source, reader.condition]
    row = fetch(Sql(text, tuple(value for part in [*before, *wanted] for value in part.values)))[0]
    numbers = iter(int(number) for number in row)
    return Counts(
        next(numbers),
        {name: next(numbers) for name in offered},
        {name: {value: next(numbers) for value in values} for name, values in offered.items()},
    )
