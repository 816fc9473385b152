"""The small site of these tests, with activities below Herning."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from events_calendar.models import ActivityIndexPage, ActivityPage
from tests.events_calendar.calendar_site import add_activity, add_overview
from tests.factories import Tree
from tests.snapshots import built_once, tree

__all__ = ["tree"]


@pytest.fixture
def in_english() -> Iterator[None]:
    """Read what is said in the language of the message ids."""
    with translation.override("en"):
        yield


@pytest.fixture
@built_once
def overview(tree: Tree) -> ActivityIndexPage:
    """The overview of Herning's activities."""
    return add_overview(tree.herning)


@pytest.fixture
@built_once
def cafe(overview: ActivityIndexPage) -> ActivityPage:
    """A language café in Herning on every Thursday evening."""
    return add_activity(overview)
