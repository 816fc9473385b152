"""The rules of Danish time in our feeds against the time zone database, which would know of a Europe without summer time."""

from datetime import UTC, datetime, timedelta

import pytest

from portal.icalendar.time_zone import COPENHAGEN, COPENHAGEN_RULES, danish_clock
from tests.events_calendar.feeds.zones import FIRST_YEAR, LAST_YEAR, Observance, changes_of, known_changes


def observances() -> list[Observance]:
    """Return the two parts of our rules."""
    parts: list[Observance] = []
    for line in COPENHAGEN_RULES:
        name, _, value = line.partition(":")
        if name == "BEGIN" and value != "VTIMEZONE":
            parts.append(Observance(value, {}))
        elif parts and name != "END":
            parts[-1].properties[name] = [value]
    return parts


def test_the_rules_are_those_of_the_time_zone_database_from_1997_to_2040() -> None:
    known = known_changes(COPENHAGEN)
    assert known is not None
    assert len(known) == 2 * (LAST_YEAR - FIRST_YEAR + 1)
    assert changes_of(observances()) == known


@pytest.mark.parametrize(("minute", "is_told"), [(-1, True), (0, False), (60, False), (119, False), (120, True)])
def test_the_danish_clock_is_not_asked_in_the_two_hours_that_look_alike(minute: int, is_told: bool) -> None:
    begins = datetime(2026, 10, 25, 0, tzinfo=UTC)
    assert (danish_clock(begins + timedelta(minutes=minute)) is not None) is is_told


def test_in_spring_the_clock_jumps_and_tells_every_moment() -> None:
    change = datetime(2027, 3, 28, 1, tzinfo=UTC)
    clocks = [danish_clock(change + timedelta(minutes=minute)) for minute in (-1, 0)]
    assert [f"{clock:%H:%M}" for clock in clocks if clock] == ["01:59", "03:00"]
