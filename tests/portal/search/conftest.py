"""Fixtures of the tests of the search."""

from tests.snapshots import commits, snapshots, tree

__all__ = ["commits", "snapshots", "tree"]
