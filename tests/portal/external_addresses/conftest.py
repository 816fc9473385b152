"""The small site of these tests."""

from tests.snapshots import commits, snapshots, tree

__all__ = ["commits", "snapshots", "tree"]
