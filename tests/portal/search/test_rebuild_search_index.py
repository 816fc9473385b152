"""`rebuild_search_index` builds beside the index that answers: nobody sees it half, and it may be cut off at any time."""

import threading
from collections.abc import Iterator
from contextlib import suppress
from itertools import takewhile
from typing import Any

import pytest
from django.conf import settings as site_settings
from django.core.checks import CheckMessage, run_checks
from django.core.management import CommandError, call_command
from django.db import connection
from elasticsearch import Elasticsearch

from portal.search.answers import BackendUnavailable, Filters
from portal.search.backends import elasticsearch
from portal.search.elastic import analysis, rebuild
from portal.search.elastic.backend import ElasticsearchBackend
from portal.search.models import SearchDocument, SearchUpdate
from portal.search.questions import ask
from tests.conftest import _database_url, run_command
from tests.elasticsearch import free_port
from tests.factories import make_term

from .documents import Drawer, make_document, make_page

pytestmark = pytest.mark.django_db

DOCUMENTS = 30


@pytest.fixture(autouse=True)
def one_language(settings: Any, elasticsearch_settings: None) -> None:
    """A site in one language, which is rebuilt in a fifth of the time; without an index yet."""
    settings.LANGUAGES = [("da", "Danish")]


@pytest.fixture
def polish(settings: Any) -> None:
    """A second language."""
    settings.LANGUAGES = [*settings.LANGUAGES, ("pl", "Polish")]


@pytest.fixture
def drawer(drawer: Drawer) -> Drawer:
    """A source with pages in both languages, not searchable yet."""
    for number in range(DOCUMENTS):
        drawer.content[f"p{number}"] = make_page(
            f"p{number}", {"da": f"Skattekort {number}", "pl": f"Karta podatkowa {number}"}
        )
    return drawer


@pytest.fixture
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a rebuild say more often how far it is, so that it can be cut off in the middle."""
    monkeypatch.setattr(rebuild, "BATCH", DOCUMENTS // 3)


def client() -> Elasticsearch:
    return elasticsearch().client


def total(text: str = "skattekort", language: str = "da") -> int:
    return elasticsearch().search(ask(text, language), Filters(), 0, 1).total


def indexes(language: str) -> list[str]:
    """Return all indexes of a language, finished or not."""
    return sorted(client().indices.get(index=f"{site_settings.SEARCH_INDEX_PREFIX}-{language}_*"))


def answering(language: str) -> list[str]:
    """Return the indexes that readers search in."""
    return list(client().indices.get_alias(name=f"{site_settings.SEARCH_INDEX_PREFIX}-{language}"))


def warnings() -> list[CheckMessage]:
    return [message for message in run_checks() if message.id == "portal.W001"]


def until_half(progress: Iterator[rebuild.Progress], language: str) -> None:
    """Carry a rebuild on until a part of the documents of a language is written."""
    for _step in takewhile(lambda step: not (step.what == language and 0 < step.done < step.total), progress):
        pass


def test_the_command_builds_every_language_and_says_so(drawer: Drawer, polish: None, capsys):
    call_command("rebuild_search_index")
    assert capsys.readouterr().out.splitlines() == [f"documents: {DOCUMENTS}", f"da: {DOCUMENTS}", f"pl: {DOCUMENTS}"]
    assert (total(), total("podatkowa", "pl")) == (DOCUMENTS, DOCUMENTS)
    assert [len(indexes("da")), len(indexes("pl"))] == [1, 1]


def test_a_reader_never_sees_an_empty_or_a_half_index(drawer: Drawer, small_steps: None):
    list(rebuild.rebuild())
    before = answering("da")
    seen: list[int | Exception] = []
    is_done = threading.Event()

    def read() -> None:
        while not is_done.is_set():
            try:
                seen.append(total())
            except Exception as error:  # whatever it is, the reader did not get an answer
                seen.append(error)
            is_done.wait(0.01)

    reader = threading.Thread(target=read)
    reader.start()
    drawer.content["more"] = [make_document("Skattekort til", origin="more")]
    try:
        list(rebuild.rebuild())
    finally:
        is_done.set()
        reader.join()
    assert set(seen) <= {DOCUMENTS, DOCUMENTS + 1}, set(seen)
    assert len(seen) > 10
    assert total() == DOCUMENTS + 1
    assert answering("da") != before
    assert indexes("da") == answering("da")


def test_an_interrupted_rebuild_goes_on_where_it_stopped(drawer: Drawer, small_steps: None):
    list(rebuild.rebuild())
    old = answering("da")
    drawer.content["more"] = [make_document("Skattekort til", origin="more")]
    cut_off = rebuild.rebuild()
    until_half(cut_off, "da")
    cut_off.close()
    assert answering("da") == old
    assert total() == DOCUMENTS
    [unfinished] = set(indexes("da")) - set(old)
    list(rebuild.rebuild())
    assert answering("da") == indexes("da") == [unfinished]
    assert total() == DOCUMENTS + 1
    written = client().indices.stats(index=unfinished, metric="indexing")["_all"]["primaries"]["indexing"]
    assert written["index_total"] == DOCUMENTS + 1, "no document was written twice"


def test_what_changes_while_an_index_is_built_is_in_it(drawer: Drawer, small_steps: None):
    list(rebuild.rebuild())
    running = rebuild.rebuild()
    until_half(running, "da")
    drawer.change("p0", make_document("Skattekort ændret", origin="p0"))
    drawer.change("p1")
    drawer.change("late", make_document("Skattekort sent", origin="late"))
    list(running)
    assert total() == DOCUMENTS
    for word in ("ændret", "sent"):
        [hit] = elasticsearch().search(ask(f"skattekort {word}", "da"), Filters(), 0, 1).hits
        assert word in hit.title
    assert not SearchUpdate.objects.exists()


@pytest.fixture
def in_step(monkeypatch: pytest.MonkeyPatch) -> threading.Barrier:
    """Let two rebuilds come to their last step at the same moment, unless one waits for the other."""
    barrier, finish = threading.Barrier(2), rebuild.indexes.finish

    def finish_together(*arguments: Any) -> None:
        finish(*arguments)
        with suppress(threading.BrokenBarrierError):
            barrier.wait(2)

    monkeypatch.setattr(rebuild.indexes, "finish", finish_together)
    return barrier


@pytest.mark.django_db(transaction=True)
def test_rebuilds_at_the_same_time_do_no_harm(drawer: Drawer, in_step: threading.Barrier):
    failed: list[Exception] = []

    def run() -> None:
        try:
            list(rebuild.build(["da"]))
        except Exception as error:  # any of them fails the test
            failed.append(error)
        finally:
            connection.close()

    list(rebuild.embedded.rebuild())
    threads = [threading.Thread(target=run) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert total() == DOCUMENTS, "nothing is found twice"
    assert len(answering("da")) == 1
    drawer.change("more", make_document("Skattekort til", origin="more"))
    assert not SearchUpdate.objects.exists(), "the index takes changes"


# What has to be built again -------------------------------------------------------------------------------------------


def test_indexes_that_are_missing_or_of_another_version_are_noticed(drawer: Drawer, monkeypatch: pytest.MonkeyPatch):
    _is_refused("there is no index for da")
    list(rebuild.rebuild())
    ElasticsearchBackend.from_settings().check()
    assert warnings() == []
    monkeypatch.setattr(analysis, "SHORTEST_COMPOUND", analysis.SHORTEST_COMPOUND + 1)
    _is_refused("the index for da was made by another version of the software")
    list(rebuild.rebuild())
    ElasticsearchBackend.from_settings().check()
    assert warnings() == []


def test_new_documents_and_words_are_no_new_version(drawer: Drawer):
    list(rebuild.rebuild())
    drawer.change("more", make_document("Aldrig set før", origin="more"))
    make_term("feriepenge", "feriepenge", synonyms={"da": "ferietillæg"})
    ElasticsearchBackend.from_settings().check()


def _is_refused(problem: str) -> None:
    """See to it that the software says what is wrong and what to do: to an operator, and to the circuit breaker."""
    [warning] = warnings()
    assert problem in warning.msg
    assert "manage.py rebuild_search_index" in warning.msg
    for ask_engine in (
        lambda engine: engine.check(),
        lambda engine: engine.search(ask("skattekort", "da"), Filters(), 0, 1),
        lambda engine: engine.suggest("skat", "da", "", 5),
        lambda engine: engine.replace("test", ["p0"], []),
    ):
        with pytest.raises(BackendUnavailable, match=problem):
            ask_engine(ElasticsearchBackend.from_settings())


def test_a_changed_glossary_reaches_the_index(drawer: Drawer):
    list(rebuild.rebuild())
    assert total("frikort") == 0
    make_term("tax-card", "skattekort", synonyms={"da": "frikort"})
    assert total("frikort") == DOCUMENTS


def test_only_indexes_with_other_synonyms_are_built_again(drawer: Drawer, polish: None):
    list(rebuild.rebuild())
    old = answering("da")
    make_term("tax-card", "skattekort", word={"da": "skattekort", "pl": "bilet podatkowy"})
    rebuild.refresh_synonyms(["da", "pl"])
    assert total("bilet podatkowy", "pl") == DOCUMENTS
    assert answering("da") == old, "no Danish word means the same"
    assert answering("pl") == indexes("pl")


# A server that is away ------------------------------------------------------------------------------------------------


def test_a_server_that_is_away_is_a_warning_and_no_error(settings: Any):
    settings.ELASTICSEARCH_URL = f"http://127.0.0.1:{free_port()}"
    [warning] = warnings()
    assert "Elasticsearch cannot be used" in warning.msg


def test_without_a_server_only_the_embedded_index_is_built(drawer: Drawer, settings: Any, capsys):
    settings.ELASTICSEARCH_URL = ""
    call_command("rebuild_search_index")
    assert capsys.readouterr().out.splitlines() == [
        f"documents: {DOCUMENTS}",
        "ELASTICSEARCH_URL is not set: the embedded index answers.",
    ]
    assert warnings() == []


def test_a_rebuild_that_fails_says_why_and_keeps_the_old_index(drawer: Drawer, settings: Any):
    list(rebuild.rebuild())
    address, settings.ELASTICSEARCH_URL = settings.ELASTICSEARCH_URL, f"http://127.0.0.1:{free_port()}"
    with pytest.raises(CommandError, match=r"^Elasticsearch: .*Readers keep the index that they had\.$"):
        call_command("rebuild_search_index")
    settings.ELASTICSEARCH_URL = address
    assert total() == DOCUMENTS
    assert SearchDocument.objects.filter(language="da").count() == DOCUMENTS


@pytest.mark.django_db(transaction=True)
def test_a_rebuild_that_fails_ends_with_an_exit_code_and_one_line():
    done = run_command(
        "rebuild_search_index",
        database=_database_url(connection.settings_dict["NAME"]),
        ELASTICSEARCH_URL=f"http://127.0.0.1:{free_port()}",
        DJANGO_SETTINGS_MODULE="tests.settings_with_elasticsearch",
        PYTHONPATH="site:.",
    )
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert done.stderr.startswith("CommandError: Elasticsearch: ")
