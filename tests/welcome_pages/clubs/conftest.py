"""The small site of these tests, with a list of clubs in Herning."""

import pytest

from tests.factories import Tree
from tests.snapshots import commits, tree
from tests.welcome_pages.clubs.club_site import add_facts, add_list
from welcome_pages.models import ClubsPage

__all__ = ["commits", "tree"]


@pytest.fixture
def clubs(tree: Tree, commits: None) -> ClubsPage:
    """The empty list of clubs of Herning, and the facts by which clubs are reached."""
    add_facts()
    return add_list(tree.herning)
