"""The indexes: one per language behind an alias. Which version of the analysis they were made with stands in themselves."""

import datetime
import hashlib
import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from elasticsearch import Elasticsearch, NotFoundError

from .analysis import analysis
from .documents import mapping

ATTEMPTS = 5
STAMP = "%Y%m%d%H%M%S%f"
EXAMPLE = ("part",)
SYNONYM = ("word, other word",)
"""In the place of what changes with the content, so that the version changes with the code only."""


@dataclass(frozen=True)
class Words:
    """The words that an index is made with."""

    parts: Sequence[str] = ()
    danish_parts: Sequence[str] = ()
    synonyms: Sequence[str] = ()

    @property
    def synonyms_digest(self) -> str:
        """Return a hash by which an index knows that it has these synonyms."""
        return _digest(list(self.synonyms))


def alias_of(prefix: str, language: str) -> str:
    """Return the name under which the index of a language is asked. No prefix and no code has an underscore."""
    return f"{prefix}-{language.lower()}"


def new_name(alias: str) -> str:
    """Return the name of a new index, which sorts behind those of older ones."""
    return f"{alias}_{timezone.now().astimezone(datetime.UTC):{STAMP}}_{uuid.uuid4().hex[:6]}"


def alias_behind(name: str) -> str:
    """Return the alias that an index was made for."""
    return name.rsplit("_", 2)[0]


def version_of(language: str) -> str:
    """Return what changes when an index of this language has to be built again: a hash of analysis and mapping."""
    return _digest([analysis(language, EXAMPLE, EXAMPLE, SYNONYM), mapping()])


def _digest(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:16]


def made_at(name: str) -> datetime.datetime:
    """Return when an index was made."""
    return datetime.datetime.strptime(name.rsplit("_", 2)[1], STAMP).replace(tzinfo=datetime.UTC)


def create(client: Elasticsearch, name: str, language: str, words: Words) -> None:
    """Make an empty index. Only its name leads to it: no reader sees it before the alias does."""
    client.indices.create(
        index=name,
        settings={
            "number_of_shards": 1,
            "auto_expand_replicas": "0-1",
            "refresh_interval": "-1",
            # How long a deleted document is remembered, so that an older version does not come back.
            "gc_deletes": "10m",
            "analysis": analysis(language, words.parts, words.danish_parts, words.synonyms),
        },
        mappings={
            **mapping(),
            "_meta": {"version": version_of(language), "synonyms": words.synonyms_digest, "language": language},
        },
    )


def wait_until_ready(client: Elasticsearch, name: str) -> None:
    """Wait until an index can be read and written; after half a minute the server answers with an error."""
    client.cluster.health(index=name, wait_for_status="yellow", timeout="30s")


def finish(client: Elasticsearch, name: str) -> None:
    """Make a filled index quick to search, and what is written from now on visible within a second."""
    client.indices.refresh(index=name)
    client.indices.forcemerge(index=name, max_num_segments=1)
    # Named, though it is the default: an index that has none sleeps, and keeps its next reader waiting.
    client.indices.put_settings(index=name, settings={"refresh_interval": "1s"})


def made_as(client: Elasticsearch, alias: str) -> dict[str, dict[str, Any]]:
    """Return the indexes of a language by name, finished or not, with what they were made with; the newest last."""
    found = client.indices.get_mapping(index=f"{alias}_*")
    return {name: found[name]["mappings"].get("_meta", {}) for name in sorted(found)}


def behind(client: Elasticsearch, alias: str) -> list[str]:
    """Return the indexes that an alias leads to."""
    if not client.indices.exists_alias(name=alias):
        return []
    return sorted(client.indices.get_alias(name=alias))


def swap(client: Elasticsearch, alias: str, name: str) -> list[str]:
    """Let the alias lead to this index only, in one step, and return those it led to before.

    Of two rebuilds that come to this step at once the newer index stays, whoever is first.
    """
    replaced: list[str] = []
    for _attempt in range(ATTEMPTS):
        found = behind(client, alias)
        newest = max([*found, name])
        if found == [newest]:
            break
        others = [other for other in found if other != newest]
        actions = [{"remove": {"index": other, "alias": alias}} for other in others]
        # Another one may have moved the alias since it was looked at: then it has to be looked at again.
        with suppress(NotFoundError):
            client.indices.update_aliases(actions=[*actions, {"add": {"index": newest, "alias": alias}}])
            replaced += others
    return replaced


def delete(client: Elasticsearch, names: Iterable[str]) -> None:
    """Delete indexes by their whole names, also such that are gone already."""
    for name in names:
        client.options(ignore_status=404).indices.delete(index=name)


def problem(client: Elasticsearch, aliases: Mapping[str, str]) -> str:
    """Return why the indexes of these languages cannot be used, or nothing."""
    found = client.indices.get_mapping(index=",".join(aliases.values()), ignore_unavailable=True)
    versions = {alias_behind(name): found[name]["mappings"].get("_meta", {}) for name in found}
    for language, alias in aliases.items():
        if alias not in versions:
            return f"there is no index for {language}"
        if versions[alias].get("version") != version_of(language):
            return f"the index for {language} was made by another version of the software"
    blocks = client.indices.get_settings(index=",".join(aliases.values()), name="index.blocks.*", flat_settings=True)
    for name, answer in blocks.items():
        for block, value in answer["settings"].items():
            if value == "true":
                return f"the index {name} has the block {block}"
    return ""
