"""Values of properties by their type (RFC 5545, 3.3): each function returns what is wrong, or nothing."""

import re
from collections.abc import Callable
from datetime import date, datetime

DATE = re.compile(r"\d{8}")
DATE_TIME = re.compile(r"\d{8}T\d{6}Z?")
DURATION = re.compile(r"[+-]?P(?:\d+W|(?=\d|T\d)(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+S)?)?)")
OFFSET = re.compile(r"[+-](?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?")
URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]+")
PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
RULE_PART = re.compile(r"([A-Z]+)=([A-Z0-9,+-]+)")
RULE_PARTS = {"FREQ", "UNTIL", "COUNT", "INTERVAL", "WKST"} | {
    f"BY{part}" for part in ("SECOND", "MINUTE", "HOUR", "DAY", "MONTHDAY", "YEARDAY", "WEEKNO", "MONTH", "SETPOS")
}
FREQUENCIES = {"SECONDLY", "MINUTELY", "HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY"}
Check = Callable[[str], str]


def text(value: str) -> str:
    """Check a text that is no list."""
    if re.search(r"(?<!\\)(?:\\\\)*,", value):
        return f"a comma that is not escaped: {value[:60]!r}"
    return texts(value)


def texts(value: str) -> str:
    """Check a text or a list of texts: which backslashes and semicolons may stand in it."""
    plain = re.sub(r"\\[\\;,nN]", "", value)
    if "\\" in plain:
        return f"a backslash that escapes nothing: {value[:60]!r}"
    if ";" in plain:
        return f"a semicolon that is not escaped: {value[:60]!r}"
    return ""


def when(value: str) -> date | datetime | None:
    """Return the date or the time that is written here, without its zone; None where it is neither."""
    try:
        if DATE.fullmatch(value):
            return datetime.strptime(value, "%Y%m%d").date()
        if DATE_TIME.fullmatch(value):
            return datetime.strptime(value[:15], "%Y%m%dT%H%M%S")
    except ValueError:
        pass
    return None


def day(value: str) -> str:
    """Check a date."""
    return "" if DATE.fullmatch(value) and when(value) else f"no date: {value!r}"


def moment(value: str) -> str:
    """Check a date with a time."""
    return "" if DATE_TIME.fullmatch(value) and when(value) else f"no time: {value!r}"


def utc_moment(value: str) -> str:
    """Check a time that must be in UTC."""
    return moment(value) or ("" if value.endswith("Z") else f"not in UTC: {value!r}")


def local_moment(value: str) -> str:
    """Check a time that must be without a zone, as in the rules of one."""
    return moment(value) or (f"in UTC: {value!r}" if value.endswith("Z") else "")


def duration(value: str) -> str:
    """Check a length of time."""
    return "" if DURATION.fullmatch(value) and value[-1] not in "PT" else f"no duration: {value!r}"


def offset(value: str) -> str:
    """Check a difference to UTC; there is no -0000."""
    return "" if OFFSET.fullmatch(value) and value not in ("-0000", "-000000") else f"no offset: {value!r}"


def uri(value: str) -> str:
    """Check an address."""
    return "" if URI.fullmatch(value) and not PERCENT.search(value) else f"no address: {value[:60]!r}"


def number(value: str) -> str:
    """Check a whole number that counts something."""
    return "" if re.fullmatch(r"\+?\d{1,10}", value) and int(value) < 2**31 else f"no number: {value!r}"


def place_on_earth(value: str) -> str:
    """Check a latitude and a longitude."""
    match = re.fullmatch(r"([+-]?\d+(?:\.\d+)?);([+-]?\d+(?:\.\d+)?)", value)
    return "" if match and abs(float(match[1])) <= 90 and abs(float(match[2])) <= 180 else f"no place: {value!r}"


def rule(value: str) -> str:
    """Check a rule of repetition by its parts."""
    parts: dict[str, str] = {}
    for part in value.split(";"):
        match = RULE_PART.fullmatch(part)
        if not match or match[1] not in RULE_PARTS or match[1] in parts:
            return f"no part of a rule, or one too many: {part!r}"
        parts[match[1]] = match[2]
    if parts.get("FREQ") not in FREQUENCIES:
        return f"a rule without a frequency: {value!r}"
    if {"UNTIL", "COUNT"} <= parts.keys():
        return f"a rule with two ends: {value!r}"
    return ""


def one_of(*allowed: str) -> Check:
    """Return a check for a word out of these."""
    return lambda value: "" if value in allowed else f"{value!r} is none of {', '.join(allowed)}"
