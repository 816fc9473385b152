"""Fetching what strangers name: from a real server that behaves badly in every way we could think of."""

import gzip
import time

import pytest

from events_calendar.imports import fetch as fetching
from events_calendar.imports.fetch import FetchError, fetch, is_public
from tests.events_calendar.imports import server
from tests.events_calendar.imports.feeds import calendar, event


def problem_of(answer, seconds: float = 2.0) -> str:
    with server.running(answer) as running, pytest.raises(FetchError) as caught:
        fetch(running.url, trusted=frozenset([running.host]), seconds=seconds)
    return str(caught.value)


def test_a_calendar_is_read_plain_and_packed():
    body = calendar(event()).encode()
    with server.running(server.not_found) as running:
        trusted = frozenset([running.host])
        running.serves(body)
        assert fetch(running.url, trusted=trusted).body == body
        running.serves(gzip.compress(body), **{"Content-Encoding": "gzip"})
        assert fetch(running.url, trusted=trusted).body == body


def test_what_has_not_changed_is_not_read_again():
    with server.running(server.not_found) as running:
        running.serves(calendar(event()), ETag='"one"', **{"Last-Modified": "Mon, 30 Nov 2026 08:00:00 GMT"})
        first = fetch(running.url, trusted=frozenset([running.host]))
        again = fetch(
            running.url, etag=first.etag, last_modified=first.last_modified, trusted=frozenset([running.host])
        )
        assert again.body is None
        assert running.requests[-1]["If-Modified-Since"] == "Mon, 30 Nov 2026 08:00:00 GMT"


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (server.not_found, "status:404"),
        (server.endless, "size"),
        (server.claims_two_gigabytes, "size"),
        (server.huge_header, "connection"),
        (server.bomb, "size"),
        (server.cut_off, "connection"),
        (server.dripping, "timeout"),
        (server.silent, "timeout"),
        (lambda handler: server.send(handler, b"x", headers={"Content-Encoding": "br"}), "encoding"),
        (lambda handler: server.send(handler, b"no gzip", headers={"Content-Encoding": "gzip"}), "encoding"),
        (lambda handler: handler.wfile.write(b"SSH-2.0-OpenSSH\r\n"), "connection"),
    ],
)
def test_a_server_that_behaves_badly_costs_little_time_and_memory(answer, problem):
    start = time.monotonic()
    assert problem_of(answer) == problem
    assert time.monotonic() - start < 5


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1:1/",
        "http://127.0.0.1/",
        "http://localhost/",
        "http://[::1]/",
        "http://169.254.169.254/latest/meta-data/",
        "http://10.0.0.1/",
        "http://192.168.1.1/",
        "http://0.0.0.0/",
        "http://2130706433/",
        "http://[::ffff:127.0.0.1]/",
        "file:///etc/passwd",
        "ftp://example.dk/",
        "http://user:password@127.0.0.1/",
    ],
)
def test_nothing_inside_our_own_network_is_asked_neither_at_once_nor_by_a_detour(target):
    with pytest.raises(FetchError, match=r"private|address"):
        fetch(target, seconds=2)
    assert problem_of(server.to(target)) in {"private", "address"}


def test_a_server_on_this_machine_is_refused_where_nobody_trusts_it():
    with server.running(server.not_found) as running, pytest.raises(FetchError, match="address"):
        fetch(running.url)
    assert running.requests == []


def test_a_few_detours_are_followed_and_a_circle_is_not():
    with server.running(server.not_found) as running:
        running.answer = server.to(running.url)
        with pytest.raises(FetchError, match="redirects"):
            fetch(running.url, trusted=frozenset([running.host]))
        assert len(running.requests) == fetching.MOST_REDIRECTS + 1


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("127.0.0.1", False),
        ("100.64.0.1", False),
        ("224.0.0.1", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::a00:1", False),
        ("2002:a00:1::", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
    ],
)
def test_which_addresses_are_public(address, public):
    assert is_public(address) is public
