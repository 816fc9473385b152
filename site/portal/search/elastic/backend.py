"""Elasticsearch as an engine of the search."""

import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.conf import settings
from elasticsearch import Elasticsearch

from ..answers import BackendUnavailable, Filters, Found, Suggestion
from ..models import SearchDocument
from ..questions import Question
from . import indexes, writing
from .answering import Asker
from .completion import complete
from .connection import BUILD_TIME, WRITE_TIME, available, connect
from .vocabulary import parts, synonyms

ADVICE = "run “manage.py rebuild_search_index”"


class ElasticsearchBackend:
    """Implements `portal.search.answers.Backend`."""

    name = "elasticsearch"

    def __init__(self, client: Elasticsearch, prefix: str, languages: Sequence[str]) -> None:
        self.client, self.prefix = client, prefix
        self.aliases = {language: indexes.alias_of(prefix, language) for language in languages}
        self._is_checked = False

    @classmethod
    def from_settings(cls) -> "ElasticsearchBackend":
        """Return the engine that the settings name; whether the server is there shows when it is asked."""
        return cls(connect(), settings.SEARCH_INDEX_PREFIX, [code for code, _name in settings.LANGUAGES])

    def check(self) -> None:
        """Raise `BackendUnavailable` unless the server answers quickly, with indexes of this version of the software."""
        with available():
            problem = indexes.problem(self.client, self.aliases)
        if problem:
            raise BackendUnavailable(f"{problem}; {ADVICE}")
        self._is_checked = True

    def search(self, question: Question, filters: Filters, start: int, size: int) -> Found:
        """Return hits of the language of the question and Danish ones behind them."""
        if not question.words or question.language not in self.aliases:
            return Found()
        self._check_once()
        with available():
            return Asker(self.client, self.aliases, question, filters).found(start, size)

    def suggest(self, text: str, language: str, municipality: str, size: int) -> list[Suggestion]:
        """Return titles that begin with what is being typed, at any of their words, forgiving one mistake."""
        if language not in self.aliases:
            return []
        self._check_once()
        with available():
            return complete(self.client, self.aliases, text, language, municipality, size)

    def replace(self, source: str, origins: Sequence[str], rows: Sequence[SearchDocument]) -> None:
        """Make these rows the only documents of these origins, in every language. They are found when this returns."""
        self._check_once()
        with available():
            writing.replace(self.client.options(request_timeout=WRITE_TIME), self.aliases, source, origins, rows)

    def _check_once(self) -> None:
        """Look at the indexes when this process first needs them, for it may be newer than they are."""
        if not self._is_checked:
            self.check()

    @contextmanager
    def throw_away(self, rows: Sequence[SearchDocument]) -> Iterator["ElasticsearchBackend"]:
        """Yield an engine over indexes of these rows only, which are gone afterwards."""
        languages = dict.fromkeys([*self.aliases, *(row.language for row in rows)])
        other = ElasticsearchBackend(self.client, f"{self.prefix}-evaluation-{uuid.uuid4().hex[:8]}", list(languages))
        client = self.client.options(request_timeout=BUILD_TIME)
        names: list[str] = []
        try:
            with available():
                danish_parts = _parts_of_rows(client, settings.LANGUAGE_CODE, rows)
                for language, alias in other.aliases.items():
                    own = [row for row in rows if row.language == language]
                    words = indexes.Words(_parts_of_rows(client, language, rows), danish_parts, synonyms(language))
                    names.append(indexes.new_name(alias))
                    indexes.create(client, names[-1], language, words)
                    sum(writing.send_side_by_side(client, writing.batches(names[-1], own)))
                    indexes.finish(client, names[-1])
                    indexes.swap(client, alias, names[-1])
            other._is_checked = True
            yield other
        finally:
            with available():
                indexes.delete(client, names)


def _parts_of_rows(client: Elasticsearch, language: str, rows: Sequence[SearchDocument]) -> list[str]:
    words = (f"{row.title_words} {row.body_words}".split() for row in rows if row.language == language)
    return parts(client, language, dict.fromkeys(word for each in words for word in each))
