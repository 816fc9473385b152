"""Texts of a page with their marks: `lang="da"` on what is still Danish, a remark on what is out of date."""

from typing import Any, cast

from bs4 import BeautifulSoup, Tag
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from wagtail.rich_text import RichText, expand_db_html
from wagtail_localize.strings import extract_strings, restore_strings

from portal.facts.rendering import cite
from portal.languages.notices import paragraph_notice

from .segments import text_hash

Parts = dict[str, Any]


def _attributes_of(entry: dict[str, Any]) -> dict[str, str]:
    attributes = {"data-state": " ".join(entry["flags"])}
    if "danish" in entry["flags"]:
        attributes["lang"] = "da"
    return attributes


def attributes(parts: Parts, path: str) -> SafeString:
    """Return the attributes for the element that holds the text at `path`; empty where the text is current."""
    entries = parts.get(path) if parts else None
    if not entries:
        return mark_safe("")
    return format_html_join("", ' {}="{}"', _attributes_of(next(iter(entries.values()))).items())


def remark(parts: Parts, path: str, danish_url: str, language: str) -> SafeString:
    """Return the visible remark below the text at `path`, with the way to the Danish text; empty where it is current."""
    entries = [entry for key, entry in (parts or {}).items() if key == path or key.startswith(f"{path}.")]
    flags = {
        flag
        for by_text in entries
        if isinstance(by_text, dict)
        for entry in by_text.values()
        for flag in entry["flags"]
    }
    text = paragraph_notice(sorted(flags))
    if not text:
        return mark_safe("")
    return format_html(
        '<p class="remark" lang="{}">{} <a href="{}" hreflang="da" lang="da">Dansk</a></p>', language, text, danish_url
    )


def rich_text(parts: Parts, path: str, value: RichText | str) -> SafeString:
    """Return a rich text with its links and facts, each paragraph marked where it is not current.

    The usual case, all current and without links, parses nothing.
    """
    source = value.source if isinstance(value, RichText) else value
    entries = parts.get(path) if parts else None
    if entries:
        source = _mark_paragraphs(source, entries)
    return cite(expand_db_html(source) if "<a" in source or "<embed" in source else source)


def _mark_paragraphs(source: str, entries: dict[str, Any]) -> str:
    template, strings = extract_strings(source)
    soup = BeautifulSoup(template, "html.parser")
    for mark in soup.find_all("text"):
        entry = entries.get(text_hash(strings[int(str(mark["position"]))][0].data))
        if entry is None:
            continue
        holder = cast(Tag, mark.parent)
        siblings = [child for child in holder.children if getattr(child, "name", None) or str(child).strip()]
        if holder.name == "[document]" or len(siblings) > 1:
            holder = mark.wrap(soup.new_tag("span"))
        holder.attrs.update(_attributes_of(entry))
    return restore_strings(str(soup), strings)
