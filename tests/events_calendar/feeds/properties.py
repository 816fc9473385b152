"""Which property may stand where, how often, and with what value (RFC 5545, 3.6 to 3.8; RFC 7986, 5)."""

from dataclasses import dataclass

from . import values
from .values import Check, one_of


@dataclass(frozen=True)
class Property:
    """What a component may have: `check` by the type of value that it is given, the first of them without a VALUE."""

    checks: dict[str, Check]
    is_required: bool = False
    may_repeat: bool = False
    must_name_type: bool = False


def _property(check: Check = values.text, kind: str = "TEXT", **options: bool) -> Property:
    return Property({kind: check}, **options)


REQUIRED = {"is_required": True}
REPEATED = {"may_repeat": True}
TIMES = {"DATE-TIME": values.moment, "DATE": values.day}
UTC_MOMENT = _property(values.utc_moment, "DATE-TIME")
ADDRESS = _property(values.uri, "URI")

CALENDAR = {
    "PRODID": _property(**REQUIRED),
    "VERSION": _property(one_of("2.0"), **REQUIRED),
    "CALSCALE": _property(one_of("GREGORIAN")),
    "METHOD": _property(one_of("PUBLISH", "REQUEST", "CANCEL")),
    "NAME": _property(**REPEATED),
    "DESCRIPTION": _property(**REPEATED),
    "UID": _property(),
    "LAST-MODIFIED": UTC_MOMENT,
    "URL": ADDRESS,
    "CATEGORIES": _property(values.texts, **REPEATED),
    "REFRESH-INTERVAL": _property(values.duration, "DURATION", must_name_type=True),
    "SOURCE": _property(values.uri, "URI", must_name_type=True),
    "X-PUBLISHED-TTL": _property(values.duration, "DURATION"),
    "X-WR-CALNAME": _property(),
}
EVENT = {
    "UID": _property(**REQUIRED),
    "DTSTAMP": _property(values.utc_moment, "DATE-TIME", **REQUIRED),
    "DTSTART": Property(TIMES, is_required=True),
    "DTEND": Property(TIMES),
    "DURATION": _property(values.duration, "DURATION"),
    "CREATED": UTC_MOMENT,
    "LAST-MODIFIED": UTC_MOMENT,
    "SEQUENCE": _property(values.number, "INTEGER"),
    "SUMMARY": _property(),
    "DESCRIPTION": _property(),
    "LOCATION": _property(),
    "GEO": _property(values.place_on_earth, "FLOAT"),
    "URL": ADDRESS,
    "CATEGORIES": _property(values.texts, **REPEATED),
    "STATUS": _property(one_of("TENTATIVE", "CONFIRMED", "CANCELLED")),
    "TRANSP": _property(one_of("OPAQUE", "TRANSPARENT")),
    "CLASS": _property(one_of("PUBLIC", "PRIVATE", "CONFIDENTIAL")),
    "RECURRENCE-ID": Property(TIMES),
    "RRULE": _property(values.rule, "RECUR"),
    "RDATE": Property(TIMES, may_repeat=True),
    "EXDATE": Property(TIMES, may_repeat=True),
    "ORGANIZER": _property(values.uri, "CAL-ADDRESS"),
    "ATTENDEE": _property(values.uri, "CAL-ADDRESS", **REPEATED),
    "CONTACT": _property(**REPEATED),
}
ZONE = {"TZID": _property(**REQUIRED), "LAST-MODIFIED": UTC_MOMENT, "TZURL": ADDRESS}
OBSERVANCE = {
    "DTSTART": _property(values.local_moment, "DATE-TIME", **REQUIRED),
    "TZOFFSETFROM": _property(values.offset, "UTC-OFFSET", **REQUIRED),
    "TZOFFSETTO": _property(values.offset, "UTC-OFFSET", **REQUIRED),
    "RRULE": _property(values.rule, "RECUR"),
    "RDATE": _property(values.local_moment, "DATE-TIME", **REPEATED),
    "TZNAME": _property(**REPEATED),
}
COMPONENTS = {
    "VCALENDAR": CALENDAR,
    "VEVENT": EVENT,
    "VTIMEZONE": ZONE,
    "STANDARD": OBSERVANCE,
    "DAYLIGHT": OBSERVANCE,
}
INSIDE = {"VCALENDAR": {"VEVENT", "VTIMEZONE"}, "VTIMEZONE": {"STANDARD", "DAYLIGHT"}}
"""What may stand in what; our feeds have no alarms, tasks or journals."""
LISTS_OF_TIMES = {"RDATE", "EXDATE"}
