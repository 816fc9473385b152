"""From the HTML of a pack to a tree of plain values, which the template of the PDF walks: no markup is ever glued together."""

import re
from collections.abc import Iterator
from typing import Any

from bs4 import BeautifulSoup, NavigableString, Tag

from portal import qr_code

Node = dict[str, Any]
Content = list[Node | str]

HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4}
BLOCKS = {*HEADINGS, "p", "ul", "ol", "dl", "div", "section", "article", "aside", "header"}
INLINE = {"strong": "strong", "b": "strong", "em": "emph", "i": "emph", "small": "small", "dfn": "danish"}
STYLES = {
    "danish-title": "danish",
    "danish-word": "danish",
    "remark": "remark",
    "pack-lead": "lead",
    "pack-show": "show",
}
"""Class of an element → how the PDF shows it."""
BOXES = {"local-note": "note", "callout": "tip", "callout--warning": "warning", "pack-numbers": "numbers"}
LEFT_OUT = {"svg", "script", "style", "nav"}
SPACES = re.compile(r"[ \t\r\n]+")
INVISIBLE = re.compile(r"[\u2060\u200b\u00ad\ufeff\ufe0f\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""Signs that only tell a browser what to do, and those that no text should have."""
SCHEME = re.compile(r"^https?://(?:www\.)?")


def tree_of(html: str, root: str) -> Content:
    """Return the content of a pack; `root` stands before addresses of this site."""
    soup = BeautifulSoup(html, "html.parser")
    return list(_Walker(root).blocks(soup))


class _Walker:
    def __init__(self, root: str) -> None:
        self.root = root

    def blocks(self, parent: Tag) -> Iterator[Node]:
        """Yield the blocks of an element; words that stand between them are a paragraph."""
        loose: Content = []
        for child in parent.children:
            if isinstance(child, Tag) and (child.name in BLOCKS or child.name in LEFT_OUT):
                yield from self._paragraph(loose)
                loose = []
                yield from self._block(child)
            else:
                loose += self._inline(child)
        yield from self._paragraph(loose)

    def _block(self, tag: Tag) -> Iterator[Node]:
        if tag.name in LEFT_OUT or _is_left_out(tag):
            return
        node = self._block_node(tag)
        if node is None:
            children = list(self.blocks(tag))
            if "lang" in tag.attrs:
                yield {"kind": "group", "lang": tag["lang"], "content": children}
            else:
                yield from children
            return
        if "lang" in tag.attrs:
            node["lang"] = tag["lang"]
        yield node

    def _block_node(self, tag: Tag) -> Node | None:
        classes = _classes(tag)
        if tag.name in HEADINGS:
            return {"kind": "heading", "level": HEADINGS[tag.name], "content": self.words(tag)}
        if tag.name == "p":
            style = next((STYLES[name] for name in classes if name in STYLES), "")
            return {"kind": "paragraph", "style": style, "content": self.words(tag)}
        if tag.name in {"ul", "ol"}:
            kind = {"ul": "list", "ol": "steps"}[tag.name]
            items = [list(self.blocks(item)) for item in tag.find_all("li", recursive=False)]
            return {"kind": kind, "items": items}
        if tag.name == "dl":
            rows = [(row.find("dt"), row.find("dd")) for row in tag.find_all("div", recursive=False)]
            return {
                "kind": "facts",
                "rows": [
                    {"term": self.words(term), "value": self.words(value)} for term, value in rows if term and value
                ],
            }
        if "data-code" in tag.attrs:
            return {"kind": "code", "svg": qr_code.picture(str(tag["data-code"])), "alt": str(tag["data-alt"])}
        style = next((BOXES[name] for name in reversed(classes) if name in BOXES), "")
        return {"kind": "box", "style": style, "content": list(self.blocks(tag))} if style else None

    def _paragraph(self, loose: Content) -> Iterator[Node]:
        words = _trimmed(loose)
        if words:
            yield {"kind": "paragraph", "style": "", "content": words}

    def words(self, parent: Tag) -> Content:
        """Return the words of an element, with what marks them."""
        found: Content = []
        for child in parent.children:
            found += self._inline(child)
        return _trimmed(found)

    def _inline(self, child: Any) -> Content:
        if isinstance(child, NavigableString):
            if type(child) is not NavigableString:  # a comment
                return []
            text = SPACES.sub(" ", INVISIBLE.sub("", str(child)))
            return [text] if text else []
        if not isinstance(child, Tag) or child.name in LEFT_OUT or _is_left_out(child):
            return []
        if child.name == "br":
            return [{"kind": "break"}]
        content: Content = []
        for grandchild in child.children:
            content += self._inline(grandchild)
        if child.name == "a" and child.get("href") and content:
            content = self._link(child, content)
        else:
            kind = next((STYLES[name] for name in _classes(child) if name in STYLES), INLINE.get(child.name, ""))
            if kind and content:
                content = [{"kind": kind, "content": content}]
        if "lang" in child.attrs and content:
            return [{"kind": "language", "lang": child["lang"], "content": content}]
        return content

    def _link(self, tag: Tag, content: Content) -> Content:
        """Return a link; what leads away from this site shows its address, because paper cannot be clicked."""
        address = str(tag["href"])
        if address.startswith("#"):
            return content
        if address.startswith("/"):
            address = f"{self.root}{address}"
        link: Node = {"kind": "link", "address": address, "content": content}
        is_external = "external" in (tag.get("rel") or [])
        shown = SCHEME.sub("", address).rstrip("/")
        if is_external and shown not in tag.get_text():
            link["shown"] = shown
        return [link]


def _is_left_out(tag: Tag) -> bool:
    """Say whether an element is only for the screen: what opens on a click, what a screen reader alone reads."""
    return "popover" in tag.attrs or "screen-only" in _classes(tag)


def _classes(tag: Tag) -> list[str]:
    return list(tag.get("class") or [])


def _trimmed(content: Content) -> Content:
    """Return words without white space at both ends, and without double spaces."""
    found: Content = []
    for part in content:
        if isinstance(part, str) and found and isinstance(found[-1], str):
            found[-1] = SPACES.sub(" ", found[-1] + part)
        else:
            found.append(part)
    if found and isinstance(found[0], str):
        found[0] = found[0].lstrip(" ")
    if found and isinstance(found[-1], str):
        found[-1] = found[-1].rstrip(" ")
    return [part for part in found if part]
