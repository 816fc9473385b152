"""From dates to a calendar file that phones and calendar programs subscribe to (RFC 5545, RFC 7986).

The same entries always give the same octets: nothing in the file says when it was asked for.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum

from .content_lines import escape, fold, quote_address
from .time_zone import COPENHAGEN, COPENHAGEN_RULES, danish_clock

PRODUCT = "-//Newcomer portal//Activity calendar//EN"
REFRESH_AFTER = "PT4H"
HEAD = ("BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN")


class Status(StrEnum):
    """Whether a date takes place."""

    CONFIRMED = "CONFIRMED"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True)
class Entry:
    """One date of an activity, as a calendar program is told of it."""

    uid: str
    """Never changes, whatever else does, and is the same in every language: by it programs know the date again."""
    starts: date
    ends: date
    """The first moment after it. For a whole day both are dates, and `ends` is the day after the last."""
    summary: str
    language: str
    """That of the summary and the description, which may be Danish in a calendar in another language."""
    changed_at: datetime
    sequence: int = 0
    """Grows when time, place or status change, so that programs take the new version."""
    status: Status = Status.CONFIRMED
    zone: str = COPENHAGEN
    """The clock by which it takes place. Other clocks than the Danish one are written in UTC: the moment is the same."""
    description: str = ""
    location: str = ""
    url: str = ""
    categories: tuple[str, ...] = ()
    """In the language of the calendar."""
    busy: bool = False
    """Whether it counts as taken time: true for what the reader signed up for, false for a calendar of offers."""

    def __post_init__(self) -> None:
        for moment in (self.starts, self.ends, self.changed_at):
            if isinstance(moment, datetime) and moment.utcoffset() is None:
                raise ValueError(f"{self.uid}: a time without a zone: {moment}")
        if isinstance(self.starts, datetime) is not isinstance(self.ends, datetime):
            raise ValueError(f"{self.uid}: begins and ends must both be dates or both be times")
        if self.ends <= self.starts:
            raise ValueError(f"{self.uid}: ends at {self.ends}, which is not after {self.starts}")


def write(entries: Iterable[Entry], name: str, language: str) -> bytes:
    """Return a calendar with these entries, in order of time. `name` is what programs call it, in `language`."""
    lines = [
        *HEAD,
        f"NAME;LANGUAGE={language}:{escape(name)}",
        f"X-WR-CALNAME:{escape(name)}",
        f"REFRESH-INTERVAL;VALUE=DURATION:{REFRESH_AFTER}",
        f"X-PUBLISHED-TTL:{REFRESH_AFTER}",
        *COPENHAGEN_RULES,
    ]
    for entry in sorted(entries, key=_place_in_calendar):
        lines += _event(entry, language)
    lines.append("END:VCALENDAR")
    return b"".join(map(fold, lines))


def write_message(entry: Entry, method: str, organiser: str) -> bytes:
    """Return one entry as it travels in a mail (RFC 5546): with what is to be done with it, and the address of the sender."""
    event = _event(entry, entry.language)
    event.insert(-1, f"ORGANIZER:mailto:{quote_address(organiser)}")
    lines = [*HEAD, f"METHOD:{method}", *COPENHAGEN_RULES, *event, "END:VCALENDAR"]
    return b"".join(map(fold, lines))


def _place_in_calendar(entry: Entry) -> tuple[str, str]:
    starts = entry.starts
    return (_utc(starts) if isinstance(starts, datetime) else f"{starts:%Y%m%d}"), entry.uid


def _event(entry: Entry, language: str) -> list[str]:
    changed = _utc(entry.changed_at)
    lines = [
        "BEGIN:VEVENT",
        f"UID:{escape(entry.uid)}",
        f"DTSTAMP:{changed}",
        f"LAST-MODIFIED:{changed}",
        f"SEQUENCE:{entry.sequence}",
        *_times(entry),
        f"SUMMARY;LANGUAGE={entry.language}:{escape(entry.summary)}",
    ]
    if entry.description:
        lines.append(f"DESCRIPTION;LANGUAGE={entry.language}:{escape(entry.description)}")
    if entry.location:
        lines.append(f"LOCATION:{escape(entry.location)}")
    if entry.categories:
        lines.append(f"CATEGORIES;LANGUAGE={language}:{','.join(map(escape, entry.categories))}")
    if entry.url:
        lines.append(f"URL:{quote_address(entry.url)}")
    lines += [f"STATUS:{entry.status}", f"TRANSP:{'OPAQUE' if entry.busy else 'TRANSPARENT'}", "END:VEVENT"]
    return lines


def _times(entry: Entry) -> tuple[str, str]:
    starts, ends = entry.starts, entry.ends
    if not isinstance(starts, datetime) or not isinstance(ends, datetime):
        return f"DTSTART;VALUE=DATE:{starts:%Y%m%d}", f"DTEND;VALUE=DATE:{ends:%Y%m%d}"
    if entry.zone == COPENHAGEN:
        first, last = danish_clock(starts), danish_clock(ends)
        if first and last:
            return f"DTSTART;TZID={COPENHAGEN}:{first:%Y%m%dT%H%M%S}", f"DTEND;TZID={COPENHAGEN}:{last:%Y%m%dT%H%M%S}"
    return f"DTSTART:{_utc(starts)}", f"DTEND:{_utc(ends)}"


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"
