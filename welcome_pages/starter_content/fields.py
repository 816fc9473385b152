"""From a content file to the field values of a page, in Danish and in every translation side by side."""

from typing import Any

from portal.starter import markup
from portal.starter.fields import PageId, TranslatedFields

from .reader import IN_MENU, PageFile


class PageFields(TranslatedFields):
    """The values of one guide, local page, note or other page of this room."""

    def __init__(self, file: PageFile, page_id: PageId) -> None:
        super().__init__(file.name, page_id)
        self.file, self.data = file, file.data
        self._fill()

    def _fill(self) -> None:
        data = self.data
        self.values["title"] = self.text(data["title"])
        self.values["slug"] = self.file.slug
        self.values["content_owner"] = data["owner"]
        self.values["reviewed_on"] = data["reviewed_on"]
        self.values["review_again_on"] = data["review_again_on"]
        self.values["show_in_menus"] = self.file.kind in IN_MENU
        if "summary" in data:
            self.values["summary"] = self.text(data["summary"])
        if "welcome" in data:
            self.values["welcome"] = self.html(data["welcome"], markup.paragraphs)
        if "name" in data:
            self.values["name"] = self.text(data["name"])
        if "body" in data:
            self._fill_body()
        if "featured" in data:
            self.values["featured"] = self._pages("featured", "page")
        if "sources" in data:
            self.values["sources"] = self.facts("sources", data["sources"])
        if self.file.kind == "guide":
            self._fill_guide()

    def _fill_guide(self) -> None:
        data = self.data
        self.values["key"] = data["key"]
        self.values["audiences"] = list(data["audiences"])
        self.values["level"] = data["level"]
        self.values["authority_id"] = data["authority"]
        self.values["is_procedure"] = data["procedure"]
        self.values["deadlines"] = self.facts("deadlines", data["deadlines"])
        self.values["related"] = self._pages("related", "guide")
        if data["procedure"]:
            self.values["what_to_bring"] = self.html(data["bring"], markup.bullets)
            self.values["how_it_goes"] = self.html(data["how"], markup.steps)
            self.values["what_happens_next"] = self.html(data["next"], markup.paragraphs)

    def _fill_body(self) -> None:
        blocks = [self.block(block, number) for number, block in enumerate(self.data["body"])]
        if self.file.kind == "municipality":
            # The first card is the contact that stands in every guide.
            first = next((block for block in blocks if block["type"] == "contact"), None)
            self.values["main_contact"] = [first] if first else []
            blocks = [block for block in blocks if block is not first]
        self.values["body"] = blocks

    def _pages(self, name: str, kind: str) -> list[dict[str, Any]]:
        found = [(key, self.page_id(key)) for key in self.data[name]]
        return [
            {"type": kind, "value": pk, "id": self.block_id(f"{name}:{key}")} for key, pk in found if pk is not None
        ]
