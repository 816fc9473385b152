"""What is different in one municipality: read inside the guide, one note per guide, in the language it really is in."""

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import Page

from tests.factories import add_page, block, in_language, publish, translate
from tests.portal.pages.forms import page_form
from tests.portal.pages.reading import CPR, LANGUAGES, TAX
from welcome_pages.models import LocalNotePage

pytestmark = pytest.mark.django_db

BODY = [block("section", {"heading": "Her", "text": "<p>Ring først.</p>"}, "n9")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_danish_note_says_that_it_is_danish(tree, reader, language):
    (note,) = reader(f"/{language}/herning/{CPR}").notes
    assert note["lang"] == "da"
    assert "Bestil tid" in note.get_text()


def test_a_translated_note_is_in_the_language_of_the_reader_although_the_guide_is_not(tree, reader):
    translate(tree.note, "pl")
    page = reader(f"/pl/herning/{CPR}")
    (note,) = page.notes
    assert note["lang"] == "pl"
    assert "pl: Bestil tid" in note.get_text()
    assert page.text_language == "da"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_address_of_a_note_leads_to_the_guide_in_its_municipality(translated, reader, language):
    answer = reader(f"/{language}/herning/note-cpr-nummer/")
    assert (answer.status, answer.leads_to) == (302, f"/{language}/herning/{CPR}")
    note = in_language(translated.note, language)
    assert note.get_url() == f"/{language}/herning/{CPR}"
    assert note.full_url.endswith(f"/{language}/herning/{CPR}")


def test_the_address_of_a_note_follows_its_guide(tree, reader):
    guide = type(tree.cpr).objects.get(pk=tree.cpr.pk)
    guide.slug = "personnummer"
    publish(guide)
    assert reader("/pl/herning/note-cpr-nummer/").leads_to == "/pl/herning/guide/ankomst/personnummer/"


@pytest.mark.parametrize("language", LANGUAGES)
def test_notes_of_all_languages_point_to_the_danish_guide(translated, language):
    assert in_language(translated.note, language).guide_id == translated.cpr.pk


def test_a_municipality_cannot_have_two_notes_on_one_guide(tree):
    with pytest.raises(ValidationError) as refusal:
        add_page(tree.herning, LocalNotePage, "endnu-en", guide=tree.cpr, body=BODY)
    assert set(refusal.value.message_dict) == {"guide"}


def test_a_draft_counts_as_a_note_too(tree):
    LocalNotePage.objects.get(pk=tree.note.pk).unpublish()
    with pytest.raises(ValidationError) as refusal:
        add_page(tree.herning, LocalNotePage, "endnu-en", guide=tree.cpr, body=BODY)
    assert set(refusal.value.message_dict) == {"guide"}


def test_a_note_may_point_to_another_guide_or_stand_in_another_municipality(tree, reader):
    add_page(tree.herning, LocalNotePage, "note-skat", guide=tree.tax, body=BODY)
    add_page(tree.holstebro, LocalNotePage, "note-cpr-nummer", guide=tree.cpr, body=BODY)
    assert "Ring først" in reader(f"/da/herning/{TAX}").main_text
    assert "Ring først" in reader(f"/da/holstebro/{CPR}").main_text
    assert "Ring først" not in reader(f"/da/herning/{CPR}").main_text


def test_a_note_can_be_saved_again(tree, reader):
    note = LocalNotePage.objects.get(pk=tree.note.pk)
    note.title = "I Herning by"
    publish(note)
    assert "I Herning by" in reader(f"/da/herning/{CPR}").main_text


def test_the_form_of_a_second_note_says_what_is_wrong(tree, editor):
    address = f"/admin/pages/add/welcome_pages/localnotepage/{tree.herning.pk}/"
    body = [("note", "<p>Ring.</p>")]
    form = page_form(LocalNotePage, title="Endnu en", slug="endnu-en", guide=tree.cpr.pk, body=body)
    answer = editor.post(address, {**form, "action-publish": "publish"})
    assert answer.status_code == 200
    assert set(answer.context["form"].errors) == {"guide"}
    assert not Page.objects.filter(slug="endnu-en").exists()


def test_the_form_of_a_first_note_publishes_it(tree, editor, reader):
    address = f"/admin/pages/add/welcome_pages/localnotepage/{tree.holstebro.pk}/"
    form = page_form(LocalNotePage, title="Hos os", slug="note-cpr", guide=tree.cpr.pk, body=[("note", "<p>Ring.</p>")])
    answer = editor.post(address, {**form, "action-publish": "publish"})
    assert answer.status_code == 302
    assert "Hos os" in reader(f"/da/holstebro/{CPR}").main_text


def test_a_draft_of_a_note_is_not_read_in_the_guide(tree, reader):
    note = LocalNotePage.objects.get(pk=tree.note.pk)
    note.title = "Kladde"
    note.save_revision()
    assert "Kladde" not in reader(f"/da/herning/{CPR}").main_text


def test_a_note_of_an_unpublished_guide_leads_nowhere(tree, client):
    type(tree.cpr).objects.get(pk=tree.cpr.pk).unpublish()
    assert client.get("/pl/herning/note-cpr-nummer/", follow=True).status_code == 404
