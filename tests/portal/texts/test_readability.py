"""How easy a text is to read, as it is measured and as editors are told."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from portal.texts.readability import measure
from tests.factories import block


def test_words_and_sentences_are_counted_as_a_reader_would():
    found = measure(["<p>Ring til kommunen. Spørg om en tid!</p><ul><li>Dit pas</li><li>Din kontrakt</li></ul>"])
    assert (found.words, found.sentences, found.words_per_sentence) == (11, 4, 2.75)
    assert found.longest_sentence == "Spørg om en tid!"


def test_long_words_and_long_sentences_make_a_text_harder():
    easy = measure(["Du får et brev. Læs det."])
    hard = measure(["Opholdstilladelsen udstedes almindeligvis efterfølgende. " + "ord " * 21 + "slut."])
    assert easy.lix < 10 < 20 < hard.lix
    assert (easy.long_sentences, hard.long_sentences) == (0, 1)


def test_letters_of_every_alphabet_are_words_and_figures_are_not():
    found = measure(["Позвоните по номеру 70 11 31 31. Zażółć gęślą jaźń &amp; idź."])
    assert (found.words, found.sentences) == (7, 2)


def test_nothing_is_not_an_error():
    assert (measure([]).lix, measure(["", "<p></p>"]).words_per_sentence) == (0, 0)


@pytest.mark.django_db
def test_editors_see_it_beside_the_page_and_in_a_report_by_language(tree, client):
    tree.cpr.body = [block("section", {"heading": "Hvor", "text": "<p>Gå til kommunen. Tag dit pas med.</p>"}, "b1")]
    tree.cpr.save_revision().publish()
    client.force_login(User.objects.create_superuser("editor", "editor@example.dk", "x" * 20))
    page = client.get(reverse("wagtailadmin_pages:edit", args=[tree.cpr.pk])).content.decode()
    assert "Tag dit pas med." in page
    assert "LIX" in page
    report = client.get(reverse("portal_reading_level"), {"locale": tree.cpr.locale_id}).content.decode()
    assert tree.cpr.title in report
    assert "LIX" in report
    polish = client.get(reverse("portal_reading_level"), {"locale": tree.locales["pl"].pk}).content.decode()
    assert f">{tree.cpr.title}<" not in polish
    exported = client.get(reverse("portal_reading_level"), {"export": "csv", "locale": tree.cpr.locale_id})
    assert tree.cpr.title in exported.getvalue().decode()
