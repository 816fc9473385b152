"""A field guide lies beside the paper form: the label as printed, what it says, and how sure that is."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import ProtectedError
from django.test.utils import CaptureQueriesContext

from tests.factories import add_page, translate
from tests.welcome_pages.field_guides.conftest import add_guide, field
from tests.welcome_pages.forms.form_site import add_form
from welcome_pages.models import FormWord, FormWordsPage

pytestmark = pytest.mark.django_db
ADDRESS = "/da/blanketter/indrejse/felter/"
POLISH = "/pl/blanketter/indrejse/felter/"


def read(client: Any, address: str) -> BeautifulSoup:
    response = client.get(address)
    assert response.status_code == 200, address
    return BeautifulSoup(response.content, "html.parser")


def fields(page: BeautifulSoup) -> list[BeautifulSoup]:
    return page.select(".form-field")


def test_fields_stand_in_the_order_of_the_form_with_label_meaning_example_and_warning(client, guide):
    page = read(client, ADDRESS)
    assert page.h2.get_text().startswith("1. Personer")
    first, second = fields(page)
    assert [one["value"] for one in (first, second)] == ["1", "2"]
    assert first.strong.get_text() == "Efternavn"
    assert "Som i passet." in first.get_text()
    assert "Kowalska" in first.get_text()
    assert "Er du medlem?" in second.get_text()
    assert "Kirkeskat." in second.select_one(".form-field__warning").get_text()


def test_the_label_stays_danish_beside_the_translation(client, guide, form, commits):
    translate(form, "pl")
    translate(guide, "pl")
    first, second = fields(read(client, POLISH))
    assert first.strong.get_text() == "Efternavn"
    assert first.strong["lang"] == "da"
    assert first.select_one(".form-field__translation").get_text() == "Nazwisko"
    assert "Tak jak w paszporcie." in first.get_text()
    assert second.strong.get_text() == "Folkekirken"
    assert second.select_one(".form-field__translation").get_text().startswith("pl: ")


def test_a_label_that_was_not_checked_is_never_shown_as_certain(client, guide):
    first, second = fields(read(client, ADDRESS))
    assert not first.select(".form-field__mark")
    assert second.select_one(".form-field__mark").get_text(strip=True)


def test_what_holds_for_all_labels_is_said_once(client, form):
    add_guide(form, *(field(f"f{n}", f"Felt {n}", "older", translation="t", meaning="<p>m</p>") for n in range(3)))
    page = read(client, ADDRESS)
    assert not page.select(".form-field__mark")
    assert len(page.select(".field-guide__version .about div")) == 3


def test_a_heading_of_the_guide_itself_does_not_look_like_one_of_the_form(client, form):
    own = {"type": "section", "id": "s1", "value": {"label": "", "certainty": "unsure", "translation": "Om dig"}}
    add_guide(form, own, field("f1", "Felt", "printed", translation="t", meaning="<p>m</p>"))
    page = read(client, ADDRESS)
    assert page.h2.get_text() == "Om dig"
    assert not page.h2.select("span")
    assert not page.select(".form-field__mark")


def test_a_certainty_that_nobody_knows_counts_as_unsure(client, form):
    add_guide(
        form,
        field("f1", "Felt", "quite", translation="t", meaning="<p>m</p>"),
        field("f2", "Felt 2", "printed", translation="t", meaning="<p>m</p>"),
    )
    first, second = fields(read(client, ADDRESS))
    assert first.select(".form-field__mark")
    assert not second.select(".form-field__mark")


@pytest.mark.parametrize("is_complete", [True, False])
def test_a_guide_that_is_not_complete_says_so(client, form, is_complete):
    entry = field("f1", "Felt", translation="t", meaning="<p>m</p>")
    add_guide(form, entry, is_complete=is_complete)
    assert bool(read(client, ADDRESS).select(".field-guide__partial")) is not is_complete


def test_the_version_and_the_day_it_was_seen_are_named(client, guide):
    version = read(client, ADDRESS).select_one(".field-guide__version").get_text()
    assert "Udgave 2025" in version
    assert "22. november 2026" in version


def test_nothing_can_be_entered(client, guide):
    assert not read(client, ADDRESS).main.select("input, textarea, select, form")
    assert client.post(ADDRESS).status_code == 405


def test_the_form_leads_to_its_guide_and_only_to_its_own(client, guide, library):
    add_form(library, "udrejse")
    assert [a["href"] for a in read(client, "/da/blanketter/indrejse/").main.select('a[href$="/felter/"]')] == [ADDRESS]
    assert not read(client, "/da/blanketter/udrejse/").main.select('a[href$="/felter/"]')
    assert read(client, "/da/herning/blanketter/indrejse/").main.select(f'a[href="/da/herning{ADDRESS[3:]}"]')


def test_a_word_that_is_gone_leaves_a_guide_that_can_be_read(client, form):
    add_guide(form, field("f1", "Efternavn", word="gone"), field("f2", "Fornavn", translation="t", meaning="<p>m</p>"))
    assert len(fields(read(client, ADDRESS))) == 2


def test_the_number_of_queries_does_not_depend_on_the_number_of_fields(client, form, surname):
    guide = add_guide(form, field("f0", "Felt", word="surname"))
    read(client, ADDRESS)
    with CaptureQueriesContext(connection) as few:
        read(client, ADDRESS)
    guide.entries = [field(f"f{n}", f"Felt {n}", word="surname") for n in range(40)]
    guide.save_revision().publish()
    read(client, ADDRESS)
    with CaptureQueriesContext(connection) as many:
        read(client, ADDRESS)
    assert len(many) == len(few) <= 14


def test_a_field_needs_a_common_word_or_words_of_its_own():
    block = form_block()
    for value, is_sound in [
        ({"word": None, "translation": "", "meaning": ""}, False),
        ({"word": None, "translation": "t", "meaning": ""}, False),
        ({"word": None, "translation": "t", "meaning": "<p>m</p>"}, True),
    ]:
        raw = block.to_python({**field("f1", "Felt")["value"], **value})
        if is_sound:
            block.clean(raw)
        else:
            with pytest.raises(ValidationError):
                block.clean(raw)


def form_block() -> Any:
    from welcome_pages.field_blocks import FormFieldBlock

    return FormFieldBlock()


# Words ----------------------------------------------------------------------------------------------------------------


def test_the_words_of_forms_stand_with_their_translation_in_their_group(client, library, surname, commits):
    words = add_page(library, FormWordsPage, "ord", title="Ord på danske blanketter")
    assert "Som i passet." in read(client, "/da/blanketter/ord/").main.get_text()
    translate(words, "pl")
    entry = read(client, "/pl/blanketter/ord/").select_one("#surname")
    assert entry.dfn.get_text() == "Efternavn"
    assert entry.dfn["lang"] == "da"
    assert "Nazwisko" in entry.dt.get_text()
    assert entry.dd.get_text() == "Tak jak w paszporcie."


def test_the_library_and_every_guide_lead_to_the_words(client, library, guide):
    add_page(library, FormWordsPage, "ord", title="Ord på danske blanketter")
    for address in ("/da/blanketter/", ADDRESS):
        assert read(client, address).main.select_one(".words-link a")["href"] == "/da/blanketter/ord/"


def test_a_form_in_english_shows_the_usual_danish_word_too(client, form, surname, commits):
    entries = [field("f1", "Last name", word="surname"), field("f2", "Efternavn", word="surname")]
    guide = add_guide(form, *entries, printed_in="en")
    translate(form, "pl")
    translate(guide, "pl")
    first, second = fields(read(client, POLISH))
    assert first.strong["lang"] == "en"
    assert first.select_one('.form-field__danish [lang="da"]').get_text() == "Efternavn"
    assert not second.select(".form-field__danish")


def test_a_word_in_use_cannot_be_deleted(guide, surname, admin_client):
    with pytest.raises(ProtectedError), transaction.atomic():
        surname.delete()
    address = f"/admin/snippets/welcome_pages/formword/delete/{surname.pk}/"
    answer = admin_client.post(address, follow=True)
    assert guide.title in "".join(str(message) for message in answer.context["messages"])
    assert FormWord.objects.filter(pk=surname.pk).exists()


def test_a_word_in_a_draft_cannot_be_deleted_and_any_other_can(guide, surname):
    other = FormWord.objects.create(key="first-name", group="person", word={"da": "Fornavn"})
    guide.entries = [field("f1", "Fornavn", word="first-name")]
    guide.save_revision()
    with pytest.raises(ProtectedError), transaction.atomic():
        other.delete()
    guide.entries = [field("f1", "Efternavn", word="surname")]
    guide.save_revision().publish()
    other.delete()
    assert not FormWord.objects.filter(pk="first-name").exists()
