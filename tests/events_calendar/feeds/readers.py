"""Other people's programs that read calendars. Each returns what it read in the same form, so that all can be compared."""

import json
import subprocess
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

import icalendar
import recurring_ical_events
from ical.calendar_stream import IcsCalendarStream

from portal.icalendar.calendar import Entry
from tests import tools

SCRIPT = Path(__file__).with_name("read_with_ical_js.cjs")


class Read(NamedTuple):
    """What somebody sees of one date."""

    starts: date
    """In UTC, or a date for a whole day."""
    ends: date
    summary: str
    description: str
    location: str


Reader = Callable[[bytes], dict[str, Read]]


def written(entry: Entry) -> Read:
    """Return what every reader should see of an entry."""
    return Read(entry.starts, entry.ends, entry.summary, entry.description, entry.location)


def _in_utc(moment: date) -> date:
    return moment.astimezone(UTC) if isinstance(moment, datetime) else moment


def read_with_icalendar(feed: bytes) -> dict[str, Read]:
    """Read with icalendar and list the dates with recurring-ical-events, as many Python programs do."""
    found = {}
    calendar = icalendar.Calendar.from_ical(feed)
    for event in recurring_ical_events.of(calendar).between(date(2026, 1, 1), date(2030, 1, 1)):
        texts = (str(event.get(name, "")) for name in ("SUMMARY", "DESCRIPTION", "LOCATION"))
        found[str(event["UID"])] = Read(_in_utc(event["DTSTART"].dt), _in_utc(event["DTEND"].dt), *texts)
    return found


def read_with_ical(feed: bytes) -> dict[str, Read]:
    """Read with ical, the parser of Home Assistant."""
    found = {}
    for event in IcsCalendarStream.calendar_from_ics(feed.decode()).events:
        texts = (event.summary or "", event.description or "", event.location or "")
        found[event.uid or ""] = Read(_in_utc(event.dtstart), _in_utc(event.end), *texts)
    return found


def reader_with_ical_js(library: Path) -> Reader:
    """Return a reader that follows the rules of the zones inside the file, and knows none by name."""

    def read(feed: bytes) -> dict[str, Read]:
        command = [tools.node(), str(SCRIPT), str(library)]
        result = subprocess.run(command, input=feed, capture_output=True, check=False, timeout=120)
        assert result.returncode == 0, result.stderr.decode()[-2000:]
        return {
            event["uid"]: Read(
                _from_script(event["starts"]),
                _from_script(event["ends"]),
                event["summary"],
                event["description"],
                event["location"],
            )
            for event in json.loads(result.stdout)
        }

    return read


def _from_script(value: str) -> date:
    return date.fromisoformat(value) if len(value) == len("2026-10-15") else datetime.fromisoformat(value)
