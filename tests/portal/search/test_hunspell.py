"""Polish with a dictionary: whoever gives the servers one finds words whose forms have nothing in common."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from portal.search.elastic.rebuild import build
from tests.conftest import LANGUAGES
from tests.elasticsearch import connected, other_server, server, settings_for

from .documents import find, make_document, put

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(bool(other_server()), reason="a server that the test did not start has its own dictionaries"),
    pytest.mark.xdist_group("elasticsearch"),
]
RULES = """SET UTF-8
SFX A Y 1
SFX A ies sa ies
"""
WORDS = "1\npies/A\n"


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server that has a Polish dictionary of one word."""
    folder: Path = tmp_path_factory.mktemp("hunspell")
    files = {"hunspell/pl_PL/pl_PL.aff": RULES, "hunspell/pl_PL/pl_PL.dic": WORDS}
    for name, text in files.items():
        (folder / Path(name).name).write_text(text, encoding="utf-8")
    with server(files={name: folder / Path(name).name for name in files}) as node:
        yield node.url


@pytest.mark.parametrize(("has_dictionary", "found"), [(True, ["dog"]), (False, [])])
def test_a_form_that_only_a_dictionary_knows_is_found_with_one(
    url: str, settings: Any, has_dictionary: bool, found: list[str]
):
    for name, value in {**settings_for(url), "ELASTICSEARCH_HUNSPELL": has_dictionary}.items():
        setattr(settings, name, value)
    with connected(url, settings.SEARCH_INDEX_PREFIX):
        list(build(LANGUAGES))
        put(make_document("Pies", language="pl", origin="dog"))
        answer = find("psa", "pl")
        assert (answer.backend, [hit.key for hit in answer.hits]) == ("elasticsearch", found)
