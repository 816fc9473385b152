"""How often one visitor may do a thing: who counts as one, when it is possible again, and what is remembered of them."""

import datetime
import io
import multiprocessing
import time
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connections
from django.test import RequestFactory
from django.utils import timezone

from portal import throttle
from portal.throttle import seconds_to_wait, seconds_to_wait_with_contact, visitor_of
from portal.visit_counts import VisitCount
from tests.on_disk import on_disk

__all__ = ["on_disk"]
pytestmark = [pytest.mark.django_db, pytest.mark.storage]

SOMEBODY, SOMEBODY_ELSE = "203.0.113.9", "198.51.100.7"


@pytest.fixture(autouse=True)
def limits(settings: Any) -> None:
    """Twice a long time; the window is so long that no test meets its end by chance."""
    settings.THROTTLES = {"ask": (2, 100_000), "tell": (1, 100_000), "read": (2, 100_000)}
    settings.THROTTLES_IN_CACHE = {"read"}
    settings.TRUSTED_PROXIES = 0


def request_from(address: str, forwarded: str = "") -> Any:
    """Return a request from an address, with what stands in `X-Forwarded-For`."""
    headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    return RequestFactory().get("/", REMOTE_ADDR=address, **headers)


def use(address: str, forwarded: str = "", name: str = "ask") -> bool:
    """Do the thing, and say whether it was possible."""
    return seconds_to_wait(name, request_from(address, forwarded)) == 0


@pytest.mark.parametrize("name", ["ask", "read"])
def test_a_visitor_may_do_a_thing_so_often_and_then_has_to_wait(name: str):
    assert [use(SOMEBODY, name=name) for _use in range(4)] == [True, True, False, False]
    assert 0 < seconds_to_wait(name, request_from(SOMEBODY)) <= 100_000


def use_for(contact: str, address: str = SOMEBODY) -> bool:
    """Do the thing for somebody's contact, and say whether it was possible."""
    return seconds_to_wait_with_contact("ask", "tell", request_from(address), contact) == 0


def test_a_visitor_and_a_contact_have_a_limit_each():
    assert use_for("anna")
    assert not use_for("anna", SOMEBODY_ELSE)
    assert use_for("bo")
    assert not use_for("carla")


def test_who_has_to_wait_uses_up_nothing_of_a_contact():
    assert use_for("anna")
    assert use_for("bo")
    assert not use_for("carla")
    assert use_for("carla", SOMEBODY_ELSE)


def _worker(start: Any, results: Any) -> None:
    connections.close_all()
    cache.clear()  # its memory is its own
    start.wait(60)
    results.put(sum(use(SOMEBODY) for _use in range(25)))
    connections.close_all()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("on_disk")
def test_all_web_workers_together_let_through_what_one_would(settings: Any):
    settings.THROTTLES = {"ask": (30, 100_000)}
    connections.close_all()
    context = multiprocessing.get_context("fork")
    start, results = context.Barrier(4), context.SimpleQueue()
    workers = [context.Process(target=_worker, args=(start, results)) for _worker_number in range(4)]
    for worker in workers:
        worker.start()
    assert sum(results.get() for _worker_number in workers) == 30
    for worker in workers:
        worker.join()
    assert VisitCount.objects.get().uses == 100


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
    use(SOMEBODY, name="read")
    for key in (*cache._cache, VisitCount.objects.get().key):
        assert SOMEBODY not in key
    assert visitor not in VisitCount.objects.get().key, "the same visitor has another key for every thing"
    today = throttle.timezone.localdate()
    monkeypatch.setattr(throttle.timezone, "localdate", lambda: today.replace(year=today.year + 1, day=1))
    assert visitor_of(request_from(SOMEBODY)) != visitor


def test_nothing_is_remembered_beyond_the_window(settings: Any):
    settings.THROTTLES = {"ask": (5, 60), "read": (5, 60)}
    before = time.time()
    for _use in range(2):
        use(SOMEBODY)
        use(SOMEBODY, name="read")
    (expires,) = cache._expire_info.values()
    assert before <= expires <= before + 61
    assert before <= VisitCount.objects.get().expires_at.timestamp() <= before + 61


@pytest.mark.parametrize("command", ["send_outbox", "anonymise_expired"])
def test_what_is_over_is_deleted_by_the_regular_commands(command: str):
    use(SOMEBODY)
    VisitCount.objects.create(key="over", uses=3, expires_at=timezone.now() - datetime.timedelta(seconds=1))
    call_command(command, stdout=io.StringIO())
    assert VisitCount.objects.exclude(key="over").count() == VisitCount.objects.count() == 1


def test_where_the_database_cannot_count_everybody_may_do_everything(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(throttle.visit_counts, "COUNT", throttle.visit_counts.COUNT.replace("visitcount", "gone"))
    monkeypatch.setattr(throttle.visit_counts, "COUNT_TWO", "nothing")
    assert [use(SOMEBODY) for _use in range(4)] == [True] * 4
    assert [use_for("anna") for _use in range(4)] == [True] * 4


def test_without_a_cache_everybody_may_do_everything(settings: Any):
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1"}
    }
    assert [use(SOMEBODY, name="read") for _use in range(4)] == [True] * 4
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    assert [use(SOMEBODY, name="read") for _use in range(4)] == [True] * 4
