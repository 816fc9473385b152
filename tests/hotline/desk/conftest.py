"""Fixtures of the tests of the desk."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from tests.factories import Tree
from tests.hotline.hotline_site import at, clock_at, next_monday

from .monday import Monday, make_monday


@pytest.fixture
def monday(tree: Tree, commits: None) -> Iterator[Monday]:
    """A hotline with two colleagues, before the day begins; what is said is in the language of the message ids."""
    made = make_monday()
    with translation.override("en"):
        yield made


@pytest.fixture
def at_one(settings: object) -> Iterator[None]:
    """It is Monday, one minute past one."""
    with clock_at(at(next_monday(), 13, 1)):
        yield
