"""The few signs that content files use for bold text and links, and the rich text they become."""

import re
from collections import Counter
from collections.abc import Callable
from html import escape

BOLD = re.compile(r"\*\*(.+?)\*\*")
LINK = re.compile(r"(?<![\[\]])\[([^\[\]]+)\]\(([A-Za-z0-9/_-]+)\)")


def link_targets(text: str) -> Counter[str]:
    """Count the pages that a text links to: keys of guides, or `municipality/slug` of local pages."""
    return Counter(match[2] for match in LINK.finditer(text))


def inline_html(text: str, page_id: Callable[[str], int | None]) -> str:
    """Return a text as the inline HTML that Wagtail stores.

    `page_id` gives the id of a page that is linked to; where there is none, the words stay and the link goes.
    """

    def link(match: re.Match[str]) -> str:
        target = page_id(match[2])
        return match[1] if target is None else f'<a linktype="page" id="{target}">{match[1]}</a>'

    html = escape(" ".join(text.split()), quote=False)
    html = BOLD.sub(r"<b>\1</b>", html)
    return LINK.sub(link, html)


def paragraphs(texts: list[str]) -> str:
    """Return inline texts as paragraphs."""
    return "".join(f"<p>{text}</p>" for text in texts)


def bullets(texts: list[str]) -> str:
    """Return inline texts as a bullet list."""
    return f"<ul>{''.join(f'<li>{text}</li>' for text in texts)}</ul>" if texts else ""


def steps(texts: list[str]) -> str:
    """Return inline texts as a numbered list."""
    return f"<ol>{''.join(f'<li>{text}</li>' for text in texts)}</ol>" if texts else ""
