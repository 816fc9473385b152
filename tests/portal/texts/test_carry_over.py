"""While one sentence lacks a translation, everything that needs none reaches the language all the same, and no text does."""

import pytest
from wagtail.models import Page

from portal.texts.models import TextState
from tests.factories import block, make_fact, translate
from tests.portal.small_site import make_small_site, section
from tests.portal.texts.reader import change, polish, read_guide, stored, translation_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("commits")]

NEW = section("<p>Et.</p><p>Nul.</p>", "b1")
"""The first section, of which one sentence has no translation."""


def card(key):
    return block("contact", {"heading": "Kontakt", "facts": [{"type": "item", "value": key, "id": "i1"}]}, "b4")


BODY = [
    section("<p>Et.</p><p>To.</p>", "b1"),
    section("<p>Tre.</p>", "b2"),
    block("warning", "<p>Pas på.</p>", "b3"),
    card("doctor"),
]


@pytest.fixture
def guide():
    """A guide in Danish and Polish, whose Danish text has got a sentence that is not translated."""
    make_fact("doctor")
    make_fact("police", "114")
    make_fact("move", "P5D", "deadline")
    make_fact("official", "https://ny.dk/da", "link", label={"da": "Ny side", "pl": "Nowa strona"})
    page = make_small_site().guide("laege", *BODY, summary="Kort.")
    translate(page, "pl")
    return change(page, body=[NEW, *BODY[1:]])


def test_synchronised_fields_and_official_pages_arrive(guide):
    lists = {"deadlines": [block("fact", "move", "f1")], "sources": [block("fact", "official", "f2")]}
    change(guide, content_owner="Jobcenter", audiences=["nordic"], **lists)
    page = polish(guide)
    assert (page.content_owner, page.audiences) == ("Jobcenter", ["nordic"])
    assert set(page.cited_facts()) >= {"move", "official"}
    assert "Nowa strona" in read_guide()


def test_another_fact_in_a_card_arrives(guide):
    change(guide, body=[NEW, *BODY[1:3], card("police")])
    assert read_guide().soup.find(id="b4").a["href"] == "tel:114"


def test_a_removed_block_disappears_and_the_order_follows(guide):
    change(guide, body=[BODY[1], NEW, BODY[3]])
    reader = read_guide()
    assert "Pas på" not in reader
    assert [tag["id"] for tag in reader.soup.main.find_all(id=["b1", "b2"])] == ["b2", "b1"]


def test_the_texts_their_marks_and_dates_stay_as_they_were(guide):
    before, state = read_guide(), TextState.objects.get(page=polish(guide))
    change(guide, content_owner="Jobcenter")
    after = read_guide()
    assert after.main_text.replace("Jobcenter", "Borgerservice") == before.main_text
    assert (after.marks, after.notices) == (before.marks, before.notices)
    assert after.marks == {"pl: To.": "changed"}
    assert TextState.objects.get(page=polish(guide)).parts == state.parts
    assert TextState.objects.get(page=polish(guide)).built == state.built


def test_a_changed_text_elsewhere_keeps_what_the_page_shows(guide):
    change(guide, body=[NEW, section("<p>Fire.</p>", "b2"), *BODY[2:]], summary="Længere.", content_owner="Jobcenter")
    reader = read_guide()
    assert "pl: Tre." in reader
    assert "pl: Kort." in reader
    assert "Fire." not in reader
    assert polish(guide).content_owner == "Jobcenter"
    assert set(reader.marks) == {"pl: To.", "pl: Tre.", "pl: Kort."}


def test_a_new_danish_block_does_not_appear_in_danish(guide):
    change(guide, body=[NEW, *BODY[1:], block("note", "<p>Nyt.</p>", "b5")], content_owner="Jobcenter")
    assert "Nyt." not in read_guide()
    assert polish(guide).content_owner == "Jobcenter"
    assert list(read_guide().notices) == ["changed"]


def test_what_a_translator_saved_and_nobody_published_stays_private(guide):
    translation = stored(guide, "Tre.")
    translation.data = "Trzy?!"
    translation.save()
    change(guide, content_owner="Jobcenter", body=[NEW, *BODY[1:3], card("police")])
    reader = read_guide()
    assert "Trzy?!" not in reader
    assert "pl: Tre." in reader
    assert reader.soup.find(id="b4").a["href"] == "tel:114"


def test_a_draft_of_the_translation_stays_a_draft(guide):
    page = polish(guide)
    page.title = "Kladde"
    draft = page.save_revision()
    change(guide, content_owner="Jobcenter")
    page = polish(guide)
    assert page.content_owner == "Jobcenter"
    assert page.title == "pl: Laege"
    assert page.latest_revision_id == draft.pk
    assert page.has_unpublished_changes


def test_once_everything_is_translated_the_page_follows_as_a_whole(guide):
    page = change(guide, content_owner="Jobcenter", body=[BODY[1], NEW, BODY[3]])
    translate(page, "pl")
    reader = read_guide()
    assert "pl: Nul." in reader
    assert reader.marks == {}
    assert reader.notices == {}
    assert translation_of(page).get_progress()[0] == translation_of(page).get_progress()[1]
    assert [list(found) for found in Page.find_problems()] == [[]] * len(Page.find_problems())
