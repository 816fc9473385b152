"""The addresses of what was found, and of the search page itself."""

from urllib.parse import urlencode

from .answers import Hit, Suggestion


def search_path(language: str, place: str = "", **parameters: str | int) -> str:
    """Return the address of the search page, inside a municipality if one is named; empty parameters are left out."""
    query = urlencode({name: value for name, value in parameters.items() if value})
    return page_path(language, place, "search/") + (f"?{query}" if query else "")


def page_path(language: str, place: str, path: str) -> str:
    """Return the address of a page, inside a municipality if one is named."""
    return f"/{language}/{place}/{path}" if place else f"/{language}/{path}"


def path_of(found: Hit | Suggestion, language: str, place: str) -> str:
    """Return the address of what was found: a page of a municipality at its own place, a shared one where the reader is."""
    return page_path(language, found.municipality or place, found.path)
