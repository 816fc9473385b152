"""The small site of these tests, with a manual for employers."""

import pytest

from tests.factories import Tree
from tests.snapshots import built_once, tree
from tests.welcome_pages.employers.manual_site import Manual, add_manual

__all__ = ["tree"]


@pytest.fixture
@built_once
def manual(tree: Tree, commits: None) -> Manual:
    """A manual of three chapters and one checklist."""
    return add_manual(tree)
