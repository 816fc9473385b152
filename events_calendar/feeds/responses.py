"""A calendar file over HTTP: the same answer to every program, and none at all where it has the file already."""

import hashlib
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import content_disposition_header, http_date

KEPT_FOR = 300
"""Seconds in which nobody has to ask again. A cancellation must not wait long."""


def respond(request: HttpRequest, content: bytes, changed_at: datetime | None, filename: str) -> HttpResponse:
    """Return the file, or 304 where the program has it. `Accept` is not read: some programs name odd types there.

    `changed_at` is when the file last became another: the newest change of an entry, or the moment at which the window
    of dates last moved, whichever is later. A program that only sends `If-Modified-Since` would miss dates otherwise.
    """
    return _answer(request, content, mark_of(content), changed_at, filename)


def mark_of(content: bytes) -> str:
    """Return the ETag of a file."""
    return f'"{hashlib.sha256(content).hexdigest()[:32]}"'


def not_modified(request: HttpRequest, mark: str, changed_at: datetime | None, filename: str) -> HttpResponse | None:
    """Return 304 where the program has the file with this mark, without making the file again; otherwise None."""
    answer = _answer(request, b"", mark, changed_at, filename)
    return answer if answer.status_code == 304 else None


def _answer(
    request: HttpRequest, content: bytes, etag: str, changed_at: datetime | None, filename: str
) -> HttpResponse:
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = f"public, max-age={KEPT_FOR}"
    response.headers["Content-Disposition"] = content_disposition_header(False, filename) or "inline"
    changed = int(changed_at.timestamp()) if changed_at else None
    if changed:
        response.headers["Last-Modified"] = http_date(changed)
    patch_vary_headers(response, ["Accept-Encoding"])  # an empty 304 passes the gzip middleware untouched
    answer = get_conditional_response(request, etag, changed, response) or response
    weak = f"W/{etag}"  # what the gzip middleware made of it
    if answer.status_code == 304 and weak in request.headers.get("If-None-Match", ""):
        answer.headers["ETag"] = weak
    return answer
