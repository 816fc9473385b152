"""What editors see before readers do: a guide as everybody's or inside a municipality, a note inside its guide."""

import re

import pytest
from wagtail.models import Page

from tests.factories import authority, in_language, link, translate
from tests.portal.pages.forms import page_form
from tests.portal.pages.reading import CPR, LANGUAGES, TAX, Reading
from welcome_pages.models import GuidePage, LocalNotePage, LocalPage

pytestmark = pytest.mark.django_db


def draft_of(page, **changes):
    """Save a draft with these changes, and return the address at which the admin shows it."""
    page = type(page).objects.get(pk=page.pk)
    for name, value in changes.items():
        setattr(page, name, value)
    page.save_revision()
    return f"/admin/pages/{page.pk}/view_draft/"


def inside(page: Reading, municipality: str) -> bool:
    return any(f"/{municipality}/" in tag["href"] for tag in page.links)


def test_a_draft_of_a_guide_is_shown_as_everybody_will_read_it(tree, editor, reader):
    page = Reading(editor.get(draft_of(tree.cpr, title="Kladde til CPR")))
    assert page.status == 200
    assert page.heading == "Kladde til CPR"
    assert page.notes == []
    assert page.links_of_text("link") == [f"/da/{TAX}"]
    assert reader(f"/da/{CPR}").heading == "Cpr nummer", "readers still see what is published"


def test_a_draft_of_a_guide_is_shown_inside_a_municipality_with_its_note(tree, editor):
    page = Reading(editor.get(draft_of(tree.cpr, title="Kladde til CPR") + "?mode=herning"))
    assert page.heading == "Kladde til CPR"
    assert "Bestil tid" in page.main_text
    assert set(page.links_of_text("link")) == {f"/da/herning/{TAX}"}
    assert page.leaving("herning") == []


def test_the_preview_of_a_guide_offers_every_municipality(tree, editor):
    offered = dict(GuidePage.objects.get(pk=tree.cpr.pk).preview_modes)
    assert set(offered) == {"", "herning", "holstebro"}
    form = editor.get(f"/admin/pages/{tree.cpr.pk}/edit/").content.decode()
    assert re.search(r'<option value="herning"[^>]*>\s*Herning Kommune', form)


@pytest.mark.parametrize("language", ["pl", "de"])
def test_a_translated_guide_is_shown_in_its_language_and_inside_its_municipality(translated, editor, language):
    page = Reading(editor.get(f"/admin/pages/{in_language(translated.cpr, language).pk}/view_draft/?mode=herning"))
    assert page.page_language == language
    assert page.heading.startswith(f"{language}: ")
    assert page.leaving("herning") == []
    assert f"/{language}/herning/{TAX}" in {tag["href"] for tag in page.links}


def test_a_draft_of_a_note_is_shown_inside_its_guide_in_its_municipality(tree, editor, reader):
    body = [("section", {"heading": "Ny", "text": f"<p>Nye åbningstider. {link(tree.tax, 'skat')}</p>"})]
    page = Reading(editor.get(draft_of(tree.note, title="Kladde i Herning", body=body)))
    assert page.status == 200
    assert page.heading == "Cpr nummer", "the guide"
    (note,) = page.notes
    assert "Kladde i Herning" in note.get_text()
    assert "Nye åbningstider" in note.get_text()
    assert "Bestil tid" not in page.main_text, "the draft stands in the place of what is published"
    assert page.links_of_text("skat") == [f"/da/herning/{TAX}"]
    assert page.leaving("herning") == []
    assert "Nye åbningstider" not in reader(f"/da/herning/{CPR}").text


@pytest.mark.parametrize("language", ["pl", "ru"])
def test_a_note_in_another_language_is_shown_inside_the_guide_of_that_language(translated, editor, language):
    note = in_language(translated.note, language)
    page = Reading(editor.get(f"/admin/pages/{note.pk}/view_draft/"))
    assert page.status == 200
    assert page.page_language == language
    assert len(page.notes) == 1
    assert page.leaving("herning") == []


def test_a_note_that_is_being_written_is_shown_before_it_is_saved(tree, editor):
    address = f"/admin/pages/add/welcome_pages/localnotepage/{tree.holstebro.pk}/preview/"
    body = [("note", "<p>Kom forbi.</p>")]
    form = page_form(LocalNotePage, title="Hos os", slug="note-cpr", guide=tree.cpr.pk, body=body)
    assert editor.post(address, form).json() == {"is_valid": True, "is_available": True}
    page = Reading(editor.get(address))
    assert page.status == 200
    assert "Kom forbi." in page.notes[0].get_text()
    assert page.leaving("holstebro") == []
    assert not LocalNotePage.objects.filter(title="Hos os").exists()


def test_a_note_without_a_guide_yet_gives_no_server_error(tree, editor):
    address = f"/admin/pages/add/welcome_pages/localnotepage/{tree.holstebro.pk}/preview/"
    editor.post(address, page_form(LocalNotePage, title="Hos os", slug="note", body=[("note", "<p>Kom forbi.</p>")]))
    assert editor.get(address).status_code == 200


@pytest.mark.parametrize("mode", ["", "herning"])
def test_a_guide_that_is_being_written_is_shown_before_it_is_saved(tree, editor, mode):
    address = f"/admin/pages/add/welcome_pages/guidepage/{tree.arrival.pk}/preview/"
    body = [("note", f"<p>Se {link(tree.tax, 'skat')}.</p>")]
    form = page_form(
        GuidePage, title="MitID", slug="mitid", key="T13-mitid", audiences=["eu"], level="national", body=body
    )
    assert editor.post(address, form).json()["is_valid"]
    page = Reading(editor.get(f"{address}?mode={mode}"))
    assert page.status == 200
    assert page.heading == "MitID"
    assert page.links_of_text("skat") == [f"/da/herning/{TAX}" if mode else f"/da/{TAX}"]
    assert inside(page, "herning") or not mode


def test_a_local_page_that_is_being_written_is_shown_before_it_is_saved(tree, editor):
    address = f"/admin/pages/add/welcome_pages/localpage/{tree.herning.pk}/preview/"
    assert editor.post(address, page_form(LocalPage, title="Bibliotek", slug="bibliotek")).json()["is_valid"]
    page = Reading(editor.get(address))
    assert (page.status, page.heading) == (200, "Bibliotek")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_page_can_be_shown_as_a_draft(translated, editor, language):
    for name in ("home", "guides", "arrival", "cpr", "herning", "language_centre", "note", "about"):
        page = in_language(getattr(translated, name), language)
        answer = Reading(editor.get(f"/admin/pages/{page.pk}/view_draft/"))
        assert answer.status == 200, name
        assert answer.page_language == language
        assert answer.heading


def test_a_draft_that_was_never_published_is_not_for_search_engines(tree, editor):
    guide = Page.objects.get(pk=tree.arrival.pk).add_child(
        instance=GuidePage(
            title="MitID",
            slug="mitid",
            key="T13-mitid",
            audiences=["eu"],
            authority=authority(),
            is_procedure=False,
            live=False,
            content_owner="Redaktion",
            locale=tree.locales["da"],
        )
    )
    guide.save_revision()
    page = Reading(editor.get(f"/admin/pages/{guide.pk}/view_draft/"))
    assert page.status == 200
    assert not page.is_indexed
    assert page.alternates == {}


def test_a_preview_leaves_nothing_behind_for_the_next_reader(tree, editor, reader):
    address = draft_of(tree.note, title="Kladde i Herning")
    editor.get(address)
    assert reader(f"/da/{CPR}").links_of_text("link") == [f"/da/{TAX}"]
    assert "Kladde" not in reader(f"/da/herning/{CPR}").text


def test_only_editors_see_drafts(tree, client):
    answer = client.get(draft_of(tree.note, title="Kladde i Herning"))
    assert answer.status_code == 302
    assert "login" in answer.headers["Location"]


def test_a_draft_of_a_translation_is_shown_with_its_words(tree, editor):
    translate(tree.note, "pl", publish=False)
    note = in_language(tree.note, "pl")
    page = Reading(editor.get(f"/admin/pages/{note.pk}/view_draft/"))
    assert "pl: Bestil tid" in page.main_text
