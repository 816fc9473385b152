"""The measures of relevance, and the command that prints them."""

import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from portal.search.evaluation import Evaluation, GradedQuestion, ndcg, recall, reciprocal_rank
from portal.search.models import SearchDocument, SearchWord
from tests.on_disk import on_disk

from .documents import keys, make_document, put

__all__ = ["on_disk"]

pytestmark = pytest.mark.storage


def test_the_best_order_is_one_and_nothing_is_zero():
    relevant = {"a": 3, "b": 1}
    assert ndcg(["a", "b", "c"], relevant) == pytest.approx(1)
    assert ndcg(["c", "d"], relevant) == 0
    assert ndcg([], relevant) == 0


def test_the_gain_grows_with_the_grade_and_falls_with_the_place():
    # (2^1 − 1)/log2(2) + (2^3 − 1)/log2(3) over (2^3 − 1)/log2(2) + (2^1 − 1)/log2(3)
    assert ndcg(["b", "a"], {"a": 3, "b": 1}) == pytest.approx((1 + 7 / 1.5849625) / (7 + 1 / 1.5849625))


def test_recall_and_reciprocal_rank():
    assert recall(["x", "a", "b", "y", "z", "c"], {"a": 1, "b": 2, "c": 3}) == pytest.approx(2 / 3)
    assert reciprocal_rank(["x", "a"], {"a": 1}) == pytest.approx(0.5)
    assert reciprocal_rank(["x"], {"a": 1}) == 0


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, Path]:
    """A small set: two pages in two languages and three queries, one of which nothing answers."""
    docs = [
        {"id": "tax", "lang": "da", "title": "Skattekort", "body": "Skat af løn."},
        {"id": "tax", "lang": "pl", "title": "Karta podatkowa", "body": "Podatek od wynagrodzenia."},
        {"id": "doctor", "lang": "da", "title": "Læge", "body": "Find en læge."},
        {"id": "doctor", "lang": "pl", "title": "Lekarz", "body": "Znajdź lekarza."},
    ]
    queries = [
        {"id": "1", "lang": "pl", "text": "skattekort", "kind": "danish_term", "relevant": {"tax": 3}},
        {"id": "2", "lang": "da", "text": "laege", "kind": "diacritics", "relevant": {"doctor": 3}},
        {"id": "3", "lang": "da", "text": "xqxqxq", "kind": "synonym", "relevant": {"tax": 1}},
    ]
    documents, questions = tmp_path / "documents.json", tmp_path / "queries.json"
    documents.write_text(json.dumps({"docs": docs}), encoding="utf-8")
    questions.write_text(json.dumps({"queries": queries}), encoding="utf-8")
    return str(documents), questions


@pytest.mark.django_db
def test_the_command_prints_and_writes_the_measures(files: tuple[str, Path], tmp_path: Path, capsys):
    out = tmp_path / "out.json"
    call_command("evaluate_search", documents=files[0], queries=files[1], backend="embedded", json=out)
    report = json.loads(out.read_text(encoding="utf-8"))
    assert report["all"] == {
        "queries": 3,
        "ndcg@10": 0.6667,
        "recall@5": 0.6667,
        "mrr": 0.6667,
        "without_result": 0.3333,
    }
    assert report["language"]["pl"]["ndcg@10"] == 1
    assert report["kind"]["synonym"]["without_result"] == 1
    assert "danish_term" in capsys.readouterr().out


@pytest.mark.django_db
def test_the_command_fails_below_the_least_that_is_asked_for(files: tuple[str, Path], capsys):
    with pytest.raises(SystemExit) as stop:
        call_command("evaluate_search", documents=files[0], queries=files[1], backend="embedded", min=0.9)
    assert stop.value.code == 1
    assert "below 0.9" in capsys.readouterr().err


@pytest.mark.django_db
def test_the_site_is_the_same_after_an_evaluation(files: tuple[str, Path]):
    put(make_document("Bolig", "Lej en bolig.", origin="home"))
    before = SearchDocument.objects.count(), SearchWord.objects.count()
    call_command("evaluate_search", documents=files[0], queries=files[1], backend="embedded")
    assert (SearchDocument.objects.count(), SearchWord.objects.count()) == before
    assert keys("bolig") == ["home"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("{", "expected a JSON object"),
        ('{"docs": []}', "is empty"),
        ('{"docs": [{"id": "a", "lang": "da", "title": ""}]}', "entry 1 of “docs” needs a text “title”"),
        (
            json.dumps({"docs": [{"id": "a", "lang": "da", "title": "x", "body": "y"}] * 2}),
            "stands twice in da",
        ),
    ],
)
def test_a_malformed_set_is_refused_by_name(files: tuple[str, Path], tmp_path: Path, content: str, reason: str):
    broken = tmp_path / "broken.json"
    broken.write_text(content, encoding="utf-8")
    with pytest.raises(CommandError, match=reason):
        call_command("evaluate_search", documents=str(broken), queries=files[1], backend="embedded")


@pytest.mark.django_db
def test_a_grade_that_does_not_exist_is_refused(files: tuple[str, Path], tmp_path: Path):
    broken = tmp_path / "queries.json"
    broken.write_text(
        '{"queries": [{"id": "q", "lang": "da", "text": "x", "kind": "exact", "relevant": {"a": 7}}]}', encoding="utf-8"
    )
    with pytest.raises(CommandError, match="the query q needs “relevant”"):
        call_command("evaluate_search", documents=files[0], queries=broken, backend="embedded")


@pytest.mark.django_db
def test_editors_can_save_while_the_search_is_measured(files: tuple[str, Path], on_disk: None, monkeypatch):
    put(make_document("Bolig"))
    database, written = connection.settings_dict["NAME"], []

    def save_meanwhile(self: Evaluation, question: GradedQuestion, found: Iterable[str]) -> None:
        if connection.vendor == "sqlite" and not written:
            with closing(sqlite3.connect(database, timeout=0.1)) as editor:
                editor.execute("UPDATE portal_searchdocument SET level = 'local'")
                editor.commit()
        written.append(question.id)

    monkeypatch.setattr(Evaluation, "add", save_meanwhile)
    call_command("evaluate_search", documents=files[0], queries=files[1], backend="embedded")
    assert written == ["1", "2", "3"]
    assert keys("bolig"), "what readers search in is as it was"
    assert connection.settings_dict["NAME"] == database
