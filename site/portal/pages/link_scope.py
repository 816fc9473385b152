"""Where the reader is: language and municipality of one request, and the addresses of pages as seen from there."""

import re
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from .rows import HomeRow, PageRow, relative_path, targets_of

if TYPE_CHECKING:
    from portal.municipalities.models import MunicipalityPage

_scope: ContextVar["LinkScope | None"] = ContextVar("link_scope", default=None)
PAGE_LINK = re.compile(r"<a\b[^>]*\blinktype=\"page\"[^>]*>")
PAGE_ID = re.compile(r"\bid=\"(\d+)\"")


class Target(NamedTuple):
    """A page that a link on this page leads to, in the reader's language."""

    path: str
    title: str
    language: str
    """The language that the title is really in."""


def linked_page_ids(*raw_html: str) -> set[int]:
    """Return the ids of all pages that these rich texts link to."""
    return {
        int(found[1])
        for raw in raw_html
        if 'linktype="page"' in raw
        for tag in PAGE_LINK.findall(raw)
        if (found := PAGE_ID.search(tag))
    }


class LinkScope:
    """Addresses of pages from the point of view of one request: one language, at most one municipality."""

    def __init__(self) -> None:
        self.home: HomeRow | None = None
        self.municipality: MunicipalityPage | None = None
        self.language = ""
        self.top: list[PageRow] = []
        self.municipality_slugs: frozenset[str] = frozenset()
        self._targets: dict[int, Target | None] = {}

    def enter(
        self,
        home: HomeRow,
        top: list[PageRow],
        municipality_slugs: Iterable[str],
        municipality: "MunicipalityPage | None" = None,
    ) -> None:
        """Settle where the reader is. Called once the address has been understood."""
        self.home, self.language, self.top = home, home.language, top
        self.municipality_slugs = frozenset(municipality_slugs)
        self.municipality = municipality
        self._targets.clear()

    @property
    def municipalities(self) -> list[PageRow]:
        """Return the municipalities in the order of the tree."""
        return [row for row in self.top if row.slug in self.municipality_slugs]

    @property
    def sections(self) -> list[PageRow]:
        """Return the shared sections (guide, forms, calendar …) in the order of the tree."""
        return [row for row in self.top if row.slug not in self.municipality_slugs and row.show_in_menus]

    @property
    def footer_pages(self) -> list[PageRow]:
        """Return the pages about the site, which stand in the footer."""
        return [row for row in self.top if row.slug not in self.municipality_slugs and not row.show_in_menus]

    def path_for(self, url_path: str, municipality: str | None = None) -> str:
        """Return the address of a page: inside the reader's municipality, or inside the one that is named."""
        relative = relative_path(url_path)
        if municipality is None:
            municipality = self.municipality.slug if self.municipality else ""
        if municipality and relative.split("/", 1)[0] not in self.municipality_slugs:
            relative = f"{municipality}/{relative}"
        return f"/{self.language}/{relative}"

    def language_of(self, row: PageRow) -> str:
        """Return the language that the title of a page of this language's tree is really in."""
        return settings.LANGUAGE_CODE if row.is_danish else self.language

    def prepare(self, ids: Iterable[int]) -> None:
        """Look up the targets of these page ids in one query, whatever their number."""
        missing = set(ids) - self._targets.keys()
        if not missing or self.home is None:
            return
        found = targets_of(sorted(missing), self.home.locale_id)
        for pk in missing:
            row = found.get(pk)
            self._targets[pk] = Target(self.path_for(row.url_path), row.title, self.language_of(row)) if row else None

    def prepare_from(self, *raw_html: str, ids: Iterable[int] = ()) -> None:
        """Look up every page that these rich texts link to, and these ids."""
        self.prepare(linked_page_ids(*raw_html) | set(ids))

    def target(self, page_id: int) -> Target | None:
        """Return the page in the reader's language, or None where it is not published."""
        self.prepare([page_id])
        return self._targets.get(page_id)


def current_scope() -> LinkScope | None:
    """Return the scope of the request that is being answered."""
    return _scope.get()


class LinkScopeMiddleware:
    """One fresh scope per request, reset afterwards, also when a preview runs inside a request of the admin."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request with a scope of its own."""
        request.links = LinkScope()  # type: ignore[attr-defined]
        token = _scope.set(request.links)  # type: ignore[attr-defined]
        try:
            return self.get_response(request)
        finally:
            _scope.reset(token)
