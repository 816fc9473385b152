"""Free times as a page shows them: days as headings, times as choices, by the Danish clock."""

import datetime
from dataclasses import dataclass
from itertools import groupby
from zoneinfo import ZoneInfo

from ..models.lines import DANISH_ZONE
from ..words import day_in_words, own_time_in_words, time_in_words
from .answers import written

DANISH_CLOCK = ZoneInfo(DANISH_ZONE)


@dataclass(frozen=True)
class Time:
    """One time to choose."""

    value: str
    utc: str
    words: str
    own_words: str
    day_words: str


@dataclass(frozen=True)
class Day:
    """One day with its times."""

    date: datetime.date
    words: str
    times: list[Time]


def times_of(moments: list[datetime.datetime], zone: str, language: str) -> list[Time]:
    """Return moments as choices."""
    return [
        Time(
            value=written(moment),
            utc=moment.astimezone(datetime.UTC).isoformat().replace("+00:00", "Z"),
            words=time_in_words(moment, DANISH_ZONE, language),
            own_words=own_time_in_words(moment, zone, language),
            day_words=day_in_words(moment.astimezone(DANISH_CLOCK).date(), language),
        )
        for moment in moments
    ]


def days_of(moments: list[datetime.datetime], zone: str, language: str) -> list[Day]:
    """Return them by day."""
    by_day = groupby(moments, key=lambda moment: moment.astimezone(DANISH_CLOCK).date())
    return [Day(date, day_in_words(date, language), times_of(list(few), zone, language)) for date, few in by_day]
