"""The search for programs and for the search field: JSON, public, the same for everybody. See docs/api/openapi.yaml."""

from collections.abc import Callable, Mapping
from functools import wraps
from html import unescape
from typing import Any

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import patch_cache_control
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import conditional_page

from portal.municipalities.models import MunicipalityPage
from portal.pages.link_scope import LinkScope
from portal.pages.rows import home_of_language, municipality_type_id, top_level
from portal.throttle import seconds_to_wait

from . import service
from .addresses import path_of, search_path
from .answers import Filters, Hit
from .best_bets import BestBetRow, best_bets_for, is_answered_by_a_bet
from .documents import Kind
from .parameters import Parameters, Refused, given, language_of, parse
from .questions import clean

SECONDS_TO_KEEP = 60
LANGUAGE_OF_MESSAGES = "en"
"""What is wrong is said in English to programs that name no language."""
Respond = Callable[[Parameters, str], object]
View = Callable[[HttpRequest], HttpResponse]


def endpoint(throttle: str, *names: str) -> Callable[[Respond], View]:
    """Make a view that takes these parameters, answers in JSON whatever happens, and may be asked from any site."""

    def decorate(respond: Respond) -> View:
        @csrf_exempt  # other methods than GET are refused below, in JSON
        @wraps(respond)
        def view(request: HttpRequest) -> HttpResponse:
            language = _language_asked(request)
            with override(language or LANGUAGE_OF_MESSAGES):
                response = _answer(request, respond, throttle, names)
            otherwise = LANGUAGE_OF_MESSAGES if response.status_code >= 400 else settings.LANGUAGE_CODE
            response.headers["Content-Language"] = language or otherwise
            response.headers["Access-Control-Allow-Origin"] = "*"
            return response

        return view

    return decorate


def _language_asked(request: HttpRequest) -> str:
    """Return the language asked for, or nothing where it is none of the site."""
    try:
        asked = request.GET.get("lang", "")
    except SuspiciousOperation:
        return ""
    return asked if asked in dict(settings.LANGUAGES) else ""


@conditional_page
def _answer(request: HttpRequest, respond: Respond, throttle: str, names: tuple[str, ...]) -> HttpResponse:
    if request.method not in {"GET", "HEAD"}:
        return _problem(405, None, _("Only GET and HEAD are possible at this address."), Allow="GET, HEAD")
    wait = seconds_to_wait(throttle, request)
    if wait:
        return _problem(429, None, _("Too many requests in a short time. Please wait a moment."), Retry_After=str(wait))
    try:
        values = given(request.GET, names, others_are_refused=True)
        if "q" not in values:
            raise Refused("q", _("This parameter is missing."))
        language = language_of(values)
        body = respond(parse(values, _municipalities(language, values)), language)
    except Refused as problem:
        return _problem(400, problem.parameter, problem.message)
    except SuspiciousOperation:
        return _problem(400, None, _("There are too many parameters."))
    response = _json(body)
    patch_cache_control(response, public=True, max_age=SECONDS_TO_KEEP)
    return response


def _municipalities(language: str, values: Mapping[str, str]) -> list[str]:
    """Return the municipalities that are open in a language, if one is asked for. Raises Refused for a closed language."""
    home = home_of_language(language)
    if home is None:
        raise Refused("lang", _("This language is not published."))
    if not values.get("m"):
        return []
    return [row.slug for row in top_level(home) if row.content_type_id == municipality_type_id()]


def _json(body: object, status: int = 200) -> JsonResponse:
    return JsonResponse(body, safe=False, status=status, json_dumps_params={"ensure_ascii": False})


def _problem(status: int, parameter: str | None, message: str, **headers: str) -> HttpResponse:
    response = _json({"error": {"parameter": parameter, "message": message}}, status)
    response.headers["Cache-Control"] = "no-store"
    for name, value in headers.items():
        response.headers[name.replace("_", "-")] = value
    return response


@endpoint("search", "q", "lang", "m", "kind", "page")
def search(asked: Parameters, language: str) -> dict[str, Any]:
    """Return one page of results, and what the editors put before them."""
    filters = Filters(asked.municipality, (asked.kind,) if asked.kind else ())
    found = service.search(asked.text, language, filters, asked.page)
    return {
        "query": found.question.text,
        "lang": language,
        "total": found.total,
        "page": found.page,
        "pages": found.pages,
        "results": [_result(hit, language, asked.municipality) for hit in found.hits],
        "facets": {"kind": dict(found.kinds), "municipality": dict(found.municipalities)},
        "best_bets": [_best_bet(bet) for bet in _best_bets(asked, language)],
        "suggestion": found.suggestion,
        "backend": found.backend,
    }


def _result(hit: Hit, language: str, place: str) -> dict[str, str | bool | list[str]]:
    return {
        "key": hit.key,
        "kind": hit.kind,
        "title": hit.title,
        "url": path_of(hit, language, place),
        "excerpt": unescape(strip_tags(hit.excerpt_html)),
        "lang": hit.language,
        "excerpt_lang": hit.excerpt_language or hit.language,
        "municipality": hit.municipality,
        "audiences": list(hit.audiences),
        "is_example": hit.is_example,
    }


def _best_bets(asked: Parameters, language: str) -> list[BestBetRow]:
    """Return what the editors put first, as it is seen from where it is asked. Most questions cost nothing here."""
    home = home_of_language(language) if is_answered_by_a_bet(asked.text, language) else None
    if home is None:
        return []
    top, kind, scope = top_level(home), municipality_type_id(), LinkScope()
    inside = MunicipalityPage.objects.filter(locale_id=home.locale_id, slug=asked.municipality)
    slugs = [row.slug for row in top if row.content_type_id == kind]
    scope.enter(home, top, slugs, inside.first() if asked.municipality else None)
    return best_bets_for(asked.text, language, scope)


def _best_bet(bet: BestBetRow) -> dict[str, str | bool]:
    return {
        "title": bet.title,
        "value": bet.value,
        "url": bet.url,
        "lang": bet.language,
        "is_urgent": bet.is_urgent,
    }


@endpoint("suggest", "q", "lang", "m")
def suggest(asked: Parameters, language: str) -> list[dict[str, str]]:
    """Return what may be meant by what is being typed; in an emergency the number to call comes first."""
    place = asked.municipality
    found = [_urgent(bet, asked, language) for bet in _best_bets(asked, language) if bet.is_urgent]
    for one in service.suggest(asked.text, language, place):
        row = {
            "text": one.text,
            "url": path_of(one, language, place),
            "kind": one.kind,
            "lang": one.language or language,
        }
        if row["url"] not in {other["url"] for other in found}:
            found.append(row)
    return found[: service.MOST_SUGGESTIONS]


def _urgent(bet: BestBetRow, asked: Parameters, language: str) -> dict[str, str]:
    """Return the number with its name, leading to what to do, or to the search page, where it is a link."""
    return {
        "text": f"{bet.title}: {bet.value}" if bet.value else bet.title,
        "url": bet.url or search_path(language, asked.municipality, q=clean(asked.text)),
        "kind": Kind.CONTACT if bet.value else Kind.GUIDE,
        "lang": bet.language,
    }
