"""Keeps the indexes current. A change leaves a row in the transaction that makes it; the row goes when every index has it.

A failure is never the editor's: it stays in the row with its reason, and is tried again.
"""

import datetime
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction
from django.utils import timezone
from django_tasks import task

from .answers import BackendUnavailable
from .backends import breaker, elasticsearch
from .documents import sources
from .embedded.index import store
from .models import SearchUpdate

logger = logging.getLogger(__name__)

BATCH = 50
FIRST_DELAY, LONGEST_DELAY = 5, 900
"""Seconds until a failed update is tried again; doubled each time."""
LONGEST_ERROR = 1000
_collecting: ContextVar[bool] = ContextVar("search_updates_collecting", default=False)


def request_update(source: str, *origins: str) -> None:
    """Note that these have changed. Called in the transaction of the change; carried out after its commit.

    Publishing asks several times: a failure of each would put the next attempt off by minutes if it counted.
    """
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.executemany(
            """
            INSERT INTO portal_searchupdate (source, origin, requests, requested_at, attempts, due_at, error)
            VALUES (%s, %s, 1, %s, 0, %s, '')
            ON CONFLICT (source, origin) DO UPDATE
            SET requests = portal_searchupdate.requests + 1, attempts = 0, due_at = excluded.due_at
            """,
            [(source, origin, now, now) for origin in dict.fromkeys(origins)],
        )
    if settings.SEARCH_UPDATE_AT_ONCE and not _collecting.get():
        transaction.on_commit(_run_after_commit)


@contextmanager
def collected() -> Iterator[None]:
    """Keep updates waiting while very much is changed, such as by the loader; then `run_updates` does them together."""
    mark = _collecting.set(True)
    try:
        yield
    finally:
        _collecting.reset(mark)


def _run_after_commit() -> None:
    """Carry out what waits; of several changes in one transaction the first call does all, and the others find nothing."""
    try:
        run_updates()
    except Exception:
        # The change is stored, and so is what has to be done. The editor must not see an error of the search.
        logger.exception("The search could not be updated.")
        _come_back()


def _come_back() -> None:
    """Ask the task worker to try again, once for all that waits."""
    if retry_updates.get_backend().supports_defer and cache.add("portal-search-retry", 1, FIRST_DELAY):
        later = timezone.now() + datetime.timedelta(seconds=FIRST_DELAY)
        retry_updates.using(run_after=later).enqueue()


@task(backend="background")
def retry_updates() -> int:
    """Carry out the updates that are due, and come back while any wait."""
    done = run_updates()
    if SearchUpdate.objects.exists():
        _come_back()
    return done


def pick_up() -> None:
    """Carry out what a process has left that died between its commit and the update, or with the task that was to come."""
    try:
        run_updates()
        if SearchUpdate.objects.exists():
            _come_back()
    except Exception:  # whoever calls has other things to do
        logger.exception("The search could not be updated.")


@task(backend="background")
def refresh_glossary() -> None:
    """Bring a changed glossary into the indexes of Elasticsearch, where its words are synonyms."""
    from .elastic.rebuild import refresh_synonyms  # only where there is a server: the client takes a second to import

    refresh_synonyms([code for code, _name in settings.LANGUAGES])


def request_glossary() -> None:
    """Ask for it once the change is in the database."""
    if settings.ELASTICSEARCH_URL:
        transaction.on_commit(_enqueue_glossary)


def _enqueue_glossary() -> None:
    try:
        refresh_glossary.enqueue()
    except Exception:  # the term is stored; the next change, or a rebuild, brings it into the index
        logger.exception("The glossary could not be brought into the search index.")


def run_updates(*, everything: bool = False) -> int:
    """Carry out every update that is due, or `everything` that waits, and return how many are done."""
    done, seen = 0, 0
    while True:
        waiting = SearchUpdate.objects.filter(pk__gt=seen).order_by("pk")
        batch = list((waiting if everything else waiting.filter(due_at__lte=timezone.now()))[:BATCH])
        if not batch:
            return done
        seen = batch[-1].pk
        by_source: dict[str, list[SearchUpdate]] = {}
        for update in batch:
            by_source.setdefault(update.source, []).append(update)
        done += sum(_carry_out(name, updates, everything) for name, updates in by_source.items())


def _carry_out(name: str, updates: list[SearchUpdate], is_forced: bool) -> int:
    """Update one source; where several fail together, each by itself, so that one broken page holds up no other."""
    try:
        _write(name, [update.origin for update in updates], is_forced)
    except BackendUnavailable as error:
        _postpone(updates, error)
        return 0
    except Exception as error:  # of a source, whatever it is
        if len(updates) > 1:
            return sum(_carry_out(name, [update], is_forced) for update in updates)
        logger.exception("The search documents of %s %s could not be made.", name, updates[0].origin)
        _postpone(updates, error)
        return 0
    # What was asked for again meanwhile stays.
    return sum(SearchUpdate.objects.filter(pk=one.pk, requests=one.requests).delete()[0] for one in updates)


def _write(name: str, origins: Sequence[str], is_forced: bool) -> None:
    source = sources().get(name)
    rows = store(name, origins, source.documents(origins) if source else [])
    server = elasticsearch()
    if server is None:
        return
    if breaker().is_open and not is_forced:
        raise BackendUnavailable(breaker().reason)
    try:
        server.replace(name, origins, rows)
    except BackendUnavailable as error:
        breaker().failed(error)
        raise
    breaker().succeeded()


def _postpone(updates: list[SearchUpdate], error: Exception) -> None:
    now = timezone.now()
    for update in updates:
        delay = min(FIRST_DELAY * 2**update.attempts, LONGEST_DELAY)
        update.attempts += 1
        update.due_at = now + datetime.timedelta(seconds=delay)
        update.error = f"{type(error).__name__}: {error}"[:LONGEST_ERROR]
        update.save(update_fields=["attempts", "due_at", "error"])
    _come_back()
