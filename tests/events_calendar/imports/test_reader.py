"""What is read out of calendars as other programs write them, time by time."""

import datetime
import time

import pytest

from events_calendar.imports.reader import ReadError, read
from tests.events_calendar.imports.feeds import calendar, event, timed

FIRST, LAST = datetime.date(2026, 9, 1), datetime.date(2028, 3, 31)


def only(*events: str, before: str = "") -> dict:
    found = read(calendar(*events, before=before).encode(), FIRST, LAST)
    assert found["skipped"] == []
    assert len(found["events"]) == 1
    return found["events"][0]


def weekly(**changed):
    return event(
        **{**timed("20261015T190000", "20261015T220000"), "RRULE": "FREQ=WEEKLY;INTERVAL=2;COUNT=6", **changed}
    )


DATES = ["2026-10-15", "2026-10-29", "2026-11-12", "2026-11-26", "2026-12-10", "2026-12-24"]


def test_every_other_thursday_stays_at_seven_when_the_clocks_change():
    found = only(weekly())
    assert found["dates"] == DATES
    assert (found["start_time"], found["end_time"], found["days"], found["changes"]) == ("19:00:00", "22:00:00", 0, {})


@pytest.mark.parametrize(
    "left_out",
    [
        {"EXDATE;TZID=Europe/Copenhagen": "20261029T190000"},
        {"EXDATE": "20261029T180000Z"},
        {"EXDATE;VALUE=DATE": "20261029"},
        {"EXDATE;TZID=Romance Standard Time": "20261029T190000"},
    ],
)
def test_a_date_that_is_left_out_is_no_date_however_it_is_written(left_out):
    assert "2026-10-29" not in only(weekly(**left_out))["dates"]
    assert len(only(weekly(**left_out))["dates"]) == 5


def test_added_dates_are_dates():
    assert "2026-11-01" in only(weekly(**{"RDATE;TZID=Europe/Copenhagen": "20261101T190000"}))["dates"]


def changed_date(start: str, end: str, original: str = "20261112T190000", **more: str) -> str:
    return event(
        **{
            **timed(start, end),
            "RRULE": None,
            "RECURRENCE-ID;TZID=Europe/Copenhagen": original,
            "SEQUENCE": "2",
            **more,
        }
    )


def test_a_moved_date_keeps_the_day_by_which_it_is_known():
    found = only(weekly(), changed_date("20261113T180000", "20261113T203000"))
    assert found["dates"] == DATES
    assert found["changes"] == {
        "2026-11-12": {"start": "2026-11-13T18:00:00", "end": "2026-11-13T20:30:00", "all_day": False}
    }


def test_a_cancelled_date_and_a_cancelled_event_are_cancelled():
    found = only(weekly(), changed_date("20261112T190000", "20261112T220000", STATUS="CANCELLED"))
    assert found["changes"] == {"2026-11-12": {"cancelled": True}}
    assert set(only(weekly(STATUS="CANCELLED"))["changes"]) == set(DATES)


def test_a_date_in_another_place_is_there():
    found = only(weekly(), changed_date("20261112T190000", "20261112T220000", LOCATION="Hallen"))
    assert found["changes"] == {"2026-11-12": {"place": "Hallen"}}


def test_whole_days_end_on_their_last_day():
    times = timed("20261224", "20261227", ";VALUE=DATE")
    found = only(event(**times, RRULE=None))
    assert (found["all_day"], found["dates"], found["days"]) == (True, ["2026-12-24"], 3)


@pytest.mark.parametrize(
    ("zone", "start", "end"),
    [
        ("", "20270114T190000", "20270114T210000"),
        ("", "20270114T180000Z", "20270114T200000Z"),
        (";TZID=Romance Standard Time", "20270114T190000", "20270114T210000"),
        (";TZID=Europe/London", "20270114T180000", "20270114T200000"),
        (";TZID=A zone that nobody knows", "20270114T190000", "20270114T210000"),
    ],
)
def test_zones_windows_names_and_missing_definitions(zone, start, end):
    found = only(event(**timed(start, end, zone), RRULE=None))
    assert (found["dates"], found["start_time"], found["end_time"]) == (["2027-01-14"], "19:00:00", "21:00:00")


def test_a_zone_of_its_own_is_taken_from_the_calendar():
    own_zone = (
        "BEGIN:VTIMEZONE\nTZID:Klubtid\nBEGIN:STANDARD\nDTSTART:19701025T030000\nTZOFFSETFROM:+0100\n"
        "TZOFFSETTO:+0000\nEND:STANDARD\nEND:VTIMEZONE"
    )
    found = only(event(**timed("20270114T180000", "20270114T200000", ";TZID=Klubtid"), RRULE=None), before=own_zone)
    assert found["start_time"] == "19:00:00"


def test_times_of_the_hour_that_is_left_out_are_no_dates():
    daily = event(**timed("20270326T023000", "20270326T033000"), RRULE="FREQ=DAILY;COUNT=4")
    assert only(daily)["dates"] == ["2027-03-26", "2027-03-27", "2027-03-29", "2027-03-30"], (
        "what is none does not count"
    )


def test_of_two_times_on_one_day_the_first_is_taken_over_and_the_other_is_reported():
    """What is changed of the second does not reach the first."""
    days = ["2027-01-14", "2027-01-21", "2027-01-28"]
    morning = {**timed("20270114T090000", "20270114T100000"), "RRULE": "FREQ=WEEKLY;COUNT=3"}
    twice = event(**morning, **{"RDATE;TZID=Europe/Copenhagen": "20270114T140000"})
    second = event(
        **{"RECURRENCE-ID;TZID=Europe/Copenhagen": "20270114T140000", **timed("20270114T150000", "20270114T160000")},
        RRULE=None,
        STATUS="CANCELLED",
    )
    found = read(calendar(twice, second).encode(), FIRST, LAST)
    assert [(one["dates"], one["changes"]) for one in found["events"]] == [(days, {})]
    assert [one["reason"] for one in found["skipped"]] == ["twice"]
    assert only(event(**morning))["dates"] == days


def test_past_midnight_and_without_an_end():
    assert only(event(**timed("20270114T220000", "20270115T013000"), RRULE=None))["days"] == 1
    without = event(**timed("20270114T190000", "x"), RRULE=None).replace("DTEND;TZID=Europe/Copenhagen:x\n", "")
    assert only(without)["end_time"] == "20:00:00"


def test_until_in_another_zone_and_rules_without_an_end():
    assert only(weekly(RRULE="FREQ=WEEKLY;UNTIL=20261029T180000Z"))["dates"][-1] == "2026-10-29"
    assert only(weekly(RRULE="FREQ=MONTHLY;BYDAY=3TH"))["dates"][-1] == "2028-03-16"


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=MINUTELY;COUNT=10",
        "FREQ=HOURLY",
        "FREQ=DAILY;COUNT=100000",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;INTERVAL=1000000",
        "FREQ=YEARLY;BYWEEKNO=53",
        "FREQ=DAILY;BYHOUR=1,2,3;BYMINUTE=1,2,3",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31",
        "FREQ=NONSENSE",
    ],
)
def test_hostile_rules_cost_little_and_the_rest_of_the_calendar_is_read(rule):
    start = time.monotonic()
    found = read(calendar(weekly(RRULE=rule), weekly().replace("chess@club", "good")).encode(), FIRST, LAST)
    assert time.monotonic() - start < 6
    good = [one for one in found["events"] if one["uid"] == "good"]
    assert len(good[0]["dates"]) == 6
    bad = [one for one in found["events"] if one["uid"] != "good"]
    assert found["skipped"] or bad[0]["dates"] == ["2026-10-15"]


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (b"", "empty"),
        (b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n", "empty"),
        (b"<!doctype html><title>Log in</title>", "malformed"),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\n", "malformed"),
        (b"\xff\xfe\x00\x01", "malformed"),
        (b"BEGIN:VEVENT\r\n" * 2001, "events"),
    ],
)
def test_what_is_no_calendar_is_refused(body, problem):
    with pytest.raises(ReadError, match=problem):
        read(body, FIRST, LAST)


def test_private_events_stay_private():
    found = read(
        calendar(weekly(CLASS="PRIVATE"), weekly(CLASS="PUBLIC").replace("chess@club", "open")).encode(), FIRST, LAST
    )
    assert [one["uid"] for one in found["events"]] == ["open"]


def test_one_broken_event_does_not_take_the_others_with_it():
    broken = weekly(**{"DTSTART;TZID=Europe/Copenhagen ": "not a date"}).replace("chess@club", "broken")
    found = read(calendar(broken, weekly()).encode(), FIRST, LAST)
    assert [one["uid"] for one in found["events"]] == ["chess@club"]
