"""From a content file to the field values of a page, in Danish and in every translation side by side."""

from typing import Any

from portal.starter import markup
from portal.starter.fields import DANISH, PageId, TranslatedFields
from portal.starter.located import Mapping

from .reader import IN_MENU, PageFile

FORM_WORDS = ("key", "official_title", "evidence", "moment", "mitid", "cpr_number")
FORM_TEXTS = {
    "who": ("who_needs_it", markup.paragraphs),
    "not_for": ("who_does_not", markup.paragraphs),
    "when": ("when_to_send", markup.paragraphs),
    "attach": ("what_to_attach", markup.bullets),
    "papers": ("paper_languages", markup.paragraphs),
    "without": ("without_access", markup.paragraphs),
    "next": ("what_happens_next", markup.paragraphs),
}
"""Key of a list of texts → field of the form, and how the texts stand in it."""


class PageFields(TranslatedFields):
    """The values of one guide, local page, note or other page of this room."""

    def __init__(self, file: PageFile, page_id: PageId) -> None:
        super().__init__(file.name, page_id)
        self.file, self.data = file, file.data
        self._fill()

    def _fill(self) -> None:
        data = self.data
        self.values["title"] = data["name"] if self.file.kind == "club" else self.text(data["title"])
        self.values["slug"] = self.file.slug
        self.values["content_owner"] = data["owner"]
        self.values["reviewed_on"] = data["reviewed_on"]
        self.values["review_again_on"] = data["review_again_on"]
        self.values["show_in_menus"] = self.file.kind in IN_MENU
        if "summary" in data:
            self.values["summary"] = self.text(data["summary"])
        if "welcome" in data:
            self.values["welcome"] = self.html(data["welcome"], markup.paragraphs)
        if "name" in data and self.file.kind != "club":
            self.values["name"] = self.text(data["name"])
        if "body" in data:
            self._fill_body()
        if "featured" in data:
            self.values["featured"] = self._pages("featured", "page")
        if "sources" in data:
            self.values["sources"] = self.facts("sources", data["sources"])
        if self.file.kind == "guide":
            self._fill_guide()
        if self.file.kind == "form":
            self._fill_form()
        if self.file.kind == "field_guide":
            self._fill_field_guide()
        if self.file.kind == "club":
            self._fill_club()
        if self.file.kind in {"employer_chapter", "employer_checklist"}:
            self._fill_employer_page()

    def _fill_guide(self) -> None:
        data = self.data
        self.values["key"] = data["key"]
        self.values["audiences"] = list(data["audiences"])
        self.values["level"] = data["level"]
        self.values["authority_id"] = data["authority"]
        self.values["is_procedure"] = data["procedure"]
        self.values["deadlines"] = self.facts("deadlines", data["deadlines"])
        self.values["related"] = self._related()
        self.values["need_to_know"] = self.html(data["need_to_know"], markup.bullets) if "need_to_know" in data else ""
        if data["procedure"]:
            self.values["what_to_bring"] = self.html(data["bring"], markup.bullets)
            self.values["how_it_goes"] = self.html(data["how"], markup.steps)
            self.values["what_happens_next"] = self.html(data["next"], markup.paragraphs)

    def _fill_form(self) -> None:
        data = self.data
        for name in FORM_WORDS:
            self.values[name] = data[name]
        self.values["number"] = data.get("number", "")
        for name in ("topics", "audiences", "form_languages"):
            self.values[name] = list(data[name])
        self.values["authority_id"] = data["authority"]
        self.values["deadlines"] = self.facts("deadlines", data["deadlines"])
        self.values["places"] = self.facts("places", data.get("places", []))
        self.values["related"] = self._related()
        for key, (name, render) in FORM_TEXTS.items():
            self.values[name] = self.html(data[key], render) if key in data else ""

    def _fill_employer_page(self) -> None:
        data = self.data
        self.values["key"] = data["key"]
        self.values["related"] = self._related()
        if "need_to_know" in data:
            self.values["need_to_know"] = self.html(data["need_to_know"], markup.bullets)
        if "steps" in data:
            self.values["hire"] = data["hire"]
            self.values["steps"] = [self._step(step, number) for number, step in enumerate(data["steps"])]

    def _fill_club(self) -> None:
        data = self.data
        self.values["name_language"] = data.get("name_language", DANISH)
        self.values["kind"] = data["club_kind"]
        self.values["country"] = data.get("country", "")
        self.values["spoken_languages"] = list(data["spoken"])
        self.values["also_in"] = list(data.get("also_in", []))
        self.values["contacts"] = self.facts("contacts", data["contacts"])
        self.values["meets"] = self.text(data["meets"]) if "meets" in data else ""
        for name in ("source_name", "confidence"):
            self.values[name] = data[name]
        self.values["source_url"] = data.get("source_url", "")

    def _step(self, step: Mapping, number: int) -> dict[str, Any]:
        """Return one step of a checklist as its block."""
        value = {
            "phase": step["phase"],
            "who": step["who"],
            "step": self.html([step["step"]], markup.paragraphs),
            "due": self.text(step["due"]) if "due" in step else "",
            "page": self.page_id(step["page"]) if "page" in step else None,
        }
        return {"type": "step", "id": self.block_id(f"steps:{number}"), "value": value}

    def _fill_field_guide(self) -> None:
        data = self.data
        self.values["is_complete"] = data["complete"]
        self.values["version"] = self.text(data["version"])
        self.values["seen_on"] = data["seen_on"]
        self.values["printed_in"] = data["printed_in"]
        self.values["official_file_id"] = data.get("file")
        self.values["entries"] = [self._entry(entry, number) for number, entry in enumerate(data["entries"])]

    def _entry(self, entry: Mapping, number: int) -> dict[str, Any]:
        """Return one section or field of a form as its block."""
        (kind, part), *_rest = entry.items()
        value: dict[str, Any] = {"label": part.get("label", ""), "certainty": part.get("certainty", "unsure")}
        value["translation"] = self.text(part["translation"]) if "translation" in part else ""
        if kind == "section":
            value["danish"] = part.get("danish", "")
        if kind == "field":
            value["word"] = part.get("word")
            value["example"] = self.text(part["example"]) if "example" in part else ""
            for name in ("meaning", "warning"):
                value[name] = self.html([part[name]], markup.paragraphs) if name in part else ""
        return {"type": kind, "id": self.block_id(f"entries:{number}"), "value": value}

    def _related(self) -> list[dict[str, Any]]:
        found = [(key, self.page_id(key)) for key in self.data["related"]]
        return [
            {"type": "form" if key.startswith("F") else "guide", "value": pk, "id": self.block_id(f"related:{key}")}
            for key, pk in found
            if pk is not None
        ]

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
