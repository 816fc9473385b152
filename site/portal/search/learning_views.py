"""Where the reader's browser says that results were seen, and that one was opened."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from portal.throttle import seconds_to_wait

from .learning import BadToken, Seen, count_click, count_search, read_token

LONGEST_TOKEN = 2000


@csrf_exempt  # no session: the token says all there is to say
@require_POST
def seen(request: HttpRequest) -> HttpResponse:
    """Count a search whose results somebody really saw."""
    return _count(request, count_search)


@csrf_exempt  # as above
@require_POST
def click(request: HttpRequest) -> HttpResponse:
    """Count a search after which somebody opened a result."""
    return _count(request, count_click)


def _count(request: HttpRequest, count: Callable[[Seen], None]) -> HttpResponse:
    if not _is_from_here(request):
        return HttpResponse(status=403)
    wait = seconds_to_wait("search_counts", request)
    if wait:
        return HttpResponse(status=429, headers={"Retry-After": str(wait)})
    try:
        count(read_token(_token(request)))
    except BadToken:
        return HttpResponse(status=400)
    return HttpResponse(status=204)


def _token(request: HttpRequest) -> str:
    """Return the body: the token as it is, as `navigator.sendBeacon` sends a text."""
    body = request.read(LONGEST_TOKEN + 1)
    if len(body) > LONGEST_TOKEN or not body.isascii():
        raise BadToken
    return str(body, "ascii").strip()


def _is_from_here(request: HttpRequest) -> bool:
    """Say whether a page of this site sent the request, as far as the browser tells."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.get_host()
