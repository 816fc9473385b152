"""How often one visitor may do a thing: who counts as one, when it is possible again, and what is remembered of them."""

import time
from typing import Any

import pytest
from django.core.cache import cache
from django.test import RequestFactory

from portal import throttle
from portal.throttle import seconds_to_wait, visitor_of

SOMEBODY, SOMEBODY_ELSE = "203.0.113.9", "198.51.100.7"


@pytest.fixture(autouse=True)
def limits(settings: Any) -> None:
    """Twice a long time; the window is so long that no test meets its end by chance."""
    settings.THROTTLES = {"ask": (2, 100_000), "tell": (1, 100_000)}
    settings.TRUSTED_PROXIES = 0


def request_from(address: str, forwarded: str = "") -> Any:
    """Return a request from an address, with what stands in `X-Forwarded-For`."""
    headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    return RequestFactory().get("/", REMOTE_ADDR=address, **headers)


def use(address: str, forwarded: str = "", name: str = "ask") -> bool:
    """Do the thing, and say whether it was possible."""
    return seconds_to_wait(name, request_from(address, forwarded)) == 0


def test_a_visitor_may_do_a_thing_so_often_and_then_has_to_wait():
    assert [use(SOMEBODY) for _use in range(4)] == [True, True, False, False]
    assert 0 < seconds_to_wait("ask", request_from(SOMEBODY)) <= 100_000


def test_visitors_and_things_are_counted_apart():
    assert [use(SOMEBODY) for _use in range(3)][-1] is False
    assert use(SOMEBODY_ELSE)
    assert use(SOMEBODY, name="tell")
    assert not use(SOMEBODY, name="tell")


def test_after_the_seconds_that_were_named_it_is_possible_again(settings: Any):
    settings.THROTTLES = {"ask": (1, 2)}
    while use(SOMEBODY):
        pass
    time.sleep(seconds_to_wait("ask", request_from(SOMEBODY)))
    assert use(SOMEBODY)


# Who is one visitor -------------------------------------------------------------------------------------------------------


def test_nobody_escapes_by_naming_another_address():
    assert [use(SOMEBODY, forwarded=f"192.0.2.{number}") for number in range(3)] == [True, True, False]


def test_behind_a_trusted_proxy_the_address_is_the_one_that_the_proxy_saw(settings: Any):
    settings.TRUSTED_PROXIES = 1
    proxy = "10.0.0.1"
    assert [use(proxy, f"192.0.2.{number}, {SOMEBODY}") for number in range(3)] == [True, True, False]
    assert use(proxy, SOMEBODY_ELSE)


def test_behind_two_trusted_proxies_the_entry_of_the_first_counts(settings: Any):
    settings.TRUSTED_PROXIES = 2
    for written in ("", "192.0.2.1, ", "192.0.2.1, 192.0.2.2, "):
        assert visitor_of(request_from("10.0.0.1", f"{written}{SOMEBODY}, 10.0.0.2")) == visitor_of(
            request_from("10.0.0.1", f"{SOMEBODY}, 10.0.0.2")
        )


def test_a_request_that_came_past_the_proxies_is_from_where_it_came(settings: Any):
    settings.TRUSTED_PROXIES = 2
    for forwarded in ("", SOMEBODY_ELSE):
        assert visitor_of(request_from(SOMEBODY, forwarded)) == visitor_of(request_from(SOMEBODY))


def test_one_connection_is_one_visitor_with_all_its_addresses():
    assert visitor_of(request_from("2001:db8:1:2::1")) == visitor_of(request_from("2001:db8:1:2:ffff::9"))
    assert visitor_of(request_from("2001:db8:1:2::1")) != visitor_of(request_from("2001:db8:1:3::1"))
    assert visitor_of(request_from(f"::ffff:{SOMEBODY}")) == visitor_of(request_from(SOMEBODY))


@pytest.mark.parametrize("address", ["", "unix:", "not an address", "203.0.113.9:8000", "fe80::1%eth0"])
def test_an_address_that_tells_nothing_is_no_error(address: str):
    assert use(address)


def test_where_visitors_cannot_be_told_apart_nobody_waits():
    assert [use("") for _use in range(5)] == [True] * 5


# What is remembered -------------------------------------------------------------------------------------------------------


def test_no_address_is_kept_and_another_day_makes_another_visitor(monkeypatch: pytest.MonkeyPatch):
    visitor = visitor_of(request_from(SOMEBODY))
    assert SOMEBODY not in visitor
    use(SOMEBODY)
    assert not [key for key in cache._cache if SOMEBODY in key]
    today = throttle.timezone.localdate()
    monkeypatch.setattr(throttle.timezone, "localdate", lambda: today.replace(year=today.year + 1, day=1))
    assert visitor_of(request_from(SOMEBODY)) != visitor


def test_nothing_is_remembered_beyond_the_window(settings: Any):
    settings.THROTTLES = {"ask": (5, 60)}
    before = time.time()
    use(SOMEBODY)
    use(SOMEBODY)
    (expires,) = cache._expire_info.values()
    assert before <= expires <= before + 61


def test_without_a_cache_everybody_may_do_everything(settings: Any):
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1"}
    }
    assert [use(SOMEBODY) for _use in range(4)] == [True] * 4
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    assert [use(SOMEBODY) for _use in range(4)] == [True] * 4
