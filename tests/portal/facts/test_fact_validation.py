"""What can be a fact or a term: each kind of value, and the rules that hold in the database itself."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext

from portal.facts.models import Fact, GlossaryTerm
from tests.factories import make_fact


def in_days(days):
    """Return the day in so many days, counted when the test runs: a run may go on past midnight."""
    return timezone.localdate() + datetime.timedelta(days=days)


def required():
    return {
        "source_name": "source.dk",
        "owner": "Borgerservice",
        "checked_on": in_days(0),
        "check_again_on": in_days(90),
    }


def unsaved(kind="phone", value="70 11 31 31", **fields):
    return Fact(**{"key": "fact", "kind": kind, "value": value, "label": {"da": "Fakta"}, **required(), **fields})


def refusal(item):
    """Return what the validation of an object says, by field."""
    with pytest.raises(ValidationError) as refused:
        item.full_clean()
    return refused.value.message_dict


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("phone", "70 11 31 31"),
        ("phone", "112"),
        ("email", "kontakt@example.dk"),
        ("address", "Torvet 5, 7400 Herning"),
        ("link", "https://www.borger.dk/cpr?a=1&b=2"),
        ("hours", "Mo-Fr 09:00-15:00; Sa off"),
        ("deadline", "P5D"),
        ("text", "Styrelsen for Arbejdsmarked"),
    ],
)
@pytest.mark.django_db
def test_a_value_of_its_kind_is_accepted(kind, value):
    unsaved(kind, value).full_clean()


@pytest.mark.parametrize(
    ("kind", "value", "said"),
    [
        ("phone", "70 11 31 3", "is no possible phone number"),
        ("phone", "ring nu", "is no phone number"),
        ("email", "kontakt(at)example.dk", "e-mail"),
        ("link", "www.borger.dk", "URL"),
        ("link", "javascript:alert(1)", "URL"),
        ("link", "ftp://example.dk/blanket", "URL"),
        ("hours", "man-fre 9-15", "is not like 'Mo-Fr 09:00-15:00; Sa off'"),
        ("deadline", "5 dage", "is not like 'P5D'"),
    ],
)
@pytest.mark.django_db
def test_a_value_that_is_not_of_its_kind_is_refused_at_its_field_with_the_reason(kind, value, said):
    messages = refusal(unsaved(kind, value))
    assert list(messages) == ["value"]
    assert said in " ".join(messages["value"])


@pytest.mark.parametrize("kind", ["phone", "email", "address", "hours", "deadline"])
@pytest.mark.django_db
def test_only_links_and_texts_differ_between_languages(kind):
    values = {"phone": "112", "email": "a@b.dk", "address": "Torvet", "hours": "24/7", "deadline": "P1D"}
    messages = refusal(unsaved(kind, values[kind], other_languages={"pl": values[kind]}))
    assert list(messages) == ["other_languages"]


@pytest.mark.django_db
def test_a_link_in_another_language_must_be_a_link_and_the_language_is_named():
    others = {"en": "https://borger.dk/en", "pl": "borger"}
    messages = refusal(unsaved("link", "https://borger.dk", other_languages=others))
    (message,) = messages["other_languages"]
    assert message.startswith("pl: ")
    assert "[" not in message, "a list in brackets is for programmers"


@pytest.mark.parametrize("texts", [["da"], "da", {"da": 1}, {"da": None}, 7])
@pytest.mark.parametrize("field", ["label", "other_languages"])
@pytest.mark.django_db
def test_texts_per_language_must_be_a_mapping_of_texts(field, texts):
    assert field in refusal(unsaved("text", "Ja", **{field: texts}))


@pytest.mark.parametrize(
    "key", ["Out-of-hours", "out of hours", "læge", "-doctor", "out_of_hours", "a]]b", "term:cpr", ""]
)
@pytest.mark.parametrize("model", [Fact, GlossaryTerm])
@pytest.mark.django_db
def test_a_key_that_no_token_can_name_is_refused(model, key):
    item = unsaved(key=key) if model is Fact else GlossaryTerm(key=key, word={"da": "ord"})
    assert list(refusal(item)) == ["key"]


@pytest.mark.parametrize("missing", ["source_name", "owner", "check_again_on"])
@pytest.mark.django_db
def test_every_fact_says_where_it_comes_from_who_keeps_it_and_until_when(missing):
    assert missing in refusal(unsaved(**{missing: None if missing == "check_again_on" else ""}))


@pytest.mark.django_db
def test_a_second_fact_with_the_same_key_is_refused():
    make_fact("doctor")
    assert "key" in refusal(unsaved(key="doctor"))


@pytest.mark.parametrize("word", [{}, {"pl": "numer CPR"}, {"da": ""}])
@pytest.mark.django_db
def test_a_term_needs_its_danish_word(word):
    assert list(refusal(GlossaryTerm(key="cpr", word=word, meaning={"da": "Nummer"}))) == ["word"]


# The rules of the database, for whatever writes to it without a form --------------------------------------------------


@pytest.mark.parametrize(("scope", "municipality"), [("local", ""), ("national", "herning"), ("regional", "herning")])
@pytest.mark.django_db
@pytest.mark.storage
def test_a_local_fact_names_its_municipality_and_no_other_fact_does(scope, municipality):
    fact = unsaved(scope=scope, municipality=municipality)
    assert gettext("A local fact names its municipality; any other fact names none.") in str(refusal(fact))
    with pytest.raises(IntegrityError, match="fact_local_has_municipality"), transaction.atomic():
        fact.save()


@pytest.mark.parametrize(("scope", "municipality"), [("local", "herning"), ("national", ""), ("regional", "")])
@pytest.mark.django_db
@pytest.mark.storage
def test_scope_and_municipality_that_agree_are_stored(scope, municipality):
    fact = unsaved(scope=scope, municipality=municipality)
    fact.full_clean()
    fact.save()
    assert Fact.objects.get(pk="fact").municipality == municipality


@pytest.mark.parametrize("days", [0, -1])
@pytest.mark.django_db
@pytest.mark.storage
def test_the_next_check_comes_after_the_last_one(days):
    fact = unsaved(check_again_on=in_days(days))
    assert gettext("The next check must be after the last one.") in str(refusal(fact))
    with pytest.raises(IntegrityError, match="fact_checked_before_next_check"), transaction.atomic():
        fact.save()


@pytest.mark.django_db
@pytest.mark.storage
def test_the_database_refuses_a_bulk_change_that_breaks_a_rule():
    make_fact("doctor")
    with pytest.raises(IntegrityError), transaction.atomic():
        Fact.objects.filter(pk="doctor").update(municipality="herning")
    assert Fact.objects.get(pk="doctor").municipality == ""


@pytest.mark.django_db
@pytest.mark.storage
def test_texts_per_language_come_back_as_they_were_stored():
    label = {"da": "Lægevagt", "pl": "Lekarz dyżurny „noc”", "ru": "Дежурный врач"}
    make_fact("doctor", label=label)
    assert Fact.objects.get(pk="doctor").label == label


# When a fact must be checked again ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "overdue"), [(-1, True), (0, False), (1, False)])
def test_a_fact_is_overdue_the_day_after_it_should_have_been_checked(days, overdue):
    assert unsaved(check_again_on=in_days(days)).is_overdue is overdue


# Which value a reader gets --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("da", ("https://da", "da")),
        ("pl", ("https://pl", "pl")),
        ("en", ("https://en", "en")),
        ("ru", ("https://en", "en")),
    ],
)
def test_a_reader_without_an_official_page_in_their_language_gets_the_english_one(language, expected):
    fact = unsaved("link", "https://da", other_languages={"en": "https://en", "pl": "https://pl"})
    assert fact.value_in(language) == expected


@pytest.mark.parametrize("language", ["da", "en", "pl"])
def test_a_page_that_exists_in_english_only_is_english_for_everybody(language):
    assert unsaved("link", "https://en", target_language="en").value_in(language) == ("https://en", "en")


@pytest.mark.parametrize(("language", "expected"), [("pl", ("Urząd", "pl")), ("ru", ("Styrelsen", "da"))])
def test_a_text_without_a_translation_stays_danish_and_is_never_replaced_by_english(language, expected):
    fact = unsaved("text", "Styrelsen", other_languages={"pl": "Urząd", "en": "Agency"})
    assert fact.value_in(language) == expected
