"""The small site of these tests, with a form library."""

import pytest

from tests.factories import Tree
from tests.snapshots import built_once, tree
from tests.welcome_pages.forms.form_site import add_form, add_library
from welcome_pages.models import FormLibraryPage, FormPage

__all__ = ["tree"]


@pytest.fixture
@built_once
def library(tree: Tree) -> FormLibraryPage:
    """An empty form library."""
    return add_library(tree)


@pytest.fixture
@built_once
def forms(library: FormLibraryPage) -> list[FormPage]:
    """Three forms that differ in everything one can filter by."""
    return [
        add_form(library, "udrejse", moment="leaving", audiences=["eu", "permit"], topics=["ankomst"]),
        add_form(
            library, "skattekort", title="Skattekort", number="04.063", authority_id="authority-skattestyrelsen",
            audiences=["commuter", "employer"],
        ),
        add_form(library, "od1", title="EU-opholdsdokument", number="OD1", moment="before"),
    ]  # fmt: skip
