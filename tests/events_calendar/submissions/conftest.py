"""A site with the calendar, an overview in Herning, and the people who approve there."""

import io
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from wagtail_localize.synctree import create_aliases_for_new_page

from events_calendar.models import ActivityIndexPage, CalendarPage
from tests.events_calendar.calendar_site import add_overview
from tests.events_calendar.conftest import tree
from tests.factories import Tree, add_page
from tests.portal.role_fixtures import make_person
from tests.snapshots import built_once

__all__ = ["tree"]


@pytest.fixture
@built_once
def overview(tree: Tree) -> ActivityIndexPage:
    """The overview of Herning's activities, with the roles and workflows of the municipalities."""
    overview = add_overview(tree.herning)
    for page in (overview, add_page(tree.home, CalendarPage, "kalender")):
        create_aliases_for_new_page(page)
    call_command("create_roles", stdout=io.StringIO())
    call_command("create_workflows", stdout=io.StringIO())
    return overview


@pytest.fixture
def publisher(overview: ActivityIndexPage) -> User:
    """Somebody who approves in Herning."""
    return make_person("anna", "herning: publishers")


@pytest.fixture
def at_work(publisher: User) -> Client:
    """The browser of that person."""
    browser = Client()
    browser.force_login(publisher)
    return browser


@pytest.fixture
def club(overview: ActivityIndexPage) -> Any:
    """A club at the form."""
    from tests.events_calendar.submissions.club import Club

    return Club(Client())
