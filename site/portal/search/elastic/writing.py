"""Writes documents to the indexes. Late writes lose: the version of a document is the moment at which its row changed."""

import datetime
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from elasticsearch import Elasticsearch
from elasticsearch.helpers import scan, streaming_bulk

from ..answers import BackendUnavailable
from ..models import SearchDocument
from .documents import as_document
from .indexes import alias_behind

BATCH = 500
WRITERS = 2
"""Batches that the server works on at once."""
LARGEST = 8 * 1024 * 1024
EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
MICROSECOND = datetime.timedelta(microseconds=1)
CONFLICT, NOT_FOUND = 409, 404

Action = dict[str, Any]
Places = dict[tuple[str, str, str], set[str]]
"""(language, source, origin) → the municipalities of its documents."""


def version_of(row: SearchDocument) -> int:
    """Return the version of a document: what changed later is greater."""
    return (row.changed_at - EPOCH) // MICROSECOND


def places_of(rows: Iterable[SearchDocument]) -> Places:
    """Return in which municipalities each thing has a document, with "" for the shared one."""
    found: Places = {}
    for row in rows:
        found.setdefault((row.language, row.source, row.origin), set()).add(row.municipality)
    return found


def documents(rows: Iterable[SearchDocument], places: Places) -> Iterator[tuple[SearchDocument, dict[str, Any]]]:
    """Yield each row with what is sent of it: a shared document knows the municipalities that have one of their own."""
    for row in rows:
        everywhere = places[row.language, row.source, row.origin]
        if row.municipality:
            yield row, as_document(row, is_main="" not in everywhere)
        else:
            yield row, as_document(row, everywhere - {""})


def write_action(index: str, row: SearchDocument, document: Mapping[str, Any]) -> Action:
    """Return what the bulk interface needs to write a document unless it knows a later one."""
    return {
        "_op_type": "index",
        "_index": index,
        "_id": row.uid,
        "version": version_of(row),
        "version_type": "external_gte",
        "_source": document,
    }


def batches(index: str, rows: Sequence[SearchDocument]) -> Iterator[list[Action]]:
    """Yield what writes these rows, which have to be all of their topics."""
    places = places_of(rows)
    for start in range(0, len(rows), BATCH):
        written = documents(rows[start : start + BATCH], places)
        yield [write_action(index, row, document) for row, document in written]


def delete_action(index: str, found: Mapping[str, Any]) -> Action:
    """Return what the bulk interface needs to delete a document unless somebody has written it again meanwhile."""
    return {
        "_op_type": "delete",
        "_index": index,
        "_id": found["_id"],
        "if_seq_no": found["_seq_no"],
        "if_primary_term": found["_primary_term"],
    }


def send(client: Elasticsearch, actions: Iterable[Action], *, refresh: bool = False) -> int:
    """Carry out what is to be written, and return how much there was. That somebody was quicker is no error."""
    count = 0
    answers = streaming_bulk(
        client,
        actions,
        chunk_size=BATCH,
        max_chunk_bytes=LARGEST,
        raise_on_error=False,
        raise_on_exception=True,
        refresh=refresh,
    )
    for is_done, answer in answers:
        count += 1
        kind, result = next(iter(answer.items()))
        if is_done or result["status"] == CONFLICT or (kind == "delete" and result["status"] == NOT_FOUND):
            continue
        raise BackendUnavailable(f"{result['_index']} refused a document: {result.get('error')}"[:300])
    return count


def send_side_by_side(client: Elasticsearch, batches: Iterable[Sequence[Action]]) -> Iterator[int]:
    """Send some batches while the next ones are made, and yield how much was in each, in order."""
    with ThreadPoolExecutor(WRITERS) as writers:
        waiting: deque[Future[int]] = deque()
        for batch in batches:
            waiting.append(writers.submit(send, client, batch))
            if len(waiting) > WRITERS:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def replace(
    client: Elasticsearch,
    aliases: Mapping[str, str],
    source: str,
    origins: Sequence[str],
    rows: Sequence[SearchDocument],
) -> None:
    """Make these rows the only documents of these origins, in the indexes behind these aliases, by language."""
    kept = [row for row in rows if row.language in aliases]
    known = {(aliases[row.language], row.uid) for row in kept}
    stored = SearchDocument.objects.filter(source=source, origin__in=list(origins)).values_list("language", "uid")
    # What somebody else has stored since these rows were read is theirs to send, and not ours to delete.
    known.update((aliases[language], uid) for language, uid in stored if language in aliases)
    # Also makes sure that there are indexes: a write to a name that leads nowhere would make one without any analysis.
    client.indices.refresh(index=list(aliases.values()))
    gone = [
        found for found in _of_origins(client, list(aliases.values()), source, origins) if _name(found) not in known
    ]
    written = documents(kept, places_of(kept))
    send(
        client,
        [
            *(delete_action(found["_index"], found) for found in gone),
            *(write_action(aliases[row.language], row, document) for row, document in written),
        ],
        refresh=True,
    )


def _of_origins(
    client: Elasticsearch, indexes: list[str], source: str, origins: Sequence[str]
) -> Iterator[dict[str, Any]]:
    conditions = [{"term": {"source": source}}, {"terms": {"origin": list(origins)}}]
    query = {"query": {"bool": {"filter": conditions}}, "_source": False, "seq_no_primary_term": True}
    return scan(client, query=query, index=indexes, size=1000)


def _name(found: Mapping[str, Any]) -> tuple[str, str]:
    return alias_behind(found["_index"]), found["_id"]
