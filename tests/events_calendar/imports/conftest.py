"""A calendar of a club on a real server, connected to Herning."""

from collections.abc import Iterator

import pytest
from wagtail_localize.synctree import create_aliases_for_new_page

from events_calendar.models import ActivityIndexPage, FeedSource, Organiser
from tests.events_calendar.calendar_site import add_overview
from tests.events_calendar.conftest import tree
from tests.events_calendar.imports import server
from tests.factories import Tree
from tests.snapshots import built_once

__all__ = ["tree"]


@pytest.fixture
@built_once
def overview(tree: Tree) -> ActivityIndexPage:
    """The overview of Herning's activities."""
    overview = add_overview(tree.herning)
    create_aliases_for_new_page(overview)
    return overview


@pytest.fixture
def club(settings) -> Iterator[server.Server]:
    """The server of the club, which we trust although it is on this machine."""
    settings.IMPORT_SECONDS = 3
    with server.running(server.not_found) as running:
        settings.IMPORT_TRUSTED_HOSTS = [running.host]
        yield running


@pytest.fixture
def source(overview: ActivityIndexPage, club: server.Server) -> FeedSource:
    """The connected calendar, which publishes at once."""
    organiser = Organiser.objects.create(name="Skakklub", municipality="herning")
    return FeedSource.objects.create(
        name="Skakklub",
        url=club.url,
        municipality="herning",
        organiser=organiser,
        owner_email="owner@example.dk",
        activity_type="sport",
        spoken_languages=["da", "en"],
        publishes_directly=True,
    )
