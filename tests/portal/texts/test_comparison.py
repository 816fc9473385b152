"""What counts as a change of the Danish text: other words in the same place, and nothing else."""

import pytest
from django.contrib.auth.models import User
from wagtail_localize.models import StringTranslation, Translation

from portal.texts.models import TextState
from portal.texts.states import mark_as_read, update_states
from tests.factories import block, make_fact, translate
from tests.portal.small_site import make_small_site, section
from tests.portal.texts.reader import change, polish, read_guide, stored, translation_of
from tests.snapshots import built_once
from welcome_pages.models import GuidePage

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("commits", "waiting_tasks"),
]

ONE, TWO = "<p>Et.</p>", "<p>To.</p>"
POLISH = {"Laege": "Lekarz", "Trin": "Krok", "Et.": "Jeden.", "To.": "Dwa.", "Tre.": "Trzy."}


@pytest.fixture
@built_once
def guide():
    """A guide of two sections, translated to Polish."""
    page = make_small_site().guide("laege", section(ONE + TWO, "b1"), section("<p>Tre.</p>", "b2"))
    translate(page, "pl", strings=POLISH)
    return page


# What is no change ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        TWO + ONE,
        "<p>Nul.</p>" + ONE + TWO,
        ONE + "<p>Imellem.</p>" + TWO,
        ONE + TWO + ONE,
        ONE + ONE + TWO + TWO,
        "<ul><li>Et.</li><li>To.</li></ul>",
        "<p><b>Et.</b></p><p>To.</p>",
    ],
    ids=["moved", "inserted before", "inserted between", "repeated", "all repeated", "made a list", "made bold"],
)
def test_moving_inserting_and_repeating_paragraphs_marks_none_that_still_holds(guide, text):
    change(guide, body=[section(text, "b1"), section("<p>Tre.</p>", "b2")])
    reader = read_guide()
    assert reader.marks == {}
    assert reader.remarks == []


@pytest.mark.parametrize("order", [("b2", "b1"), ("b1", "b2")])
def test_moving_and_inserting_blocks_marks_none_that_still_holds(guide, order):
    blocks = {"b1": section(ONE + TWO, "b1"), "b2": section("<p>Tre.</p>", "b2")}
    new = block("note", "<p>Nyt.</p>", "b3")
    change(guide, body=[new, *(blocks[block_id] for block_id in order)])
    assert read_guide().marks == {}


def test_a_repeated_paragraph_is_translated_once_and_is_current_twice():
    page = make_small_site().guide("laege", section(ONE + TWO + ONE, "b1"))
    translate(page, "pl", strings=POLISH)
    reader = read_guide()
    assert reader.main_text.count("Jeden.") == 2
    assert reader.marks == {}


def test_publishing_the_danish_page_again_as_it_is_changes_nothing(guide):
    before = list(TextState.objects.values_list("built", "parts"))
    change(guide)
    assert list(TextState.objects.values_list("built", "parts")) == before


def test_a_text_that_is_the_same_in_both_languages_is_current_when_somebody_translated_it():
    page = make_small_site().guide("laege", section("<p>Herning</p>", "b1"))
    translate(page, "pl", strings={**POLISH, "Herning": "Herning"})
    assert read_guide().marks == {}


def test_a_text_that_is_the_same_in_both_languages_is_danish_when_nobody_translated_it():
    page = make_small_site().guide("laege", section("<p>Herning</p>", "b1"))
    translate(page, "pl", strings=POLISH)
    assert read_guide().marks == {"Herning": "danish"}


def test_two_danish_sentences_with_one_translation_are_both_current():
    page = make_small_site().guide("laege", section("<p>Ja.</p><p>Jo.</p><p>Javel.</p>", "b1"))
    translate(page, "pl", strings={**POLISH, "Ja.": "Tak.", "Jo.": "Tak.", "Javel.": "Tak."})
    reader = read_guide()
    assert reader.main_text.count("Tak.") == 3
    assert (reader.marks, reader.notices) == ({}, {})
    change(page)
    assert read_guide().notices == {}
    polish(page).save_revision().publish()
    assert read_guide().notices == {}


def test_of_two_danish_sentences_with_one_translation_the_changed_one_is_noticed():
    page = make_small_site().guide("laege", section("<p>Ja.</p><p>Jo.</p>", "b1"))
    translate(page, "pl", strings={**POLISH, "Ja.": "Tak.", "Jo.": "Tak."})
    change(page, body=[section("<p>Ja.</p><p>Nej.</p>", "b1")])
    assert read_guide().marks == {"Tak.": "changed"}


# What is a change -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "marked"),
    [
        ({"title": "Vagtlæge"}, {"Lekarz"}),
        ({"body": [section(ONE + "<p>Nul.</p>", "b1"), section("<p>Tre.</p>", "b2")]}, {"Dwa."}),
        ({"body": [section(ONE + TWO, "b1"), section("<p>Fire.</p>", "b2")]}, {"Trzy."}),
        ({"body": [section(ONE + TWO, "b1", heading="Skridt"), section("<p>Tre.</p>", "b2")]}, {"Krok"}),
        ({"body": [section(ONE, "b1"), section("<p>Tre.</p>", "b2")]}, {"Dwa."}),
        ({"body": [section("<p>Et!</p><p>To!</p>", "b1"), section("<p>Tre.</p>", "b2")]}, {"Jeden.", "Dwa."}),
    ],
    ids=["title", "paragraph", "other block", "heading", "removed paragraph", "two paragraphs"],
)
def test_exactly_the_texts_whose_danish_changed_are_marked(guide, fields, marked):
    change(guide, **fields)
    reader = read_guide()
    assert reader.marks == dict.fromkeys(marked, "changed")
    assert list(reader.notices) == ["changed"]


def test_another_fact_in_the_same_sentence_is_a_change():
    make_fact("doctor")
    make_fact("police", "114")
    page = make_small_site().guide("laege", section("<p>Ring [[doctor]]</p>", "b1"))
    translate(page, "pl", strings={**POLISH, "Ring [[doctor]]": "Zadzwoń [[doctor]]"})
    change(page, body=[section("<p>Ring [[police]]</p>", "b1")])
    reader = read_guide()
    assert set(reader.marks.values()) == {"changed"}
    assert "+45 70 11 31 31" in reader


def test_a_paragraph_that_moved_to_another_block_is_marked_where_it_was(guide):
    change(guide, body=[section(ONE, "b1"), section("<p>Tre.</p>" + TWO, "b2")])
    assert read_guide().marks == {"Dwa.": "changed"}


# Links ----------------------------------------------------------------------------------------------------------------

DANISH_LINKS = '<p>Se <a href="https://a.dk">her</a> og <a href="https://b.dk">der</a>.</p>'
LINKS = 'Se <a id="a1">her</a> og <a id="a2">der</a>.'
SWAPPED = 'Tam <a id="a2">b</a>, potem <a id="a1">a</a>.'


def test_a_translation_that_swaps_two_links_is_current_and_leads_to_the_right_places():
    page = make_small_site().guide("laege", section(DANISH_LINKS, "b1"))
    translate(page, "pl", strings={**POLISH, LINKS: SWAPPED})
    reader = read_guide()
    assert reader.marks == {}
    assert [(link.get_text(), link["href"]) for link in reader.soup.select("section#b1 a")] == [
        ("b", "https://b.dk"),
        ("a", "https://a.dk"),
    ]


def test_a_translation_that_swaps_two_links_is_still_current_after_it_is_published_again():
    page = make_small_site().guide("laege", section(DANISH_LINKS, "b1"))
    translate(page, "pl", strings={**POLISH, LINKS: SWAPPED})
    polish(page).save_revision().publish()
    change(page)
    assert read_guide().marks == {}


def test_a_link_to_another_address_is_no_other_text():
    page = make_small_site().guide("laege", section(DANISH_LINKS, "b1"))
    translate(page, "pl", strings={**POLISH, LINKS: SWAPPED})
    change(page, body=[section(DANISH_LINKS.replace("a.dk", "c.dk"), "b1")])
    assert read_guide().marks == {}


# Typed by hand --------------------------------------------------------------------------------------------------------


@pytest.fixture
def hand_typed(guide):
    """A Polish page whose translation was stopped and whose text a person then typed in the page editor."""
    Translation.objects.update(enabled=False)
    typed = [section("<p>Jeden!</p><p>Dwa.</p>", "b1", "Krok"), section("<p>Trzy.</p>", "b2", "Krok")]
    change(polish(guide), body=typed)
    return guide


def test_a_text_that_was_typed_by_hand_counts_as_current(hand_typed):
    reader = read_guide()
    assert "Jeden!" in reader
    assert reader.marks == {}
    assert reader.notices == {}


def test_a_change_elsewhere_does_not_mark_what_was_typed_by_hand(hand_typed):
    change(hand_typed, title="Vagtlæge")
    assert read_guide().marks == {"Lekarz": "changed"}


def test_any_change_of_its_field_marks_what_was_typed_by_hand(hand_typed):
    change(hand_typed, body=[section(ONE + "<p>Nul.</p>", "b1"), section("<p>Tre.</p>", "b2")])
    assert read_guide().marks == {"Jeden!": "changed", "Dwa.": "changed"}


def test_what_was_typed_by_hand_stays_known_when_the_page_is_published_again(hand_typed):
    page = change(hand_typed, body=[section(ONE + "<p>Nul.</p>", "b1"), section("<p>Tre.</p>", "b2")])
    polish(page).save_revision().publish()
    assert read_guide().marks == {"Jeden!": "changed", "Dwa.": "changed"}


# Aliases --------------------------------------------------------------------------------------------------------------


def test_an_alias_has_no_record_and_follows_the_danish_text():
    site = make_small_site()
    page = site.guide("laege", section(ONE, "b1"))
    page.copy_for_translation(polish(site.home).locale, copy_parents=True, alias=True)
    assert not TextState.objects.exists()
    change(page, title="Vagtlæge")
    assert polish(page).title == "Vagtlæge"
    assert not TextState.objects.exists()


def test_a_translation_that_is_turned_back_into_an_alias_loses_its_record(guide):
    page = polish(guide)
    assert TextState.objects.filter(page=page).exists()
    page.alias_of = GuidePage.objects.get(pk=guide.pk)
    page.save()
    update_states(page)
    assert not TextState.objects.filter(page=page).exists()


def test_a_page_that_never_was_translated_has_no_record():
    page = make_small_site().guide("laege", section(ONE, "b1"))
    change(page, title="Vagtlæge")
    assert not TextState.objects.exists()


def test_the_record_goes_with_its_page(guide):
    polish(guide).delete()
    assert not TextState.objects.exists()


# Read by a person -----------------------------------------------------------------------------------------------------


def machine_translated():
    page = make_small_site().guide("laege", section(ONE + TWO, "b1"))
    translate(page, "pl", strings=POLISH, kind="machine", tool="DeepL")
    return page


def test_marking_as_read_concerns_every_live_machine_text_of_the_page():
    page = machine_translated()
    assert mark_as_read(polish(page), User.objects.create_user("tolk")) == 4
    assert read_guide().marks == {}
    assert not StringTranslation.objects.filter(translation_type="machine").exists()


def test_marking_as_read_does_not_concern_a_machine_text_that_nobody_could_read_yet():
    page = machine_translated()
    page = change(page, body=[section(ONE + "<p>Tre.</p>", "b1")])
    translation_of(page).source.update_from_db()
    po = translation_of(page).export_po()
    for entry in po:
        entry.msgstr = POLISH.get(entry.msgid, entry.msgstr)
    translation_of(page).import_po(po, translation_type="machine", tool_name="DeepL")
    mark_as_read(polish(page), User.objects.create_user("tolk"))
    assert stored(page, "Et.").translation_type == "manual"
    assert stored(page, "Tre.").translation_type == "machine"


def test_marking_as_read_leaves_other_pages_and_languages_alone():
    site = make_small_site(languages=["pl", "ru"])
    page, other = site.guide("laege", section(ONE, "b1")), site.guide("tandlaege", section(ONE, "b1"))
    for each, language in ((page, "pl"), (page, "ru"), (other, "pl")):
        translate(each, language, kind="machine", tool="DeepL")
    mark_as_read(polish(page), User.objects.create_user("tolk"))
    assert read_guide("pl").marks == {}
    assert set(read_guide("ru").marks.values()) == {"machine"}
    assert set(read_guide("pl", "guide/sygdom/tandlaege/").marks.values()) == {"machine"}


def test_marking_as_read_does_not_hide_that_the_danish_text_changed():
    page = machine_translated()
    change(page, body=[section(ONE + "<p>Nul.</p>", "b1")])
    mark_as_read(polish(page), User.objects.create_user("tolk"))
    assert read_guide().marks == {"Dwa.": "changed"}
