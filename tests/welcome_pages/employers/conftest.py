"""The small site of these tests, with a manual for employers."""

import pytest

from tests.factories import Tree
from tests.snapshots import commits, snapshots, tree
from tests.welcome_pages.employers.manual_site import Manual, add_manual

__all__ = ["commits", "snapshots", "tree"]


@pytest.fixture
def manual(tree: Tree, commits: None) -> Manual:
    """A manual of three chapters and one checklist."""
    return add_manual(tree)
