"""From a content file to the field values of a page, in Danish and in every translation side by side."""

import uuid
from collections.abc import Callable
from typing import Any

from django.conf import settings

from . import markup
from .catalogue import Catalogue
from .located import Mapping
from .reader import IN_MENU, PageFile
from .texts import LANGUAGES

DANISH = settings.LANGUAGE_CODE
BLOCK_IDS = uuid.UUID("6f1d3a0e-6a6d-4f0b-9c55-3a1f6f2a7c11")

PageId = Callable[[str], int | None]


class PageFields:
    """The values of one page: Danish ones for the page itself, translated ones for its catalogues."""

    def __init__(self, file: PageFile, page_id: PageId) -> None:
        self.file, self.data, self.page_id = file, file.data, page_id
        self.languages = sorted(LANGUAGES - {DANISH})
        self.catalogues = {code: Catalogue(file.name, code) for code in self.languages}
        self.values: dict[str, Any] = {}
        self._fill()

    def _fill(self) -> None:
        data = self.data
        self.values["title"] = self._text(data["title"])
        self.values["slug"] = self.file.slug
        self.values["content_owner"] = data["owner"]
        self.values["reviewed_on"] = data["reviewed_on"]
        self.values["review_again_on"] = data["review_again_on"]
        self.values["show_in_menus"] = self.file.kind in IN_MENU
        if "summary" in data:
            self.values["summary"] = self._text(data["summary"])
        if "welcome" in data:
            self.values["welcome"] = self._html(data["welcome"], markup.paragraphs)
        if "name" in data:
            self.values["name"] = self._text(data["name"])
        if "body" in data:
            self._fill_body()
        if "featured" in data:
            self.values["featured"] = self._pages("featured", "page")
        if "sources" in data:
            self.values["sources"] = self._facts("sources")
        if self.file.kind == "guide":
            self._fill_guide()

    def _fill_guide(self) -> None:
        data = self.data
        self.values["key"] = data["key"]
        self.values["audiences"] = list(data["audiences"])
        self.values["level"] = data["level"]
        self.values["authority_id"] = data["authority"]
        self.values["is_procedure"] = data["procedure"]
        self.values["deadlines"] = self._facts("deadlines")
        self.values["related"] = self._pages("related", "guide")
        if data["procedure"]:
            self.values["what_to_bring"] = self._html(data["bring"], markup.bullets)
            self.values["how_it_goes"] = self._html(data["how"], markup.steps)
            self.values["what_happens_next"] = self._html(data["next"], markup.paragraphs)

    def _fill_body(self) -> None:
        blocks = [self._block(block, number) for number, block in enumerate(self.data["body"])]
        if self.file.kind == "municipality":
            # The first card is the contact that stands in every guide.
            first = next((block for block in blocks if block["type"] == "contact"), None)
            self.values["main_contact"] = [first] if first else []
            blocks = [block for block in blocks if block is not first]
        self.values["body"] = blocks

    def _block(self, block: Mapping, number: int) -> dict[str, Any]:
        (kind, content), *_rest = block.items()
        block_id = self._block_id(f"body:{number}")
        if kind == "section":
            section = {"heading": self._text(content["heading"]), "text": self._section(content)}
            return {"type": kind, "id": block_id, "value": section}
        if kind == "contact":
            items = [
                {"type": "item", "value": key, "id": self._block_id(f"body:{number}:{key}")} for key in content["facts"]
            ]
            return {"type": kind, "id": block_id, "value": {"heading": self._text(content["heading"]), "facts": items}}
        return {"type": kind, "id": block_id, "value": self._html([content["text"]], markup.paragraphs)}

    def _section(self, content: Mapping) -> str:
        lead, points = content.get("paragraphs", []), content.get("points", [])

        def render(texts: list[str]) -> str:
            return markup.paragraphs(texts[: len(lead)]) + markup.bullets(texts[len(lead) :])

        return self._html([*lead, *points], render)

    def _facts(self, name: str) -> list[dict[str, Any]]:
        return [{"type": "fact", "value": key, "id": self._block_id(f"{name}:{key}")} for key in self.data[name]]

    def _pages(self, name: str, kind: str) -> list[dict[str, Any]]:
        found = [(key, self.page_id(key)) for key in self.data[name]]
        return [
            {"type": kind, "value": pk, "id": self._block_id(f"{name}:{key}")} for key, pk in found if pk is not None
        ]

    def _block_id(self, place: str) -> str:
        """Return the same id at every load, so that translations keep their place."""
        return str(uuid.uuid5(BLOCK_IDS, f"{self.file.name}:{place}"))

    def _text(self, texts: Mapping) -> str:
        danish = " ".join(texts[DANISH].split())
        for code in self.languages:
            self.catalogues[code].add_text(danish, " ".join(texts[code].split()))
        return danish

    def _html(self, items: list[Mapping], render: Callable[[list[str]], str]) -> str:
        def html(code: str) -> str:
            return render([markup.inline_html(item[code], self.page_id) for item in items])

        for code in self.languages:
            self.catalogues[code].add_html(html(DANISH), html(code))
        return html(DANISH)
