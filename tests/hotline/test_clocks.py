"""Danish time and the visitor's own, on the Mondays around both changes of the clock."""

import datetime

import pytest
from django.utils import translation

from hotline.words import call_in_words, is_zone, own_time_in_words
from tests.hotline.hotline_site import at

MONDAYS = {
    datetime.date(2026, 10, 19): ("", "07:00", "14:00", "16:45", "Tuesday, 20 October 2026, 00:00"),
    datetime.date(2026, 10, 26): ("", "08:00", "15:00", "17:45", "Tuesday, 27 October 2026, 01:00"),
    datetime.date(2026, 11, 2): ("", "07:00", "15:00", "17:45", "Tuesday, 3 November 2026, 01:00"),
    datetime.date(2027, 3, 22): ("", "08:00", "15:00", "17:45", "Tuesday, 23 March 2027, 01:00"),
    datetime.date(2027, 3, 29): ("", "07:00", "14:00", "16:45", "Tuesday, 30 March 2027, 00:00"),
}
ZONES = ("Europe/Copenhagen", "America/New_York", "Europe/Moscow", "Asia/Kathmandu", "Pacific/Auckland")


@pytest.mark.parametrize(
    ("day", "zone", "expected"),
    [(day, zone, clock) for day, clocks in MONDAYS.items() for zone, clock in zip(ZONES, clocks, strict=True)],
)
def test_one_oclock_in_denmark(day: datetime.date, zone: str, expected: str):
    with translation.override("en"):
        words = own_time_in_words(at(day, 13), zone, "en")
    assert words == (f"On your own clock: {expected}" if expected else "")


@pytest.mark.parametrize("day", list(MONDAYS))
def test_danish_time_is_named_and_never_changes(day: datetime.date):
    with translation.override("en"):
        words = call_in_words(at(day, 13), at(day, 13, 20), "en")
    assert words.endswith("13:00–13:20, Danish time")
    assert words.startswith("Monday")


@pytest.mark.parametrize("name", ["", "Mars/Olympus", "../../etc/passwd", "europe/copenhagen"])
def test_only_names_of_clocks_are_taken(name: str):
    assert not is_zone(name)
    assert own_time_in_words(at(datetime.date(2026, 10, 19), 13), name, "en") == ""
