"""Facts and terms as the reader sees them, in each language: text, links, remarks, and the language of every part."""

import datetime
import logging

import pytest
from babel.dates import format_date
from bs4 import BeautifulSoup
from django.utils.translation import gettext, override

from portal.facts import register
from portal.facts.models import Fact
from portal.facts.rendering import cite, cite_text, plain
from tests.factories import make_fact, make_term
from tests.portal.elements import by_text, language_of, words

pytestmark = pytest.mark.django_db

LANGUAGES = ["da", "en", "de", "pl", "ru"]
OTHERS = ["en", "de", "pl", "ru"]
MARKUP = "<script>alert(1)</script>"
YESTERDAY = datetime.date.today() - datetime.timedelta(days=1)


def shown(text, language, *, is_html=False):
    """Return a text with its citations as the reader of a language gets it, parsed."""
    with override(language), register.opened():
        return BeautifulSoup(cite(text) if is_html else cite_text(text), "html.parser")


# Values ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_phone_number_can_be_called_and_reads_as_the_reader_must_dial_it(language):
    make_fact("doctor")
    soup = shown("Ring til [[doctor]].", language)
    assert soup.a["href"] == "tel:+4570113131"
    assert soup.get_text() == f"Ring til {'70 11 31 31' if language == 'da' else '+45 70 11 31 31'}."


def test_an_email_address_can_be_written_to():
    make_fact("mail", "kontakt@example.dk", "email")
    soup = shown("[[mail]]", "pl")
    assert (soup.a["href"], soup.get_text()) == ("mailto:kontakt@example.dk", "kontakt@example.dk")


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_address_stays_danish_and_no_browser_translates_it(language):
    make_fact("hall", "Torvet 5, 7400 Herning", "address")
    element = by_text(shown("[[hall]]", language), "Torvet")
    assert (language_of(element), element["translate"]) == ("da", "no")


@pytest.mark.parametrize(
    ("language", "words"),
    [("da", "5 dage"), ("en", "5 days"), ("de", "5 Tage"), ("pl", "5 dni"), ("ru", "5 дней")],
)
def test_a_deadline_is_said_and_marked_in_the_readers_language(language, words):
    make_fact("move", "P5D", "deadline")
    element = by_text(shown("[[move]]", language), words)
    assert language_of(element) == language


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("da", "mandag: 09.00–15.00"),
        ("de", "Montag: 09:00–15:00"),
        ("pl", "poniedziałek: 09:00–15:00"),
        ("ru", "понедельник: 09:00–15:00"),
    ],
)
def test_opening_hours_are_said_and_marked_in_the_readers_language(language, words):
    make_fact("open", "Mo 09:00-15:00", "hours")
    element = by_text(shown("[[open]]", language), words)
    assert language_of(element) == language


# Danish beside the translation ----------------------------------------------------------------------------------------


def test_a_translated_name_keeps_its_danish_words_beside_it_because_letters_and_signs_are_in_danish():
    make_fact("office", "Skattestyrelsen", "text", other_languages={"pl": "Urząd podatkowy"})
    soup = shown("[[office]]", "pl")
    assert soup.get_text() == "Urząd podatkowy (Skattestyrelsen)"
    assert language_of(by_text(soup, "Urząd podatkowy")) == "pl"
    assert language_of(by_text(soup, "Skattestyrelsen")) == "da"


def test_danes_read_the_danish_words_once():
    make_fact("office", "Skattestyrelsen", "text", other_languages={"pl": "Urząd podatkowy"})
    assert shown("[[office]]", "da").get_text() == "Skattestyrelsen"


@pytest.mark.parametrize("language", ["ru", "de"])
def test_a_text_without_a_translation_is_danish_and_says_so_to_screen_readers(language):
    make_fact("office", "Skattestyrelsen", "text", other_languages={"pl": "Urząd podatkowy"})
    soup = shown("[[office]]", language)
    assert soup.get_text() == "Skattestyrelsen"
    assert language_of(by_text(soup, "Skattestyrelsen")) == "da"


# Links ----------------------------------------------------------------------------------------------------------------


def make_link(**fields):
    return make_fact("page", "https://borger.dk/cpr", "link", **fields)


@pytest.mark.parametrize(
    ("language", "address", "target"),
    [
        ("da", "https://borger.dk/cpr", "da"),
        ("pl", "https://borger.dk/pl", "pl"),
        ("ru", "https://borger.dk/en", "en"),
        ("en", "https://borger.dk/en", "en"),
    ],
)
def test_a_link_leads_to_the_page_in_the_readers_language_or_else_to_the_english_one(language, address, target):
    make_link(other_languages={"en": "https://borger.dk/en", "pl": "https://borger.dk/pl"})
    link = shown("[[page]]", language).a
    assert (link["href"], link["hreflang"]) == (address, target)


@pytest.mark.parametrize(
    ("language", "message"),
    [("pl", "in Danish"), ("en", "in Danish"), ("ru", "in Danish"), ("da", None)],
)
def test_a_link_says_in_the_readers_language_that_its_target_is_danish(language, message):
    make_link()
    remark = shown("[[page]]", language).select_one(".target-language")
    if message is None:
        assert remark is None
    else:
        with override(language):
            assert remark.get_text() == f"({gettext(message)})"
        assert language_of(remark) == language


@pytest.mark.parametrize(("language", "said"), [("da", True), ("pl", True), ("en", False)])
def test_a_page_that_exists_only_in_english_says_so_to_all_others(language, said):
    make_link(target_language="en")
    remark = shown("[[page]]", language).select_one(".target-language")
    assert (remark is not None) == said


def test_the_target_language_without_words_of_its_own_is_named_by_itself():
    make_link(target_language="uk")
    assert shown("[[page]]", "pl").select_one(".target-language").get_text() == "(Українська)"


def test_the_text_of_a_link_is_in_the_readers_language_and_marked_as_such_even_inside_a_danish_paragraph():
    make_link(label={"da": "Om CPR", "pl": "O numerze CPR"})
    soup = shown('<p lang="da">Læs [[page]].</p>', "pl", is_html=True)
    assert language_of(by_text(soup, "O numerze CPR")) == "pl"


@pytest.mark.parametrize("label", [{"da": "Om CPR"}, {"da": "Om CPR", "ru": ""}])
def test_the_text_of_a_link_without_a_translation_is_danish_and_marked_as_danish(label):
    make_link(label=label)
    assert language_of(by_text(shown("[[page]]", "ru"), "Om CPR")) == "da"


def test_a_link_without_any_label_shows_its_key_and_not_an_empty_link():
    Fact.objects.create(
        key="page",
        kind="link",
        value="https://borger.dk",
        label={},
        checked_on=YESTERDAY,
        check_again_on=datetime.date.today(),
    )
    assert shown("[[page]]", "pl").a.get_text() == "page"


# Overdue --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_overdue_fact_says_in_the_readers_language_when_it_was_last_checked(language):
    checked = datetime.date(2026, 3, 9)
    make_fact("doctor", checked_on=checked, check_again_on=YESTERDAY)
    remark = shown("[[doctor]]", language).select_one(".fact-overdue")
    date = format_date(checked, "long", locale=language)
    with override(language):
        assert remark.get_text() == f"({gettext('last checked on %(date)s, please check') % {'date': date}})"
    assert language_of(remark) == language


@pytest.mark.parametrize(
    ("language", "date"),
    [
        ("da", "9. marts 2026"),
        ("en", "March 9, 2026"),
        ("de", "9. März 2026"),
        ("pl", "9 marca 2026"),
        ("ru", "9 марта 2026\u202fг."),
    ],
)
def test_the_date_of_the_last_check_is_written_as_people_write_dates(language, date):
    make_fact("doctor", checked_on=datetime.date(2026, 3, 9), check_again_on=YESTERDAY)
    assert date in shown("[[doctor]]", language).select_one(".fact-overdue").get_text()


def test_the_value_of_an_overdue_fact_is_still_shown():
    make_fact("doctor", checked_on=datetime.date(2026, 3, 9), check_again_on=YESTERDAY)
    assert shown("[[doctor]]", "da").a.get_text() == "70 11 31 31"


def test_a_fact_that_is_due_today_is_not_overdue():
    make_fact("doctor", checked_on=YESTERDAY, check_again_on=datetime.date.today())
    assert shown("[[doctor]]", "da").select_one(".fact-overdue") is None


# Missing --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_missing_fact_is_a_dash_and_never_an_error(language):
    assert shown("Ring til [[gone]].", language).get_text() == "Ring til —."


def test_a_missing_fact_is_logged_with_its_key(caplog):
    with caplog.at_level(logging.WARNING, logger="portal.facts"):
        shown("Ring til [[gone-number]].", "da")
    assert "gone-number" in caplog.text


@pytest.mark.parametrize(("token", "expected"), [("[[term:gone]]", "—"), ("[[term:gone|numer]]", "numer")])
def test_a_missing_term_leaves_its_label_or_a_dash_and_is_logged_with_its_key(token, expected, caplog):
    with caplog.at_level(logging.WARNING, logger="portal.facts"):
        assert shown(token, "pl").get_text() == expected
    assert "term:gone" in caplog.text


def test_what_is_no_token_stays_as_it_was_typed():
    assert shown("a [[B]] [c] ]]", "da").get_text() == "a [[B]] [c] ]]"


# Terms ----------------------------------------------------------------------------------------------------------------


def test_a_term_is_the_translated_word_then_the_danish_one_which_opens_its_meaning_without_a_script():
    make_term("cpr", "CPR-nummer", word={"da": "CPR-nummer", "pl": "numer CPR"}, meaning={"da": "Dit.", "pl": "Twój."})
    soup = shown("Masz [[term:cpr]]?", "pl")
    assert words(soup) == ["Masz", "numer CPR", "CPR-nummer", "Twój.", "?"]
    assert language_of(by_text(soup, "numer CPR")) == "pl"
    assert (soup.dfn.get_text(), language_of(soup.dfn)) == ("CPR-nummer", "da")
    meaning = by_text(soup, "Twój.")
    assert soup.button["type"] == "button"
    assert soup.button["popovertarget"] == meaning["id"]
    assert meaning.has_attr("popover")
    assert language_of(meaning) == "pl"


def test_a_translator_inflects_a_term_by_its_label():
    make_term("cpr", "CPR-nummer", word={"da": "CPR-nummer", "pl": "numer CPR"})
    soup = shown("Bez [[term:cpr|numeru CPR]] nie", "pl")
    assert language_of(by_text(soup, "numeru CPR")) == "pl"
    assert soup.dfn.get_text() == "CPR-nummer"


def test_danes_read_a_term_once_inflected_as_the_sentence_needs_it():
    make_term("cpr", "CPR-nummer")
    assert shown("[[term:cpr|CPR-nummeret]]", "da").dfn.get_text() == "CPR-nummeret"
    assert shown("[[term:cpr]]", "da").dfn.get_text() == "CPR-nummer"
    assert "CPR-nummer " not in shown("[[term:cpr|CPR-nummeret]]", "da").get_text()


def test_a_word_that_is_the_same_in_both_languages_stands_once():
    make_term("mitid", "MitID", word={"da": "MitID", "pl": "MitID"})
    assert shown("[[term:mitid]]", "pl").get_text().count("MitID") == 1


def test_a_meaning_without_a_translation_is_danish_and_marked_as_danish():
    make_term("cpr", "CPR-nummer", meaning={"da": "Dit nummer.", "ru": ""})
    assert language_of(by_text(shown("[[term:cpr]]", "ru"), "Dit nummer.")) == "da"


def test_a_term_without_a_meaning_has_no_button_that_opens_nothing():
    make_term("cpr", "CPR-nummer", meaning={})
    soup = shown("[[term:cpr]]", "pl")
    assert soup.button is None
    assert soup.dfn.get_text() == "CPR-nummer"


def test_every_mention_of_a_page_has_a_button_and_a_meaning_of_its_own():
    make_term("cpr", "CPR-nummer")
    make_term("mitid", "MitID")
    with override("pl"), register.opened():
        html = "".join(cite(text) for text in ["[[term:cpr]] [[term:mitid]]", "[[term:cpr]]", "[[term:cpr]]"])
    soup = BeautifulSoup(html, "html.parser")
    ids = [element["id"] for element in soup.select("[popover]")]
    assert len(set(ids)) == len(ids) == 4
    assert [button["popovertarget"] for button in soup.find_all("button")] == ids


def test_a_term_can_stand_inside_a_paragraph_without_tearing_it_apart():
    import html5lib  # the parser that does what browsers do

    make_term("cpr", "CPR-nummer")
    with override("pl"), register.opened():
        html = cite("<p>Twój [[term:cpr]] jest</p>")
    parsed = BeautifulSoup(html5lib.serialize(html5lib.parse(html), omit_optional_tags=False), "html.parser")
    assert len(parsed.find_all("p")) == 1
    assert parsed.p.find("button") is not None


# Languages inside a Danish paragraph on a Polish page -----------------------------------------------------------------


def test_what_the_site_adds_to_a_danish_paragraph_is_marked_with_its_own_language():
    make_fact("open", "Mo 09:00-15:00", "hours", checked_on=datetime.date(2026, 3, 9), check_again_on=YESTERDAY)
    make_fact("office", "Skattestyrelsen", "text", other_languages={"pl": "Urząd podatkowy"})
    make_fact("page", "https://borger.dk", "link", label={"da": "Om CPR", "pl": "O numerze CPR"})
    make_term("cpr", "CPR-nummer", word={"da": "CPR-nummer", "pl": "numer CPR"}, meaning={"da": "Dit.", "pl": "Twój."})
    soup = shown('<p lang="da">Åbent [[open]] hos [[office]], se [[page]] om [[term:cpr]]</p>', "pl", is_html=True)
    languages = {text: language_of(by_text(soup, text)) for text in words(soup)}
    danish = {"Åbent", "hos", ", se", "om", "(Skattestyrelsen)", "CPR-nummer"}
    assert {text for text, language in languages.items() if language == "da"} == danish
    assert {language for text, language in languages.items() if text not in danish} == {"pl"}


# Escaping -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["da", "pl"])
@pytest.mark.parametrize("kind", ["phone", "email", "address", "link", "text"])
def test_no_value_becomes_markup_whoever_wrote_it_to_the_database(kind, language):
    value = "112" if kind == "phone" else f'">{MARKUP}'
    Fact.objects.create(
        key="fact",
        kind=kind,
        value=value,
        label={"da": MARKUP, "pl": MARKUP},
        checked_on=YESTERDAY,
        check_again_on=datetime.date.today(),
        other_languages={"pl": f"'>{MARKUP}"} if kind in {"link", "text"} else {},
        target_language='"><script>' if kind == "link" else "",
    )
    soup = shown("[[fact]]", language)
    assert soup.find("script") is None
    assert {name for tag in soup.find_all(True) for name in tag.attrs} <= {
        "class",
        "href",
        "hreflang",
        "rel",
        "lang",
        "translate",
    }


@pytest.mark.parametrize("language", ["da", "pl"])
def test_no_word_or_meaning_of_a_term_becomes_markup(language):
    make_term("cpr", MARKUP, word={"da": MARKUP, "pl": f'">{MARKUP}'}, meaning={"da": MARKUP, "pl": MARKUP})
    soup = shown("[[term:cpr]]", language)
    assert soup.find("script") is None
    assert MARKUP in soup.get_text()


@pytest.mark.parametrize("language", ["da", "pl"])
@pytest.mark.parametrize("key", ["cpr", "gone"])
def test_no_label_in_a_token_becomes_markup(key, language):
    make_term("cpr", "CPR-nummer")
    token = f"[[term:{key}|{MARKUP}]]"
    assert shown(token, language).find("script") is None
    assert shown(token, language, is_html=True).find("script") is None


@pytest.mark.parametrize("key", ["cpr", "gone"])
@pytest.mark.parametrize("label", ["employer's number", "Told & Skat", 'den "rigtige"', "a < b"])
def test_a_label_with_signs_reads_as_it_was_typed(label, key):
    make_term("cpr", "CPR-nummer")
    assert label in shown(f"[[term:{key}|{label}]]", "en").get_text()


def test_a_label_in_a_rich_text_reads_as_it_was_typed():
    make_term("cpr", "CPR-nummer")
    assert "Told & Skat" in shown("<p>[[term:cpr|Told &amp; Skat]]</p>", "en", is_html=True).get_text()


def test_a_plain_text_around_a_token_is_escaped():
    make_fact("doctor")
    soup = shown(f"{MARKUP} & [[doctor]]", "da")
    assert soup.find("script") is None
    assert soup.get_text() == f"{MARKUP} & 70 11 31 31"


# In words, for search, descriptions and mails -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "expected"),
    [("da", "Ring 70 11 31 31 inden 5 dage om CPR-nummer"), ("pl", "Ring +45 70 11 31 31 inden 5 dni om CPR-nummer")],
)
def test_in_words_a_text_has_the_values_and_no_markup(language, expected):
    make_fact("doctor")
    make_fact("move", "P5D", "deadline")
    make_term("cpr", "CPR-nummer")
    with override(language):
        assert plain("Ring [[doctor]] inden [[move]] om [[term:cpr]]") == expected


def test_in_words_a_term_has_its_label_and_its_danish_word_so_that_both_are_found():
    make_term("cpr", "CPR-nummer")
    with override("pl"):
        assert plain("[[term:cpr|numeru CPR]]") == "numeru CPR CPR-nummer"


def test_in_words_what_does_not_exist_leaves_nothing():
    assert plain("a [[gone]] [[term:gone]] b").split() == ["a", "b"]
