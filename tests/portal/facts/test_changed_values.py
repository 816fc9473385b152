"""One change of a fact corrects every page in every language, and outdates no translation."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, Revision
from wagtail_localize.models import StringTranslation, TranslationSource

from portal.facts.models import Fact, GlossaryTerm
from portal.texts.models import TextState
from tests.factories import AUTHORITY, block, make_fact, make_term, translate
from tests.portal.pages.reading import read
from tests.portal.small_site import admin_browser, make_small_site, section

pytestmark = pytest.mark.django_db(transaction=True)

LANGUAGES = ["da", "pl", "ru"]
PATH = "guide/sygdom/laege/"


@pytest.fixture
def guide():
    """A guide in three languages that cites one fact in a text, a heading, a short field, a card and a list."""
    make_fact("doctor", "70 11 31 31", label={"da": "Lægevagten"})
    item = {"type": "item", "value": "doctor", "id": "i1"}
    page = make_small_site(languages=["pl", "ru"]).guide(
        "laege",
        section("<p>Ring til [[doctor]] nu.</p>", heading="Ring [[doctor]]"),
        block("contact", {"heading": "Kontakt", "facts": [item]}, "c1"),
        summary="Lægen: [[doctor]]",
        sources=[block("fact", "doctor", "f1")],
    )
    for code in ["pl", "ru"]:
        translate(page, code)
    return page


def main_text(language):
    reading = read(Client(), f"/{language}/{PATH}")
    assert reading.status == 200
    return reading.main_text


def what_is_stored():
    """Return everything that a change of the text would touch."""
    return {
        "pages": list(Page.objects.order_by("pk").values_list("pk", "latest_revision_id", "last_published_at", "live")),
        "revisions": list(Revision.objects.order_by("pk").values_list("pk", "content")),
        "translations": list(
            StringTranslation.objects.order_by("pk").values_list("pk", "data", "updated_at", "has_error")
        ),
        "sources": list(TranslationSource.objects.order_by("pk").values_list("pk", "content_json", "last_updated_at")),
        "states": list(TextState.objects.order_by("pk").values_list("pk", "built", "parts")),
    }


def change_by_object():
    fact = Fact.objects.get(pk="doctor")
    fact.value = "70 22 22 22"
    fact.save()


def change_by_query():
    Fact.objects.filter(pk="doctor").update(value="70 22 22 22")


def change_in_the_admin():
    url = reverse("wagtailsnippets_portal_fact:edit", args=["doctor"])
    today = datetime.date.today()
    data = {
        "kind": "phone",
        "value": "70 22 22 22",
        "label_da": "Lægevagten",
        "scope": "national",
        "confidence": "H",
        "source_name": "rm.dk",
        "owner": "x",
        "checked_on": today,
        "check_again_on": today + datetime.timedelta(days=9),
    }
    assert admin_browser().post(url, data).status_code == 302


@pytest.mark.parametrize("change", [change_by_object, change_by_query, change_in_the_admin])
def test_a_new_number_is_on_every_page_in_every_language_at_once(guide, change):
    for language in LANGUAGES:
        assert main_text(language).count("70 11 31 31") == 5
    change()
    for language in LANGUAGES:
        assert main_text(language).count("70 22 22 22") == 5
        assert "70 11 31 31" not in main_text(language)


def test_a_new_number_touches_no_revision_and_outdates_no_translation(guide):
    before = what_is_stored()
    change_by_object()
    assert what_is_stored() == before
    for language in LANGUAGES:
        reading = read(Client(), f"/{language}/{PATH}")
        assert reading.soup.select(".notice") == []
        assert reading.soup.select("[data-state]") == []


def test_a_fact_that_becomes_overdue_is_marked_on_every_page_without_publishing_anything(guide):
    before = what_is_stored()
    yesterday = datetime.date.today() - datetime.timedelta(days=1)
    Fact.objects.exclude(pk=AUTHORITY).update(
        checked_on=yesterday - datetime.timedelta(days=1), check_again_on=yesterday
    )
    for language in LANGUAGES:
        remarks = read(Client(), f"/{language}/{PATH}").soup.main.select(".fact-overdue")
        assert [remark["lang"] for remark in remarks] == [language] * 5
    assert what_is_stored() == before


def test_a_new_label_and_a_new_meaning_are_on_every_page_at_once():
    make_fact("doctor", label={"da": "Lægevagten", "pl": "Lekarz"})
    make_term("cpr", "CPR-nummer", meaning={"da": "Dit nummer.", "pl": "Twój numer."})
    item = {"type": "item", "value": "doctor", "id": "i1"}
    card = block("contact", {"heading": "Kontakt", "facts": [item]}, "c1")
    page = make_small_site().guide("laege", section("<p>[[term:cpr]]</p>"), card)
    translate(page, "pl")
    Fact.objects.filter(pk="doctor").update(label={"da": "Vagtlægen", "pl": "Dyżurny"})
    GlossaryTerm.objects.filter(pk="cpr").update(meaning={"da": "Ti cifre.", "pl": "Dziesięć cyfr."})
    assert {"Vagtlægen", "Ti cifre."} <= set(read(Client(), f"/da/{PATH}").soup.main.stripped_strings)
    assert {"Dyżurny", "Dziesięć cyfr."} <= set(read(Client(), f"/pl/{PATH}").soup.main.stripped_strings)


def test_a_fact_that_is_gone_in_spite_of_all_guards_leaves_a_readable_page(guide):
    Fact.objects.filter(pk="doctor")._raw_delete("default")
    for language in LANGUAGES:
        assert "—" in main_text(language)
