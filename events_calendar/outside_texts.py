"""The texts of activities that somebody wrote outside the admin, a club or another calendar, and how they get into a page.

What comes from outside is plain text. It stands in the page in one section of its own, which is found again by its id.
"""

import uuid
from typing import Any

from anyascii import anyascii
from django.utils.html import escape
from django.utils.text import slugify
from django.utils.translation import gettext, override
from wagtail.models import Page

from .models import ActivityPage

LONGEST_SLUG = 60
TEXT = "text"
"""The name by which the values of a page hold its section."""
TRANSLATED = ("title", "summary", TEXT, "what_to_bring", "price")


def lines_of(text: str) -> list[str]:
    """Return the lines of a plain text that are not empty; each becomes a paragraph."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def as_html(text: str) -> str:
    """Return a plain text as the rich text of a page, with nothing in it that could be markup."""
    return "".join(f"<p>{escape(line)}</p>" for line in lines_of(text))


def heading_in(language: str) -> str:
    """Return the heading over the section."""
    with override(language):
        return gettext("About the activity")


def block_id(page: ActivityPage) -> str:
    """Return the id of the section of a page."""
    return str(uuid.uuid5(page.translation_key, TEXT))


def text_of(page: ActivityPage) -> str:
    """Return the rich text of the section, empty where there is none."""
    own = block_id(page)
    return next((block["value"]["text"] for block in page.body.raw_data if block.get("id") == own), "")


def set_text(page: ActivityPage, html: str) -> None:
    """Put a rich text into the section of a page; an empty one removes it."""
    own, blocks = block_id(page), [dict(block) for block in page.body.raw_data]
    found = next((block for block in blocks if block.get("id") == own), None)
    if not html:
        blocks = [block for block in blocks if block is not found]
    elif found is not None:
        found["value"] = {**found["value"], "text": html}
    else:
        heading = heading_in(page.locale.language_code)
        blocks.append({"type": "section", "id": own, "value": {"heading": heading, "text": html}})
    page.body = page.body.stream_block.to_python(blocks)


def set_values(page: ActivityPage, values: dict[str, Any]) -> None:
    """Put values into a page: fields by their names, and the section."""
    for name, value in values.items():
        if name == TEXT:
            set_text(page, value)
        else:
            setattr(page, name, value)


def value_of(page: ActivityPage, name: str) -> Any:
    """Return what stands in a page."""
    return text_of(page) if name == TEXT else getattr(page, name)


def path_below_home(page: Page) -> str:
    """Return the address of a page without its language: it is the same in all of them."""
    return "".join(f"{part}/" for part in page.url_path.strip("/").split("/")[1:])


def free_slug(parent: Page, title: str) -> str:
    """Return a slug for a new page below a parent, in ASCII whatever the alphabet of the title."""
    wanted = slugify(anyascii(title))[:LONGEST_SLUG].strip("-_").replace("_", "-") or "aktivitet"
    taken = set(Page.objects.child_of(parent).filter(slug__startswith=wanted).values_list("slug", flat=True))
    return next(slug for slug in (wanted, *(f"{wanted}-{number}" for number in range(2, 10_000))) if slug not in taken)
