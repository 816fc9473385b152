"""Faults that calendar files in the wild have, each put into a feed that has none."""

from collections.abc import Callable
from typing import NamedTuple


class Fault(NamedTuple):
    """What is done to a feed, and as what kind the checker must find it."""

    name: str
    kind: str
    apply: Callable[[bytes], bytes]


def swap(old: str, new: str) -> Callable[[bytes], bytes]:
    """Replace the first place where this stands; a fault that changes nothing would prove nothing."""

    def apply(feed: bytes) -> bytes:
        assert old.encode() in feed, f"the feed has no {old!r}"
        return feed.replace(old.encode(), new.encode(), 1)

    return apply


def drop(line: str) -> Callable[[bytes], bytes]:
    """Leave a line out."""
    return swap(f"\r\n{line}\r\n", "\r\n")


def in_event(line: str) -> Callable[[bytes], bytes]:
    """Add a line to the event that has a time and every property."""
    return swap("UID:timed\r\n", f"UID:timed\r\n{line}\r\n")


def _unfold(feed: bytes) -> bytes:
    return feed.replace(b"\r\n ", b"")


def _fold_inside_a_character(feed: bytes) -> bytes:
    letter = "é".encode()
    return feed.replace(letter, letter[:1] + b"\r\n " + letter[1:], 1)


def _without_zone(feed: bytes) -> bytes:
    start, end = feed.index(b"BEGIN:VTIMEZONE"), feed.index(b"END:VTIMEZONE\r\n") + len(b"END:VTIMEZONE\r\n")
    return feed[:start] + feed[end:]


def _zone_twice(feed: bytes) -> bytes:
    start, end = feed.index(b"BEGIN:VTIMEZONE"), feed.index(b"END:VTIMEZONE\r\n") + len(b"END:VTIMEZONE\r\n")
    return feed[:end] + feed[start:]


def _without_rules(feed: bytes) -> bytes:
    start, end = feed.index(b"BEGIN:DAYLIGHT"), feed.index(b"END:VTIMEZONE")
    return feed[:start] + feed[end:]


def _nothing_inside(feed: bytes) -> bytes:
    return feed[: feed.index(b"BEGIN:VTIMEZONE")] + b"END:VCALENDAR\r\n"


START = "DTSTART;TZID=Europe/Copenhagen:20261015T190000"
END = "DTEND;TZID=Europe/Copenhagen:20261015T220000"
DAY = "DTSTART;VALUE=DATE:20261001"
DAY_AFTER = "DTEND;VALUE=DATE:20261002"
STAMP = "DTSTAMP:20260901T083015Z"
CHANGED = "LAST-MODIFIED:20260901T083015Z"
TITLE = "SUMMARY;LANGUAGE=da:Sprogcafé"

OCTETS = [
    Fault("a byte order mark", "byte order mark", lambda feed: b"\xef\xbb\xbf" + feed),
    Fault("lines of Unix", "line end", lambda feed: feed.replace(b"\r\n", b"\n")),
    Fault("one bare line feed", "line end", swap("\r\nSTATUS", "\nSTATUS")),
    Fault("one bare carriage return", "line end", swap("\r\nSTATUS", "\rSTATUS")),
    Fault("no end of the last line", "line end", lambda feed: feed.removesuffix(b"\r\n")),
    Fault("no folding", "line too long", _unfold),
    Fault("a fold inside a character", "folded inside a character", _fold_inside_a_character),
    Fault("an empty line", "empty line", swap("\r\nSTATUS", "\r\n\r\nSTATUS")),
    Fault("Latin 1", "encoding", lambda feed: feed.replace("é".encode(), "é".encode("latin-1"))),
    Fault("a control character", "control character", swap("Sprogcafé", "Sprog\x07café")),
    Fault("a NUL", "control character", swap("Sprogcafé", "Sprog\x00café")),
    Fault("a line separator of Unicode", "foreign line separator", swap("Sprogcafé", "Sprog\u2028café")),
]
LINES = [
    Fault("a line without a name", "no content line", swap(TITLE, "Sprogcafé")),
    Fault("a line break inside a title", "no content line", swap("Sprogcafé", "Sprog\r\ncafé")),
    Fault("a quote inside a parameter", "no content line", swap("LANGUAGE=da", 'LANGUAGE=d"a')),
    Fault("a parameter twice", "repeated parameter", swap("LANGUAGE=da", "LANGUAGE=da;LANGUAGE=en")),
    Fault("a language that is none", "language", swap("LANGUAGE=da", "LANGUAGE=da_DK")),
    Fault("a language that is empty", "language", swap("LANGUAGE=da", "LANGUAGE=")),
]
COMPONENTS = [
    Fault("an event that is never ended", "nesting", drop("END:VEVENT")),
    Fault("an end too many", "nesting", swap("END:VEVENT\r\n", "END:VEVENT\r\nEND:VEVENT\r\n")),
    Fault("a file that stops", "nesting", lambda feed: feed[: feed.rindex(b"STATUS")]),
    Fault("an event in an event", "component out of place", in_event("BEGIN:VEVENT\r\nEND:VEVENT")),
    Fault("an unknown component", "component out of place", in_event("BEGIN:VFOO\r\nEND:VFOO")),
    Fault("text after the calendar", "outside the calendar", lambda feed: feed + b"X-MORE:1\r\n"),
    Fault("two calendars", "number of calendars", lambda feed: feed + feed),
    Fault("an empty file", "number of calendars", lambda feed: b""),
    Fault("a calendar with nothing inside", "empty calendar", _nothing_inside),
]
PROPERTIES = [
    Fault("no version", "missing property", drop("VERSION:2.0")),
    Fault("no product", "missing property", drop("PRODID:-//Newcomer portal//Activity calendar//EN")),
    Fault("no UID", "missing property", drop("UID:timed")),
    Fault("no DTSTAMP", "missing property", drop(STAMP)),
    Fault("no DTSTART", "missing property", drop(START)),
    Fault("a zone without a name", "missing property", drop("TZID:Europe/Copenhagen")),
    Fault("an empty UID", "empty property", swap("UID:timed", "UID:")),
    Fault("two titles", "repeated property", in_event("SUMMARY;LANGUAGE=en:Language café")),
    Fault("two starts", "repeated property", in_event(START)),
    Fault("a property of another component", "property out of place", in_event("TZNAME:CET")),
    Fault("a property that nobody knows", "property out of place", in_event("COLOUR:red")),
]
VALUES = [
    Fault("version 1.0", "value", swap("VERSION:2.0", "VERSION:1.0")),
    Fault("another calendar than ours", "value", swap("CALSCALE:GREGORIAN", "CALSCALE:JULIAN")),
    Fault("a comma that is not escaped", "value", swap("Sprogcafé", "Kaffe, kage")),
    Fault("a semicolon that is not escaped", "value", swap("Sprogcafé", "Kaffe; kage")),
    Fault("a backslash that escapes nothing", "value", swap("Sprogcafé", "Kaffe\\kage")),
    Fault("a backslash at the end", "value", swap("Sprogcafé", "Kaffe\\")),
    Fault("a day that does not exist", "value", swap(DAY, "DTSTART;VALUE=DATE:20260230")),
    Fault("an hour that does not exist", "value", swap("T190000", "T250000")),
    Fault("a date with hyphens", "value", swap("T190000", "T19:00:00")),
    Fault("a DTSTAMP that is not in UTC", "value", swap(STAMP, STAMP.removesuffix("Z"))),
    Fault("a change that is not in UTC", "value", swap(CHANGED, CHANGED.removesuffix("Z"))),
    Fault("a status that events do not have", "value", swap("STATUS:CONFIRMED", "STATUS:NEEDS-ACTION")),
    Fault("a negative sequence", "value", swap("SEQUENCE:3", "SEQUENCE:-1")),
    Fault("a sequence in words", "value", swap("SEQUENCE:3", "SEQUENCE:three")),
    Fault("an address with a space", "value", swap("URL:https://example.dk/", "URL:https://example.dk/ ")),
    Fault("an address without a scheme", "value", swap("URL:https://example.dk/", "URL:/")),
    Fault("an address with letters that it cannot have", "value", swap("URL:https://example.dk/", "URL:https://ø.dk/")),
    Fault("a duration that is none", "value", swap("X-PUBLISHED-TTL:PT4H", "X-PUBLISHED-TTL:4H")),
    Fault("an offset without a sign", "value", swap("TZOFFSETTO:+0200", "TZOFFSETTO:0200")),
    Fault("a rule with two ends", "value", in_event("RRULE:FREQ=DAILY;COUNT=3;UNTIL=20261231T000000Z")),
    Fault("a rule without a frequency", "value", in_event("RRULE:COUNT=3")),
    Fault("a date that says it is a time", "type of value", swap(DAY, "DTSTART;VALUE=PERIOD:20261001")),
    Fault("a date without VALUE", "value", swap(DAY, "DTSTART:20261001")),
    Fault(
        "a refresh without its type",
        "type of value",
        swap("REFRESH-INTERVAL;VALUE=DURATION:PT4H", "REFRESH-INTERVAL:PT4H"),
    ),
]
TIMES = [
    Fault("an end before the start", "ends before it begins", swap(END, END.replace("T22", "T18"))),
    Fault("an end at the start", "ends before it begins", swap(END, END.replace("T22", "T19"))),
    Fault("an end in UTC before the start", "ends before it begins", swap(END, "DTEND:20261015T163000Z")),
    Fault(
        "the last day instead of the day after", "ends before it begins", swap(DAY_AFTER, "DTEND;VALUE=DATE:20261001")
    ),
    Fault("a start with a time, an end without", "not as the start", swap(END, "DTEND;VALUE=DATE:20261016")),
    Fault("an exception in another zone", "not as the start", in_event("EXDATE:20261015T170000Z")),
    Fault("a moved date in another zone", "not as the start", in_event("RECURRENCE-ID:20261015T170000Z")),
    Fault("a last day in local time", "not as the start", in_event("RRULE:FREQ=DAILY;UNTIL=20261231T190000")),
    Fault("a last day without a time", "not as the start", in_event("RRULE:FREQ=DAILY;UNTIL=20261231")),
    Fault("an end and a duration", "two ends", in_event("DURATION:PT3H")),
    Fault("a zone and UTC", "two zones", swap(START, f"{START}Z")),
    Fault("a zone of a date", "zone of a date", swap(DAY, "DTSTART;VALUE=DATE;TZID=Europe/Copenhagen:20261001")),
    Fault("an hour that no clock shows", "skipped hour", swap(START, START.replace("20261015T19", "20260329T02"))),
    Fault("a floating time", "floating time", swap(START, "DTSTART:20261015T190000")),
    Fault("a repetition in UTC", "repeated in UTC", swap(START, "RRULE:FREQ=WEEKLY\r\nDTSTART:20261015T170000Z")),
]
ZONES = [
    Fault("no zone in the file", "unknown time zone", _without_zone),
    Fault("a zone with another name", "unknown time zone", swap("\nTZID:Europe/Copenhagen", "\nTZID:Europe/Berlin")),
    Fault("a zone that nobody knows", "name of a time zone", swap("\nTZID:Europe/Copenhagen", "\nTZID:Danish")),
    Fault("a zone twice", "repeated time zone", _zone_twice),
    Fault("a zone without rules", "time zone without rules", _without_rules),
    Fault("a change one hour late", "rules of a time zone", swap("19700329T020000", "19700329T030000")),
    Fault("a change on another Sunday", "rules of a time zone", swap("BYMONTH=10;BYDAY=-1SU", "BYMONTH=10;BYDAY=4SU")),
    Fault(
        "offsets the wrong way round",
        "rules of a time zone",
        swap("FROM:+0100\r\nTZOFFSETTO:+0200", "FROM:+0200\r\nTZOFFSETTO:+0100"),
    ),
    Fault("no winter time", "rules of a time zone", swap("BYMONTH=10", "BYMONTH=10;COUNT=1")),
    Fault("rules that nobody can follow", "rules of a time zone", swap("19700329T020000", "spring")),
]
IDENTITIES_AND_PROMISES = [
    Fault("a UID twice", "repeated identity", swap("UID:cancelled", "UID:timed")),
    Fault("a DTSTAMP of now", "not repeatable", swap(STAMP, "DTSTAMP:20261122T100000Z")),
    Fault("no LAST-MODIFIED", "not repeatable", drop(CHANGED)),
    Fault("no sequence", "no sequence", drop("SEQUENCE:3")),
    Fault("no title", "no title", drop(TITLE)),
    Fault("an empty title", "no title", swap(TITLE, "SUMMARY;LANGUAGE=da: ")),
    Fault("a title without its language", "no language", swap(TITLE, "SUMMARY:Sprogcafé")),
    Fault("no name", "no name", drop("X-WR-CALNAME:Kalender")),
    Fault("no refresh", "no refresh", drop("REFRESH-INTERVAL;VALUE=DURATION:PT4H")),
    Fault("a method", "method", swap("CALSCALE:GREGORIAN", "CALSCALE:GREGORIAN\r\nMETHOD:PUBLISH")),
    Fault("a person who comes", "personal data", in_event("ATTENDEE;CN=Anna:mailto:anna@example.dk")),
    Fault("a person behind it", "personal data", in_event("ORGANIZER:mailto:anna@example.dk")),
    Fault("a link that only one person may have", "personal data", swap("?m=holstebro", "?token=4f1c")),
]
FAULTS = [*OCTETS, *LINES, *COMPONENTS, *PROPERTIES, *VALUES, *TIMES, *ZONES, *IDENTITIES_AND_PROMISES]
