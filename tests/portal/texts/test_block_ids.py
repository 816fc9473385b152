"""Two blocks with one id are refused by name: a translation of the one would be written into the other."""

import pytest
from django.core.exceptions import ValidationError

from tests.factories import block, make_fact
from tests.portal.facts.page_form import refusals, section_value, send
from tests.portal.small_site import admin_browser, make_small_site, section, stream
from welcome_pages.models import GuidePage

pytestmark = pytest.mark.django_db


@pytest.fixture
def guide():
    return make_small_site(languages=()).guide()


def card(block_id, *item_ids):
    items = [{"type": "item", "value": "doctor", "id": item_id} for item_id in item_ids]
    return block("contact", {"heading": "Kontakt", "facts": items}, block_id)


def refused_messages(page):
    with pytest.raises(ValidationError) as refused:
        page.full_clean()
    return refused.value.messages


def test_two_blocks_with_the_same_id_are_refused_with_the_id(guide):
    guide.body = stream(guide, *(section("<p>x</p>", block_id) for block_id in ["one", "twice", "twice"]))
    (message,) = refused_messages(guide)
    assert "twice" in message
    assert "one" not in message


def test_two_items_of_a_list_with_the_same_id_are_refused_too(guide):
    make_fact("doctor")
    guide.body = stream(guide, card("card", "item", "item"))
    (message,) = refused_messages(guide)
    assert "item" in message


def test_each_repeated_id_is_named(guide):
    guide.body = stream(guide, *(section("<p>x</p>", block_id) for block_id in ["aaa", "bbb", "aaa", "bbb", "ccc"]))
    first, second = refused_messages(guide)
    assert "aaa" in first
    assert "bbb" in second


def test_different_ids_are_accepted_and_so_are_blocks_that_have_none_yet(guide):
    make_fact("doctor")
    without_id = {"type": "note", "value": "<p>x</p>"}
    guide.body = stream(guide, section("<p>x</p>", "one"), card("two", "three", "four"), without_id, dict(without_id))
    guide.full_clean()


def test_the_same_id_in_two_fields_is_accepted_because_their_texts_have_different_paths(guide):
    make_fact("doctor")
    guide.body = stream(guide, section("<p>x</p>", "one"))
    guide.sources = guide._meta.get_field("sources").to_python([block("fact", "doctor", "one")])
    guide.full_clean()


def test_code_that_saves_such_a_page_is_refused(guide):
    guide.body = stream(guide, section("<p>x</p>", "one"), section("<p>y</p>", "one"))
    with pytest.raises(ValidationError, match="one"):
        guide.save()
    with pytest.raises(ValidationError, match="one"):
        guide.save_revision()
    assert len(GuidePage.objects.get(pk=guide.pk).body) == 0


def test_the_edit_form_refuses_it_with_the_id_and_saves_nothing(guide):
    body = [("section", section_value("<p>x</p>")), ("section", section_value("<p>y</p>"))]
    browser = admin_browser()
    response = send(browser, guide, *body, ids=["same", "same"])
    assert "same" in refusals(response)
    assert len(GuidePage.objects.get(pk=guide.pk).body) == 0
    assert send(browser, guide, *body, ids=["same", "other"]).status_code == 302
