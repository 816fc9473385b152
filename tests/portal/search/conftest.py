"""Fixtures of the tests of the search."""

from collections.abc import Iterator

import pytest

from portal.search import backends
from portal.search.remembered import forget_everything
from tests.elasticsearch import configured, elasticsearch_settings, elasticsearch_url
from tests.snapshots import commits, snapshots, tree

from .search_page import reader, searchable

__all__ = [
    "commits",
    "elasticsearch_settings",
    "elasticsearch_url",
    "engine",
    "forget_words",
    "reader",
    "searchable",
    "snapshots",
    "tree",
]

ENGINES = [
    pytest.param("embedded", marks=pytest.mark.storage),
    pytest.param("elasticsearch", marks=pytest.mark.xdist_group("elasticsearch")),
]


@pytest.fixture(autouse=True)
def forget_words() -> Iterator[None]:
    """Forget the editors' words before and after a test: what it wrote is rolled back without a word to anybody."""
    forget_everything()
    yield
    forget_everything()


@pytest.fixture(scope="module", params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Iterator[str]:
    """The engine that answers, and no other may do so in its place: every behaviour is that of both."""
    if request.param == "embedded":
        yield request.param
        return
    with configured(request.getfixturevalue("elasticsearch_url")), pytest.MonkeyPatch.context() as patch:
        patch.setattr(backends, "embedded", _nobody)
        yield request.param


def _nobody() -> None:
    pytest.fail("Elasticsearch gave no answer")
