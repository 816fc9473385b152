"""What stands in a feed, line by line."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from portal.icalendar.calendar import Entry, Status, write
from tests.events_calendar.feeds.dates import CHANGES, danish, entry, every_kind, two_years


def lines_of(*entries: Entry) -> list[str]:
    """Return the unfolded lines of the events of a feed."""
    text = write(entries, "Kalender", "da").decode().replace("\r\n ", "")
    return text[text.index("BEGIN:VEVENT") :].splitlines()


def test_an_activity_takes_place_by_the_danish_clock() -> None:
    lines = lines_of(entry())
    assert "DTSTART;TZID=Europe/Copenhagen:20261015T190000" in lines
    assert "DTEND;TZID=Europe/Copenhagen:20261015T220000" in lines


def test_in_winter_the_same_activity_takes_place_at_the_same_hour() -> None:
    lines = lines_of(entry(starts=danish(date(2026, 10, 29), 19), ends=danish(date(2026, 10, 29), 22)))
    assert "DTSTART;TZID=Europe/Copenhagen:20261029T190000" in lines


def test_moments_in_any_zone_are_understood() -> None:
    new_york = datetime(2026, 10, 15, 13, tzinfo=ZoneInfo("America/New_York"))
    assert lines_of(entry(starts=new_york)) == lines_of(entry())


def test_an_activity_over_midnight_ends_the_next_day() -> None:
    lines = lines_of(entry(starts=danish(date(2026, 12, 31), 22), ends=danish(date(2027, 1, 1), 2)))
    assert "DTEND;TZID=Europe/Copenhagen:20270101T020000" in lines


def test_whole_days_have_no_clock_and_end_the_day_after() -> None:
    lines = lines_of(entry(starts=date(2026, 10, 24), ends=date(2026, 10, 26)))
    assert "DTSTART;VALUE=DATE:20261024" in lines
    assert "DTEND;VALUE=DATE:20261026" in lines


def test_a_time_in_the_hour_that_comes_twice_is_written_in_utc() -> None:
    again = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert {"DTSTART:20261025T003000Z", "DTEND:20261025T013000Z"} < set(
        lines_of(entry(starts=again - timedelta(hours=1), ends=again))
    )


def test_an_activity_by_another_clock_is_written_in_utc() -> None:
    assert "DTSTART:20261015T170000Z" in lines_of(entry(zone="Europe/Warsaw"))


def test_a_clock_that_nobody_knows_breaks_nothing() -> None:
    assert "DTSTART:20261015T170000Z" in lines_of(entry(zone="Jutland/Struer"))


def test_what_a_date_is_known_by_and_when_it_was_changed() -> None:
    lines = lines_of(
        entry(uid="a-b-c", sequence=4, changed_at=datetime(2026, 9, 1, 10, 30, 15, 999, timezone(timedelta(hours=2))))
    )
    assert {"UID:a-b-c", "SEQUENCE:4", "DTSTAMP:20260901T083015Z", "LAST-MODIFIED:20260901T083015Z"} < set(lines)


def test_a_cancelled_date_stays_and_says_so() -> None:
    assert "STATUS:CONFIRMED" in lines_of(entry())
    assert "STATUS:CANCELLED" in lines_of(entry(status=Status.CANCELLED))


def test_offers_leave_the_reader_free_and_a_date_that_was_signed_up_for_does_not() -> None:
    assert "TRANSP:TRANSPARENT" in lines_of(entry())
    assert "TRANSP:OPAQUE" in lines_of(entry(busy=True))


def test_texts_carry_their_language_and_categories_that_of_the_calendar() -> None:
    one = entry(language="da", summary="Sprogcafé", description="Kom!", categories=("Język", "Kawa, herbata"))
    text = write([one], "Kalendarz", "pl").decode()
    assert "NAME;LANGUAGE=pl:Kalendarz\r\nX-WR-CALNAME:Kalendarz\r\n" in text
    assert "SUMMARY;LANGUAGE=da:Sprogcafé\r\n" in text
    assert "DESCRIPTION;LANGUAGE=da:Kom!\r\n" in text
    assert "CATEGORIES;LANGUAGE=pl:Język,Kawa\\, herbata\r\n" in text


def test_empty_properties_are_left_out() -> None:
    names = {line.partition(":")[0].partition(";")[0] for line in lines_of(entry())}
    assert not names & {"DESCRIPTION", "LOCATION", "CATEGORIES", "URL"}


def test_an_address_has_only_the_letters_that_an_address_may_have() -> None:
    lines = lines_of(entry(url="https://example.dk/da/sprogcafé/?a=b&c=\r\nX-EVIL:1"))
    assert "URL:https://example.dk/da/sprogcaf%C3%A9/?a=b&c=%0D%0AX-EVIL:1" in lines
    assert "URL:https://example.dk/100%25/%C3%A9" in lines_of(entry(url="https://example.dk/100%/%C3%A9"))


def test_programs_are_asked_to_come_back_after_four_hours() -> None:
    feed = write([], "Kalender", "da")
    assert b"\r\nREFRESH-INTERVAL;VALUE=DURATION:PT4H\r\nX-PUBLISHED-TTL:PT4H\r\n" in feed


def test_the_same_dates_give_the_same_octets_in_whichever_order_they_come() -> None:
    entries = every_kind() + two_years()
    assert write(entries, "Kalender", "da") == write(reversed(entries), "Kalender", "da")


def test_dates_stand_in_order_of_time() -> None:
    later, day, earlier = entry(uid="later"), entry(uid="day", starts=CHANGES[0], ends=CHANGES[1]), entry(uid="earlier")
    earlier = entry(uid="earlier", starts=earlier.starts - timedelta(days=1))
    lines = [line for line in lines_of(day, later, earlier) if line.startswith("UID")]
    assert lines == ["UID:earlier", "UID:later", "UID:day"]


@pytest.mark.parametrize(
    "values",
    [
        {"starts": datetime(2026, 10, 15, 19)},
        {"ends": datetime(2026, 10, 15, 22)},
        {"changed_at": datetime(2026, 10, 15, 22)},
        {"starts": date(2026, 10, 15)},
        {"ends": date(2026, 10, 16)},
        {"starts": date(2026, 10, 15), "ends": date(2026, 10, 15)},
        {"ends": datetime(2026, 10, 15, 17, tzinfo=UTC)},
    ],
)
def test_a_date_that_cannot_be_is_refused(values: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"without a zone|both|not after"):
        entry(**values)
