"""Time zones inside a calendar file: their rules, followed as the standard says, against the time zone database."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dateutil.rrule import rrulestr

FIRST_YEAR, LAST_YEAR = 1997, 2040


@dataclass(frozen=True)
class Change:
    """A moment from which another difference to UTC holds."""

    at: datetime
    before: timedelta
    after: timedelta


@dataclass(frozen=True)
class Observance:
    """STANDARD or DAYLIGHT: its properties, each as often as it stands there."""

    kind: str
    properties: dict[str, list[str]]

    def changes(self, until_year: int = LAST_YEAR) -> Iterator[Change]:
        """Yield when it begins. A clock that has not been changed yet shows the beginning (RFC 5545, 3.6.5)."""
        before, after = (_offset(self.properties[name][0]) for name in ("TZOFFSETFROM", "TZOFFSETTO"))
        first = datetime.strptime(self.properties["DTSTART"][0], "%Y%m%dT%H%M%S")
        begins = {first}
        for listed in self.properties.get("RDATE", []):
            begins |= {datetime.strptime(value, "%Y%m%dT%H%M%S") for value in listed.split(",")}
        for rule in self.properties.get("RRULE", []):
            begins |= set(rrulestr(rule, dtstart=first).between(first, datetime(until_year, 12, 31), inc=True))
        for begin in begins:
            yield Change((begin - before).replace(tzinfo=UTC), before, after)


def _offset(value: str) -> timedelta:
    sign = -1 if value[0] == "-" else 1
    return sign * timedelta(hours=int(value[1:3]), minutes=int(value[3:5]), seconds=int(value[5:7] or 0))


def changes_of(observances: list[Observance]) -> list[Change]:
    """Return the changes that the rules of a zone make in the years that are compared."""
    every = sorted((change for part in observances for change in part.changes()), key=lambda change: change.at)
    return [change for change in every if FIRST_YEAR <= change.at.year <= LAST_YEAR]


@lru_cache
def known_changes(name: str) -> list[Change] | None:
    """Return the changes by the time zone database, or None where it does not know the zone."""
    try:
        zone = ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return None
    found = []
    at, end = datetime(FIRST_YEAR, 1, 1, tzinfo=UTC), datetime(LAST_YEAR + 1, 1, 1, tzinfo=UTC)
    while at < end:
        following = at + timedelta(days=1)
        before, after = (moment.astimezone(zone).utcoffset() or timedelta() for moment in (at, following))
        if before != after:
            low, high = at, following
            while high - low > timedelta(seconds=1):
                middle = low + timedelta(seconds=(high - low) // timedelta(seconds=2))
                low, high = (middle, high) if middle.astimezone(zone).utcoffset() == before else (low, middle)
            found.append(Change(high, before, after))
        at = following
    return found


def is_skipped(local: datetime, name: str) -> bool:
    """Say whether a clock of this zone never shows this time: in spring an hour is left out."""
    zone = ZoneInfo(name)
    return local.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None) != local
