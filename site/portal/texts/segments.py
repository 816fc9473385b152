"""The texts of a page as translators see them, and hashes that tell whether two of them are the same."""

import hashlib

from bs4 import BeautifulSoup
from wagtail.models import Page
from wagtail_localize.models import String
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

TextsByPath = dict[str, list[str]]


def texts_by_path(page: Page) -> TextsByPath:
    """Return the texts of a page as it stands in its database row, that is, live, by content path."""
    found: TextsByPath = {}
    for segment in extract_segments(page):
        if isinstance(segment, StringSegmentValue):
            found.setdefault(segment.path, []).append(segment.string.data)
    return found


def text_hash(data: str) -> str:
    """Return a hash of the words alone: wagtail-localize renumbers links when it extracts a translation again."""
    words = data if "<" not in data and "&" not in data else BeautifulSoup(data, "html.parser").get_text()
    return hashlib.sha1(" ".join(words.split()).encode(), usedforsecurity=False).hexdigest()[:12]


def source_hash(data: str) -> str:
    """Return the hash under which wagtail-localize keeps a source string."""
    return str(String._get_data_hash(data))


def source_hashes(page: Page) -> dict[str, set[str]]:
    """Return the hashes of the Danish strings of a page by content path."""
    return {path: {source_hash(text) for text in texts} for path, texts in texts_by_path(page).items()}
