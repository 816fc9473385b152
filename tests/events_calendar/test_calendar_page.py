"""The calendar as readers see it: by day, filtered, in their language first, and helpful where nothing fits."""

import pytest
from django.utils import timezone

from tests.events_calendar.calendar_page import (
    ADDRESS,
    DAY,
    add_calendar,
    entry,
    listed,
    offered,
    once,
    soup_of,
    titles,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def calendar(tree):
    """The calendar of the small site."""
    return add_calendar(tree.home)


def test_dates_stand_under_their_day_in_order_of_time(client, calendar, overview):
    today = timezone.localdate()
    once(overview, "sidst", today + 2 * DAY)
    once(overview, "foerst", today + DAY)
    page = soup_of(client, ADDRESS)
    days = [section.time["datetime"] for section in page.select(".day")]
    assert days == [str(today + DAY), str(today + 2 * DAY)]
    assert titles(page) == ["Foerst", "Sidst"]
    assert "kl. 19–22" in entry(page, "Foerst").get_text()
