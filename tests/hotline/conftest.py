"""The small site of these tests, with a hotline."""

from collections.abc import Iterator

import pytest

from hotline import state
from hotline.hotline_setup import ensure_hotline
from hotline.models import HotlinePage
from tests.factories import Tree
from tests.snapshots import commits, snapshots, tree

__all__ = ["commits", "snapshots", "tree"]


@pytest.fixture(autouse=True)
def read_anew() -> Iterator[None]:
    """Remember nothing of the last test."""
    state.forget()
    yield
    state.forget()


@pytest.fixture
def hotline_page(tree: Tree) -> HotlinePage:
    """The page of the hotline, in every language of the small site."""
    return ensure_hotline(tree.home)
