"""A field guide of one form on the small site."""

import datetime
from collections.abc import Iterator
from typing import Any

import pytest

from tests.factories import Tree, add_page, make_fact
from tests.snapshots import built_once, tree
from tests.welcome_pages.field_guides.file_server import FileServer
from tests.welcome_pages.forms.form_site import add_form, add_library
from welcome_pages.models import FieldGuidePage, FormLibraryPage, FormPage, FormWord

__all__ = ["tree"]
SEEN = datetime.date(2026, 11, 22)


def field(block_id: str, label: str, certainty: str = "official", **value: Any) -> dict[str, Any]:
    """One field of a form, as it is stored."""
    empty = {"word": None, "translation": "", "meaning": "", "example": "", "warning": ""}
    return {"type": "field", "id": block_id, "value": {"label": label, "certainty": certainty, **empty, **value}}


def add_guide(form: FormPage, *entries: dict[str, Any], **fields: Any) -> FieldGuidePage:
    """Add a published guide of a form."""
    values = {"version": "Udgave 2025", "seen_on": SEEN, "entries": list(entries), **fields}
    return add_page(form, FieldGuidePage, "felter", **values)


@pytest.fixture
@built_once
def library(tree: Tree) -> FormLibraryPage:
    """An empty form library."""
    return add_library(tree)


@pytest.fixture
@built_once
def form(library: FormLibraryPage) -> FormPage:
    """A form without a guide."""
    return add_form(library, "indrejse")


@pytest.fixture
def surname() -> FormWord:
    """A word that recurs on forms."""
    return FormWord.objects.create(
        key="surname",
        group="person",
        word={"da": "Efternavn", "pl": "Nazwisko"},
        meaning={"da": "Som i passet.", "pl": "Tak jak w paszporcie."},
    )


@pytest.fixture
@built_once
def guide(form: FormPage, surname: FormWord) -> FieldGuidePage:
    """A guide with one field in a common word and one of its own."""
    return add_guide(
        form,
        {
            "type": "section",
            "id": "s1",
            "value": {"label": "1. Personer", "certainty": "printed", "translation": "Dig"},
        },
        field("f1", "Efternavn", "printed", word="surname", example="Kowalska"),
        field(
            "f2",
            "Folkekirken",
            "unsure",
            translation="Medlemskab",
            meaning="<p>Er du medlem?</p>",
            warning="<p>Kirkeskat.</p>",
        ),
    )


@pytest.fixture
def server() -> Iterator[FileServer]:
    """A real server of files on this machine."""
    with FileServer() as running:
        yield running


@pytest.fixture
def watched(guide: FieldGuidePage, server: FileServer) -> FieldGuidePage:
    """The guide, which names a file on the server."""
    make_fact("file-indrejse", server.address("/form.pdf"), "link", source_name="Kommunen")
    guide.official_file_id = "file-indrejse"
    guide.save_revision().publish()
    return guide
