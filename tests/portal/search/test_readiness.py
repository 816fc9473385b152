"""What monitoring is told of the search: degraded where the embedded index has to stand in, and never a reason to stop."""

import time

import pytest
from django.test import Client

from portal.search import backends
from portal.search.breaker import CircuitBreaker

pytestmark = pytest.mark.django_db


def test_the_embedded_index_by_itself_is_a_search_that_is_well(client: Client):
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert (answer.json()["search"], answer.json()["search_backend"]) == ("ok", "embedded")


def test_a_search_without_its_server_is_degraded_and_the_site_is_still_ready(
    client: Client, settings, monkeypatch: pytest.MonkeyPatch
):
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:1"
    breaker = CircuitBreaker("Elasticsearch", probe=lambda: None)
    monkeypatch.setattr(backends, "breaker", lambda: breaker)
    assert client.get("/readyz").json()["search"] == "ok"
    for _failure in range(2):
        breaker.failed(ConnectionError("refused"))
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json()["status"] == "ok"
    assert (answer.json()["search"], answer.json()["search_backend"]) == ("degraded", "embedded")
    deadline = time.monotonic() + 10
    while client.get("/readyz").json()["search"] != "ok" and time.monotonic() < deadline:
        time.sleep(0.1)
    assert client.get("/readyz").json()["search_backend"] == "elasticsearch", "it answers again"
