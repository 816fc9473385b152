"""The connection to the server, and what becomes of its errors: whatever they are, another engine has to answer."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from elastic_transport.client_utils import url_to_node_config
from elasticsearch import ApiError, Elasticsearch, TransportError
from elasticsearch.helpers import BulkIndexError

from ..answers import BackendUnavailable

ANSWER_TIME, WRITE_TIME, BUILD_TIME = 1.0, 10.0, 120.0
"""Seconds that a reader's question, an update, and a step of a rebuild may take."""

# What the library logs of a server that is away stands in the error that is raised, too.
logging.getLogger("elastic_transport.node_pool").setLevel(logging.ERROR)


def connect() -> Elasticsearch:
    """Return a client of the configured server. It tries everything once: whoever waits has an engine to fall back on."""
    node = url_to_node_config(settings.ELASTICSEARCH_URL, use_default_ports_for_scheme=True)
    options = {"request_timeout": answer_time(), "max_retries": 0, "retry_on_timeout": False}
    return Elasticsearch([node], **{**options, **settings.ELASTICSEARCH_OPTIONS})


def answer_time() -> float:
    """Return how many seconds a reader's question may take before the other engine answers."""
    seconds: Any = settings.ELASTICSEARCH_OPTIONS.get("request_timeout", ANSWER_TIME)
    return float(seconds)


@contextmanager
def available() -> Iterator[None]:
    """Turn every error of the server, and of the way to it, into `BackendUnavailable`."""
    try:
        yield
    except (ApiError, TransportError, BulkIndexError) as error:
        raise BackendUnavailable(" ".join(str(error).split())[:300] or type(error).__name__) from error
