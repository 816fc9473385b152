"""Days that count from the loading day: on whichever day the examples are loaded, all of them are still to come."""

import datetime

import pytest

from events_calendar.public_holidays import public_holidays
from events_calendar.schedule_checks import latest_date, problems
from events_calendar.schedules import dates, expand
from events_calendar.starter_activities.days import day_after, working_days
from events_calendar.starter_activities.fields import schedule_of
from events_calendar.starter_activities.reader import read

WEEK_OF = [datetime.date(2026, 11, 30) + datetime.timedelta(days=number) for number in range(7)]
LOADING_DAYS = [
    *WEEK_OF,
    datetime.date(2027, 2, 28),
    datetime.date(2028, 2, 28),
    datetime.date(2028, 2, 29),
    datetime.date(2026, 12, 31),
    datetime.date(2027, 1, 1),
    *(datetime.date(2027, 3, 22) + datetime.timedelta(days=number) for number in range(8)),
    *(datetime.date(2027, 10, 25) + datetime.timedelta(days=number) for number in range(8)),
    datetime.date(2026, 12, 1),
    datetime.date(2026, 12, 4),
    datetime.date(2027, 3, 14),
]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({"week": 1, "weekday": "monday"}, datetime.date(2026, 12, 7)),
        ({"week": 1, "weekday": "sunday"}, datetime.date(2026, 12, 13)),
        ({"week": 5, "weekday": "thursday"}, datetime.date(2027, 1, 7)),
        ({"month": 12, "weekday": "thursday"}, datetime.date(2026, 12, 3)),
        ({"month": 12, "weekday": "tuesday"}, datetime.date(2026, 12, 1)),
        ({"month": 11, "weekday": "monday"}, datetime.date(2027, 11, 1)),
    ],
)
def test_a_rule_means_a_day_after_the_loading_day(rule, expected):
    assert day_after(rule, datetime.date(2026, 11, 30)) == expected


def test_next_week_begins_on_the_same_monday_whatever_the_weekday():
    assert {day_after({"week": 1, "weekday": "monday"}, day) for day in WEEK_OF} == {datetime.date(2026, 12, 7)}


def test_nobody_is_invited_on_a_holiday_or_between_the_years():
    christmas_eve, new_year, ascension = (
        datetime.date(2026, 12, 24),
        datetime.date(2027, 1, 1),
        datetime.date(2027, 5, 6),
    )
    assert working_days([christmas_eve]) == [datetime.date(2027, 1, 7)]
    assert working_days([new_year]) == [datetime.date(2027, 1, 8)]
    assert working_days([ascension]) == [datetime.date(2027, 5, 13)]


def test_a_date_that_is_moved_on_never_falls_on_another_one():
    listed = [datetime.date(2026, 12, 24), datetime.date(2026, 12, 31), datetime.date(2027, 1, 7)]
    assert working_days(listed) == [datetime.date(2027, 1, day) for day in (7, 14, 21)]


@pytest.mark.parametrize("loading_day", LOADING_DAYS, ids=str)
def test_every_example_has_a_sound_schedule_in_the_future(loading_day):
    for file in read().activities:
        schedule = schedule_of(file.data, loading_day)
        found = dates(schedule, latest_date(schedule), public_holidays(schedule.start_date, latest_date(schedule)))
        assert not problems(schedule), file.name
        assert loading_day < found[0] <= loading_day + datetime.timedelta(days=400), file.name
        for one in expand(schedule, found[0], found[0] + datetime.timedelta(days=400)):
            assert one.starts_at < one.ends_at, file.name


def test_the_examples_show_every_way_to_repeat():
    schedules = [schedule_of(file.data, WEEK_OF[0]) for file in read().activities]
    assert {schedule.frequency for schedule in schedules} == {
        "once",
        "weekly",
        "odd_weeks",
        "even_weeks",
        "monthly_nth",
        "dates",
    }
    assert any(schedule.interval == 2 and schedule.frequency == "weekly" for schedule in schedules)
    assert any(schedule.is_all_day and schedule.end_day_offset for schedule in schedules)
    assert any(not schedule.is_all_day and schedule.end_day_offset == 1 for schedule in schedules)
