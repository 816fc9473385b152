"""From an address to a page: the shared tree, and the same tree seen from inside a municipality.

`/pl/guide/x/` is the shared guide; `/pl/herning/guide/x/` is the same guide with Herning's note. One query finds the
page and its breadcrumbs, whatever the depth. See docs/departures/municipality-in-the-address.md.
"""

from typing import TYPE_CHECKING, cast

from django.contrib.contenttypes.models import ContentType
from django.http import Http404, HttpRequest
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.url_routing import RouteResult

from .prepared import get_page
from .rows import HomeRow, PageRow, municipality_type_id, top_level, top_level_and_pages_at

if TYPE_CHECKING:
    from .base import BasePage


def resolve(home: HomeRow, request: HttpRequest, components: list[str]) -> RouteResult:
    """Return the page at this path, with `municipality` and `ancestors` set on it. Raises Http404."""
    kind = municipality_type_id()
    own, inner = _prefixes(home.url_path, components), _prefixes(home.url_path, components[1:])
    top, by_path = top_level_and_pages_at(home, own + inner) if components else (top_level(home), {})
    slugs = frozenset(row.slug for row in top if row.content_type_id == kind)
    inside = bool(components) and components[0] in slugs
    if inside and len(components) > 1 and components[1] in slugs:
        raise Http404("a municipality inside a municipality")
    if not home.live:
        raise Http404("the language is not published")
    if not components:
        request.links.enter(home, top, slugs)  # type: ignore[attr-defined]
        return _finish(_home_page(home), home, request, None, [], [])

    shared = inner if inside else []
    municipality = specific(by_path[own[0]]) if inside else None
    request.links.enter(home, top, slugs, municipality)  # type: ignore[attr-defined]

    chain, below, rest = _chain(own, by_path), _chain(shared, by_path), []
    if any(row.content_type_id == kind and not row.live for row in chain + below):
        raise Http404("the municipality is not published")
    while inside and len(chain) > 1 and not chain[-1].live:
        chain.pop()  # the draft of a local page hides no shared one
    if len(chain) < len(own):
        if inside and len(below) + 1 > len(chain):
            chain = [by_path[own[0]], *below]
        rest = components[len(chain) :]
    if not chain or (rest and not _knows_subpath(chain[-1], rest)):
        raise Http404("no page at this address")
    page = municipality if municipality and chain[-1].pk == municipality.pk else specific(chain[-1])
    return _finish(page, home, request, municipality, chain[:-1], rest)


def _prefixes(root: str, components: list[str]) -> list[str]:
    return [root + "".join(f"{part}/" for part in components[:end]) for end in range(1, len(components) + 1)]


def _chain(paths: list[str], by_path: dict[str, PageRow]) -> list[PageRow]:
    chain = []
    for path in paths:
        if path not in by_path:
            break
        chain.append(by_path[path])
    return chain


def _home_page(home: HomeRow) -> "BasePage":
    from .home import HomePage  # the home page imports this module

    return get_page(HomePage, home.pk)


def specific(row: PageRow) -> "BasePage":
    """Return the page of a row in its own class. Raises Http404 where that class no longer exists."""
    model = ContentType.objects.get_for_id(row.content_type_id).model_class()
    if model is None:
        raise Http404("a page of a kind that no longer exists")
    return get_page(cast("type[BasePage]", model), row.pk)


def _knows_subpath(row: PageRow, rest: list[str]) -> bool:
    """Say whether a page may answer what follows its address; of some kinds of pages that is known without reading them."""
    model = ContentType.objects.get_for_id(row.content_type_id).model_class()
    if not row.live or model is None or not issubclass(model, RoutablePageMixin):
        return False
    subpaths = cast("type[BasePage]", model).subpaths
    return subpaths is None or "/".join(rest) in subpaths


def _finish(
    page: "BasePage",
    home: HomeRow,
    request: HttpRequest,
    municipality: "BasePage | None",
    ancestors: list[PageRow],
    rest: list[str],
) -> RouteResult:
    page.municipality = municipality
    page.ancestors = ancestors
    page.any_restrictions = home.any_restrictions
    if municipality is not None:
        municipality.any_restrictions = home.any_restrictions
    if isinstance(page, RoutablePageMixin):
        return page.route(request, rest)
    if not page.live:
        raise Http404("the page is not published")
    return RouteResult(page)
