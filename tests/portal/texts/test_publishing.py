"""Keeping the states of translations never gets in the way of publishing, and costs the same however long a page is."""

import logging
from contextlib import contextmanager
from itertools import pairwise

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from portal.texts.models import TextState
from portal.texts.states import update_states
from tests.factories import in_language, make_fact, translate
from tests.portal.facts.page_form import section_value, send
from tests.portal.small_site import admin_browser, make_small_site, section
from tests.portal.texts.reader import change, polish, read_guide
from tests.snapshots import built_once
from welcome_pages.models import GuidePage

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("waiting_tasks"),
]

NOT_UPDATED = "The state of the translations of page"


@pytest.fixture
@built_once
def guide():
    page = make_small_site().guide("laege", section("<p>Et.</p>"))
    translate(page, "pl")
    return page


@contextmanager
def broken_records():
    """Records that the code cannot read, as after a mistake in a data migration."""
    TextState.objects.update(built={"title": 7})
    yield


@contextmanager
def missing_table():
    """A database that refuses every query about states, as during a migration."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE portal_textstate RENAME TO portal_textstate_away")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE portal_textstate_away RENAME TO portal_textstate")


faults = pytest.mark.parametrize("fault", [broken_records, missing_table])


# Faults ---------------------------------------------------------------------------------------------------------------


@faults
def test_the_danish_page_is_published_all_the_same_and_the_fault_is_logged(guide, fault, caplog):
    with fault(), caplog.at_level(logging.ERROR):
        change(guide, title="Vagtlæge")
    assert Page.objects.get(pk=guide.pk).title == "Vagtlæge"
    assert f"{NOT_UPDATED} {guide.pk} could not be updated." in caplog.text


@faults
def test_the_polish_page_is_published_all_the_same_and_the_fault_is_logged(guide, fault, caplog):
    page = polish(guide)
    page.title = "Lekarz"
    with fault(), caplog.at_level(logging.ERROR):
        page.save_revision().publish()
    assert Page.objects.get(pk=page.pk).title == "Lekarz"
    assert f"{NOT_UPDATED} {page.pk} could not be updated." in caplog.text


@faults
def test_a_saved_translation_is_published_all_the_same(guide, fault, caplog):
    with fault(), caplog.at_level(logging.ERROR):
        translate(guide, "pl", prefix="nowe: ")
    assert polish(guide).title == "nowe: Laege"


@faults
@pytest.mark.parametrize("language", ["da", "pl"])
def test_a_publication_inside_a_transaction_survives_the_fault(guide, fault, language):
    page = in_language(guide, language)
    page.title = "Ny titel"
    with fault():
        with transaction.atomic():
            page.save_revision().publish()
        assert Page.objects.get(pk=page.pk).title == "Ny titel"


def test_a_polish_page_that_was_never_submitted_survives_the_fault_inside_a_transaction(guide):
    home = in_language(guide.get_ancestors().get(depth=2).specific, "pl")
    home.title = "Strona główna"
    with missing_table():
        with transaction.atomic():
            home.save_revision().publish()
        assert Page.objects.get(pk=home.pk).title == "Strona główna"


def test_the_editor_is_not_told_that_publishing_failed(guide):
    with broken_records():
        response = send(admin_browser(), guide, ("section", section_value("<p>Et!</p>")), title="Vagtlæge")
    assert response.status_code == 302
    assert Page.objects.get(pk=guide.pk).title == "Vagtlæge"


def test_once_the_fault_is_gone_the_next_publication_brings_the_record_up_to_date(guide):
    with missing_table():
        page = change(guide, body=[section("<p>To.</p>")])
    assert read_guide().marks == {}
    change(page)
    assert read_guide().marks == {"pl: Et.": "changed"}


# Transactions ---------------------------------------------------------------------------------------------------------


def test_the_marks_are_there_as_soon_as_the_danish_page_is_published(guide):
    change(guide, body=[section("<p>To.</p>")])
    assert read_guide().marks == {"pl: Et.": "changed"}


def test_the_marks_are_there_as_soon_as_the_transaction_is_committed(guide):
    with transaction.atomic():
        change(guide, body=[section("<p>To.</p>")])
    assert read_guide().marks == {"pl: Et.": "changed"}


class UndoneError(Exception):
    pass


def publish_and_undo(page):
    with transaction.atomic():
        change(page, body=[section("<p>To.</p>")])
        raise UndoneError


def test_a_publication_that_is_undone_leaves_the_record_as_it_was(guide):
    before = list(TextState.objects.values_list("pk", "built", "parts", "source_changed_at"))
    with pytest.raises(UndoneError):
        publish_and_undo(guide)
    assert list(TextState.objects.values_list("pk", "built", "parts", "source_changed_at")) == before


# Costs ----------------------------------------------------------------------------------------------------------------


def sections(number):
    return [section(f"<p>Afsnit {n}.</p><p>Mere {n}.</p>", f"b{n}") for n in range(number)]


def number_of_queries(action):
    action()
    with CaptureQueriesContext(connection) as captured:
        action()
    return len(captured)


@pytest.mark.parametrize("language", ["da", "pl"])
def test_bringing_the_record_up_to_date_costs_the_same_with_one_and_with_twenty_blocks(language):
    site = make_small_site()
    short, long = (site.guide(slug, *sections(number)) for slug, number in (("kort", 1), ("lang", 20)))
    costs = []
    for page in (short, long):
        translate(page, "pl")
        costs.append(number_of_queries(lambda page=page: update_states(in_language(page, language))))
    assert costs[0] == costs[1]
    assert costs[0] <= 25


def test_each_language_more_costs_one_query_more_when_danish_is_published():
    site = make_small_site(languages=["pl", "ru", "de"])
    page = site.guide("laege", *sections(3))
    costs = []
    for language in ("pl", "ru", "de"):
        translate(page, language)
        costs.append(number_of_queries(lambda: update_states(GuidePage.objects.get(pk=page.pk))))
    assert [later - earlier for earlier, later in pairwise(costs)] == [1, 1]


@pytest.mark.parametrize("is_changed", [False, True], ids=["current", "out of date"])
def test_a_reader_costs_the_same_with_one_and_with_twenty_blocks_marked_or_not(is_changed):
    make_fact("doctor")
    site = make_small_site()
    costs = set()
    for slug, number in (("kort", 1), ("lang", 20)):
        page = site.guide(slug, *sections(number), summary="[[doctor]]")
        translate(page, "pl")
        if is_changed:
            change(page, body=[section(f"<p>Nyt {n}.</p><p>Andet {n}.</p>", f"b{n}") for n in range(number)])
        path = f"guide/sygdom/{slug}/"
        costs.add(number_of_queries(lambda path=path: read_guide("pl", path)))
        assert len(read_guide("pl", path).marks) == (2 * number if is_changed else 0)
    assert len(costs) == 1
