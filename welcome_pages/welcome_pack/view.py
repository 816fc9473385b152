"""Answers with a pack: as a page to read and print, or as a PDF."""

from dataclasses import replace
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.utils.safestring import SafeString, mark_safe

from portal.pages.context import Head, Link, home_url
from portal.pages.link_scope import LinkScope

from ..models.plan import PlanPage
from ..models.welcome_pack import FILE
from .document import PackNotMade, fingerprint, made
from .plan_steps import PaperPlan
from .presenting import present
from .sources import read_sources
from .tree import tree_of

if TYPE_CHECKING:
    from ..models.welcome_pack import WelcomePackPage

DOCUMENT = "welcome_pages/welcome_pack.html"
TRY_AGAIN = 60
"""Seconds after which a browser may ask for a PDF that could not be made."""


def pack_page(request: HttpRequest, page: "WelcomePackPage") -> HttpResponse:
    """Show the pack of the municipality in which the reader is, or all municipalities to choose from."""
    request.is_preview = getattr(request, "is_preview", False)  # type: ignore[attr-defined]
    scope: LinkScope = request.links  # type: ignore[attr-defined]
    if scope.municipality is None:
        context = page.get_context(request)
        return TemplateResponse(request, page.template, {**context, "packs": _packs(page, scope)})
    context = pack_context(request, page)
    return TemplateResponse(request, page.template, {**context, "document": pack_document(context, request)})


def pack_file(request: HttpRequest, page: "WelcomePackPage") -> HttpResponse:
    """Answer with the PDF, with 304 where the reader has it, or with a page that says it could not be made."""
    scope: LinkScope = request.links  # type: ignore[attr-defined]
    if scope.municipality is None:
        raise Http404("a pack is of one municipality")
    context = pack_context(request, page)
    data = {
        "title": f"{page.title}: {scope.municipality.title}",
        "language": scope.language,
        "as_of": context["pack"].as_of.isoformat() if context["pack"].as_of else "",
        "content": tree_of(pack_document(context, request), settings.BASE_URL),
    }
    mark = fingerprint(data)
    response: HttpResponse | None = get_conditional_response(request, f'"{mark}"')
    if response is None:
        try:
            response = HttpResponse(made(data, mark), content_type="application/pdf")
        except PackNotMade:
            return _not_made(request, context)
    name = f"{page.slug}-{scope.municipality.slug}-{scope.language}.pdf"
    response.headers["Content-Disposition"] = content_disposition_header(False, name) or "inline"
    response.headers["ETag"] = f'"{mark}"'
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Link"] = f'<{context["head"].canonical}>; rel="canonical"'
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def pack_context(request: HttpRequest, page: "WelcomePackPage") -> dict[str, Any]:
    """Return what the templates of the pack show. The number of queries is the same for every pack."""
    scope: LinkScope = request.links  # type: ignore[attr-defined]
    if scope.municipality is None:
        raise Http404("a pack is of one municipality")
    sources = read_sources(scope, public_only=bool(page.any_restrictions))
    plan = PaperPlan(scope, scope.municipality.slug)
    page.pack_texts = (*sources.texts(), *plan.cited_texts())
    page.pack_facts = (*sources.facts(), *plan.cited_facts())
    context = page.get_context(request)
    base = scope.path_for(page.url_path)
    return {
        **context,
        "head": _own_head(context["head"], base),
        "pack": present(sources, plan, scope, _plan_url(scope)),
        "base_url": base,
        "file_url": f"{base}{FILE}",
    }


def pack_document(context: dict[str, Any], request: HttpRequest) -> SafeString:
    """Return the pack as HTML: the page shows it, and the PDF is made of it."""
    return mark_safe(render_to_string(DOCUMENT, context, request))


def _packs(page: "WelcomePackPage", scope: LinkScope) -> list[tuple[Link, str]]:
    """Return each municipality's pack and its PDF."""
    found = []
    for row in scope.municipalities:
        base = scope.path_for(page.url_path, municipality=row.slug)
        found.append((Link(base, row.title, scope.language_of(row)), f"{base}{FILE}"))
    return found


def _own_head(head: Head, path: str) -> Head:
    """Keep the pack out of search engines: they show the pages of which it is made, and the choice of a pack."""
    return replace(head, canonical=f"{settings.BASE_URL}{path}", alternates=[], default_url="", is_indexed=False)


def _plan_url(scope: LinkScope) -> str:
    """Return the address of the arrival plan, empty where the site has none."""
    rows = (row for row in scope.top if row.slug == PlanPage.fixed_slug)
    return next((scope.path_for(row.url_path) for row in rows), "")


def _not_made(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    response = TemplateResponse(
        request,
        "welcome_pages/welcome_pack_not_made.html",
        {**context, "home_url": home_url(context["scope"])},
        status=HTTPStatus.SERVICE_UNAVAILABLE,
    )
    response.headers["Retry-After"] = str(TRY_AGAIN)
    response.headers["Cache-Control"] = "no-store"
    return response
