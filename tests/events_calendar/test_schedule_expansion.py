"""Thousands of random schedules against an expansion that shares no code with ours."""

import datetime
from zoneinfo import ZoneInfo

from dateutil import rrule
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from events_calendar.public_holidays import public_holidays
from events_calendar.schedule_checks import problems
from events_calendar.schedules import Schedule, expand

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
UTC = datetime.UTC
SPAN = datetime.timedelta(days=730)
WEEKDAYS = (rrule.MO, rrule.TU, rrule.WE, rrule.TH, rrule.FR, rrule.SA, rrule.SU)

start_dates = st.dates(datetime.date(2024, 1, 1), datetime.date(2030, 12, 31))
times = st.times().map(lambda time: time.replace(second=0, microsecond=0, fold=0))
some_weekdays = st.sets(st.integers(0, 6), min_size=1, max_size=7).map(lambda days: tuple(sorted(days)))
some_nth = st.sets(st.sampled_from([1, 2, 3, 4, -1]), min_size=1, max_size=3).map(
    lambda numbers: tuple(sorted(numbers))
)


@st.composite
def schedules(draw: st.DrawFn) -> Schedule:
    """Any schedule that the form accepts."""
    start = draw(start_dates)
    frequency = draw(
        st.sampled_from(["daily", "weekly", "odd_weeks", "even_weeks", "monthly_nth", "monthly_day", "once", "dates"])
    )
    all_day = draw(st.booleans())
    begin, end = (None, None) if all_day else (draw(times), draw(times))
    extent = draw(st.sampled_from(["until", "count", "open"]))
    extra = st.lists(st.integers(1, 700).map(lambda number: start + datetime.timedelta(days=number)), max_size=4)
    schedule = Schedule(
        start_date=start,
        start_time=begin,
        end_time=end,
        end_day_offset=draw(st.integers(0, 3)) if all_day or (begin and end and begin < end) else 1,
        frequency=frequency,
        interval=draw(st.integers(1, 12)),
        weekdays=draw(some_weekdays),
        nth=draw(some_nth),
        until=start + datetime.timedelta(days=draw(st.integers(0, 1000))) if extent == "until" else None,
        count=draw(st.integers(1, 60)) if extent == "count" else None,
        skip_holidays=draw(st.booleans()),
        extra_dates=() if frequency == "once" else tuple(draw(extra)),
    )
    assume(not problems(schedule))
    return schedule


def days_by_dateutil(schedule: Schedule, last: datetime.date) -> list[datetime.date]:
    """Return the days of a schedule as python-dateutil finds them; odd and even weeks by the numbers of the weeks."""
    start = datetime.datetime.combine(schedule.start_date, datetime.time())
    end = datetime.datetime.combine(min(last, schedule.until or last), datetime.time())
    weekdays = [WEEKDAYS[number] for number in schedule.weekdays]
    by_nth = [WEEKDAYS[number](nth) for number in schedule.weekdays for nth in schedule.nth]
    if schedule.frequency in {"once", "dates"}:
        rule = [start]
    elif schedule.frequency == "daily":
        rule = rrule.rrule(rrule.DAILY, dtstart=start, until=end, interval=schedule.interval)
    elif schedule.frequency in {"odd_weeks", "even_weeks"}:
        first_week = 1 if schedule.frequency == "odd_weeks" else 2
        weeks = list(range(first_week, 54, 2))
        rule = rrule.rrule(rrule.YEARLY, dtstart=start, until=end, byweekno=weeks, byweekday=weekdays)
    elif schedule.frequency == "weekly":
        first = rrule.rrule(rrule.WEEKLY, dtstart=start, byweekday=weekdays, count=1)[0]
        rule = rrule.rrule(
            rrule.WEEKLY, dtstart=first, until=end, interval=schedule.interval, byweekday=weekdays, wkst=rrule.MO
        )
    elif schedule.frequency == "monthly_nth":
        first = rrule.rrule(rrule.MONTHLY, dtstart=start, byweekday=by_nth, count=1)[0]
        rule = rrule.rrule(rrule.MONTHLY, dtstart=first, until=end, interval=schedule.interval, byweekday=by_nth)
    else:
        rule = rrule.rrule(
            rrule.MONTHLY, dtstart=start, until=end, interval=schedule.interval, bymonthday=schedule.start_date.day
        )
    days = [one.date() for one in rule]
    if schedule.skip_holidays and schedule.frequency not in {"once", "dates"}:
        days = [day for day in days if day not in public_holidays(schedule.start_date, last)]
    if schedule.start_time and schedule.frequency not in {"once", "dates"}:
        days = [day for day in days if is_on_a_clock(day, schedule.start_time)]
    if schedule.count is not None and schedule.frequency not in {"once", "dates"}:
        days = days[: schedule.count]
    return sorted({day for day in [*days, *schedule.extra_dates] if day <= last})


def is_on_a_clock(day: datetime.date, time: datetime.time) -> bool:
    """Say whether any moment of the day, looked at hour by hour, shows a time."""
    midnight = datetime.datetime.combine(day, datetime.time(), UTC)
    moments = (midnight + datetime.timedelta(hours=hours, minutes=time.minute) for hours in range(-3, 25))
    shown = (one.astimezone(COPENHAGEN) for one in moments)
    return any((one.date(), one.time()) == (day, time) for one in shown)


def moment(day: datetime.date, time: datetime.time) -> datetime.datetime:
    """Return a moment by asking which of two offsets the zone had then, the summer one first."""
    for hours in (2, 1):
        local = datetime.datetime.combine(day, time, datetime.timezone(datetime.timedelta(hours=hours)))
        if local.astimezone(COPENHAGEN).replace(tzinfo=None) == local.replace(tzinfo=None):
            return local.astimezone(UTC)
    return datetime.datetime.combine(day, time, datetime.timezone(datetime.timedelta(hours=1))).astimezone(UTC)


@settings(max_examples=2000, deadline=None, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(schedules())
def test_every_schedule_has_the_dates_that_another_library_finds(schedule):
    last = schedule.start_date + SPAN
    found = expand(schedule, schedule.start_date, last, public_holidays(schedule.start_date, last))
    assert [one.original_date for one in found] == days_by_dateutil(schedule, last)
    for one in found:
        begin = schedule.start_time or datetime.time()
        assert one.starts_at == moment(one.original_date, begin)
        assert one.ends_at > one.starts_at
        end_day = one.original_date + datetime.timedelta(days=schedule.end_day_offset + (schedule.start_time is None))
        end = moment(end_day, schedule.end_time or datetime.time())
        assert one.ends_at == end or one.local_start.time() != begin, "only an hour that is left out changes the length"


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(schedules(), st.integers(0, 400), st.integers(0, 200))
def test_a_window_shows_what_the_whole_has_there(schedule, skipped, length):
    first = schedule.start_date + datetime.timedelta(days=skipped)
    last = first + datetime.timedelta(days=length)
    whole = expand(schedule, schedule.start_date, schedule.start_date + SPAN)
    assert expand(schedule, first, last) == [one for one in whole if first <= one.original_date <= last]
