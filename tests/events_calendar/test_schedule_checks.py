"""What is said of a schedule that cannot be."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events_calendar.schedule_checks import problems
from events_calendar.schedules import Schedule

START = datetime.date(2026, 10, 15)
EVENING = {"start_time": datetime.time(19), "end_time": datetime.time(22)}
WEEKLY = {"frequency": "weekly", "weekdays": (3,), **EVENING}


def said(**fields: object) -> dict[str, str]:
    return problems(Schedule(**{"start_date": START, **fields}))


@pytest.mark.parametrize(
    "fields",
    [
        EVENING,
        WEEKLY,
        {},
        {"end_day_offset": 2},
        {"start_time": datetime.time(22), "end_time": datetime.time(2), "end_day_offset": 1},
        {**WEEKLY, "until": datetime.date(2029, 10, 15)},
        {**WEEKLY, "count": 400, "interval": 12},
        {**WEEKLY, "frequency": "monthly_nth", "nth": (-1,)},
        {**WEEKLY, "frequency": "odd_weeks"},
        {"frequency": "dates", "extra_dates": (datetime.date(2027, 1, 1),), **EVENING},
        {"start_date": datetime.date(2028, 2, 29), **WEEKLY},
    ],
)
def test_a_schedule_that_can_be(fields):
    assert said(**fields) == {}


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"start_date": datetime.date(9999, 12, 31)}, "start_date", "year"),
        ({"start_date": datetime.date(206, 1, 1)}, "start_date", "year"),
        ({"start_time": datetime.time(19), "end_time": datetime.time(19)}, "end_time", "after the start"),
        ({"start_time": datetime.time(22), "end_time": datetime.time(2)}, "end_time", "midnight"),
        ({"start_time": datetime.time(19)}, "end_time", "When does it end"),
        ({"end_time": datetime.time(19)}, "start_time", "When does it begin"),
        ({**EVENING, "end_day_offset": 31}, "end_day_offset", "31 days"),
        ({**EVENING, "zone": "Europe/Nowhere"}, "start_date", "time zone"),
        ({**EVENING, "zone": "../../etc/passwd"}, "start_date", "time zone"),
        ({**EVENING, "frequency": "yearly"}, "frequency", "list"),
        ({**WEEKLY, "interval": 0}, "interval", "1 to 12"),
        ({**WEEKLY, "interval": 13}, "interval", "1 to 12"),
        ({**WEEKLY, "weekdays": ()}, "weekdays", "day of the week"),
        ({**WEEKLY, "weekdays": (7,)}, "weekdays", "list"),
        ({**WEEKLY, "frequency": "monthly_nth"}, "nth", "weekdays"),
        ({**WEEKLY, "frequency": "monthly_nth", "nth": (5,)}, "nth", "list"),
        ({**WEEKLY, "until": START, "count": 2}, "count", "not both"),
        ({**WEEKLY, "until": datetime.date(2026, 10, 14)}, "until", "before"),
        ({**WEEKLY, "until": datetime.date(2029, 10, 16)}, "until", "three years"),
        ({**WEEKLY, "count": 0}, "count", "1 to 400"),
        ({**WEEKLY, "count": 401}, "count", "1 to 400"),
        ({**EVENING, "extra_dates": (datetime.date(2026, 11, 1),)}, "extra_dates", "once"),
        ({**WEEKLY, "extra_dates": (datetime.date(2026, 10, 14),)}, "extra_dates", "before the first"),
        (
            {**EVENING, "frequency": "dates", "extra_dates": (datetime.date(2029, 10, 16),)},
            "extra_dates",
            "three years",
        ),
        (
            {
                **EVENING,
                "frequency": "dates",
                "extra_dates": tuple(START + datetime.timedelta(days=number) for number in range(401)),
            },
            "extra_dates",
            "at most 400",
        ),
        ({**WEEKLY, "weekdays": (0,), "until": datetime.date(2026, 10, 16)}, "start_date", "no such date"),
        (
            {
                **WEEKLY,
                "start_date": datetime.date(2026, 12, 25),
                "weekdays": (4,),
                "skip_holidays": True,
                "until": datetime.date(2027, 1, 1),
            },
            "start_date",
            "no such date",
        ),
        (
            {
                "start_date": datetime.date(2027, 3, 28),
                "start_time": datetime.time(2, 30),
                "end_time": datetime.time(5),
            },
            "start_time",
            "put forward",
        ),
        (
            {
                "start_date": datetime.date(2027, 3, 27),
                "start_time": datetime.time(20),
                "end_time": datetime.time(2, 30),
                "end_day_offset": 1,
            },
            "end_time",
            "put forward",
        ),
        (
            {
                "frequency": "dates",
                "start_time": datetime.time(2, 30),
                "end_time": datetime.time(5),
                "extra_dates": (datetime.date(2027, 3, 28),),
            },
            "start_time",
            "put forward",
        ),
    ],
)
def test_a_schedule_that_cannot_be(fields, field, words, in_english):
    found = said(**fields)
    assert list(found) == [field]
    assert words in found[field]


def test_a_rule_may_fall_into_the_hour_that_is_left_out_and_has_no_date_then():
    night = {"start_time": datetime.time(2, 30), "end_time": datetime.time(5)}
    assert said(frequency="weekly", weekdays=(6,), **night) == {}


@settings(max_examples=300, deadline=None)
@given(
    start=st.dates(),
    begin=st.one_of(st.none(), st.times()),
    end=st.one_of(st.none(), st.times()),
    offset=st.integers(-(10**9), 10**9),
    frequency=st.sampled_from(["once", "daily", "weekly", "odd_weeks", "monthly_nth", "monthly_day", "dates", ""]),
    interval=st.integers(-(10**9), 10**9),
    weekdays=st.lists(st.integers(-9, 9), max_size=9).map(tuple),
    nth=st.lists(st.integers(-9, 9), max_size=9).map(tuple),
    until=st.one_of(st.none(), st.dates()),
    count=st.one_of(st.none(), st.integers(-(10**9), 10**9)),
    extra=st.lists(st.dates(), max_size=5).map(tuple),
)
def test_whatever_is_typed_is_answered_in_words(
    start, begin, end, offset, frequency, interval, weekdays, nth, until, count, extra
):
    """A schedule of nonsense is refused, never an error."""
    schedule = Schedule(
        start_date=start,
        start_time=begin,
        end_time=end,
        end_day_offset=offset,
        frequency=frequency,
        interval=interval,
        weekdays=weekdays,
        nth=nth,
        until=until,
        count=count,
        extra_dates=extra,
    )
    for field, text in problems(schedule).items():
        assert hasattr(schedule, field)
        assert text
