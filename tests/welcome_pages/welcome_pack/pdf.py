"""What a PDF is to a screen reader: its tags in reading order, what no tag holds, its fonts; and its words, by another reader."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf
import pypdf

PAINTING = {"Tj", "TJ", "'", '"', "Do", "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "EI"}


@dataclass(frozen=True)
class Element:
    """One element of the tree that a screen reader walks."""

    tag: str
    language: str
    alternative: str


class TaggedPdf:
    """A PDF as pikepdf reads it."""

    def __init__(self, content: bytes) -> None:
        self.pdf = pikepdf.open(io.BytesIO(content))
        self.root = self.pdf.Root

    @property
    def elements(self) -> list[Element]:
        """Return the elements in reading order."""
        return list(self._walk(self.root.StructTreeRoot.K))

    def _walk(self, node: Any) -> Iterator[Element]:
        if isinstance(node, pikepdf.Array):
            for part in node:
                yield from self._walk(part)
        elif isinstance(node, pikepdf.Dictionary):
            if "/S" in node:
                yield Element(str(node.S).lstrip("/"), str(node.get("/Lang", "")), str(node.get("/Alt", "")))
            if "/K" in node:
                yield from self._walk(node.K)

    @property
    def headings(self) -> list[int]:
        """Return the levels of the headings in reading order."""
        return [int(element.tag[1:]) for element in self.elements if re.fullmatch(r"H[1-6]", element.tag)]

    def untagged(self) -> list[str]:
        """Return what is painted outside every tag without being marked as decoration."""
        found = []
        for number, sheet in enumerate(self.pdf.pages, start=1):
            depth = 0
            for _operands, operator in pikepdf.parse_content_stream(sheet):
                name = str(operator)
                if name in {"BDC", "BMC"}:
                    depth += 1
                elif name == "EMC":
                    depth -= 1
                elif depth == 0 and name in PAINTING:
                    found.append(f"page {number}: {name}")
        return found

    def languages_of_passages(self) -> set[str]:
        """Return the languages that passages inside the text are marked with."""
        found = {element.language for element in self.elements}
        for sheet in self.pdf.pages:
            for operands, operator in pikepdf.parse_content_stream(sheet):
                if str(operator) == "BDC" and isinstance(operands[1], pikepdf.Dictionary):
                    found.add(str(operands[1].get("/Lang", "")))
        return found - {""}

    def fonts(self) -> dict[str, tuple[bool, bool]]:
        """Return for each font whether it is embedded, and whether its glyphs lead back to characters."""
        found = {}
        for sheet in self.pdf.pages:
            for font in sheet.Resources.get("/Font", {}).values():
                inner = font.DescendantFonts[0] if "/DescendantFonts" in font else font
                descriptor = inner.FontDescriptor
                is_embedded = any(name in descriptor for name in ("/FontFile", "/FontFile2", "/FontFile3"))
                found[str(font.BaseFont)] = (is_embedded, "/ToUnicode" in font)
        return found


def words_of(content: bytes) -> str:
    """Return the text of all pages without their last line, which counts the pages; each white space is one space.

    A line that ends with a space goes on in the next one, and one that does not was broken inside a word.
    """
    pages = [page.extract_text().rsplit("\n", 1)[0] for page in pypdf.PdfReader(io.BytesIO(content)).pages]
    return " ".join(" ".join(page.replace("\n", "") for page in pages).split())
