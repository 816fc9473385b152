"""The notices at the top of a page: not translated, out of date since when, read by nobody; in the reader's language."""

import datetime
from contextlib import contextmanager
from unittest import mock

import pytest
from django.urls import reverse
from django.utils.translation import gettext, override
from wagtail.models import Locale
from wagtail_localize.models import LocaleSynchronization, StringTranslation

from portal.languages.notices import NEW
from portal.municipalities.models import MunicipalityPage
from portal.texts.models import TextState
from tests.factories import add_page, in_language, make_fact, make_term, publish, translate
from tests.portal.small_site import admin_browser, make_small_site, section
from tests.portal.texts.reader import change, polish, read_guide
from welcome_pages.models import GuidePage, LocalNotePage

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("commits", "waiting_tasks"),
]

NOT_TRANSLATED = "This page has not been translated into your language yet. You are reading the Danish text."
BOTH_DATES = "The Danish text was changed on %(changed)s. This translation is from %(made)s; the marked parts may be out of date."
NEW_TEXT = "The Danish text was changed on %(changed)s. This translation is from %(made)s; something may be missing."
ONE_DATE = "The Danish text was changed on %(changed)s. Something here may be missing or out of date."
OTHERS = ["en", "de", "pl", "ru"]


def say(message, language="pl", **values):
    with override(language):
        return gettext(message) % values


@contextmanager
def on(month, day, hour=12, minute=0):
    """Let it be a moment of 2026 in UTC."""
    moment = datetime.datetime(2026, month, day, hour, minute, tzinfo=datetime.UTC)
    with mock.patch("django.utils.timezone.now", return_value=moment):
        yield


def made(page, *languages, strings=None):
    for language in languages:
        translate(page, language, strings=strings)


# Dates ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "changed", "translated"),
    [
        ("en", "April 9, 2026", "March 3, 2026"),
        ("de", "9. April 2026", "3. März 2026"),
        ("pl", "9 kwietnia 2026", "3 marca 2026"),
        ("ru", "9 апреля 2026\u202fг.", "3 марта 2026\u202fг."),
    ],
)
def test_the_notice_has_both_dates_as_the_reader_writes_them(language, changed, translated):
    page = make_small_site(languages=[language]).guide("laege", section("<p>Et.</p>"))
    with on(3, 3):
        made(page, language)
    with on(4, 9):
        change(page, body=[section("<p>To.</p>")])
    assert read_guide(language).notices == {"changed": say(BOTH_DATES, language, changed=changed, made=translated)}


def outdated_guide():
    """A guide whose Polish translation is from 3 March and whose Danish text changed on 9 April."""
    page = make_small_site().guide("laege", section("<p>Et.</p>"), summary="Kort.")
    with on(3, 3):
        made(page, "pl")
    with on(4, 9):
        return change(page, body=[section("<p>To.</p>")])


APRIL = {"changed": "9 kwietnia 2026", "made": "3 marca 2026"}


def test_publishing_either_page_again_moves_no_date():
    page = outdated_guide()
    with on(5, 1):
        change(page)
    with on(5, 2):
        publish(polish(page))
    assert read_guide().notices == {"changed": say(BOTH_DATES, **APRIL)}


def test_saving_translations_without_changing_them_moves_no_date():
    page = outdated_guide()
    with on(5, 1):
        for translation in StringTranslation.objects.all():
            translation.save()
        publish(polish(page))
    assert read_guide().notices == {"changed": say(BOTH_DATES, **APRIL)}


def test_a_second_change_elsewhere_moves_the_date_of_the_change_only():
    page = outdated_guide()
    with on(6, 1):
        change(page, summary="Længere.")
    assert read_guide().notices == {"changed": say(BOTH_DATES, changed="1 czerwca 2026", made="3 marca 2026")}
    parts = TextState.objects.get(page=polish(page)).parts
    since = {path: entry["since"] for path, entries in parts.items() for entry in entries.values()}
    assert since == {"body.b1.text": "2026-04-09", "summary": "2026-06-01"}


def test_a_part_that_was_current_in_between_is_out_of_date_since_the_last_time():
    page = outdated_guide()
    with on(5, 1):
        page = change(page, body=[section("<p>Et.</p>")])
    assert read_guide().notices == {}
    with on(6, 1):
        change(page, body=[section("<p>To.</p>")])
    assert read_guide().notices == {"changed": say(BOTH_DATES, changed="1 czerwca 2026", made="3 marca 2026")}


def guide_with_new_paragraph():
    """A guide whose Polish translation is from 3 March and whose Danish text got a paragraph more on 9 April."""
    page = make_small_site().guide("laege", section("<p>Et.</p>"))
    with on(3, 3):
        made(page, "pl")
    with on(4, 9):
        return change(page, body=[section("<p>Et.</p><p>To.</p>")])


def test_a_new_danish_paragraph_has_both_dates():
    guide_with_new_paragraph()
    assert read_guide().notices == {"changed": say(NEW_TEXT, **APRIL)}


def test_publishing_either_page_again_does_not_move_the_date_of_a_new_paragraph():
    page = guide_with_new_paragraph()
    with on(5, 1):
        change(page)
    with on(5, 2):
        publish(polish(page))
    assert read_guide().notices == {"changed": say(NEW_TEXT, **APRIL)}


def test_a_further_new_paragraph_moves_the_date_of_the_change():
    page = guide_with_new_paragraph()
    with on(6, 1):
        change(page, body=[section("<p>Et.</p><p>To.</p><p>Tre.</p>")])
    assert read_guide().notices == {"changed": say(NEW_TEXT, changed="1 czerwca 2026", made="3 marca 2026")}


def test_a_state_of_an_older_version_of_the_site_keeps_the_date_of_the_change():
    page = guide_with_new_paragraph()
    state = TextState.objects.get(page=polish(page))
    TextState.objects.filter(pk=state.pk).update(parts={NEW: list(state.parts[NEW]["since"])})
    assert read_guide().notices == {"changed": say(ONE_DATE, changed="9 kwietnia 2026")}
    with on(5, 1):
        change(page)
    assert read_guide().notices == {"changed": say(NEW_TEXT, **APRIL)}


def test_a_danish_text_that_is_out_of_date_has_only_the_date_of_the_change():
    page = make_small_site().guide("laege", section("<p>Et.</p>"))
    with on(3, 3):
        made(page, "pl", strings={"Laege": "Lekarz", "Trin": "Krok"})
    with on(4, 9):
        change(page, body=[section("<p>To.</p>")])
    assert read_guide().notices["changed"] == say(ONE_DATE, changed="9 kwietnia 2026")


@pytest.mark.storage
def test_a_date_is_the_day_in_denmark_and_not_in_greenwich():
    page = make_small_site().guide("laege", section("<p>Et.</p>"), summary="Kort.")
    with on(3, 3, 23, 30):  # 00.30 the next day
        made(page, "pl")
    with on(4, 9, 22, 30):  # 00.30 the next day, in summer
        page = change(page, body=[section("<p>To.</p>")])
    assert read_guide().notices == {"changed": say(BOTH_DATES, changed="10 kwietnia 2026", made="4 marca 2026")}


@pytest.mark.storage
def test_the_date_of_a_new_paragraph_is_the_day_in_denmark_too():
    page = make_small_site().guide("laege", section("<p>Et.</p>"))
    with on(3, 3, 23, 30):
        made(page, "pl")
    with on(4, 9, 22, 30):
        change(page, body=[section("<p>Et.</p><p>To.</p>")])
    assert read_guide().notices == {"changed": say(NEW_TEXT, changed="10 kwietnia 2026", made="4 marca 2026")}


# Not translated -------------------------------------------------------------------------------------------------------


def is_danish_for_all_to_see(reader, language="pl"):
    return (
        reader.notices == {"danish": say(NOT_TRANSLATED, language)}
        and reader.text_language == "da"
        and reader.page_language == language
        and not reader.is_indexed
        and reader.alternates == {}
    )


@pytest.mark.parametrize("language", OTHERS)
def test_an_alias_says_in_the_readers_language_that_the_text_is_danish(language):
    site = make_small_site(languages=[language])
    page = site.guide("laege", section("<p>Et.</p>"))
    page.copy_for_translation(in_language(site.home, language).locale, copy_parents=True, alias=True)
    assert is_danish_for_all_to_see(read_guide(language), language)


def submit(page, language):
    """Press "Translate this page" for a language in the admin."""
    url = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    response = admin_browser().post(url, {"locales": [Locale.objects.get(language_code=language).pk]})
    assert response.status_code == 302


def test_pressing_translate_on_an_alias_does_not_pass_danish_text_off_as_polish():
    """It stops being an alias at once, and is public, before anybody has translated a word."""
    site = make_small_site()
    page = site.guide("laege", section("<p>Et.</p>"))
    page.copy_for_translation(polish(site.home).locale, copy_parents=True, alias=True)
    submit(page, "pl")
    assert polish(page).alias_of_id is None
    assert polish(page).live
    assert TextState.objects.get(page=polish(page)).is_untranslated
    reader = read_guide()
    assert is_danish_for_all_to_see(reader)
    assert "Et." in reader


def test_a_danish_change_does_not_make_such_a_page_look_translated():
    site = make_small_site()
    page = site.guide("laege", section("<p>Et.</p>"))
    page.copy_for_translation(polish(site.home).locale, copy_parents=True, alias=True)
    submit(page, "pl")
    change(page, body=[section("<p>To.</p>")], title="Vagtlæge")
    assert is_danish_for_all_to_see(read_guide())


def test_the_first_translated_text_makes_the_page_polish_and_marks_the_rest():
    site = make_small_site()
    page = site.guide("laege", section("<p>Et.</p>"))
    page.copy_for_translation(polish(site.home).locale, copy_parents=True, alias=True)
    submit(page, "pl")
    translate(page, "pl", strings={"Laege": "Lekarz"})
    reader = read_guide()
    assert (reader.text_language, reader.is_indexed) == ("pl", True)
    assert reader.marks == {"Trin": "danish", "Et.": "danish"}
    assert {reader.language_of(text) for text in ("Trin", "Et.")} == {"da"}
    assert list(reader.notices) == ["danish"]


def test_the_danish_page_names_no_language_that_only_shows_danish_text():
    site = make_small_site()
    page = site.guide("laege", section("<p>Et.</p>"))
    page.copy_for_translation(polish(site.home).locale, copy_parents=True, alias=True)
    submit(page, "pl")
    assert set(read_guide("da").alternates) == {"da", "x-default"}
    translate(page, "pl")
    assert set(read_guide("da").alternates) == {"da", "pl", "x-default"}


def test_the_danish_reader_is_told_nothing():
    page = make_small_site().guide("laege", section("<p>Et.</p>"))
    made(page, "pl")
    change(page, body=[section("<p>To.</p>")])
    reader = read_guide("da")
    assert (reader.notices, reader.marks, reader.remarks) == ({}, {}, [])


def test_a_page_that_follows_danish_by_itself_says_that_it_is_danish():
    """The everyday case: a language follows Danish, and each guide appears there as an alias."""
    site = make_small_site()
    page = site.guide("laege", section("<p>Et.</p>"))
    LocaleSynchronization.objects.create(locale=polish(site.home).locale, sync_from=site.home.locale)
    assert polish(page).alias_of_id == page.pk
    assert is_danish_for_all_to_see(read_guide())


# Parts of a page ------------------------------------------------------------------------------------------------------


def test_each_marked_part_has_its_remark_with_the_way_to_the_danish_text():
    page = make_small_site().guide("laege", section("<p>Et.</p>", "b1"), section("<p>To.</p>", "b2"))
    made(page, "pl")
    change(page, body=[section("<p>Et!</p>", "b1"), section("<p>To.</p>", "b2")])
    reader = read_guide()
    (remark,) = reader.soup.select("main .remark")
    assert remark.find_parent("section")["id"] == "b1"
    assert remark["lang"] == "pl"
    link = remark.a
    assert (link["hreflang"], link["lang"]) == ("da", "da")
    assert link["href"].startswith("/da/guide/sygdom/laege/")


@pytest.mark.parametrize("language", OTHERS)
def test_a_danish_paragraph_is_danish_for_a_screen_reader_and_its_neighbours_are_not(language):
    page = make_small_site(languages=[language]).guide("laege", section("<p>Et.</p><p>To.</p>"))
    made(page, language, strings={"Laege": "X", "Trin": "Y", "Et.": "Z."})
    reader = read_guide(language)
    assert (reader.language_of("Z."), reader.language_of("To.")) == (language, "da")
    assert reader.element("To.").name == "p"
    assert reader.remarks == [say("This part has not been translated yet.", language)]


def test_a_danish_part_of_a_longer_list_is_marked_alone():
    page = make_small_site().guide("laege", section("<ul><li>Et.</li><li>To.<ul><li>Tre.</li></ul></li></ul>"))
    made(page, "pl", strings={"Laege": "L", "Trin": "K", "Et.": "Jeden.", "Tre.": "Trzy."})
    reader = read_guide()
    assert {text: reader.language_of(text) for text in ("Jeden.", "To.", "Trzy.")} == {
        "Jeden.": "pl",
        "To.": "da",
        "Trzy.": "pl",
    }


def test_every_kind_of_text_of_a_guide_can_be_marked():
    page = make_small_site().guide(
        "laege",
        section("<p>Et.</p>", heading="Overskrift"),
        summary="Kort.",
        what_to_bring="<p>Pas.</p>",
        how_it_goes="<p>Ring.</p>",
        what_happens_next="<p>Vent.</p>",
        is_procedure=True,
    )
    made(page, "pl", strings={"Laege": "Lekarz"})
    reader = read_guide()
    danish = ["Overskrift", "Et.", "Kort.", "Pas.", "Ring.", "Vent."]
    assert reader.marks == dict.fromkeys(danish, "danish")
    assert {reader.language_of(text) for text in danish} == {"da"}
    assert GuidePage.objects.filter(pk=polish(page).pk, title="Lekarz").exists()


def test_what_the_site_adds_to_a_danish_paragraph_is_in_the_readers_language_and_marked_so():
    make_fact(
        "move", "P5D", "deadline", checked_on=datetime.date(2026, 3, 9), check_again_on=datetime.date(2026, 3, 10)
    )
    make_term("cpr", "CPR-nummer", word={"da": "CPR-nummer", "pl": "numer CPR"}, meaning={"da": "Dit.", "pl": "Twój."})
    page = make_small_site().guide("laege", section("<p>Flyt inden [[move]] med [[term:cpr]].</p>"))
    made(page, "pl", strings={"Laege": "Lekarz", "Trin": "Krok"})
    reader = read_guide()
    expected = {"Flyt inden": "da", "CPR-nummer": "da"}
    expected |= dict.fromkeys(["5 dni", "9 marca 2026", "numer CPR", "Twój."], "pl")
    assert {text: reader.language_of(text) for text in expected} == expected


@pytest.mark.parametrize("language", ["da", "pl"])
def test_a_note_of_a_municipality_has_marks_of_its_own(language):
    site = make_small_site()
    guide = site.guide("laege", section("<p>Et.</p>"))
    herning = add_page(site.home, MunicipalityPage, "herning", name="Herning")
    note = add_page(herning, LocalNotePage, "note", guide=guide, body=[section("<p>Her.</p><p>Der.</p>", "n1")])
    for page in (guide, herning, note):
        made(page, "pl")
    change(note, body=[section("<p>Her.</p><p>Hist.</p>", "n1")])
    reader = read_guide(language, "herning/guide/sygdom/laege/")
    assert reader.marks == ({"pl: Der.": "changed"} if language == "pl" else {})
    assert len(reader.remarks) == (1 if language == "pl" else 0)
