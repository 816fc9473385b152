"""The content files that ship, read once for all tests of the plan."""

from functools import lru_cache

from welcome_pages.starter_content.reader import Content, read


@lru_cache(maxsize=1)
def shipped_content() -> Content:
    """Return the checked content."""
    return read()
