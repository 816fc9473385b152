"""Builds the index of a language beside the one that answers, and puts it in its place when it has everything.

What is built is filled from the table of documents, and what it has already is not sent again: an interrupted rebuild goes
on where it stopped, and whatever changes meanwhile is caught up with. Nobody ever searches in a half index.
"""

import datetime
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from elasticsearch import Elasticsearch, NotFoundError
from elasticsearch.helpers import scan

from ..answers import BackendUnavailable
from ..embedded import index as embedded
from ..models import FOR_MATCHING, SearchDocument
from . import indexes, writing
from .connection import BUILD_TIME, available, connect
from .vocabulary import parts, site_words, synonyms

BATCH = 500
ROUNDS = 5
"""Times that an index is compared with the table until nothing differs; more are only needed while very much changes."""
ABANDONED_AFTER = datetime.timedelta(days=1)


class IndexGone(BackendUnavailable):
    """Somebody has deleted an index that was being filled."""


@dataclass(frozen=True)
class Progress:
    """How far a rebuild is."""

    what: str
    done: int
    total: int


def rebuild() -> Iterator[Progress]:
    """Build every document again, and from them the index of every language of the site where there is a server."""
    for done, total in embedded.rebuild():
        yield Progress("documents", done, total)
    if settings.ELASTICSEARCH_URL:
        yield from build([code for code, _name in settings.LANGUAGES])


def refresh_synonyms(languages: Iterable[str]) -> None:
    """Build the indexes of these languages again whose synonyms are no longer those of the glossary."""
    client = connect().options(request_timeout=BUILD_TIME)
    with available():
        outdated = [language for language in languages if not _has_current_synonyms(client, language)]
    for _progress in build(outdated):
        pass


def build(languages: Sequence[str]) -> Iterator[Progress]:
    """Build the indexes of these languages from the documents as they are, one after the other."""
    client = connect().options(request_timeout=BUILD_TIME)
    with available():
        for language in languages:
            while True:
                yield from _build(client, language)
                if _has_current_synonyms(client, language):
                    break


def _has_current_synonyms(client: Elasticsearch, language: str) -> bool:
    alias = indexes.alias_of(settings.SEARCH_INDEX_PREFIX, language)
    digest = indexes.Words(synonyms=synonyms(language)).synonyms_digest
    made = indexes.made_as(client, alias)
    return any(made[name].get("synonyms") == digest for name in indexes.behind(client, alias))


def _build(client: Elasticsearch, language: str) -> Iterator[Progress]:
    alias = indexes.alias_of(settings.SEARCH_INDEX_PREFIX, language)
    words = indexes.Words(
        parts(client, language, site_words(language)),
        parts(client, settings.LANGUAGE_CODE, site_words(settings.LANGUAGE_CODE)),
        synonyms(language),
    )
    name = _unfinished(client, alias, language, words)
    if name is None:
        name = indexes.new_name(alias)
        indexes.create(client, name, language, words)
    # One that another rebuild has just made may not be ready yet.
    indexes.wait_until_ready(client, name)
    for _round in range(ROUNDS):
        sent = yield from _fill(client, name, language)
        if not sent and not _difference(client, name, language):
            break
    if problem := _difference(client, name, language):
        raise BackendUnavailable(f"{name} {problem}; it is not used")
    indexes.finish(client, name)
    replaced = indexes.swap(client, alias, name)
    yield from _catch_up(client, alias, name, language)
    indexes.delete(client, [*replaced, *_abandoned(client, alias)])


def _catch_up(client: Elasticsearch, alias: str, name: str, language: str) -> Iterator[Progress]:
    """Write what was changed while the alias was moved: that went to the index that it led to before."""
    try:
        yield from _fill(client, name, language)
    except (NotFoundError, IndexGone):
        if name in indexes.behind(client, alias):
            raise
        # A newer index has taken its place meanwhile; what is missing there is caught up with by whoever built that one.


def _unfinished(client: Elasticsearch, alias: str, language: str, words: indexes.Words) -> str | None:
    """Return the index that an interrupted rebuild, or one that runs now, has begun with the same analysis and synonyms."""
    newest = max(indexes.behind(client, alias), default="")
    wanted = (indexes.version_of(language), words.synonyms_digest)
    found = [
        name
        for name, made in indexes.made_as(client, alias).items()
        if name > newest and (made.get("version"), made.get("synonyms")) == wanted
    ]
    return found[-1] if found else None


def _abandoned(client: Elasticsearch, alias: str) -> list[str]:
    """Return what rebuilds have left unfinished so long ago that none can be at work on it."""
    in_use = indexes.behind(client, alias)
    limit = timezone.now() - ABANDONED_AFTER
    return [name for name in indexes.made_as(client, alias) if name not in in_use and indexes.made_at(name) < limit]


def _fill(client: Elasticsearch, name: str, language: str) -> Generator[Progress, None, int]:
    """Write what the index lacks or has otherwise, delete what it has too much, and return how much that was."""
    rows = SearchDocument.objects.filter(language=language).defer(*FOR_MATCHING)
    total, done, sent = rows.count(), 0, 0
    sizes: list[int] = []
    yield Progress(language, done, total)

    def changed() -> Iterator[list[writing.Action]]:
        for batch in _batches(rows):
            sizes.append(len(batch))
            yield _changed(client, name, batch)

    for place, count in enumerate(writing.send_side_by_side(client, changed())):
        sent += count
        done += sizes[place]
        yield Progress(language, done, max(done, total))
    client.indices.refresh(index=name)
    if client.count(index=name)["count"] > rows.count():
        sent += writing.send(client, list(_surplus(client, name, language)), refresh=True)
    return sent


def _changed(client: Elasticsearch, name: str, batch: Sequence[SearchDocument]) -> list[writing.Action]:
    """Return what has to be written of a batch: what the index does not have, or not like this."""
    known = _digests(client, name, batch)
    written = writing.documents(batch, _places(batch))
    return [
        writing.write_action(name, row, document)
        for row, document in written
        if known.get(row.uid) != document["digest"]
    ]


def _batches(rows: QuerySet[SearchDocument]) -> Iterator[list[SearchDocument]]:
    last = 0
    while batch := list(rows.filter(pk__gt=last).order_by("pk")[:BATCH]):
        yield batch
        last = batch[-1].pk


def _places(batch: Sequence[SearchDocument]) -> writing.Places:
    """Return where the documents of these origins are, also those that are in another batch."""
    origins = {row.origin for row in batch}
    same = SearchDocument.objects.filter(language=batch[0].language, origin__in=origins)
    return writing.places_of(same.only("language", "source", "origin", "municipality"))


def _digests(client: Elasticsearch, name: str, batch: Sequence[SearchDocument]) -> dict[str, str]:
    answer = client.mget(index=name, ids=[row.uid for row in batch], source=["digest"])
    if error := next((one["error"] for one in answer["docs"] if "error" in one), None):
        if error["type"] == "index_not_found_exception":
            raise IndexGone(f"{name} was deleted while it was filled")
        raise BackendUnavailable(f"{name} cannot be read: {error['type']}")
    return {one["_id"]: one["_source"]["digest"] for one in answer["docs"] if one.get("found")}


def _surplus(client: Elasticsearch, name: str, language: str) -> Iterator[writing.Action]:
    known = set(SearchDocument.objects.filter(language=language).values_list("uid", flat=True))
    query = {"query": {"match_all": {}}, "_source": False, "seq_no_primary_term": True}
    for found in scan(client, query=query, index=name, size=1000):
        if found["_id"] not in known:
            yield writing.delete_action(name, found)


def _difference(client: Elasticsearch, name: str, language: str) -> str:
    """Return what is wrong with a filled index, or nothing."""
    made = client.indices.get_mapping(index=name)[name]["mappings"].get("_meta", {})
    if made.get("version") != indexes.version_of(language):
        return "was deleted while it was filled"
    has, wanted = client.count(index=name)["count"], SearchDocument.objects.filter(language=language).count()
    return "" if has == wanted else f"has {has} documents instead of {wanted}"
