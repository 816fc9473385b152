"""Which dates follow from a schedule, and at what moment each begins."""

import datetime
from dataclasses import replace
from itertools import pairwise

import pytest

from events_calendar.public_holidays import public_holidays
from events_calendar.schedules import Instance, Schedule, days_left_out, expand

THURSDAY, FRIDAY = 3, 4
EVENING = {"start_time": datetime.time(19), "end_time": datetime.time(22)}
SOME_DAY = datetime.date(2026, 10, 15)


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def utc(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text).replace(tzinfo=datetime.UTC)


def dates(schedule: Schedule, first: str, last: str) -> list[str]:
    holidays = public_holidays(schedule.start_date, day(last))
    return [instance.original_date.isoformat() for instance in expand(schedule, day(first), day(last), holidays)]


def one(start: str, **fields: object) -> Instance:
    (instance,) = expand(Schedule(start_date=day(start), **fields), day(start), day(start))
    return instance


# Across the changes of the clock --------------------------------------------------------------------------------------


def test_every_other_thursday_evening_stays_at_seven_when_the_clocks_change():
    schedule = Schedule(start_date=SOME_DAY, frequency="weekly", interval=2, weekdays=(THURSDAY,), **EVENING)
    starts = {one.original_date.isoformat(): one.starts_at for one in expand(schedule, SOME_DAY, day("2027-04-30"))}
    assert starts["2026-10-15"] == utc("2026-10-15 17:00")
    assert starts["2026-10-29"] == utc("2026-10-29 18:00")
    assert starts["2027-04-01"] == utc("2027-04-01 17:00")
    assert "2026-10-22" not in starts


def test_three_years_of_thursdays_cross_six_changes_without_a_gap_or_a_double():
    schedule = Schedule(start_date=SOME_DAY, frequency="weekly", weekdays=(THURSDAY,), **EVENING)
    found = expand(schedule, SOME_DAY, day("2029-10-14"))
    assert {(one.local_start.time(), one.local_end.time()) for one in found} == {(datetime.time(19), datetime.time(22))}
    days = [one.original_date for one in found]
    assert days == [SOME_DAY + datetime.timedelta(weeks=number) for number in range(157)]
    hours = [one.starts_at.hour for one in found]
    assert set(hours) == {17, 18}
    assert sum(before != after for before, after in pairwise(hours)) == 6


def test_a_night_that_is_put_back_lasts_an_hour_longer():
    instance = one("2026-10-24", start_time=datetime.time(20), end_time=datetime.time(6), end_day_offset=1)
    assert instance.local_end == datetime.datetime(2026, 10, 25, 6)
    assert instance.ends_at - instance.starts_at == datetime.timedelta(hours=11)


def test_the_hour_that_comes_twice_means_the_first_of_the_two():
    instance = one("2026-10-25", start_time=datetime.time(2, 30), end_time=datetime.time(5))
    assert instance.starts_at == utc("2026-10-25 00:30")


def test_a_time_that_is_left_out_moves_forward_by_an_hour():
    instance = one("2027-03-28", start_time=datetime.time(2, 30), end_time=datetime.time(5))
    assert instance.starts_at == utc("2027-03-28 01:30")
    assert instance.local_start == datetime.datetime(2027, 3, 28, 3, 30)


def test_what_lies_in_the_left_out_hour_keeps_its_length():
    instance = one("2027-03-28", start_time=datetime.time(2, 30), end_time=datetime.time(3))
    assert instance.ends_at - instance.starts_at == datetime.timedelta(minutes=30)


def test_a_rule_has_no_date_where_its_start_is_left_out_and_does_not_count_it():
    schedule = Schedule(
        start_date=day("2027-03-21"),
        frequency="weekly",
        weekdays=(6,),
        start_time=datetime.time(2, 30),
        end_time=datetime.time(5),
        count=3,
    )
    last = day("2027-06-30")
    assert [str(one.original_date) for one in expand(schedule, SOME_DAY, last)] == [
        "2027-03-21",
        "2027-04-04",
        "2027-04-11",
    ]
    assert days_left_out(schedule, last) == [day("2027-03-28")]
    for other in ({"start_time": datetime.time(3)}, {"start_time": None, "end_time": None}, {"frequency": "once"}):
        assert days_left_out(replace(schedule, **other), last) == []


def test_a_date_soon_after_midnight_stays_on_its_day():
    schedule = Schedule(
        start_date=SOME_DAY,
        frequency="weekly",
        weekdays=(THURSDAY,),
        start_time=datetime.time(0, 30),
        end_time=datetime.time(2),
    )
    found = expand(schedule, SOME_DAY, day("2027-06-30"))
    assert {one.local_start.weekday() for one in found} == {THURSDAY}


# How long -------------------------------------------------------------------------------------------------------------


def test_past_midnight_ends_on_the_next_day():
    instance = one("2026-10-16", start_time=datetime.time(22), end_time=datetime.time(2), end_day_offset=1)
    assert instance.ends_at - instance.starts_at == datetime.timedelta(hours=4)


def test_from_friday_to_sunday():
    instance = one("2026-10-16", start_time=datetime.time(18), end_time=datetime.time(15), end_day_offset=2)
    assert instance.local_end == datetime.datetime(2026, 10, 18, 15)


def test_a_whole_day_ends_at_the_next_midnight_of_denmark():
    assert one("2026-10-25").starts_at == utc("2026-10-24 22:00")
    assert one("2026-10-25").ends_at == utc("2026-10-25 23:00")
    assert one("2026-10-16", end_day_offset=2).local_end == datetime.datetime(2026, 10, 19)


# Rules ----------------------------------------------------------------------------------------------------------------


def test_odd_weeks_are_right_over_week_53():
    schedule = Schedule(start_date=day("2026-12-01"), frequency="odd_weeks", weekdays=(THURSDAY,), **EVENING)
    assert dates(schedule, "2026-12-01", "2027-01-31") == [
        "2026-12-03",  # 49
        "2026-12-17",  # 51
        "2026-12-31",  # 53
        "2027-01-07",  # 1
        "2027-01-21",  # 3
    ]


def test_even_weeks_have_a_pause_of_three_weeks_after_week_52_of_a_long_year():
    schedule = Schedule(start_date=day("2026-12-01"), frequency="even_weeks", weekdays=(THURSDAY,), **EVENING)
    assert dates(schedule, "2026-12-01", "2027-01-31") == ["2026-12-10", "2026-12-24", "2027-01-14", "2027-01-28"]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"frequency": "once"}, ["2026-10-15"]),
        ({"frequency": "daily", "interval": 3, "count": 3}, ["2026-10-15", "2026-10-18", "2026-10-21"]),
        ({"frequency": "weekly", "weekdays": (0, 3), "count": 3}, ["2026-10-15", "2026-10-19", "2026-10-22"]),
        ({"frequency": "weekly", "weekdays": (2,), "count": 1}, ["2026-10-21"]),
        (
            {"frequency": "weekly", "weekdays": (3,), "until": day("2026-10-29")},
            ["2026-10-15", "2026-10-22", "2026-10-29"],
        ),
        (
            {"frequency": "monthly_nth", "weekdays": (1,), "nth": (1,), "count": 3},
            ["2026-11-03", "2026-12-01", "2027-01-05"],
        ),
        (
            {"frequency": "monthly_nth", "weekdays": (3,), "nth": (1, 3), "count": 3},
            ["2026-10-15", "2026-11-05", "2026-11-19"],
        ),
        (
            {"frequency": "monthly_nth", "weekdays": (4,), "nth": (-1,), "interval": 2, "count": 3},
            ["2026-10-30", "2026-12-25", "2027-02-26"],
        ),
        ({"frequency": "monthly_day", "interval": 2, "count": 3}, ["2026-10-15", "2026-12-15", "2027-02-15"]),
        (
            {"frequency": "dates", "extra_dates": (day("2026-12-01"), day("2026-11-10"))},
            ["2026-10-15", "2026-11-10", "2026-12-01"],
        ),
        (
            {"frequency": "weekly", "weekdays": (3,), "count": 2, "extra_dates": (day("2026-10-17"),)},
            ["2026-10-15", "2026-10-17", "2026-10-22"],
        ),
    ],
)
def test_rules(fields, expected):
    assert dates(Schedule(start_date=SOME_DAY, **EVENING, **fields), "2026-10-01", "2027-12-31") == expected


def test_the_31st_skips_short_months():
    schedule = Schedule(start_date=day("2026-12-31"), frequency="monthly_day", **EVENING)
    assert dates(schedule, "2026-12-01", "2027-06-30") == ["2026-12-31", "2027-01-31", "2027-03-31", "2027-05-31"]


def test_every_second_week_is_counted_from_the_first_date_that_fits():
    schedule = Schedule(start_date=day("2026-10-16"), frequency="weekly", interval=2, weekdays=(THURSDAY,), **EVENING)
    assert dates(schedule, "2026-10-01", "2026-11-10") == ["2026-10-22", "2026-11-05"]


def test_holidays_are_skipped_and_do_not_count():
    schedule = Schedule(
        start_date=day("2026-12-24"), frequency="weekly", weekdays=(FRIDAY,), skip_holidays=True, count=2, **EVENING
    )
    assert dates(schedule, "2026-12-01", "2027-03-01") == ["2027-01-08", "2027-01-15"]


def test_a_holiday_does_not_shift_every_second_week():
    schedule = Schedule(
        start_date=day("2026-12-11"), frequency="weekly", interval=2, weekdays=(FRIDAY,), skip_holidays=True, **EVENING
    )
    assert dates(schedule, "2026-12-01", "2027-01-31") == ["2026-12-11", "2027-01-08", "2027-01-22"]


def test_a_date_that_somebody_added_is_kept_on_a_holiday():
    schedule = Schedule(
        start_date=day("2026-12-11"),
        frequency="weekly",
        weekdays=(FRIDAY,),
        skip_holidays=True,
        count=1,
        extra_dates=(day("2026-12-25"),),
        **EVENING,
    )
    assert dates(schedule, "2026-12-01", "2027-01-31") == ["2026-12-11", "2026-12-25"]


def test_store_bededag_is_a_holiday_no_more():
    assert day("2027-04-23") not in public_holidays(day("2027-01-01"), day("2027-12-31"))
    assert {day("2027-03-29"), day("2027-05-17")} <= public_holidays(day("2027-01-01"), day("2027-12-31"))
