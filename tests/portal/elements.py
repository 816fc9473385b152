"""Questions about elements of a page: in which language is this, where does that text stand."""

from bs4 import Tag

WORD_JOINER = "\u2060"  # stands between a term and a full stop, so that no line begins with it


def language_of(element: Tag) -> str | None:
    """Return the language in which a screen reader speaks an element; None where nothing says so."""
    holder = next((tag for tag in [element, *element.parents] if isinstance(tag, Tag) and tag.has_attr("lang")), None)
    return holder["lang"] if holder else None


def words(element: Tag) -> list[str]:
    """Return the texts inside an element, each as a reader sees it."""
    return [text for found in element.stripped_strings if (text := found.replace(WORD_JOINER, "").strip())]


def by_text(soup: Tag, text: str) -> Tag:
    """Return the one element whose own text contains a text."""
    (found,) = [string.parent for string in soup.find_all(string=True) if text in string]
    return found
