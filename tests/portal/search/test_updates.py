"""What editors change is found as they left it: after every publication, and never by way of a failed save."""

import signal
import threading

import pytest
from django.db import connection, transaction
from wagtail.models import Page, PageViewRestriction

from portal.facts.models import Fact
from portal.search import documents as registry
from portal.search.documents import Document
from portal.search.embedded.index import rebuild
from portal.search.models import SearchDocument, SearchUpdate
from portal.search.updates import collected, request_update, run_updates
from tests.conftest import _database_url, run_command
from tests.factories import Tree, add_page, block, in_language, make_fact, make_term, publish, translate
from tests.on_disk import on_disk
from welcome_pages.models import LocalNotePage

from .documents import keys, make_document

__all__ = ["on_disk"]


@pytest.fixture
def at_once(settings) -> None:
    """Changes are findable at once, as on the real site."""
    settings.SEARCH_UPDATE_AT_ONCE = True


@pytest.fixture
def found_tree(tree: Tree, at_once: None) -> Tree:
    """The small site, all of it findable."""
    list(rebuild())
    return tree


@pytest.mark.storage
def test_a_page_is_found_after_its_publication_and_not_as_a_draft(found_tree: Tree):
    page = found_tree.tax
    page.title = "Forskudsopgørelse"
    page.save_revision()
    assert keys("forskudsopgørelse") == []
    page.save_revision().publish()
    assert keys("forskudsopgørelse") == ["T11-tax-card"]
    assert not SearchUpdate.objects.exists()


def test_a_page_that_is_withdrawn_or_deleted_is_found_no_more(found_tree: Tree):
    assert "T11-tax-card" in keys("skattekort")
    found_tree.tax.unpublish()
    assert "T11-tax-card" not in keys("skattekort")
    found_tree.language_centre.delete()
    assert "herning/sprogcenter" not in keys("sprogcenter")


def test_a_page_is_found_in_a_language_once_it_is_really_translated(found_tree: Tree):
    assert [hit.language for hit in _hits("skattekort", "pl")] == ["da"]
    translate(
        found_tree.tax, "pl", strings={"Skattekort": "Karta podatkowa", "Skat af løn.": "Podatek od wynagrodzenia."}
    )
    assert [(hit.language, hit.title) for hit in _hits("podatkowa", "pl")] == [("pl", "Karta podatkowa")]
    assert [hit.language for hit in _hits("skattekort", "pl")] == ["pl"]
    in_language(found_tree.tax, "pl").unpublish()
    assert [hit.language for hit in _hits("skattekort", "pl")] == ["da"]


def test_a_danish_text_in_another_tree_is_no_document_there(found_tree: Tree):
    assert not SearchDocument.objects.exclude(language="da").filter(source="guide").exists()


def test_the_title_of_a_translation_leads_to_the_page_in_every_language(found_tree: Tree):
    translate(found_tree.tax, "en", strings={"Skattekort": "Tax card", "Skat af løn.": "Tax on wages."})
    assert keys("tax card", "da")[:1] == ["T11-tax-card"]


def test_addresses_follow_a_slug_and_a_move(found_tree: Tree):
    arrival = Page.objects.get(pk=found_tree.arrival.pk).specific
    arrival.slug = "start"
    publish(arrival)
    assert (
        SearchDocument.objects.get(language="da", key="T11-tax-card", municipality="").path == "guide/start/skattekort/"
    )
    work = add_page(found_tree.guides, type(arrival), "arbejde")
    Page.objects.get(pk=found_tree.tax.pk).move(work, "last-child")
    assert SearchDocument.objects.get(language="da", key="T11-tax-card").path == "guide/arbejde/skattekort/"


def test_a_private_page_is_not_found(found_tree: Tree):
    restriction = PageViewRestriction.objects.create(page=found_tree.tax, restriction_type="login")
    assert "T11-tax-card" not in keys("skattekort")
    restriction.delete()
    assert "T11-tax-card" in keys("skattekort")


def test_a_note_is_found_inside_its_municipality_with_its_guide(found_tree: Tree):
    note = LocalNotePage.objects.get(pk=found_tree.note.pk)
    note.body = [block("section", {"heading": "Her", "text": "<p>Kom i Torvehallen.</p>"}, "n1")]
    publish(note)
    [hit] = _hits("torvehallen", "da", municipality="herning")
    assert (hit.key, hit.municipality, hit.path) == ("T09-cpr-number", "herning", "guide/ankomst/cpr-nummer/")
    assert keys("torvehallen", municipality="holstebro") == []
    note.delete()
    assert keys("torvehallen") == []


def test_nothing_of_a_closed_municipality_is_found(found_tree: Tree):
    found_tree.herning.unpublish()
    assert "herning/sprogcenter" not in keys("sprogcenter")


def test_a_changed_fact_is_found_on_the_pages_that_cite_it(found_tree: Tree):
    fact = make_fact("doctor", "70 11 31 31")
    page = found_tree.tax
    page.summary = "Ring [[doctor]]."
    publish(page)
    assert "T11-tax-card" in keys("70113131") or "T11-tax-card" in keys("70 11 31 31")
    fact.value = "97 84 10 00"
    fact.save()
    assert "97 84 10 00" in SearchDocument.objects.get(language="da", key="T11-tax-card").summary


def test_contacts_and_words_are_found_where_a_page_shows_them(found_tree: Tree):
    from portal.pages.registers import ContactsPage, GlossaryPage

    make_fact("lawyers", label={"da": "Retshjælp: telefon", "pl": "Pomoc prawna: telefon"})
    make_term("feriepenge", "feriepenge")
    assert keys("retshjælp") == []
    contacts = add_page(found_tree.home, ContactsPage, "kontakt")
    add_page(found_tree.home, GlossaryPage, "ordliste")
    [hit] = _hits("retshjælp", "da")
    assert (hit.key, hit.path) == ("contact:lawyers", "kontakt/#lawyers")
    assert [hit.key for hit in _hits("feriepenge", "pl")] == ["term:feriepenge"]
    Fact.objects.get(pk="lawyers").delete()
    assert keys("retshjælp") == []
    contacts.unpublish()
    assert not SearchDocument.objects.filter(source="contact").exists()


# Failures -------------------------------------------------------------------------------------------------------------


class BrokenSource:
    """A source that cannot make one of its documents."""

    name = "test"
    is_broken = True

    def origins(self):
        return ["good", "bad"]

    def documents(self, origins) -> list[Document]:
        if self.is_broken and "bad" in origins:
            raise RuntimeError("a block that nobody can read")
        return [make_document(f"Side {origin}", origin=origin) for origin in origins]


@pytest.fixture
def broken_source(monkeypatch) -> BrokenSource:
    source = BrokenSource()
    monkeypatch.setitem(registry._sources, "test", source)
    return source


@pytest.mark.storage
@pytest.mark.django_db(transaction=True)
def test_a_failed_update_waits_with_its_reason_and_holds_up_no_other(broken_source: BrokenSource, at_once: None):
    with transaction.atomic():
        request_update("test", "good", "bad")
    waiting = SearchUpdate.objects.get()
    assert (waiting.origin, waiting.attempts) == ("bad", 1)
    assert "a block that nobody can read" in waiting.error
    assert keys("side") == ["good"]
    broken_source.is_broken = False
    assert run_updates() == 0, "it is not due yet"
    assert run_updates(everything=True) == 1
    assert not SearchUpdate.objects.exists()
    assert set(keys("side")) == {"good", "bad"}


PUBLISH_AND_DIE = """
import os, signal
from portal.search import updates
updates.run_updates = lambda **options: os.kill(os.getpid(), signal.SIGKILL)
from welcome_pages.models import GuidePage
page = GuidePage.objects.get(key="T11-tax-card", locale__language_code="da")
page.summary = "Nu med zebrastribe."
page.save_revision().publish()
"""
WORKER = ("db_worker", "--backend", "background", "--batch", "--no-startup-delay", "--interval", "0")


@pytest.mark.storage
@pytest.mark.parametrize("command", [WORKER, ("send_outbox",)], ids=["worker", "every minute"])
def test_what_a_killed_process_has_published_is_picked_up(tree: Tree, on_disk: None, command: tuple[str, ...]):
    list(rebuild())
    name = connection.settings_dict["NAME"]
    database = f"sqlite:///{name}" if connection.vendor == "sqlite" else _database_url(name)
    settings = {"database": database, "DJANGO_SETTINGS_MODULE": "tests.settings_with_elasticsearch"}
    killed = run_command("shell", "-v0", "-c", PUBLISH_AND_DIE, **settings, PYTHONPATH="site:.", ELASTICSEARCH_URL="")
    assert killed.returncode == -signal.SIGKILL, killed.stderr[-3000:]
    assert SearchUpdate.objects.exists()
    assert keys("zebrastribe") == []
    done = run_command(*command, **settings, PYTHONPATH="site:.", ELASTICSEARCH_URL="")
    assert done.returncode == 0, done.stderr[-3000:]
    assert not SearchUpdate.objects.exists()
    assert keys("zebrastribe") == ["T11-tax-card"]


@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_rolled_back_leaves_nothing_to_do(broken_source: BrokenSource, at_once: None):
    with transaction.atomic():
        request_update("test", "good")
        transaction.set_rollback(True)
    assert not SearchUpdate.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_many_changes_are_collected_and_carried_out_together(broken_source: BrokenSource, at_once: None):
    broken_source.is_broken = False
    with collected():
        request_update("test", "good")
        assert keys("side") == []
    assert run_updates() == 1
    assert keys("side") == ["good"]


@pytest.mark.storage
@pytest.mark.django_db(transaction=True)
def test_writers_at_once_count_every_word_once(broken_source: BrokenSource, on_disk: None):
    from portal.search.embedded.index import count_words_again, store
    from portal.search.models import SearchWord

    def write(number: int) -> None:
        store("test", [f"p{number}"], [make_document(f"Bolig {number}", origin=f"p{number}")])
        connection.close()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert SearchWord.objects.get(language="da", word="bolig").documents == 8
    count_words_again()
    assert SearchWord.objects.get(language="da", word="bolig").documents == 8


def _hits(text: str, language: str, **filters):
    from .documents import find

    return find(text, language, **filters).hits
