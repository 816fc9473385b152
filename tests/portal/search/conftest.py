"""Fixtures of the tests of the search."""

from collections.abc import Iterator
from typing import Any

import pytest

from portal.search import backends
from portal.search import documents as registry
from portal.search.elastic.rebuild import build
from portal.search.remembered import forget_everything
from tests.conftest import LANGUAGES
from tests.elasticsearch import configured, elasticsearch_settings, elasticsearch_url
from tests.snapshots import tree

from .documents import Drawer
from .search_page import reader, searchable

__all__ = [
    "elasticsearch_settings",
    "elasticsearch_url",
    "reader",
    "searchable",
    "tree",
]

ENGINES = [
    pytest.param("embedded", marks=pytest.mark.storage),
    "elasticsearch",
]


@pytest.fixture(autouse=True)
def forget_words() -> Iterator[None]:
    """Forget the editors' words before and after a test: what it wrote is rolled back without a word to anybody."""
    forget_everything()
    yield
    forget_everything()


@pytest.fixture
def drawer(monkeypatch: pytest.MonkeyPatch, settings: Any, commits: None) -> Drawer:
    """An empty source; its changes are carried out at once, as on the real site."""
    settings.SEARCH_UPDATE_AT_ONCE = True
    drawer = Drawer()
    monkeypatch.setitem(registry._sources, "test", drawer)
    return drawer


@pytest.fixture(scope="module", params=ENGINES)
def engine(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """The engine that answers, and no other may do so in its place: every behaviour is that of both."""
    if request.param == "embedded":
        yield request.param
        return
    with configured(request.getfixturevalue("elasticsearch_url")), pytest.MonkeyPatch.context() as patch:
        patch.setattr(backends, "embedded", _nobody)
        with django_db_blocker.unblock():
            list(build(LANGUAGES))
        yield request.param


def _nobody() -> None:
    pytest.fail("Elasticsearch gave no answer")
