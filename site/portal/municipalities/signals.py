"""Receivers."""


def connect() -> None:
    """Connect."""
