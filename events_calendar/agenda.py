"""Dates as readers see them: by day, in the words of their language, and the choices by which a list is narrowed."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from babel.dates import format_date
from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from portal.facts.rendering import in_language
from portal.pages.link_scope import LinkScope

from .choices import SPOKEN_LANGUAGES, ActivityType, Audience, language_label
from .filters import Asked
from .listings import remark_for
from .rows import Counts, DateRow, Reader
from .schedule_words import hours_in_words
from .schedules import DAY

LEGENDS = {
    "m": _("Municipality"),
    "type": _("Type"),
    "spoken": _("Languages spoken"),
    "audience": _("For"),
}
"""The filters in the order of the form."""
ELSEWHERE = 2


@dataclass(frozen=True)
class Place:
    """A municipality as readers read its name."""

    name: str
    language: str


@dataclass(frozen=True)
class Entry:
    """One date in a list."""

    url: str
    title: str
    language: str
    """The language that the title is really in."""
    time: str
    moment: str
    """The same for machines."""
    place: str
    """Empty where it is only online."""
    municipality: Place
    kind: str
    spoken: list[str]
    interpreted: list[str]
    is_in_readers_language: bool
    is_elsewhere: bool
    """Whether the reader is in a municipality and this takes place, and is of interest, only in others."""
    is_cancelled: bool
    moved_from: str
    """The day on which it would have been; empty where nobody moved it."""
    has_other_place: bool
    remark: str
    remark_language: str
    is_example: bool


@dataclass
class Day:
    """The dates of one day: those of the reader's municipality, and the others."""

    date: datetime.date
    words: str
    entries: list[Entry] = field(default_factory=list)

    @property
    def near(self) -> list[Entry]:
        """Return what takes place where the reader is, or anywhere if that is nowhere in particular."""
        return [entry for entry in self.entries if not entry.is_elsewhere]

    @property
    def elsewhere(self) -> list[Entry]:
        """Return the rest."""
        return [entry for entry in self.entries if entry.is_elsewhere]


def places_of(scope: LinkScope) -> dict[str, Place]:
    """Return the municipalities by slug."""
    return {row.slug: Place(row.title, scope.language_of(row)) for row in scope.municipalities}


def reader_of(scope: LinkScope) -> Reader:
    """Return who reads."""
    slug = scope.municipality.slug if scope.municipality else ""
    open_ones = tuple(row.slug for row in scope.municipalities)
    return Reader(scope.language, scope.home.locale_id if scope.home else 0, open_ones, slug)


def own_language_words(reader: Reader) -> str:
    """Return what marks an activity in the reader's language, "Po polsku"; empty for readers of Danish."""
    return capfirst(in_language(reader.own_language)) if reader.own_language else ""


def days_of(rows: Iterable[DateRow], scope: LinkScope, first: datetime.date) -> list[Day]:
    """Return dates by the day under which they stand. What began before the first day and goes on stands under that."""
    reader, places = reader_of(scope), places_of(scope)
    by_day: dict[datetime.date, list[DateRow]] = {}
    for row in rows:
        by_day.setdefault(max(row.local_date, first), []).append(row)
    days = []
    for date, found in by_day.items():
        if date == first:
            found.sort(key=lambda row: (row.nearness, not row.is_in(reader.own_language), row.starts_at, row.pk))
        entries = [entry_of(row, scope, reader, places, date) for row in found]
        days.append(Day(date, full_date(date, scope.language), entries))
    return days


def entry_of(
    row: DateRow, scope: LinkScope, reader: Reader, places: dict[str, Place], day: datetime.date | None = None
) -> Entry:
    """Return a date as it stands under a day; what began on an earlier day says so."""
    language = settings.LANGUAGE_CODE if row.title_is_danish else scope.language
    remark, remark_language = remark_for(row.remark, scope.language)
    start, end = row.local_start, row.local_end
    return Entry(
        url=f"{scope.path_for(row.url_path)}{row.slug}/",
        title=row.title,
        language=language,
        time=hours_in_words(start, end, row.all_day, scope.language),
        moment=start.date().isoformat()
        if row.all_day
        else row.starts_at.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%MZ"),
        place="" if row.place.startswith(("https://", "http://")) else row.place,
        municipality=places[row.municipality],
        kind=str(ActivityType(row.activity_type).label),
        spoken=[language_label(code) for code in row.spoken_languages],
        interpreted=[language_label(code) for code in row.interpreter_languages],
        is_in_readers_language=bool(reader.own_language) and row.is_in(reader.own_language),
        is_elsewhere=bool(reader.municipality) and row.nearness == ELSEWHERE,
        is_cancelled=row.is_cancelled,
        moved_from=_moved_from(row, scope.language),
        has_other_place=bool(row.override_place),
        remark=remark,
        remark_language=remark_language,
        is_example=row.is_example,
    )


def _moved_from(row: DateRow, language: str) -> str:
    """Return the day by the schedule of a date that somebody moved to another day or time."""
    return full_date(row.original_date, language) if row.is_override else ""


def full_date(day: datetime.date, language: str) -> str:
    """Return a day with its weekday: "torsdag den 3. december 2026"."""
    return format_date(day, "full", locale=language)


# Choices ----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Option:
    """One value of a filter."""

    value: str
    label: str
    language: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Group:
    """One filter with the values that lead to something."""

    name: str
    legend: str
    options: list[Option]


@dataclass(frozen=True)
class Chip:
    """One value that is chosen, with the address of the list without it, or one step that changes the list."""

    url: str
    label: str
    language: str
    count: int | None = None


def groups_of(asked: Asked, counts: Counts, scope: LinkScope) -> list[Group]:
    """Return the filters of the form. A value that leads to nothing is left out, unless it is chosen."""
    groups = []
    for name, legend in LEGENDS.items():
        options = [
            Option(value, label, language, counts.choices[name][value], value in asked.choices(name))
            for value, (label, language) in labels_of(name, scope).items()
            if counts.choices[name][value] or value in asked.choices(name)
        ]
        if options:
            groups.append(Group(name, str(legend), options))
    return groups


def labels_of(name: str, scope: LinkScope) -> dict[str, tuple[str, str]]:
    """Return what the values of a filter are called, and in which language that is."""
    if name == "m":
        return {slug: (place.name, place.language) for slug, place in places_of(scope).items()}
    if name == "spoken":
        return {code: (language_label(code), scope.language) for code in SPOKEN_LANGUAGES}
    kind = ActivityType if name == "type" else Audience
    return {value: (capfirst(str(label)), scope.language) for value, label in kind.choices}


def chips_of(asked: Asked, base: str, scope: LinkScope) -> list[Chip]:
    """Return every chosen value with the address of the list without it."""
    chips = []
    for name in LEGENDS:
        labels = labels_of(name, scope)
        for value in asked.choices(name):
            rest = tuple(other for other in asked.choices(name) if other != value)
            chips.append(Chip(base + _first_page(asked).query(**{name: rest}), *labels[value]))
    for name, day, text in (("first", asked.first, _("from %(date)s")), ("last", asked.last, _("to %(date)s"))):
        if day:
            label = str(text) % {"date": format_date(day, "long", locale=scope.language)}
            chips.append(Chip(base + _first_page(asked).query(**{name: None}), label, scope.language))
    return chips


def ways_out(asked: Asked, counts: Counts, base: str, scope: LinkScope) -> list[Chip]:
    """Return what can be loosened where nothing fits, each with how many dates there would be."""
    return [
        Chip(base + _first_page(asked).query(**{name: ()}), str(legend), scope.language, counts.without[name])
        for name, legend in LEGENDS.items()
        if asked.choices(name) and counts.without[name]
    ]


def _first_page(asked: Asked) -> Asked:
    return replace(asked, after=None)


def cursor_after(shown: Sequence[DateRow], asked: Asked) -> tuple[datetime.date, int]:
    """Return where the page after these dates begins."""
    day = shown[-1].local_date
    before = asked.after[1] if asked.after and asked.after[0] == day else 0
    return day, before + sum(row.local_date == day for row in shown)


def month_after(month: datetime.date, number: int = 1) -> datetime.date:
    """Return the first day of a later month, or of an earlier one."""
    months = month.year * 12 + month.month - 1 + number
    return datetime.date(months // 12, months % 12 + 1, 1)


def last_of(month: datetime.date) -> datetime.date:
    """Return the last day of a month."""
    return month_after(month) - DAY
