"""The views around the pages: serving, the language chooser, "not found", and what machines ask for."""

from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language, get_language_from_path, get_language_from_request, override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from wagtail.models import Page
from wagtail.views import serve

from portal.facts import register
from portal.facts.per_language import language_name
from portal.search import backends

from .context import LanguageLink, site_context
from .home import HomePage
from .link_scope import LinkScope
from .routing import resolve, specific
from .rows import home_of_language, municipality_type_id, top_level
from .sitemap import entries
from .slugs import ASCII_SLUG

SITEMAP_LIMIT = 50_000  # addresses in one file, sitemaps.org


@csrf_exempt
def serve_page(request: HttpRequest, path: str) -> HttpResponse:
    """Serve a page of the active language, and never one of another language in its place (wagtail/wagtail#12775).

    Which methods a page answers, it says itself. The forms of visitors ask for no cookie and act for nobody who is logged
    in, so that there is nothing to be protected by a token in a cookie: see `portal.visitor_forms`.
    """
    home = home_of_language(get_language() or settings.LANGUAGE_CODE)
    if home is None:
        raise Http404("the language has no published home page")
    components = [component for component in path.split("/") if component]
    try:
        # Wagtail's own `serve` looks here first: see docs/departures/municipality-in-the-address.md.
        request._wagtail_route_for_request = resolve(home, request, components)  # type: ignore[attr-defined]
    except Http404:
        request._wagtail_route_for_request = None  # type: ignore[attr-defined]
    return serve(request, path)


@require_safe
def choose_language(request: HttpRequest) -> HttpResponse:
    """Send a reader without a language in the address to the best one that their browser names."""
    return _redirect_to_language(request, "")


@require_safe
def accessibility_statement(request: HttpRequest) -> HttpResponse:
    """Answer the short address that Danish law asks for with the statement in the reader's language."""
    return _redirect_to_language(request, "was/")


def _redirect_to_language(request: HttpRequest, rest: str) -> HttpResponse:
    language = get_language_from_request(request)
    response = HttpResponseRedirect(f"/{language}/{rest}")
    patch_vary_headers(response, ["Accept-Language"])
    return response


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say in the reader's language that nothing is here, and in which languages the page does exist."""
    language = _language_of_address(request) or get_language_from_request(request)
    with override(language):
        context = {
            "language": language,
            "text_language": language,
            "other_languages": _same_page_elsewhere(request.path_info, language),
            "municipality_links": [],
            "home_url": f"/{language}/",
        }
        scope = _scope_of_address(request, language)
        if scope is not None:
            # A page of one municipality has no counterpart outside it: the way out is the first page.
            context |= {**site_context(scope), "shared_url": f"/{language}/"}
        return render(request, "404.html", context, status=404)


def _scope_of_address(request: HttpRequest, language: str) -> LinkScope | None:
    """Settle where a reader is who finds no page; None where the language has no published home page.

    A municipality that only some may see is not named.
    """
    home = home_of_language(language)
    if home is None:
        return None
    top, kind = top_level(home), municipality_type_id()
    parts = [part for part in request.path_info.split("/") if part]
    inside = parts[1] if len(parts) > 1 and parts[0].lower() == language else ""
    row = next((row for row in top if row.content_type_id == kind and row.slug == inside), None)
    municipality = specific(row) if row else None
    if municipality is not None:
        municipality.any_restrictions = home.any_restrictions
        if municipality.get_view_restrictions():
            municipality = None
    scope = LinkScope()
    scope.enter(home, top, {row.slug for row in top if row.content_type_id == kind}, municipality)
    return scope


def _language_of_address(request: HttpRequest) -> str:
    """Return the language that the address begins with; Django takes `/PL/` for a language of that spelling."""
    code = (get_language_from_path(request.path_info) or "").lower()
    return code if code in dict(settings.LANGUAGES) else ""


def _same_page_elsewhere(path: str, language: str) -> list[LanguageLink]:
    components = [part for part in path.split("/") if part][1:]
    if not components or len(components) > 10 or not all(ASCII_SLUG.match(part) for part in components):
        return []
    roots = dict(HomePage.objects.live().filter(depth=2).values_list("locale__language_code", "url_path"))
    municipalities = Page.objects.filter(content_type_id=municipality_type_id())
    slugs = set(municipalities.values_list("slug", flat=True))
    variants = [components]
    if components[0] in slugs:
        if slugs.intersection(components[1:2]):
            return []  # no address goes through two municipalities
        is_open = municipalities.live().public().filter(slug=components[0])
        roots = {code: roots[code] for code in is_open.values_list("locale__language_code", flat=True) if code in roots}
        variants = [components, components[1:]] if len(components) > 1 else [components]
    wanted = {root + "/".join(parts) + "/": code for code, root in roots.items() for parts in variants}
    pages = Page.objects.live().public().filter(slug=components[-1], url_path__in=wanted)
    found = {wanted[url_path] for url_path in pages.values_list("url_path", flat=True)} - {language}
    rest = "/".join(components)
    return [
        LanguageLink(code, language_name(code), f"/{code}/{rest}/") for code, _n in settings.LANGUAGES if code in found
    ]


def server_error(request: HttpRequest) -> HttpResponse:
    """Say that something broke, without asking anything that may be broken too."""
    language = _language_of_address(request) or settings.LANGUAGE_CODE
    with override(language), register.opened():
        return render(request, "500.html", {"language": language}, status=500)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that the address cannot be understood."""
    language = _language_of_address(request) or settings.LANGUAGE_CODE
    with override(language):
        return render(request, "400.html", {"language": language}, status=400)


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """List every indexable address of every language."""
    found = list(entries())
    page = request.GET.get("p", "")
    if len(found) > SITEMAP_LIMIT and not page:
        count = -(-len(found) // SITEMAP_LIMIT)
        context: dict[str, Any] = {"pages": range(1, count + 1), "base_url": settings.BASE_URL}
        return render(request, "sitemap_index.xml", context, content_type="application/xml")
    if page and not (page.isdecimal() and len(page) < 10):
        raise Http404("no such part of the sitemap")
    start = (int(page) - 1) * SITEMAP_LIMIT if page else 0
    part = found[start : start + SITEMAP_LIMIT] if start >= 0 else []
    if page and not part:
        raise Http404("no such part of the sitemap")
    return render(request, "sitemap.xml", {"entries": part}, content_type="application/xml")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Let search engines read everything but the admin."""
    text = f"User-agent: *\nDisallow: /admin/\nDisallow: /api/\n\nSitemap: {settings.BASE_URL}/sitemap.xml\n"
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """Answer as long as the process runs."""
    return JsonResponse({"status": "ok"})


@require_safe
def readiness(request: HttpRequest) -> JsonResponse:
    """Answer 200 when database and cache answer, else 503 with what does not.

    A search without its server is degraded and no reason for 503: the embedded index answers.
    """
    results = {"database": _database_answers(), "cache": _cache_answers()}
    ready = all(results.values())
    body = {
        "status": "ok" if ready else "unavailable",
        **{name: "ok" if fine else "fails" for name, fine in results.items()},
        **backends.state(),
    }
    return JsonResponse(body, status=200 if ready else 503)


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return cursor.fetchone() == (1,)
    except DatabaseError:
        return False


def _cache_answers() -> bool:
    try:
        cache.set("readiness", "ok", 10)
        return cache.get("readiness") == "ok"
    except Exception:  # every cache library raises its own errors
        return False
