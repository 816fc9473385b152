"""Which engine answers: Elasticsearch where there is one and it is well, the embedded index otherwise."""

import logging
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from django.conf import settings
from django.db import DatabaseError

from .answers import Backend, BackendUnavailable
from .breaker import CircuitBreaker
from .models import SearchUpdate

if TYPE_CHECKING:
    from .elastic.backend import ElasticsearchBackend

logger = logging.getLogger(__name__)
Answer = TypeVar("Answer")


@lru_cache(maxsize=1)
def embedded() -> Backend:
    """Return the index in the database. It is always there and always current."""
    from .embedded.backend import EmbeddedBackend

    return EmbeddedBackend()


@lru_cache(maxsize=1)
def elasticsearch() -> "ElasticsearchBackend | None":
    """Return Elasticsearch, or None where no server is configured."""
    if not settings.ELASTICSEARCH_URL:
        return None
    from .elastic.backend import ElasticsearchBackend

    return ElasticsearchBackend.from_settings()


@lru_cache(maxsize=1)
def breaker() -> CircuitBreaker:
    """Return the circuit breaker of this process before Elasticsearch."""
    from .updates import run_updates  # the updates write to the backends

    def probe() -> None:
        backend = elasticsearch()
        if backend is not None:
            backend.check()
            run_updates(everything=True)

    return CircuitBreaker("Elasticsearch", probe)


def answer(ask: Callable[[Backend], Answer]) -> tuple[str, Answer]:
    """Return the answer and the name of the engine that gave it; the embedded one where the other fails."""
    first = elasticsearch()
    if first is not None and not breaker().is_open:
        try:
            found = ask(first)
        except BackendUnavailable as error:
            breaker().failed(error)
            logger.warning("Elasticsearch gave no answer, the embedded index does: %s", error)
        else:
            breaker().succeeded()
            return first.name, found
    return embedded().name, ask(embedded())


def state() -> dict[str, str | int]:
    """Return how the search is, for `readyz`: which engine answers, why if it is not the configured one, and what waits."""
    found: dict[str, str | int] = {"search": "ok", "search_backend": "elasticsearch"}
    if not settings.ELASTICSEARCH_URL:
        found["search_backend"] = "embedded"
    elif breaker().is_open:
        found |= {
            "search": "degraded",
            "search_backend": "embedded",
            "search_problem": breaker().reason.partition(":")[0],
        }
    with suppress(DatabaseError):  # `readyz` says of the database itself that it does not answer
        found["search_waiting"] = SearchUpdate.objects.count()
    return found
