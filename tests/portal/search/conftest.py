"""Fixtures of the tests of the search."""

from collections.abc import Iterator

import pytest

from portal.search.remembered import forget_everything
from tests.snapshots import commits, snapshots, tree

from .search_page import reader, searchable

__all__ = ["commits", "forget_words", "reader", "searchable", "snapshots", "tree"]


@pytest.fixture(autouse=True)
def forget_words() -> Iterator[None]:
    """Forget the editors' words before and after a test: what it wrote is rolled back without a word to anybody."""
    forget_everything()
    yield
    forget_everything()
