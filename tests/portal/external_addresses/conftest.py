"""The small site of these tests."""

from tests.snapshots import commits, tree

__all__ = ["commits", "tree"]
