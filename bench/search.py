"""The search page and the API beside a stock Wagtail search view, at 500, 20,000 and 200,000 documents, in one run.

python -m bench.search OUT    needs ELASTICSEARCH_URL, a loaded database and `bench.settings_of_search`; `make bench` sees to it

Everything goes through Django's whole stack (middleware, view, template) in this process, with the engines as real servers:
what counts is how long a reader waits. At 500 the documents are the pages of the starter content in five languages.
"""

import itertools
import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import django

REQUESTS, WARM_UP = 240, 24
SIZES = (20_000, 200_000)
EMBEDDED_SIZE = 20_000
"""The embedded index is for sites of some thousand documents; beyond that Elasticsearch is meant."""
QUESTIONS = [
    ("da", "skattekort"),
    ("da", "hvor får jeg et CPR-nummer"),
    ("da", "lægevagt"),
    ("pl", "karta podatkowa"),
    ("pl", "skattekort"),
    ("pl", "zlobek"),
    ("de", "Fuehrerschein umtauschen"),
    ("en", "doctor"),
    ("en", "how do I find a flat"),
    ("en", "taxcrad"),
    ("ru", "налоговая карта"),
    ("ru", "ребенок детский сад"),
]


def p95(times: list[float]) -> float:
    """Return the 95th percentile in milliseconds."""
    return round(statistics.quantiles(times, n=20)[18] * 1000, 1)


def measure(ask: Callable[[str, str], Any]) -> float:
    """Return the p95 of many questions in turn; every answer must be 200."""
    questions, times = itertools.cycle(QUESTIONS), []
    for number in range(WARM_UP + REQUESTS):
        language, text = next(questions)
        start = time.perf_counter()
        status = ask(language, text).status_code
        if number >= WARM_UP:
            times.append(time.perf_counter() - start)
        if status != 200:
            raise RuntimeError(f"“{text}” answered {status}")
    return p95(times)


def page_and_api() -> dict[str, float]:
    """Return the p95 of the search page and of the API, as they answer now."""
    from django.test import Client

    client = Client()
    return {
        "page": measure(lambda language, text: client.get(f"/{language}/search/", {"q": text})),
        "api": measure(lambda language, text: client.get("/api/search/", {"q": text, "lang": language})),
    }


def stock(backend: str) -> float:
    """Return the p95 of Wagtail's own search view on one of its backends."""
    from django.test import Client

    client = Client()
    return measure(lambda _language, text: client.get(f"/stock/{backend}/", {"query": text}))


@contextmanager
def answered_by(engine: Any) -> Iterator[None]:
    """Let one engine answer: Elasticsearch over other indexes, or None for the embedded one."""
    from portal.search import backends

    before = backends.elasticsearch
    backends.elasticsearch = lambda: engine  # type: ignore[assignment]
    try:
        yield
    finally:
        backends.elasticsearch = before


def publish_and_find() -> float:
    """Return the seconds from the click on “publish” until the API finds the new word."""
    from django.test import Client

    from welcome_pages.models import GuidePage

    page = GuidePage.objects.get(key="T11-tax-card", locale__language_code="da")
    before, client = page.summary, Client()
    page.summary = "Zebrastribe."
    start = time.perf_counter()
    page.save_revision().publish()
    while not client.get("/api/search/", {"q": "zebrastribe", "lang": "da", "page": 1}).json()["results"]:
        if time.perf_counter() - start > 30:
            raise RuntimeError("the word was never found")
    seconds = round(time.perf_counter() - start, 2)
    page.summary = before
    page.save_revision().publish()
    return seconds


def run() -> dict[str, Any]:
    """Measure everything."""
    from django.core.management import call_command
    from django.db import transaction

    from bench.search_documents import made_up, repeated, texts
    from bench.stock_pages import made_up_pages
    from portal.search import backends
    from portal.search.embedded.index import BATCH, build_row, count_words_again
    from portal.search.models import SearchDocument

    results: dict[str, Any] = {"p95_milliseconds": {}}
    table = results["p95_milliseconds"]
    call_command("rebuild_search_index", verbosity=0)
    call_command("update_index", backend_name="elasticsearch", verbosity=0)
    server = backends.elasticsearch()
    if server is None:
        raise RuntimeError("ELASTICSEARCH_URL is not set")
    table["stock, database, 500"] = stock("default")
    table["stock, elasticsearch, 500"] = stock("elasticsearch")
    table["elasticsearch, 500"] = page_and_api()
    results["seconds_until_a_publication_is_found"] = publish_and_find()
    with answered_by(None):
        table["embedded, 500"] = page_and_api()
    for size in SIZES:
        documents = list(texts(size))
        start = time.perf_counter()
        different = [build_row(document) for document in documents]
        building = (time.perf_counter() - start) * size / len(documents)
        rows = repeated(different, size)
        start = time.perf_counter()
        with server.throw_away(rows) as engine:
            results[f"documents_a_second_at_{size}"] = round(size / (time.perf_counter() - start + building))
            with answered_by(engine):
                table[f"elasticsearch, {size}"] = page_and_api()
        with made_up_pages(rows):
            table[f"stock, elasticsearch, {size}"] = stock("elasticsearch")
            if size == EMBEDDED_SIZE:
                table[f"stock, database, {size}"] = stock("default")
        call_command("update_index", backend_name="elasticsearch", verbosity=0)
    with transaction.atomic(), answered_by(None):
        SearchDocument.objects.bulk_create(made_up(EMBEDDED_SIZE), batch_size=BATCH)
        count_words_again()
        table[f"embedded, {EMBEDDED_SIZE}"] = page_and_api()
        transaction.set_rollback(True)
    return results


if __name__ == "__main__":
    django.setup()
    Path(sys.argv[1]).write_text(json.dumps(run(), indent=2) + "\n", encoding="utf-8")
