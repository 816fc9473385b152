"""The checker finds every fault that is put into a feed, and none in a feed that has none."""

import re
from pathlib import Path

import pytest

from portal.icalendar.calendar import write
from tests.events_calendar.feeds.checker import check
from tests.events_calendar.feeds.dates import every_kind, two_years
from tests.events_calendar.feeds.faults import FAULTS, Fault

FEED = write(every_kind(), "Kalender", "da")
OTHER_CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Somebody//Else//EN
X-WR-CALNAME:Somebody else's
REFRESH-INTERVAL;VALUE=DURATION:P1DT12H
X-PUBLISHED-TTL:P1W
URL;VALUE=URI:https://example.org/a%20b?c=d#e
BEGIN:VTIMEZONE
TZID:America/New_York
BEGIN:STANDARD
DTSTART:19671029T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10;COUNT=40
TZOFFSETFROM:-0400
TZOFFSETTO:-0500
TZNAME:EST
END:STANDARD
BEGIN:STANDARD
DTSTART:20071104T020000
RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11
TZOFFSETFROM:-0400
TZOFFSETTO:-0500
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19870405T020000
RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=4;COUNT=20
TZOFFSETFROM:-0500
TZOFFSETTO:-0400
END:DAYLIGHT
BEGIN:DAYLIGHT
DTSTART:20070311T020000
RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3
TZOFFSETFROM:-0500
TZOFFSETTO:-0400
END:DAYLIGHT
END:VTIMEZONE
begin:vevent
UID:20061009T1@example.org
DTSTAMP:20061009T120000Z
LAST-MODIFIED:20061009T120000Z
SEQUENCE:0
DTSTART;X-NOTE="a: b; c, d";TZID=America/New_York:20061009T190000
DURATION:PT1H30M
RRULE:FREQ=WEEKLY;UNTIL=20061231T000000Z;BYDAY=MO,-1TH
EXDATE;TZID=America/New_York:20061016T190000,20061023T190000
SUMMARY;LANGUAGE=en-US;ALTREP="https://example.org/":A \\; b\\, c \\\\ d\\n
\x20e
CATEGORIES;LANGUAGE=en:One,Two\\, too
GEO:37.386013;-122.082932
X-ANYTHING;FOO=bar:,;\\q
end:vevent
END:VCALENDAR
""".replace("\n", "\r\n").replace("\r\n\x20", "\r\n ")


def kinds_in_the_source() -> set[str]:
    folder = Path(__file__).parent
    return {
        kind
        for path in folder.glob("*.py")
        if not path.name.startswith("test_")
        for kind in re.findall(r'\.report\([^"]+?, "([^"]+)"', path.read_text())
    }


@pytest.mark.parametrize("fault", FAULTS, ids=[fault.name for fault in FAULTS])
def test_every_fault_is_found(fault: Fault) -> None:
    broken = fault.apply(FEED)
    assert broken != FEED
    assert fault.kind in {finding.kind for finding in check(broken)}


def test_every_kind_that_the_checker_knows_is_tried() -> None:
    assert {fault.kind for fault in FAULTS} == kinds_in_the_source()
    assert len(FAULTS) > 90


def test_a_feed_of_ours_has_no_faults() -> None:
    assert check(FEED) == []


def test_two_years_of_activities_have_no_faults() -> None:
    assert check(write(two_years(), "Kalender", "da")) == []


def test_a_feed_without_activities_has_no_faults() -> None:
    assert check(write([], "Kalender", "da")) == []


def test_what_others_write_rightly_is_no_fault() -> None:
    assert check(OTHER_CALENDAR.encode()) == []
