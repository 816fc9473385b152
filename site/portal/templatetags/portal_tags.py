"""Template tags of every page: facts, marks on texts, dates."""

import datetime
from typing import Any

from babel.dates import format_date
from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from wagtail.rich_text import RichText

from portal.facts import register as fact_register
from portal.facts.models import Fact
from portal.facts.rendering import cite, cite_text, fact_html, label_html
from portal.texts import rendering

register = template.Library()


@register.filter
def fact_value(fact: Fact | None) -> SafeString:
    """Return the value of a fact as the reader sees it."""
    return fact_html(fact)


@register.filter
def fact_label(fact: Fact) -> SafeString:
    """Return the label of a fact."""
    return label_html(fact)


@register.simple_tag
def emergency_facts() -> list[Fact]:
    """Return the numbers that stand on every page."""
    return fact_register.current().footer_facts()


@register.filter(name="cite")
def cite_filter(text: str) -> SafeString:
    """Return a plain text with its facts and terms."""
    return cite_text(text or "")


@register.filter
def cite_html(html: str) -> SafeString:
    """Return safe HTML with its facts and terms; used by Wagtail's own rich text template."""
    return cite(html)


@register.simple_tag(takes_context=True)
def marks(context: Any, path: str) -> SafeString:
    """Return the attributes of the element that holds the text at a content path."""
    return rendering.attributes(context.get("parts"), path)


@register.simple_tag(takes_context=True)
def rich(context: Any, path: str, value: RichText | str) -> SafeString:
    """Return the rich text at a content path, with links, facts and marks."""
    return rendering.rich_text(context.get("parts"), path, value)


@register.simple_tag(takes_context=True)
def remark(context: Any, path: str) -> SafeString:
    """Return the remark on the text at a content path, empty where it is current."""
    parts = context.get("parts")
    if not parts:
        return SafeString("")
    return rendering.remark(parts, path, context.get("danish_url", ""), context.get("language", ""))


@register.filter
def long_date(value: datetime.date | None) -> str:
    """Return a date as people of the reader's language write it: 22. november 2026, 22 ноября 2026 г."""
    return format_date(value, "long", locale=get_language()) if value else ""
