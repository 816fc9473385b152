"""Danish time in calendar files: the rules that travel inside the file, and when a time can be written by them.

Programs that do not know the name of the zone read its rules here, and those that do know it come to the same times.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

COPENHAGEN = "Europe/Copenhagen"
COPENHAGEN_TIME = ZoneInfo(COPENHAGEN)
COPENHAGEN_RULES = (
    "BEGIN:VTIMEZONE",
    f"TZID:{COPENHAGEN}",
    f"X-LIC-LOCATION:{COPENHAGEN}",
    "BEGIN:DAYLIGHT",
    "TZNAME:CEST",
    "TZOFFSETFROM:+0100",
    "TZOFFSETTO:+0200",
    "DTSTART:19700329T020000",
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
    "END:DAYLIGHT",
    "BEGIN:STANDARD",
    "TZNAME:CET",
    "TZOFFSETFROM:+0200",
    "TZOFFSETTO:+0100",
    "DTSTART:19701025T030000",
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
    "END:STANDARD",
    "END:VTIMEZONE",
)
"""Right from 1997 on. DTSTART is the clock before the change, as the standard asks: libraries that write it after the
change move every summer date by an hour in programs that follow the rules."""


def danish_clock(moment: datetime) -> datetime | None:
    """Return what a Danish clock shows, or None in the hour of autumn that comes twice.

    By the standard the first of the two is meant, but ical.js reads the second: such a time has to be written in UTC.
    """
    local = moment.astimezone(COPENHAGEN_TIME)
    return None if local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset() else local
