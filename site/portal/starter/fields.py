"""From a content file to the field values of a page, in Danish and in every translation side by side."""

import uuid
from collections.abc import Callable
from typing import Any

from django.conf import settings

from . import markup
from .catalogue import Catalogue
from .located import Mapping
from .texts import LANGUAGES

DANISH = settings.LANGUAGE_CODE
BLOCK_IDS = uuid.UUID("6f1d3a0e-6a6d-4f0b-9c55-3a1f6f2a7c11")

PageId = Callable[[str], int | None]
"""Gives the id of the page that a link names."""


class TranslatedFields:
    """The values of one page: Danish ones for the page itself, translated ones for its catalogues."""

    def __init__(self, name: str, page_id: PageId) -> None:
        self.name, self.page_id = name, page_id
        self.languages = sorted(LANGUAGES - {DANISH})
        self.catalogues = {code: Catalogue(name, code) for code in self.languages}
        self.values: dict[str, Any] = {}

    def text(self, texts: Mapping) -> str:
        """Return the Danish text of one line, and keep its translations."""
        danish = " ".join(texts[DANISH].split())
        for code in self.languages:
            self.catalogues[code].add_text(danish, " ".join(texts[code].split()))
        return danish

    def html(self, items: list[Mapping], render: Callable[[list[str]], str]) -> str:
        """Return texts as one Danish rich text, and keep its translations."""

        def version(code: str) -> str:
            return render([markup.inline_html(item[code], self.page_id) for item in items])

        for code in self.languages:
            self.catalogues[code].add_html(version(DANISH), version(code))
        return version(DANISH)

    def block(self, block: Mapping, number: int) -> dict[str, Any]:
        """Return one block of a text."""
        (kind, content), *_rest = block.items()
        block_id = self.block_id(f"body:{number}")
        if kind == "section":
            section = {"heading": self.text(content["heading"]), "text": self._section(content)}
            return {"type": kind, "id": block_id, "value": section}
        if kind == "contact":
            items = [
                {"type": "item", "value": key, "id": self.block_id(f"body:{number}:{key}")} for key in content["facts"]
            ]
            return {"type": kind, "id": block_id, "value": {"heading": self.text(content["heading"]), "facts": items}}
        return {"type": kind, "id": block_id, "value": self.html([content["text"]], markup.paragraphs)}

    def _section(self, content: Mapping) -> str:
        lead, points = content.get("paragraphs", []), content.get("points", [])

        def render(texts: list[str]) -> str:
            return markup.paragraphs(texts[: len(lead)]) + markup.bullets(texts[len(lead) :])

        return self.html([*lead, *points], render)

    def facts(self, name: str, keys: list[str]) -> list[dict[str, Any]]:
        """Return a list of facts as a stream of them."""
        return [{"type": "fact", "value": key, "id": self.block_id(f"{name}:{key}")} for key in keys]

    def block_id(self, place: str) -> str:
        """Return the same id at every load, so that translations keep their place."""
        return str(uuid.uuid5(BLOCK_IDS, f"{self.name}:{place}"))
