"""How a feed is answered, through all of the site's middleware: what phones ask for, and what they are told."""

import gzip
from collections.abc import Iterator
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPResponse
from urllib.parse import urlsplit

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from django.views.decorators.http import require_safe
from pytest_django.live_server_helper import LiveServer

from events_calendar.feeds.responses import respond
from portal.icalendar.calendar import Entry, write
from tests.events_calendar.feeds.checker import check
from tests.events_calendar.feeds.dates import entry, every_kind

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]

ADDRESS = "/da/kalender/feed.ics"
CHANGED = "Tue, 01 Sep 2026 08:30:15 GMT"
shown: list[Entry] = []


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """Answer with the entries that a test wants to be shown."""
    changed_at = max((entry.changed_at for entry in shown), default=None)
    return respond(request, write(shown, "Kalender", "da"), changed_at, "kalender-holstebro.ics")


urlpatterns = [path("da/kalender/feed.ics", feed)]


@pytest.fixture(autouse=True)
def entries() -> Iterator[list[Entry]]:
    """The entries that the feed shows."""
    shown[:] = every_kind()
    yield shown
    shown.clear()


def test_a_feed_is_a_calendar_in_utf_8_with_a_name(client: Client) -> None:
    response = client.get(ADDRESS)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert response.headers["Content-Disposition"] == 'inline; filename="kalender-holstebro.ics"'
    assert response.headers["Last-Modified"] == CHANGED
    assert check(response.content) == []


def test_everybody_may_keep_it_for_a_while_and_nobody_is_known_by_it(client: Client) -> None:
    response = client.get(ADDRESS)
    assert response.headers["Cache-Control"] == "public, max-age=300"
    assert response.headers["Vary"] == "Accept-Encoding"
    assert not response.cookies


@pytest.mark.parametrize(
    "accepted", ["text/calendar", "text/html", "application/x-nothing;q=0.1", "text/css, ;;q=", ""]
)
def test_whatever_a_program_says_that_it_accepts_it_gets_the_calendar(client: Client, accepted: str) -> None:
    response = client.get(ADDRESS, headers={"accept": accepted, "accept-language": "tlh"})
    assert response.content == client.get(ADDRESS).content


def test_the_same_dates_have_the_same_mark_and_a_change_has_another(client: Client, entries: list[Entry]) -> None:
    first, second = client.get(ADDRESS), client.get(ADDRESS)
    assert first.content == second.content
    assert first.headers["ETag"] == second.headers["ETag"]
    assert first.headers["ETag"].startswith('"')
    entries[0] = entry(uid="timed", summary="Another title")
    assert client.get(ADDRESS).headers["ETag"] != first.headers["ETag"]


def test_who_has_the_feed_is_sent_nothing(client: Client) -> None:
    etag = client.get(ADDRESS).headers["ETag"]
    for headers in ({"if-none-match": etag}, {"if-none-match": f'"other", {etag}'}, {"if-modified-since": CHANGED}):
        response = client.get(ADDRESS, headers=headers)
        assert response.status_code == 304
        assert response.content == b""
        assert response.headers["ETag"] == etag
        assert response.headers["Last-Modified"] == CHANGED
        assert response.headers["Cache-Control"] == "public, max-age=300"
        assert response.headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize(
    "headers",
    [
        {"if-none-match": '"other"'},
        {"if-none-match": '"other"', "if-modified-since": CHANGED},
        {"if-modified-since": "Tue, 01 Sep 2026 08:30:14 GMT"},
        {"if-modified-since": "yesterday"},
        {"if-none-match": "not quoted"},
    ],
)
def test_who_has_another_feed_or_none_is_sent_it(client: Client, headers: dict[str, str]) -> None:
    response = client.get(ADDRESS, headers=headers)
    assert response.status_code == 200
    assert response.content


def test_a_new_date_is_seen_by_a_program_that_only_asks_by_time(client: Client, entries: list[Entry]) -> None:
    entries.append(entry(uid="new", changed_at=datetime(2026, 9, 1, 8, 30, 16, tzinfo=UTC)))
    response = client.get(ADDRESS, headers={"if-modified-since": CHANGED})
    assert b"UID:new" in response.content


def test_a_feed_without_dates_is_a_calendar_too(client: Client, entries: list[Entry]) -> None:
    entries.clear()
    response = client.get(ADDRESS)
    assert check(response.content) == []
    assert "Last-Modified" not in response.headers
    assert client.get(ADDRESS, headers={"if-none-match": response.headers["ETag"]}).status_code == 304


def test_compressed_it_is_the_same_feed_under_a_weak_mark(client: Client) -> None:
    plain = client.get(ADDRESS)
    response = client.get(ADDRESS, headers={"accept-encoding": "gzip"})
    assert response.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(response.content) == plain.content
    assert response.headers["ETag"] == f"W/{plain.headers['ETag']}"
    assert response.headers["Vary"] == "Accept-Encoding"


def test_who_has_it_compressed_hears_of_the_mark_that_it_knows(client: Client) -> None:
    etag = client.get(ADDRESS, headers={"accept-encoding": "gzip"}).headers["ETag"]
    response = client.get(ADDRESS, headers={"accept-encoding": "gzip", "if-none-match": etag})
    assert response.status_code == 304
    assert response.headers["ETag"] == etag


def test_nothing_can_be_sent_to_a_feed(client: Client) -> None:
    assert client.post(ADDRESS).status_code == 405
    assert client.delete(ADDRESS).status_code == 405


def test_a_real_server_answers_head_with_the_same_headers_and_no_feed(live_server: LiveServer) -> None:
    got, asked = (ask(live_server, method) for method in ("GET", "HEAD"))
    names = ("Content-Type", "Content-Length", "ETag", "Last-Modified", "Cache-Control", "Content-Disposition", "Vary")
    assert [asked.headers[name] for name in names] == [got.headers[name] for name in names]
    assert int(asked.headers["Content-Length"]) > 1000
    assert asked.body == b""


def test_a_real_server_says_nothing_twice(live_server: LiveServer) -> None:
    etag = ask(live_server, "GET", **{"Accept-Encoding": "gzip"}).headers["ETag"]
    for method in ("GET", "HEAD"):
        again = ask(live_server, method, **{"Accept-Encoding": "gzip", "If-None-Match": etag})
        assert again.status == 304
        assert again.body == b""


class Answer(HTTPResponse):
    """An answer whose body was read."""

    body: bytes


def ask(server: LiveServer, method: str, **headers: str) -> Answer:
    """Ask a server as a program does, without Django's client in between."""
    connection = HTTPConnection(urlsplit(server.url).netloc, timeout=30)
    connection.response_class = Answer
    connection.request(method, ADDRESS, headers=headers)
    answer = connection.getresponse()
    assert isinstance(answer, Answer)
    answer.body = answer.read()
    connection.close()
    return answer
