"""Makes documents for tests of the search, without any page."""

import itertools
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from portal.search.answers import Filters
from portal.search.backends import elasticsearch
from portal.search.documents import Document, Kind
from portal.search.elastic.rebuild import build
from portal.search.embedded.index import store
from portal.search.service import Results, search
from portal.search.updates import request_update

_numbers = itertools.count(1)


def make_document(title: str, body: str = "", language: str = "da", **fields: Any) -> Document:
    """Return a document that stands for itself in one language."""
    origin = fields.pop("origin", f"o{next(_numbers)}")
    values = {"source": "test", "key": origin, "kind": Kind.GUIDE, "path": f"guide/{origin}/", **fields}
    return Document(origin=origin, language=language, title=title, body=body, **values)


def make_page(
    origin: str, titles: dict[str, str], bodies: dict[str, str] | None = None, **fields: Any
) -> list[Document]:
    """Return one page in several languages, each with the Danish text and the other titles beside it."""
    bodies = bodies or {}
    return [
        make_document(
            title,
            bodies.get(language, ""),
            language,
            origin=origin,
            danish_title=titles.get("da", "") if language != "da" else "",
            danish_body=bodies.get("da", "") if language != "da" else "",
            other_titles=tuple(other for code, other in titles.items() if code not in {language, "da"}),
            missing_in=tuple(code for code in ("en", "de", "pl", "ru") if code not in titles)
            if language == "da"
            else (),
            **fields,
        )
        for language, title in titles.items()
    ]


def put(*documents: Document) -> None:
    """Make documents findable, each origin by itself, on the engine that is configured."""
    by_origin: dict[str, list[Document]] = {}
    for document in documents:
        by_origin.setdefault(document.origin, []).append(document)
    for origin, same in by_origin.items():
        store("test", [origin], same)
    server = elasticsearch()
    if server is not None:
        # What the tests before this one have left there; an index that exists and is empty need not be built again.
        everywhere = list(server.aliases.values())
        server.client.delete_by_query(index=everywhere, query={"match_all": {}}, refresh=True, ignore_unavailable=True)
        list(build(list(dict.fromkeys(document.language for document in documents))))


def find(text: str, language: str = "da", **filters: Any) -> Results:
    """Return what a reader finds."""
    return search(text, language, Filters(**filters))


def keys(text: str, language: str = "da", **filters: Any) -> list[str]:
    """Return the keys of what a reader finds, best first."""
    return [hit.key for hit in find(text, language, **filters).hits]


class Drawer:
    """A source whose documents a test puts in and takes out."""

    name = "test"

    def __init__(self) -> None:
        self.content: dict[str, list[Document]] = {}

    def origins(self) -> list[str]:
        return list(self.content)

    def documents(self, origins: Sequence[str]) -> list[Document]:
        return [document for origin in origins for document in self.content.get(origin, [])]

    def change(self, origin: str, *documents: Document) -> None:
        """Change what is at an origin, in a transaction, as an editor does."""
        self.content[origin] = list(documents)
        with transaction.atomic():
            request_update(self.name, origin)
