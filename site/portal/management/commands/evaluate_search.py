"""Measures how good the search is, on any set of documents and graded questions."""

import json
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections, transaction
from tqdm import tqdm

from portal.search.answers import Backend, Filters
from portal.search.backends import elasticsearch, embedded
from portal.search.documents import Document
from portal.search.embedded.index import BATCH, build_row, count_words_again
from portal.search.evaluation import Evaluation, GradedQuestion
from portal.search.models import SearchDocument
from portal.search.service import question_of
from portal.search.sets import MalformedSet, read_documents, read_questions
from portal.search.suggestion_evaluation import Success, success

SITE = "site"
DEPTH = 10


class Command(BaseCommand):
    """Builds a throw-away index, asks every question, and prints the measures; what readers search in stays untouched."""

    help = "Print nDCG@10, recall@5, MRR and the share without result of graded queries, per language and per kind."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the two files, the engine, and the least nDCG@10 that is good enough."""
        parser.add_argument(
            "--documents", required=True, help=f"a JSON file of documents, or “{SITE}”: the documents of this site"
        )
        parser.add_argument("--queries", required=True, type=Path, help="a JSON file of graded queries")
        parser.add_argument("--backend", choices=["elasticsearch", "embedded"], help="default: the one the site uses")
        parser.add_argument("--suggestions", action="store_true", help="measure the suggestions for every title too")
        parser.add_argument("--json", type=Path, help="write the measures and every answer to this file too")
        parser.add_argument("--min", type=float, default=0.0, help="exit with 1 if nDCG@10 over all is lower")

    def handle(self, *args: Any, documents: str, queries: Path, **options: Any) -> None:
        """Measure and print."""
        name = options["backend"] or ("elasticsearch" if settings.ELASTICSEARCH_URL else "embedded")
        try:
            questions = read_questions(queries)
            found = None if documents == SITE else read_documents(Path(documents))
        except MalformedSet as error:
            raise CommandError(str(error)) from error
        start = time.monotonic()
        try:
            evaluation, suggestions = _measure(name, found, questions, suggest=options["suggestions"])
        except DatabaseError as error:
            raise CommandError(f"The database cannot be used; has it been migrated? {error}") from error
        report = self._print(name, evaluation, time.monotonic() - start)
        report["suggestions"] = {way: one._asdict() for way, one in suggestions.items()}
        for way, one in suggestions.items():
            self.stdout.write(f"right title among five suggestions, {way}: {one.share:.3f} of {one.possible:.3f}")
        if options["json"]:
            options["json"].write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        if report["all"]["ndcg@10"] < options["min"]:
            self.stderr.write(f"nDCG@10 is {report['all']['ndcg@10']}, below {options['min']}.")
            sys.exit(1)

    def _print(self, name: str, evaluation: Evaluation, seconds: float) -> dict[str, Any]:
        languages, kinds = evaluation.names()
        report: dict[str, Any] = {"backend": name, "all": evaluation.measures().as_dict(), "language": {}, "kind": {}}
        for language in languages:
            report["language"][language] = evaluation.measures(language=language).as_dict()
        for kind in kinds:
            report["kind"][kind] = evaluation.measures(kind=kind).as_dict()
        self.stdout.write(f"{'':16}{'queries':>8}{'nDCG@10':>9}{'recall@5':>9}{'MRR':>8}{'no result':>11}")
        lines = [("all", report["all"]), *report["language"].items(), *report["kind"].items()]
        for label, row in lines:
            self.stdout.write(
                f"{label:16}{row['queries']:>8}{row['ndcg@10']:>9.3f}{row['recall@5']:>9.3f}{row['mrr']:>8.3f}"
                f"{row['without_result']:>11.1%}"
            )
        self.stdout.write(f"{name}, {seconds:.1f} s with building the index")
        report["answers"] = [
            {"id": question.id, "lang": question.language, "text": question.text, "kind": question.kind, "found": found}
            for question, found in evaluation.rows
        ]
        return report


def _measure(
    name: str, documents: list[Document] | None, questions: list[GradedQuestion], *, suggest: bool
) -> tuple[Evaluation, dict[str, Success]]:
    evaluation = Evaluation()
    suggestions: dict[str, Success] = {}
    with _throw_away(name, documents) as engine:
        for question in tqdm(questions, unit="query", disable=None):
            asked = question_of(question.text, question.language)
            hits = engine.search(asked, Filters(), 0, DEPTH).hits if asked.words else []
            evaluation.add(question, (hit.key for hit in hits))
        if suggest:
            titles = SearchDocument.objects.only("language", "title", "danish_title").order_by("pk")
            suggestions = success(tqdm(titles, unit="title", disable=None), engine)
    return evaluation, suggestions


@contextmanager
def _throw_away(name: str, documents: list[Document] | None) -> Iterator[Backend]:
    """Yield an engine over these documents only, or over those of the site as they are."""
    if documents is None:
        with _engine(name) as engine:
            yield engine
        return
    with _apart():
        SearchDocument.objects.all().delete()
        SearchDocument.objects.bulk_create([build_row(document) for document in documents], batch_size=BATCH)
        count_words_again()
        with _engine(name) as engine:
            yield engine


@contextmanager
def _apart() -> Iterator[None]:
    """Work where nobody else sees it, and nobody waits for it: on SQLite in a copy, as one who writes keeps out all others.

    Whoever calls this in a transaction keeps them out already, and SQLite copies nothing then.
    """
    own = connections[DEFAULT_DB_ALIAS]
    if own.vendor != "sqlite" or own.in_atomic_block:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
        return
    with TemporaryDirectory(prefix="portal-evaluation-") as folder:
        path = Path(folder) / "search.sqlite3"
        own.ensure_connection()
        with closing(sqlite3.connect(path)) as copy:
            own.connection.backup(copy)
        other = own.copy()
        other.settings_dict["NAME"] = str(path)
        connections[DEFAULT_DB_ALIAS] = other
        try:
            yield
        finally:
            connections[DEFAULT_DB_ALIAS] = own
            other.close()


@contextmanager
def _engine(name: str) -> Iterator[Backend]:
    server = elasticsearch() if name == "elasticsearch" else None
    if name == "embedded":
        yield embedded()
    elif server is None:
        raise CommandError("ELASTICSEARCH_URL: expected the address of a server; it is not set")
    else:
        with server.throw_away(list(SearchDocument.objects.all())) as engine:
            yield engine
