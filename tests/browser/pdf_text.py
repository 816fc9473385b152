"""Reads the words out of a PDF that Chromium made. Not a reader for other PDFs: those need a library."""

import re
import zlib

OBJECT = re.compile(rb"(?:^|\n)(\d+) 0 obj\n(.*?)\nendobj", re.DOTALL)
STREAM = re.compile(rb"stream\n(.*)\nendstream", re.DOTALL)
FONT_OR_GLYPHS = re.compile(rb"/F(\d+) [\d.]+ Tf|<([0-9A-Fa-f]+)> Tj")
ONE_CHARACTER = re.compile(rb"<([0-9A-F]+)> <([0-9A-F]+)>\n")
MANY_CHARACTERS = re.compile(rb"<([0-9A-F]+)> <([0-9A-F]+)> <([0-9A-F]+)>\n")


def pdf_text(pdf: bytes) -> str:
    """Return the text of all pages without any white space: a PDF has positions in its place."""
    objects = {int(match[1]): match[2] for match in OBJECT.finditer(pdf)}
    fonts = {
        number: _characters(_unpacked(objects[int(found[1])]))
        for number, content in objects.items()
        if (found := re.search(rb"/ToUnicode (\d+) 0 R", content))
    }
    pages = (re.search(rb"/Contents (\d+) 0 R", content) for content in objects.values())
    text = "".join(_words(_unpacked(objects[int(found[1])]), fonts) for found in pages if found)
    return "".join(text.split())


def _unpacked(content: bytes) -> bytes:
    found = STREAM.search(content)
    return zlib.decompress(found[1]) if found else b""


def _characters(table: bytes) -> dict[int, str]:
    characters = {}
    for section in re.findall(rb"beginbfchar\n(.*?)endbfchar", table, re.DOTALL):
        for glyph, code in ONE_CHARACTER.findall(section):
            characters[int(glyph, 16)] = bytes.fromhex(code.decode()).decode("utf-16-be")
    for section in re.findall(rb"beginbfrange\n(.*?)endbfrange", table, re.DOTALL):
        for first, last, code in MANY_CHARACTERS.findall(section):
            for glyph in range(int(first, 16), int(last, 16) + 1):
                characters[glyph] = chr(int(code, 16) + glyph - int(first, 16))
    return characters


def _words(page: bytes, fonts: dict[int, dict[int, str]]) -> str:
    text, font = "", {}
    for number, glyphs in FONT_OR_GLYPHS.findall(page):
        if number:
            font = fonts[int(number)]
        else:
            text += "".join(font.get(int(glyphs[at : at + 4], 16), "?") for at in range(0, len(glyphs), 4))
    return text
