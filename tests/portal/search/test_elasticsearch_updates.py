"""What changes reaches Elasticsearch: at once where it answers, later where it does not, and never too late."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.conf import settings as site_settings

from portal.search.answers import Filters
from portal.search.backends import breaker, elasticsearch
from portal.search.elastic.rebuild import build
from portal.search.models import SearchDocument, SearchUpdate
from portal.search.questions import ask
from portal.search.service import search
from portal.search.updates import run_updates
from tests.conftest import LANGUAGES
from tests.elasticsearch import configured, free_port
from tests.factories import Tree, translate

from .documents import Drawer, make_document, make_page

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def indexes(elasticsearch_url: str, django_db_setup: None, django_db_blocker) -> Iterator[None]:
    """Indexes in every language for the tests of this file, each of which begins with empty ones."""
    with configured(elasticsearch_url), django_db_blocker.unblock():
        list(build(LANGUAGES))
        yield


@pytest.fixture(autouse=True)
def empty(indexes: None) -> None:
    """Begin with nothing in the indexes, and with a circuit breaker that has seen no failure."""
    breaker.cache_clear()
    client = elasticsearch().client
    client.delete_by_query(index=f"{site_settings.SEARCH_INDEX_PREFIX}-*", query={"match_all": {}}, refresh=True)


def found(text: str, language: str = "da") -> list[tuple[str, str]]:
    """Return key and title of what Elasticsearch itself finds."""
    return [(hit.key, hit.title) for hit in elasticsearch().search(ask(text, language), Filters(), 0, 10).hits]


@contextmanager
def away(settings) -> Iterator[None]:
    """Nobody listens where the server was, until it is back."""
    address = settings.ELASTICSEARCH_URL
    settings.ELASTICSEARCH_URL = f"http://127.0.0.1:{free_port()}"
    elasticsearch.cache_clear()
    yield
    settings.ELASTICSEARCH_URL = address
    elasticsearch.cache_clear()


def until(condition: Callable[[], bool], seconds: float = 30) -> None:
    """Wait until something is so."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"not within {seconds} seconds"
        time.sleep(0.1)


# A server that answers ------------------------------------------------------------------------------------------------


def test_what_is_new_is_found_at_once_in_every_language(drawer: Drawer):
    drawer.change("tax", *make_page("tax", {"da": "Skattekort", "pl": "Karta podatkowa"}))
    assert found("skattekort") == [("tax", "Skattekort")]
    assert found("podatkowa", "pl") == [("tax", "Karta podatkowa")]
    assert not SearchUpdate.objects.exists()


def test_what_has_changed_is_found_by_its_new_words_only(drawer: Drawer):
    drawer.change("tax", make_document("Skattekort", origin="tax"))
    drawer.change("tax", make_document("Forskudsopgørelse", origin="tax"))
    assert found("forskudsopgørelse") == [("tax", "Forskudsopgørelse")]
    assert found("skattekort") == []


def test_what_is_gone_is_found_no_more_and_everything_else_still_is(drawer: Drawer):
    drawer.change("tax", *make_page("tax", {"da": "Skattekort", "pl": "Karta podatkowa"}))
    drawer.change("other", make_document("Skattekort for studerende", origin="other"))
    drawer.change("tax", *make_page("tax", {"da": "Skattekort"}))
    assert found("podatkowa", "pl") == []
    drawer.change("tax")
    assert found("skattekort") == [("other", "Skattekort for studerende")]


def test_a_note_of_a_municipality_hides_the_shared_guide_there_only_as_long_as_it_exists(drawer: Drawer):
    shared = make_document("CPR-nummer", origin="cpr", key="T09")
    note = make_document("CPR-nummer", "Kom i Torvehallen.", origin="cpr", key="T09", municipality="herning")

    def in_herning() -> list[str]:
        answer = elasticsearch().search(ask("cpr", "da"), Filters(municipality="herning"), 0, 10)
        return [hit.municipality for hit in answer.hits]

    drawer.change("cpr", shared, note)
    assert in_herning() == ["herning"]
    drawer.change("cpr", shared)
    assert in_herning() == [""]


def test_a_late_write_does_not_win(drawer: Drawer):
    drawer.change("tax", make_document("Skattekort", origin="tax"))
    late = list(SearchDocument.objects.all())
    drawer.change("tax", make_document("Forskudsopgørelse", origin="tax"))
    elasticsearch().replace("test", ["tax"], late)
    assert found("forskudsopgørelse") == [("tax", "Forskudsopgørelse")]
    assert found("skattekort") == []


def test_a_late_write_brings_nothing_back_that_was_deleted(drawer: Drawer):
    drawer.change("tax", make_document("Skattekort", origin="tax"))
    late = list(SearchDocument.objects.all())
    drawer.change("tax")
    elasticsearch().replace("test", ["tax"], late)
    assert found("skattekort") == []


def test_the_same_write_again_changes_nothing(drawer: Drawer):
    drawer.change("tax", make_document("Skattekort", origin="tax"))
    elasticsearch().replace("test", ["tax"], list(SearchDocument.objects.all()))
    elasticsearch().replace("test", ["tax"], list(SearchDocument.objects.all()))
    assert found("skattekort") == [("tax", "Skattekort")]


def test_a_page_is_found_from_its_publication_to_its_end(tree: Tree, settings):
    settings.SEARCH_UPDATE_AT_ONCE = True
    page = tree.tax
    page.title = "Forskudsopgørelse"
    page.save_revision()
    assert found("forskudsopgørelse") == []
    page.save_revision().publish()
    assert found("forskudsopgørelse") == [("T11-tax-card", "Forskudsopgørelse")]
    translate(page, "pl", strings={"Forskudsopgørelse": "Karta podatkowa", "Skat af løn.": "Podatek."})
    assert found("podatkowa", "pl") == [("T11-tax-card", "Karta podatkowa")]
    page.unpublish()
    assert found("forskudsopgørelse") == []


# A server that does not -----------------------------------------------------------------------------------------------


def test_indexes_that_refuse_writes_leave_the_change_waiting_until_they_accept_it(drawer: Drawer):
    client, names = elasticsearch().client, f"{site_settings.SEARCH_INDEX_PREFIX}-*"
    client.indices.put_settings(index=names, settings={"index.blocks.read_only_allow_delete": True})
    drawer.change("tax", make_document("Skattekort", origin="tax"))
    client.indices.put_settings(index=names, settings={"index.blocks.read_only_allow_delete": None})
    waiting = SearchUpdate.objects.get()
    assert (waiting.origin, waiting.attempts) == ("tax", 1)
    assert waiting.error.startswith("BackendUnavailable")
    assert SearchDocument.objects.get().title == "Skattekort", "the embedded index has it"
    assert found("skattekort") == []
    assert run_updates(everything=True) == 1
    assert found("skattekort") == [("tax", "Skattekort")]
    assert not SearchUpdate.objects.exists()


def test_an_index_that_is_missing_is_not_made_by_a_write(drawer: Drawer):
    client = elasticsearch().client
    name = next(iter(client.indices.get_alias(name=f"{site_settings.SEARCH_INDEX_PREFIX}-pl")))
    client.indices.delete_alias(index=name, name=f"{site_settings.SEARCH_INDEX_PREFIX}-pl")
    drawer.change("tax", *make_page("tax", {"da": "Skattekort", "pl": "Karta podatkowa"}))
    assert SearchUpdate.objects.get().origin == "tax"
    assert not client.indices.exists(index=f"{site_settings.SEARCH_INDEX_PREFIX}-pl")
    client.indices.put_alias(index=name, name=f"{site_settings.SEARCH_INDEX_PREFIX}-pl")
    assert run_updates(everything=True) == 1
    assert found("podatkowa", "pl") == [("tax", "Karta podatkowa")]


@pytest.mark.django_db(transaction=True)
def test_a_server_that_is_away_disturbs_no_save_and_gets_the_change_when_it_is_back(drawer: Drawer, settings):
    drawer.change("before", make_document("Skattekort før", origin="before"))
    with away(settings):
        for number in range(3):
            drawer.change(f"p{number}", make_document(f"Skattekort {number}", origin=f"p{number}"))
        assert {update.origin for update in SearchUpdate.objects.all()} == {"p0", "p1", "p2"}
        assert breaker().is_open
        assert len(search("skattekort", "da", Filters()).hits) == 4, "the embedded index answers"
    until(lambda: not breaker().is_open)
    assert not SearchUpdate.objects.exists()
    assert {key for key, _title in found("skattekort")} == {"before", "p0", "p1", "p2"}
