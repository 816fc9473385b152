"""A strict checker of calendar feeds. Parsers forgive: what one phone reads, another drops, and no parser says why.

`check` returns every fault against RFC 5545 and RFC 7986, and against what our feeds promise beyond these.
"""

from datetime import UTC, date, datetime
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

from . import values
from .components import Node, build, check_properties
from .lines import Finding, Line, Reading, read_lines
from .zones import Observance, changes_of, is_skipped, known_changes

PERSONAL = ("ATTENDEE", "ORGANIZER", "CONTACT")
SECRET_PARAMETERS = {"token", "key", "secret", "signature", "sig"}
TIME_PROPERTIES = ("DTSTART", "DTEND", "RECURRENCE-ID", "EXDATE", "RDATE")


def check(data: bytes) -> list[Finding]:
    """Return what is wrong with a feed, in order of lines."""
    reading = read_lines(data)
    calendar = build(reading)
    if calendar:
        check_properties(reading, calendar)
        if not calendar.children:
            reading.report(calendar.line, "empty calendar", "a calendar has at least one component")
        zones = _check_zones(reading, calendar)
        events = calendar.inside("VEVENT")
        for event in events:
            _check_times(reading, event, zones)
            _check_event_promises(reading, event)
        _check_identities(reading, events)
        _check_calendar_promises(reading, calendar)
    return sorted(reading.findings, key=lambda finding: finding.line)


# Time zones -----------------------------------------------------------------------------------------------------------


def _check_zones(reading: Reading, calendar: Node) -> set[str]:
    names: set[str] = set()
    for zone in calendar.inside("VTIMEZONE"):
        identifier = zone.first("TZID")
        name = identifier.value if identifier else ""
        if name in names:
            reading.report(zone.line, "repeated time zone", name)
        names.add(name)
        if zone.children:
            _check_rules(reading, zone, name)
        else:
            reading.report(zone.line, "time zone without rules", name)
    return names


def _check_rules(reading: Reading, zone: Node, name: str) -> None:
    known = known_changes(name)
    if known is None:
        reading.report(zone.line, "name of a time zone", f"the time zone database has no {name}")
        return
    parts = [
        Observance(part.name, {line.name: [one.value for one in part.all(line.name)] for line in part.properties})
        for part in zone.children
    ]
    try:
        found = changes_of(parts)
    except (KeyError, ValueError) as error:
        reading.report(zone.line, "rules of a time zone", f"{name} cannot be followed: {error!r}")
        return
    wrong = sorted({change.at for change in found} ^ {change.at for change in known}) or [
        ours.at for ours, theirs in zip(found, known, strict=True) if ours != theirs
    ]
    if wrong:
        reading.report(zone.line, "rules of a time zone", f"{name} is wrong {len(wrong)} times, first at {wrong[0]}")


# Times of an event ----------------------------------------------------------------------------------------------------


def _check_times(reading: Reading, event: Node, zones: set[str]) -> None:
    for name in TIME_PROPERTIES:
        for line in event.all(name):
            _check_time(reading, line, zones)
    starts, ends = event.first("DTSTART"), event.first("DTEND")
    if ends and event.first("DURATION"):
        reading.report(ends.number, "two ends", "DTEND and DURATION")
    if starts and ends:
        _check_end(reading, starts, ends)
    for line in event.all("RECURRENCE-ID") + event.all("EXDATE"):
        if starts and _form(line) != _form(starts):
            reading.report(line.number, "not as the start", f"{line.name} is {_form(line)}, DTSTART {_form(starts)}")
    for line in event.all("RRULE"):
        until = dict(part.split("=", 1) for part in line.value.split(";") if "=" in part).get("UNTIL")
        if until and starts and _until_form(starts) != (len(until) > 8, until.endswith("Z")):
            reading.report(line.number, "not as the start", f"UNTIL={until} for {starts.value}")


def _form(line: Line) -> tuple[str, str]:
    return ("DATE" if len(line.value.split(",")[0]) == 8 else "DATE-TIME", _zone(line))


def _zone(line: Line) -> str:
    return "UTC" if line.value.endswith("Z") else "".join(line.parameters.get("TZID", []))


def _until_form(starts: Line) -> tuple[bool, bool]:
    """Return whether UNTIL has a time, and whether it is in UTC: always, unless the start is floating."""
    has_time = "T" in starts.value
    return has_time, has_time and bool(_zone(starts))


def _check_time(reading: Reading, line: Line, zones: set[str]) -> None:
    named = line.parameters.get("TZID")
    is_day = line.parameters.get("VALUE") == ["DATE"]
    if named and is_day:
        reading.report(line.number, "zone of a date", f"{line.name} is a date and has no zone")
    elif named and line.value.endswith("Z"):
        reading.report(line.number, "two zones", f"{line.name} is in UTC and in {named[0]}")
    elif named and named[0] not in zones:
        reading.report(line.number, "unknown time zone", f"no VTIMEZONE for {named[0]}")
    elif named and known_changes(named[0]) is not None:
        for value in line.value.split(","):
            local = values.when(value)
            if isinstance(local, datetime) and is_skipped(local, named[0]):
                reading.report(line.number, "skipped hour", f"no clock shows {value} in {named[0]}")
    elif not named and not is_day and not line.value.endswith("Z"):
        reading.report(line.number, "floating time", f"{line.name} is another moment in every country")


def _check_end(reading: Reading, starts: Line, ends: Line) -> None:
    first, last = values.when(starts.value), values.when(ends.value)
    if first is None or last is None:
        return
    if isinstance(first, datetime) is not isinstance(last, datetime):
        reading.report(ends.number, "not as the start", "one is a date, the other a time")
    elif _instant(last, _zone(ends)) <= _instant(first, _zone(starts)):
        reading.report(ends.number, "ends before it begins", f"{ends.value} is not after {starts.value}")


def _instant(moment: date, zone: str) -> str:
    if not isinstance(moment, datetime) or known_changes(zone) is None:
        return moment.isoformat()
    return moment.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC).replace(tzinfo=None).isoformat()


# Identities and promises ----------------------------------------------------------------------------------------------


def _check_identities(reading: Reading, events: list[Node]) -> None:
    seen: set[tuple[str, str]] = set()
    for event in events:
        uid, instance = event.first("UID"), event.first("RECURRENCE-ID")
        key = (uid.value if uid else "", instance.value if instance else "")
        if uid and key in seen:
            reading.report(uid.number, "repeated identity", uid.value)
        seen.add(key)


def _check_event_promises(reading: Reading, event: Node) -> None:
    stamp, changed = event.first("DTSTAMP"), event.first("LAST-MODIFIED")
    if not stamp or not changed or stamp.value != changed.value:
        reading.report(event.line, "not repeatable", "DTSTAMP must be LAST-MODIFIED, or every answer is another")
    if not event.first("SEQUENCE"):
        reading.report(event.line, "no sequence", "programs would keep an older version")
    starts = event.first("DTSTART")
    if starts and event.first("RRULE") and _zone(starts) == "UTC":
        reading.report(starts.number, "repeated in UTC", "every date after a change of the clock is an hour off")
    summary = event.first("SUMMARY")
    if not summary or not summary.value.strip():
        reading.report(event.line, "no title", "SUMMARY")
    for name in ("SUMMARY", "DESCRIPTION", "CATEGORIES"):
        for line in event.all(name):
            if "LANGUAGE" not in line.parameters:
                reading.report(line.number, "no language", name)
    for line in event.properties:
        query = parse_qs(urlsplit(line.value).query) if line.name == "URL" and not values.uri(line.value) else {}
        if line.name in PERSONAL or line.value.lower().startswith("mailto:") or SECRET_PARAMETERS & query.keys():
            reading.report(line.number, "personal data", line.name)


def _check_calendar_promises(reading: Reading, calendar: Node) -> None:
    if not calendar.first("X-WR-CALNAME"):
        reading.report(calendar.line, "no name", "X-WR-CALNAME")
    for name in ("REFRESH-INTERVAL", "X-PUBLISHED-TTL"):
        if not calendar.first(name):
            reading.report(calendar.line, "no refresh", name)
    for line in calendar.all("METHOD"):
        reading.report(line.number, "method", "with one, DTSTAMP would be the time of sending")
