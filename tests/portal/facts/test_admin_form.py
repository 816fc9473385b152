"""The forms of facts and terms in the admin: one input per language of the site, nothing lost, mistakes explained."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.test import override_settings
from django.urls import reverse
from django.utils.translation import gettext
from wagtail.models import Locale
from wagtail.test.utils.form_data import querydict_from_html

from portal.facts.models import Fact, GlossaryTerm
from portal.facts.per_language import language_name
from tests.factories import LANGUAGES, make_fact, make_locales, make_term
from tests.portal.small_site import admin_browser

pytestmark = pytest.mark.django_db

TODAY = datetime.date.today()
WITH_UKRAINIAN = [*((code, code) for code in LANGUAGES), ("uk", "uk")]
NEW_FACT = {
    "key": "out-of-hours-doctor",
    "kind": "phone",
    "value": "70 11 31 31",
    "scope": "national",
    "confidence": "H",
    "label_da": "Lægevagt",
    "label_pl": "Lekarz dyżurny",
    "source_name": "rm.dk",
    "owner": "Borgerservice",
    "checked_on": TODAY.isoformat(),
    "check_again_on": (TODAY + datetime.timedelta(days=90)).isoformat(),
}


@pytest.fixture
def browser():
    make_locales()
    return admin_browser()


def address(action, item):
    """Return the address of an admin view of a fact or term, or of the view that adds one."""
    model = item if isinstance(item, type) else type(item)
    arguments = [] if isinstance(item, type) else [item.pk]
    return reverse(f"wagtailsnippets_portal_{model._meta.model_name}:{action}", args=arguments)


def filled_in(browser, url, **changes):
    """Return what a browser would send for the form at an address after a person changed some inputs."""
    response = browser.get(url)
    assert response.status_code == 200
    soup = BeautifulSoup(response.content, "html.parser")
    (form,) = [
        form
        for form in soup.find_all("form")
        if form.find(attrs={"name": "label_da"}) or form.find(attrs={"name": "word_da"})
    ]
    data = querydict_from_html(str(form))
    for name, value in changes.items():
        assert name in data, f"the form has no input {name}"
        data[name] = value
    return data


def errors(response):
    """Return what the form says, by field."""
    assert response.status_code == 200, "the form was accepted"
    return {name: list(messages) for name, messages in response.context["form"].errors.items()}


def inputs(browser, url, field):
    """Return the inputs of a field by language, with the text of the label of each."""
    soup = BeautifulSoup(browser.get(url).content, "html.parser")
    found = {}
    for element in soup.find_all("input", attrs={"name": lambda name: name and name.startswith(f"{field}_")}):
        label = soup.find("label", attrs={"for": element["id"]})
        found[element["name"].removeprefix(f"{field}_")] = (element.get("lang"), label.get_text(strip=True))
    return found


def test_a_fact_has_one_named_input_per_language_each_marked_with_its_language(browser):
    assert inputs(browser, address("add", Fact), "label") == {code: (code, language_name(code)) for code in LANGUAGES}


def test_the_value_in_other_languages_has_no_input_for_danish_which_is_the_value_itself(browser):
    assert list(inputs(browser, address("add", Fact), "other_languages")) == [
        code for code in LANGUAGES if code != "da"
    ]


def test_a_new_fact_is_stored_with_the_texts_that_were_typed_and_no_empty_ones(browser):
    response = browser.post(address("add", Fact), filled_in(browser, address("add", Fact), **NEW_FACT))
    assert response.status_code == 302, errors(response)
    fact = Fact.objects.get()
    assert (fact.pk, fact.value) == ("out-of-hours-doctor", "70 11 31 31")
    assert fact.label == {"da": "Lægevagt", "pl": "Lekarz dyżurny"}
    assert fact.other_languages == {}


def test_an_edited_fact_keeps_every_text_that_nobody_touched(browser):
    label = {code: f"Lægevagt {code}" for code in LANGUAGES}
    fact = make_fact("page", "https://borger.dk", "link", label=label, other_languages={"en": "https://borger.dk/en"})
    url = address("edit", fact)
    response = browser.post(url, filled_in(browser, url, label_pl="Lekarz", other_languages_de="https://borger.dk/de"))
    assert response.status_code == 302, errors(response)
    fact.refresh_from_db()
    assert fact.label == {**label, "pl": "Lekarz"}
    assert fact.other_languages == {"en": "https://borger.dk/en", "de": "https://borger.dk/de"}


def test_an_emptied_input_removes_the_text_of_that_language_only(browser):
    fact = make_fact("doctor", label={"da": "Lægevagt", "pl": "Lekarz", "ru": "Врач"})
    url = address("edit", fact)
    assert browser.post(url, filled_in(browser, url, label_pl="  ")).status_code == 302
    fact.refresh_from_db()
    assert fact.label == {"da": "Lægevagt", "ru": "Врач"}


def test_the_key_of_a_fact_can_never_change_because_pages_cite_it(browser):
    fact = make_fact("doctor")
    url = address("edit", fact)
    data = filled_in(browser, url)
    data["key"] = "another"
    assert browser.post(url, data).status_code == 302
    assert [fact.pk for fact in Fact.objects.all()] == ["doctor"]


def test_a_wrong_value_is_explained_at_its_field_and_nothing_typed_is_lost(browser):
    url = address("add", Fact)
    response = browser.post(url, filled_in(browser, url, **{**NEW_FACT, "value": "70 11 31 3"}))
    assert list(errors(response)) == ["value"]
    assert "is no possible phone number" in errors(response)["value"][0]
    assert not Fact.objects.exists()
    form = BeautifulSoup(response.content, "html.parser")
    assert form.find("input", attrs={"name": "label_pl"})["value"] == "Lekarz dyżurny"


def test_a_wrong_value_in_another_language_is_explained_with_the_language(browser):
    url = address("add", Fact)
    changes = {**NEW_FACT, "kind": "link", "value": "https://borger.dk", "other_languages_pl": "borger"}
    (message,) = errors(browser.post(url, filled_in(browser, url, **changes)))["other_languages"]
    assert message.startswith("pl: ")


def test_a_broken_rule_of_the_database_is_a_message_and_not_an_error_page(browser):
    url = address("add", Fact)
    changes = {**NEW_FACT, "check_again_on": TODAY.isoformat()}
    response = browser.post(url, filled_in(browser, url, **changes))
    assert errors(response) == {"__all__": [gettext("The next check must be after the last one.")]}


def test_a_label_with_markup_is_shown_in_the_form_as_it_was_typed(browser):
    text = '"><script>alert(1)</script>'
    fact = make_fact("doctor", label={"da": text})
    soup = BeautifulSoup(browser.get(address("edit", fact)).content, "html.parser")
    assert soup.find("input", attrs={"name": "label_da"})["value"] == text
    assert not any("alert(1)" in script.get_text() for script in soup.find_all("script"))


def test_an_untouched_form_is_no_change(browser):
    fact = make_fact("doctor", label={"da": "Lægevagt", "pl": "Lekarz"})
    url = address("edit", fact)
    form_class = browser.get(url).context["form"].__class__
    user = browser.get(url).context["request"].user
    assert "label" not in form_class(filled_in(browser, url), instance=fact, for_user=user).changed_data
    changed = form_class(filled_in(browser, url, label_ru="Врач"), instance=fact, for_user=user)
    assert "label" in changed.changed_data


# A sixth language -----------------------------------------------------------------------------------------------------


@override_settings(LANGUAGES=WITH_UKRAINIAN, WAGTAIL_CONTENT_LANGUAGES=WITH_UKRAINIAN)
def test_a_sixth_language_gets_its_inputs_without_a_change_of_the_code(browser):
    Locale.objects.create(language_code="uk")
    url = address("add", Fact)
    assert list(inputs(browser, url, "label")) == [*LANGUAGES, "uk"]
    assert "uk" in inputs(browser, url, "other_languages")
    response = browser.post(url, filled_in(browser, url, **NEW_FACT, label_uk="Черговий лікар"))
    assert response.status_code == 302, errors(response)
    assert Fact.objects.get().label["uk"] == "Черговий лікар"


def test_a_language_that_the_site_does_not_have_yet_has_no_input(browser):
    Locale.objects.get(language_code="ru").delete()
    assert "ru" not in inputs(browser, address("add", Fact), "label")


def test_saving_keeps_the_texts_of_a_language_that_has_no_input(browser):
    fact = make_fact("doctor", label={"da": "Lægevagt", "uk": "Черговий лікар"})
    url = address("edit", fact)
    assert browser.post(url, filled_in(browser, url, label_da="Vagtlæge")).status_code == 302
    fact.refresh_from_db()
    assert fact.label == {"da": "Vagtlæge", "uk": "Черговий лікар"}


# Terms ----------------------------------------------------------------------------------------------------------------


def test_a_term_is_made_and_changed_in_all_languages(browser):
    add = address("add", GlossaryTerm)
    typed = {
        "key": "cpr",
        "word_da": "CPR-nummer",
        "word_pl": "numer CPR",
        "synonyms_da": "personnummer",
        "meaning_da": "Dit nummer.",
    }
    assert browser.post(add, filled_in(browser, add, **typed)).status_code == 302
    term = GlossaryTerm.objects.get()
    assert (term.word, term.synonyms) == ({"da": "CPR-nummer", "pl": "numer CPR"}, {"da": "personnummer"})
    edit = address("edit", term)
    assert browser.post(edit, filled_in(browser, edit, meaning_ru="Ваш номер.")).status_code == 302
    term.refresh_from_db()
    assert term.meaning == {"da": "Dit nummer.", "ru": "Ваш номер."}
    assert term.word == {"da": "CPR-nummer", "pl": "numer CPR"}


def test_a_term_without_its_danish_word_is_refused(browser):
    term = make_term("cpr", "CPR-nummer")
    url = address("edit", term)
    response = browser.post(url, filled_in(browser, url, word_da=""))
    assert errors(response) == {"word": [gettext("The Danish word is missing.")]}
