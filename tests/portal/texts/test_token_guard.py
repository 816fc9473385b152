"""A translation that loses or changes a fact is set aside: readers get Danish, the translator a message."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail_localize.models import StringSegment, StringTranslation

from tests.factories import make_fact, make_term, translate
from tests.portal.elements import words
from tests.portal.small_site import admin_browser, make_small_site, section
from tests.portal.texts.reader import polish, read_guide, stored, translation_of
from tests.snapshots import built_once

pytestmark = pytest.mark.django_db(transaction=True)

DANISH = "Ring til [[doctor]] om [[term:cpr]]."
GOOD = "Zadzwoń: [[doctor]], [[term:cpr|numer CPR]]."
OTHERS = {"Laege": "Lekarz", "Trin": "Krok"}
BAD = {
    "a lost fact": "Zadzwoń, [[term:cpr]].",
    "a lost term": "Zadzwoń: [[doctor]].",
    "both lost": "Zadzwoń do lekarza.",
    "another fact": "Zadzwoń: [[police]], [[term:cpr]].",
    "a translated key": "Zadzwoń: [[lekarz]], [[term:cpr]].",
    "a fact twice": "Zadzwoń: [[doctor]] [[doctor]], [[term:cpr]].",
    "a new fact": "Zadzwoń: [[doctor]] [[police]], [[term:cpr]].",
    "a term as a fact": "Zadzwoń: [[doctor]], [[cpr]].",
    "a changed sign": "Zadzwoń: [[ doctor ]], [[term:cpr]].",
    "a bracket too few": "Zadzwoń: [[doctor], [[term:cpr]].",
    "brackets too many": "Zadzwoń: [[doctor]], [[term:cpr]] [[.",
}
bad_translations = pytest.mark.parametrize("bad", BAD.values(), ids=BAD)


@pytest.fixture
@built_once
def guide():
    """A guide that was submitted for translation; nothing of it is translated yet but title and heading."""
    make_fact("doctor")
    make_fact("police", "114")
    make_term("cpr", "CPR-nummer")
    page = make_small_site().guide("laege", section(f"<p>{DANISH}</p>"))
    translate(page, "pl", strings=OTHERS)
    return page


def by_editor(page, text):
    """Type a translation in the translation editor, and return what the editor shows."""
    segment = StringSegment.objects.get(source=translation_of(page).source, string__data=DANISH)
    url = reverse("wagtail_localize:edit_string_translation", args=[translation_of(page).pk, segment.pk])
    browser = admin_browser()
    response = browser.generic("PUT", url, f"value={text}", content_type="application/x-www-form-urlencoded")
    assert response.status_code in {200, 201}, response.content
    return response.json()


def by_po_file(page, text):
    """Upload a PO file."""
    translation = translation_of(page)
    po = translation.export_po()
    for entry in po:
        entry.msgstr = text if entry.msgid == DANISH else entry.msgstr
    file = SimpleUploadedFile("pl.po", str(po).encode(), content_type="text/x-gettext-translation")
    response = admin_browser().post(reverse("wagtail_localize:upload_pofile", args=[translation.pk]), {"file": file})
    assert response.status_code == 302


def by_code(page, text):
    """Save a translation as a script would."""
    segment = StringSegment.objects.get(source=translation_of(page).source, string__data=DANISH)
    StringTranslation.objects.create(
        translation_of=segment.string,
        context=segment.context,
        locale=translation_of(page).target_locale,
        data=text,
        translation_type="manual",
    )


roads = pytest.mark.parametrize("road", [by_editor, by_po_file, by_code])


@bad_translations
def test_the_translator_is_told_at_once_what_the_danish_text_cites(guide, bad):
    answer = by_editor(guide, bad)
    assert "[[doctor]]" in answer["error"]
    assert "[[term:cpr]]" in answer["error"]


@bad_translations
def test_readers_get_the_danish_text_instead(guide, bad):
    by_code(guide, bad)
    translation_of(guide).save_target(publish=True)
    reader = read_guide()
    assert "Zadzwoń" not in reader
    assert "Ring til" in reader
    assert "+45 70 11 31 31" in reader
    assert reader.marks == {reader.element("Ring til").get_text(" ", strip=True): "danish"}
    assert reader.language_of("Ring til") == "da"


@roads
def test_no_road_leads_around_the_guard(guide, road):
    road(guide, BAD["a lost fact"])
    translation = stored(guide, DANISH)
    assert translation.has_error
    assert "[[doctor]]" in translation.get_error()
    translation_of(guide).save_target(publish=True)
    assert "Zadzwoń" not in read_guide()


@roads
def test_a_good_translation_is_published_whichever_road_it_takes(guide, road):
    road(guide, GOOD)
    translation = stored(guide, DANISH)
    assert (translation.has_error, translation.get_error()) == (False, None)
    translation_of(guide).save_target(publish=True)
    reader = read_guide()
    assert {"Zadzwoń:", "+45 70 11 31 31", "numer CPR"} <= set(words(reader.soup.main))
    assert reader.marks == {}


@pytest.mark.parametrize("correct", [by_editor, by_po_file])
def test_a_corrected_translation_loses_its_error(guide, correct):
    by_code(guide, BAD["a translated key"])
    assert stored(guide, DANISH).has_error
    correct(guide, GOOD)
    assert stored(guide, DANISH).get_error() is None
    translation_of(guide).save_target(publish=True)
    assert {"Zadzwoń:", "+45 70 11 31 31"} <= set(words(read_guide().soup.main))


def test_a_good_translation_that_is_spoiled_later_is_set_aside_again(guide):
    by_editor(guide, GOOD)
    translation = stored(guide, DANISH)
    translation.data = BAD["a lost fact"]
    translation.save()
    assert stored(guide, DANISH).has_error


def test_a_translation_set_aside_does_not_count_as_done(guide):
    by_code(guide, BAD["both lost"])
    total, translated = translation_of(guide).get_progress()
    assert total - translated == 1


def test_a_text_that_cites_nothing_must_not_start_to(guide):
    segment = StringSegment.objects.get(source=translation_of(guide).source, string__data="Trin")
    translation = StringTranslation.objects.get(translation_of=segment.string)
    translation.data = "Krok [[police]]"
    translation.save()
    assert stored(guide, "Trin").has_error


def test_summaries_are_guarded_as_well():
    make_fact("doctor")
    page = make_small_site().guide("laege", summary="Ring [[doctor]]")
    translate(page, "pl", strings={"Ring [[doctor]]": "Zadzwoń"})
    assert stored(page, "Ring [[doctor]]").has_error
    assert polish(page).summary == "Ring [[doctor]]"


def test_html_that_wagtail_localize_refuses_keeps_its_own_message(guide):
    answer = by_editor(guide, "<p>[[doctor]] [[term:cpr]]</p>")
    assert answer["error"]
    assert "[[doctor]]" not in answer["error"]
