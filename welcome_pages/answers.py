"""The page that a question from the hotline and its answer become."""

from typing import Any

from .models import LocalPage

LONGEST_TITLE = 100


def answer_page(question: str, body: list[tuple[str, Any]]) -> LocalPage:
    """Return a local page that is not stored yet, with the question as its title."""
    return LocalPage(title=question[:LONGEST_TITLE], body=body)
