"""The small site of these tests, and the same with translations in every state."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.factories import Tree, translate
from tests.portal.pages.reading import Reading, read
from tests.snapshots import built_once, small_tree, tree

__all__ = ["tree"]


@pytest.fixture
def translated(commits: None) -> Tree:
    """The small site with the guide "CPR" in every state a language can be in.

    | language | the guide                                          | Herning's note |
    | da       | Danish                                             | Danish         |
    | pl       | translated                                         | translated     |
    | de       | translated                                         | alias          |
    | en       | published, but every text of it is still Danish    | alias          |
    | ru       | alias                                              | alias          |
    """
    return build_translated()


@built_once
def build_translated() -> Tree:
    """Build the small site and translate parts of it."""
    tree = small_tree()
    translate(tree.cpr, "pl")
    translate(tree.cpr, "de")
    translate(tree.cpr, "en", strings={})
    translate(tree.note, "pl")
    return tree


@pytest.fixture
def reader(client: Client) -> Callable[..., Reading]:
    """Read an address as an anonymous visitor does."""

    def visit(path: str, **headers: str) -> Reading:
        return read(client, path, **headers)

    return visit


@pytest.fixture
def editor(request: pytest.FixtureRequest) -> Client:
    """A browser in which somebody is logged in to the admin who may do everything."""
    request.getfixturevalue("translated" if "translated" in request.fixturenames else "tree")
    browser = Client()
    browser.force_login(User.objects.create_superuser("redaktion", "redaktion@example.dk", "a long password"))
    return browser
