"""Fixtures of the tests of the feeds: the programs of other people that read them."""

import pytest

from tests import tools
from tests.events_calendar.feeds.readers import (
    Reader,
    read_with_ical,
    read_with_icalendar,
    reader_with_ical_js,
)


@pytest.fixture(scope="session")
def ical_js_reader() -> Reader:
    """A reader that is ical.js. Without it the test fails in continuous integration and is skipped elsewhere."""
    return reader_with_ical_js(tools.required("ical.js"))


@pytest.fixture(params=["icalendar", "ical", "ical.js"])
def reader(request: pytest.FixtureRequest) -> Reader:
    """Each of the readers in turn."""
    if request.param == "ical.js":
        return request.getfixturevalue("ical_js_reader")
    return read_with_icalendar if request.param == "icalendar" else read_with_ical
