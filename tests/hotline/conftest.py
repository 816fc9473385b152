"""The small site of these tests, with a hotline."""

from collections.abc import Iterator

import pytest

from hotline import state
from hotline.models import HotlinePage
from tests.factories import Tree
from tests.hotline.hotline_site import add_line
from tests.snapshots import built_once, tree

__all__ = ["tree"]


@pytest.fixture(autouse=True)
def read_anew() -> Iterator[None]:
    """Remember nothing of the last test."""
    state.forget()
    yield
    state.forget()


@pytest.fixture
@built_once
def hotline_page(tree: Tree) -> HotlinePage:
    """The page of the hotline, in every language of the small site."""
    add_line()
    page = HotlinePage(title="Hotline", show_in_menus=True, locale=tree.home.locale, content_owner="Redaktion")
    tree.home.add_child(instance=page)
    page.save_revision().publish()
    for code, locale in tree.locales.items():
        if code != "da":
            page.copy_for_translation(locale, alias=True)
    return page
