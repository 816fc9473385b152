"""The search page: the field, the results, what narrows them, and a person to ask."""

from typing import Any

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from portal.facts import register
from portal.facts.per_language import language_name
from portal.pages.base import BasePage, chosen_facts
from portal.pages.context import LanguageLink, links, site_context
from portal.pages.home import HomePage, featured_ids, featured_targets
from portal.pages.link_scope import LinkScope
from portal.pages.prepared import get_page
from portal.pages.routing import specific
from portal.pages.rows import home_of_language, municipality_type_id, top_level
from portal.pages.views import serve_page
from portal.throttle import seconds_to_wait

from . import learning, listing
from .addresses import page_path, search_path
from .answers import Filters
from .best_bets import best_bets_for
from .help import help_links
from .parameters import Parameters, Refused, given, parse
from .questions import clean
from .service import search

NAMES = ("q", "m", "kind", "page")


@require_safe
def search_page(request: HttpRequest, municipality: str = "") -> HttpResponse:
    """Answer a reader's question, or offer the field and the most needed pages where nothing is asked yet."""
    scope: LinkScope = request.links  # type: ignore[attr-defined]
    place = _enter(scope, municipality)
    if place is None:
        return serve_page(request, f"{municipality}/search/")
    if not all(restriction.accept_request(request) for restriction in place.get_view_restrictions()):
        return HttpResponseRedirect(page_path(scope.language, municipality, ""))  # which asks who the reader is
    wait = seconds_to_wait("search_page", request)
    if wait:
        response = render(request, "429.html", site_context(scope), status=429)
        response.headers["Retry-After"] = str(wait)
        return response
    asked = _asked(request, scope)
    response = render(request, "portal/search.html", _context(scope, place, asked))
    patch_cache_control(response, private=True)
    return response


def _enter(scope: LinkScope, slug: str) -> BasePage | None:
    """Settle where the reader is and return the page of that place; None where no municipality has this slug."""
    home = home_of_language(get_language() or "")
    if home is None:
        raise Http404("the language has no published home page")
    top, kind = top_level(home), municipality_type_id()
    municipalities = {row.slug: row for row in top if row.content_type_id == kind}
    if slug and slug not in municipalities:
        return None
    place: BasePage = specific(municipalities[slug]) if slug else get_page(HomePage, home.pk)
    place.any_restrictions = home.any_restrictions
    scope.enter(home, top, municipalities, place if slug else None)
    return place


def _asked(request: HttpRequest, scope: LinkScope) -> Parameters:
    try:
        asked = parse(given(request.GET, NAMES, others_are_refused=False), scope.municipality_slugs)
    except Refused as problem:
        raise BadRequest(f"{problem.parameter}: {problem.message}") from problem
    if scope.municipality and asked.municipality not in {"", scope.municipality.slug}:
        raise Http404("a municipality inside a municipality")
    return Parameters(clean(asked.text), asked.municipality, asked.kind, asked.page)


def _context(scope: LinkScope, place: BasePage, asked: Parameters) -> dict[str, Any]:
    """Return what the template shows. The number of queries is the same for one result and for a hundred."""
    contact = scope.municipality.main_contact.raw_data if scope.municipality else []
    register.current().want_page(facts=chosen_facts(contact))
    if not asked.text and asked.page > 1:
        raise Http404("nothing is asked")
    context = {
        **site_context(scope),
        "asked": asked,
        "switcher": _switcher(place, scope, asked),
        "shared_url": search_path(scope.language, q=asked.text, kind=asked.kind),
        "municipality_links": [] if scope.municipality else links(scope.municipalities, scope),
        "contact": contact,
        "help_links": help_links(scope),
        "results": None,
        "featured": [],
    }
    if not asked.text:
        scope.prepare(featured_ids(scope))
        return {**context, "featured": featured_targets(scope)}
    return {**context, **_answer(scope, asked)}


def _answer(scope: LinkScope, asked: Parameters) -> dict[str, Any]:
    filters = Filters(listing.place_of(scope, asked), (asked.kind,) if asked.kind else ())
    results = search(asked.text, scope.language, filters, asked.page)
    if asked.page > results.pages:
        raise Http404("fewer results than that")
    bets = best_bets_for(asked.text, scope.language, scope)
    first = [bet for bet in bets if not bet.is_urgent and asked.page == 1]
    kinds = listing.kind_choices(results, scope, asked)
    municipalities = listing.municipality_choices(results, scope, asked)
    return {
        "results": results,
        "rows": listing.without(first, listing.rows(results, scope, asked)),
        "urgent": [bet for bet in bets if bet.is_urgent],
        "bets": first,
        "kinds": kinds,
        "municipalities": municipalities,
        "elsewhere": [choices for choices in (kinds, municipalities) if any(choice.count for choice in choices)],
        "turn": listing.turn_pages(results, scope, asked),
        "suggestion_url": listing.address(scope, asked)(q=results.suggestion, kind=""),
        "token": learning.token_for(results),
    }


def _switcher(place: BasePage, scope: LinkScope, asked: Parameters) -> list[LanguageLink]:
    """Return the same search in every language in which the place is published."""
    inside = scope.municipality.slug if scope.municipality else ""
    parameters = {"q": asked.text, "m": "" if inside else asked.municipality, "kind": asked.kind}
    return [
        LanguageLink(code, language_name(code), search_path(code, inside, **parameters), code == scope.language)
        for code in place.load_versions()
    ]
