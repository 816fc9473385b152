"""Machine translators: no fact is damaged, no request is too large, and a refusal is explained."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Locale
from wagtail_localize.machine_translators.libretranslate import LibreTranslator
from wagtail_localize.models import StringTranslation
from wagtail_localize.strings import StringValue

from portal.facts.tokens import citations
from portal.texts.translators import GuardedLibreTranslator, TranslationRefused, hide_tokens, show_tokens
from tests.factories import make_fact, make_term, translate
from tests.portal.elements import words
from tests.portal.small_site import admin_browser, make_small_site, section
from tests.portal.texts.reader import read_guide, stored, translation_of
from tests.portal.texts.translation_service import KEY, NearbyDeepLTranslator, running

DANISH, POLISH = Locale(language_code="da"), Locale(language_code="pl")
REFUSED = {
    "a wrong key": {"status": 403, "body": b'{"message": "Forbidden"}'},
    "no quota left": {"status": 456, "body": b'{"message": "Quota Exceeded"}'},
    "no quota left, said without words": {"status": 456, "body": b""},
    "too many requests": {"status": 429, "body": b""},
    "an error of the service": {"status": 500, "body": b"<html>Internal Server Error</html>"},
    "an error in JSON": {"status": 500, "body": b'{"translations": [], "translatedText": []}'},
    "an answer of another kind": {"status": 200, "body": b'{"hello": 1}'},
    "an answer that is no object": {"status": 200, "body": b"[]"},
    "an answer that is no JSON": {"status": 200, "body": b"<html></html>"},
    "a text too few": {"leaves_out": 1},
}


@pytest.fixture
def service():
    with running() as found:
        yield found


@pytest.fixture(params=["DeepL", "LibreTranslate"])
def translator(service, request):
    """The product's translator for each of the two services, led to the one on this machine."""
    if request.param == "DeepL":
        return NearbyDeepLTranslator({"AUTH_KEY": KEY, "ADDRESS": service.address})
    return GuardedLibreTranslator({"API_KEY": KEY, "LIBRETRANSLATE_URL": service.address})


def run(translator, *texts):
    """Return the translation of each Danish text, None for those that were left out."""
    strings = [StringValue(text) for text in texts]
    answers = translator.translate(DANISH, POLISH, strings)
    return [answers[string].data if string in answers else None for string in strings]


# Tokens ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("danish", "expected"),
    [
        ("Ring til [[doctor]] inden kl. 15.", "rING TIL [[doctor]] INDEN KL. 15."),
        ("[[doctor]]", "[[doctor]]"),
        ("[[doctor]][[term:cpr]]", "[[doctor]][[term:cpr]]"),
        ("Dit [[term:cpr]] er <b>[[alarm-112]]</b>", "dIT [[term:cpr]] ER <b>[[alarm-112]]</b>"),
        ('<a id="a1">Ring</a> [[doctor]] &amp; vent', '<a id="a1">rING</a> [[doctor]] &amp; VENT'),
        ("Uden fakta", "uDEN FAKTA"),
    ],
)
def test_every_word_is_translated_and_every_token_survives(translator, danish, expected):
    assert run(translator, danish) == [expected]


def test_the_service_never_sees_a_token(translator, service):
    run(translator, "Ring [[doctor]]", "Om [[term:cpr|CPR-nummeret]]")
    assert not any("[[" in text or "CPR" in text for texts in service.texts for text in texts)


def test_without_the_guard_the_service_would_damage_the_token(service):
    stock = LibreTranslator({"API_KEY": KEY, "LIBRETRANSLATE_URL": service.address})
    assert run(stock, "Ring [[doctor]]") == ["rING [[DOCTOR]]"]


def test_the_danish_label_of_a_term_does_not_stand_in_the_translation(translator):
    assert run(translator, "Om [[term:cpr|CPR-nummeret]] her") == ["oM [[term:cpr]] HER"]


def test_texts_that_differ_only_in_their_tokens_keep_their_own(translator):
    assert run(translator, "Ring [[doctor]]", "Ring [[police]]") == ["rING [[doctor]]", "rING [[police]]"]


def test_tokens_may_change_places(translator, service):
    service.change = lambda text: " ".join(reversed(text.split("|")))
    assert run(translator, "[[doctor]]|før|[[police]]") == ["[[police]] FØR [[doctor]]"]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text.replace('<x id="1"/>', ""),
        lambda text: text.replace('<x id="1"/>', '<x id="1"/><x id="1"/>'),
        lambda text: text.replace('<x id="1"/>', '<x id="2"/>'),
        lambda text: text.replace('<x id="1"/>', '<x id="7"/>'),
    ],
    ids=["lost", "doubled", "exchanged", "unknown"],
)
def test_an_answer_that_spoiled_a_token_is_left_out_and_all_others_are_used(translator, service, spoil):
    service.change = spoil
    answers = run(translator, "Ring [[doctor]] eller [[police]]", "Ingen fakta")
    assert answers == [None, "iNGEN FAKTA"]


@pytest.mark.parametrize(
    "text", ["Ring [[doctor]]", "[[term:cpr|nummer]] og [[term:cpr]]", "uden", '<a id="a1">[[doctor]]</a>']
)
def test_hiding_and_showing_is_the_same_citations(text):
    hidden, kept = hide_tokens(text)
    assert "[[" not in hidden
    assert citations(show_tokens(hidden, kept)) == citations(text)


# Requests -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("number", "sizes"), [(0, []), (1, [1]), (50, [50]), (51, [50, 1]), (120, [50, 50, 20])])
def test_no_request_has_more_than_fifty_texts_and_every_answer_finds_its_text(translator, service, number, sizes):
    danish = [f"tekst {n} [[fact-{n}]]" for n in range(number)]
    assert run(translator, *danish) == [f"TEKST {n} [[fact-{n}]]" for n in range(number)]
    assert [len(texts) for texts in service.texts] == sizes


def test_the_service_is_told_the_languages(translator, service):
    run(translator, "Hej")
    (request,) = service.requests
    assert (request["from"].lower(), request["to"].lower()) == ("da", "pl")


def test_a_language_is_not_translated_into_itself(translator):
    assert translator.can_translate(DANISH, POLISH)
    assert not translator.can_translate(DANISH, DANISH)


# Refusals -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("behaviour", REFUSED.values(), ids=REFUSED)
def test_whatever_the_service_does_wrong_is_one_kind_of_refusal_that_names_it(translator, service, behaviour):
    for name, value in behaviour.items():
        setattr(service, name, value)
    with pytest.raises(TranslationRefused, match=translator.display_name):
        run(translator, "Ring [[doctor]]", "Ingen fakta")


@pytest.mark.parametrize(
    ("status", "said"), [(403, "key"), (456, "quota"), (429, "later"), (500, "later"), (503, "later"), (400, "400")]
)
def test_a_refusal_says_what_an_editor_can_do_about_it(translator, service, status, said):
    service.status = status
    with override("en"), pytest.raises(TranslationRefused, match=said):
        run(translator, "Hej")


def test_a_wrong_key_is_a_refusal(service):
    wrong = NearbyDeepLTranslator({"AUTH_KEY": "wrong", "ADDRESS": service.address})
    with override("en"), pytest.raises(TranslationRefused, match="key"):
        run(wrong, "Hej")


def test_a_refusal_does_not_betray_the_key(translator, service):
    service.status = 403
    with pytest.raises(TranslationRefused) as refused:
        run(translator, "Hej")
    assert KEY not in str(refused.value)


def test_a_service_that_does_not_answer_is_a_refusal():
    with running() as gone:
        address = gone.address
    for translator in (
        NearbyDeepLTranslator({"AUTH_KEY": KEY, "ADDRESS": address}),
        GuardedLibreTranslator({"API_KEY": KEY, "LIBRETRANSLATE_URL": address}),
    ):
        with override("en"), pytest.raises(TranslationRefused, match="later"):
            run(translator, "Hej")


# In the admin ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def guide(service, settings):
    """A guide that was submitted for translation, on a site with DeepL."""
    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {
        "CLASS": "tests.portal.texts.translation_service.NearbyDeepLTranslator",
        "OPTIONS": {"AUTH_KEY": KEY, "ADDRESS": service.address},
    }
    make_fact("doctor")
    make_term("cpr", "CPR-nummer")
    text = "<p>Ring til [[doctor]].</p><p>Om [[term:cpr|CPR-nummeret]].</p>"
    page = make_small_site().guide("laege", section(text))
    translate(page, "pl", strings={})
    return page


def press_the_button(page):
    """Press "Translate with DeepL" in the translation editor, and return what the editor is told."""
    response = admin_browser().post(reverse("wagtail_localize:machine_translate", args=[translation_of(page).pk]))
    assert response.status_code == 302
    return [str(message) for message in get_messages(response.wsgi_request)]


@pytest.mark.django_db(transaction=True)
def test_a_machine_translated_page_has_its_facts_and_says_that_nobody_has_read_it(guide):
    (message,) = press_the_button(guide)
    assert "DeepL" in message
    translation_of(guide).save_target(publish=True)
    reader = read_guide()
    assert {"rING TIL", "+45 70 11 31 31", "oM", "CPR-nummer"} <= set(words(reader.soup.main))
    assert set(reader.marks.values()) == {"machine"}
    assert list(reader.notices) == ["machine"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("behaviour", REFUSED.values(), ids=REFUSED)
def test_the_editor_gets_the_refusal_as_a_message_and_nothing_is_stored(guide, service, behaviour):
    for name, value in behaviour.items():
        setattr(service, name, value)
    (message,) = press_the_button(guide)
    assert "DeepL" in message
    assert not StringTranslation.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_text_whose_fact_the_machine_lost_stays_danish(guide, service):
    service.change = lambda text: text.replace('<x id="1"/>', "") if "tIL" in text or "TIL" in text else text
    press_the_button(guide)
    translation_of(guide).save_target(publish=True)
    reader = read_guide()
    assert reader.language_of("Ring til") == "da"
    assert reader.language_of("oM") == "pl"


@pytest.mark.django_db(transaction=True)
def test_the_guard_catches_a_stock_translator_that_somebody_configures(guide, service, settings):
    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {
        "CLASS": "wagtail_localize.machine_translators.libretranslate.LibreTranslator",
        "OPTIONS": {"API_KEY": KEY, "LIBRETRANSLATE_URL": service.address},
    }
    press_the_button(guide)
    assert stored(guide, "Ring til [[doctor]].").has_error
    translation_of(guide).save_target(publish=True)
    reader = read_guide()
    assert reader.language_of("Ring til") == "da"
    assert "+45 70 11 31 31" in reader
