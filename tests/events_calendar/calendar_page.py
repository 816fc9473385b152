"""The calendar page as the tests of the calendar read it."""

import datetime
from typing import Any

from bs4 import BeautifulSoup, Tag
from django.test import Client
from wagtail.models import Page

from events_calendar.models import ActivityPage, CalendarPage
from events_calendar.schedules import DAY
from tests.events_calendar.calendar_site import add_activity
from tests.factories import add_page

ADDRESS = "/da/kalender/"


def add_calendar(home: Page) -> CalendarPage:
    """Add the calendar below the home page."""
    return add_page(home, CalendarPage, "kalender", show_in_menus=True)


def once(overview: Page, slug: str, day: datetime.date, **fields: Any) -> ActivityPage:
    """Add an activity that takes place on one evening."""
    values = {"title": slug.replace("-", " ").capitalize(), "start_date": day, "frequency": "once", **fields}
    return add_activity(overview, slug, **values)


def soup_of(client: Client, address: str, status: int = 200) -> BeautifulSoup:
    """Return the page at an address."""
    response = client.get(address)
    assert response.status_code == status, response.content.decode()[:500]
    return BeautifulSoup(response.content.decode(), "html.parser")


def titles(page: Tag) -> list[str]:
    """Return the titles of all dates in order."""
    return [link.get_text() for link in page.select(".entry__title a")]


def listed(client: Client, address: str) -> list[str]:
    """Return the titles at an address."""
    return titles(soup_of(client, address))


def entry(page: Tag, title: str) -> Tag:
    """Return one date of a list."""
    return next(one for one in page.select(".entry") if one.a.get_text() == title)


def offered(page: Tag, name: str) -> dict[str, int]:
    """Return the values of a filter with their counts."""
    return {
        box["value"]: int(box.find_parent("label").select_one(".choices__count").get_text())
        for box in page.select(f"form[method=get] input[name={name}]")
    }


__all__ = ["ADDRESS", "DAY", "add_calendar", "entry", "listed", "offered", "once", "soup_of", "titles"]
