"""What the Polish reader sees in each state that a translation can be in: the text, its marks, and the notice.

The numbers are those of the states in the design. The background task that carries Danish changes over waits in the
database here and no worker runs, so that each step is seen by itself.
"""

import pytest
from django.contrib.auth.models import User
from django.utils.translation import gettext, override
from wagtail_localize.models import StringTranslation

from portal.texts.states import mark_as_read
from tests.factories import make_fact, translate
from tests.portal.elements import words
from tests.portal.small_site import make_small_site, section
from tests.portal.texts.reader import change, polish, read_guide, stored, translation_of
from tests.snapshots import built_once
from welcome_pages.models import GuidePage

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("waiting_tasks"),
    pytest.mark.storage,
]

POLISH = {
    "Laege": "Lekarz",
    "Kort om lægen.": "Krótko o lekarzu.",
    "Ring først": "Najpierw zadzwoń",
    "Første afsnit.": "Pierwszy akapit.",
    "Ring til [[doctor]].": "Zadzwoń: [[doctor]].",
    "Derefter": "Potem",
    "Gå derhen.": "Idź tam.",
}
BODY = [
    section("<p>Første afsnit.</p><p>Ring til [[doctor]].</p>", "b1", heading="Ring først"),
    section("<p>Gå derhen.</p>", "b2", heading="Derefter"),
]


def body(first="<p>Første afsnit.</p><p>Ring til [[doctor]].</p>"):
    return [section(first, "b1", heading="Ring først"), BODY[1]]


CHANGED = "<p>Første afsnit.</p><p>Ring straks til [[doctor]].</p><p>Nyt afsnit.</p>"


@pytest.fixture
@built_once
def guide():
    """A guide, of which every text is translated to Polish."""
    make_fact("doctor")
    page = make_small_site().guide("laege", *BODY, summary="Kort om lægen.")
    translate(page, "pl", strings=POLISH)
    return page


def is_current(reader):
    return reader.marks == {} and reader.remarks == [] and reader.notices == {}


def say(message):
    with override("pl"):
        return gettext(message)


def test_0_a_finished_translation_has_no_marks_no_remarks_and_no_notice(guide):
    reader = read_guide()
    for text in POLISH.values():
        assert text.partition("[[")[0] in reader
    assert is_current(reader)
    assert (reader.text_language, reader.is_indexed) == ("pl", True)


def test_1_a_danish_draft_changes_nothing(guide):
    page = GuidePage.objects.get(pk=guide.pk)
    page.summary, page.title = "Kladde.", "Kladde"
    page.save_revision()
    reader = read_guide()
    assert "Krótko o lekarzu." in reader
    assert is_current(reader)


def test_2_after_a_danish_change_the_reader_keeps_the_whole_polish_page_with_the_old_part_marked(guide):
    change(guide, body=body(CHANGED))
    reader = read_guide()
    assert reader.marks == {reader.element("Zadzwoń:").get_text(" ", strip=True): "changed"}
    assert reader.element("Zadzwoń:").name == "p"
    assert reader.language_of("Zadzwoń:") == "pl"
    assert "Nyt afsnit." not in reader
    assert list(reader.notices) == ["changed"]
    assert reader.remarks == [say("The Danish text of this part has been changed. It may be out of date.")]
    assert translation_of(guide).get_progress() == (7, 7), "wagtail-localize itself believes that all is well"


def test_2_only_a_new_paragraph_is_told_at_the_top_because_there_is_nothing_to_mark(guide):
    change(guide, body=body("<p>Første afsnit.</p><p>Ring til [[doctor]].</p><p>Nyt afsnit.</p>"))
    reader = read_guide()
    assert reader.marks == {}
    assert list(reader.notices) == ["changed"]


def test_3_re_freezing_the_danish_text_without_publishing_changes_nothing_for_the_reader(guide):
    change(guide, body=body(CHANGED))
    before = read_guide()
    translation_of(guide).source.update_from_db()
    after = read_guide()
    assert translation_of(guide).get_progress() == (8, 6)
    assert (after.marks, after.notices, after.main_text) == (before.marks, before.notices, before.main_text)


def test_4_a_saved_draft_of_the_translation_is_public_at_once_and_its_danish_part_says_so(guide):
    """wagtail-localize writes the live row before it makes the draft."""
    page = change(guide, body=body(CHANGED))
    translation_of(page).source.update_from_db()
    translate(page, "pl", strings={"Nyt afsnit.": "Nowy akapit."}, publish=False, sync=False)
    reader = read_guide()
    assert "Nowy akapit." in reader
    assert reader.marks == {reader.element("Ring straks til").get_text(" ", strip=True): "danish"}
    assert reader.language_of("Ring straks til") == "da"
    assert "Zadzwoń:" not in reader
    assert list(reader.notices) == ["danish"]
    assert reader.remarks == [say("This part has not been translated yet.")]


def test_5_an_unfinished_translation_that_is_published_has_the_new_danish_text_in_place(guide):
    page = change(guide, body=body(CHANGED))
    translate(page, "pl", strings={"Nyt afsnit.": "Nowy akapit."})
    reader = read_guide()
    assert set(reader.marks.values()) == {"danish"}
    assert reader.language_of("Ring straks til") == "da"
    assert reader.language_of("Pierwszy akapit.") == "pl"
    assert (reader.text_language, reader.is_indexed) == ("pl", True)
    assert list(reader.notices) == ["danish"]


def test_6_a_danish_text_on_the_polish_page_that_changes_again_is_marked_as_both(guide):
    page = change(guide, body=body(CHANGED))
    translate(page, "pl", strings={"Nyt afsnit.": "Nowy akapit."})
    change(page, body=body(CHANGED.replace("straks", "nu")))
    reader = read_guide()
    assert set(reader.marks.values()) == {"danish changed"}
    assert reader.language_of("Ring straks til") == "da"
    assert set(reader.notices) == {"changed", "danish"}


def test_7_a_machine_translation_says_that_nobody_has_read_it(guide):
    page = change(guide, body=body(CHANGED))
    machine = {"Ring straks til [[doctor]].": "Zadzwoń zaraz: [[doctor]].", "Nyt afsnit.": "Nowy akapit."}
    translate(page, "pl", strings=machine, kind="machine", tool="DeepL")
    reader = read_guide()
    assert set(reader.marks.values()) == {"machine"}
    assert len(reader.marks) == 2
    assert reader.language_of("Zadzwoń zaraz:") == "pl"
    message = "A machine has translated this page. Nobody has read the translation yet, so it may contain mistakes."
    assert reader.notices == {"machine": say(message)}


def test_7b_the_same_text_in_an_uploaded_file_does_not_make_a_machine_translation_read(guide):
    page = change(guide, body=body(CHANGED))
    machine = {"Ring straks til [[doctor]].": "Zadzwoń zaraz: [[doctor]].", "Nyt afsnit.": "Nowy akapit."}
    translate(page, "pl", strings=machine, kind="machine", tool="DeepL")
    translate(page, "pl", strings=machine, kind="manual")
    assert set(read_guide().marks.values()) == {"machine"}


def test_7c_a_machine_translation_that_a_person_corrects_is_a_persons(guide):
    page = change(guide, body=body("<p>Første afsnit.</p><p>Nyt afsnit.</p>"))
    translate(page, "pl", strings={"Nyt afsnit.": "Nowy ustęp."}, kind="machine", tool="DeepL")
    translate(page, "pl", strings={"Nyt afsnit.": "Nowy akapit."})
    assert is_current(read_guide())


def test_8_a_person_who_has_read_it_takes_the_warning_away_and_the_tool_stays_on_record(guide):
    page = change(guide, body=body("<p>Første afsnit.</p><p>Nyt afsnit.</p>"))
    translate(page, "pl", strings={"Nyt afsnit.": "Nowy akapit."}, kind="machine", tool="DeepL")
    assert list(read_guide().notices) == ["machine"]
    user = User.objects.create_user("tolk")
    assert mark_as_read(polish(page), user) == 1
    assert is_current(read_guide())
    translation = stored(page, "Nyt afsnit.")
    assert (translation.translation_type, translation.tool_name) == ("manual", "DeepL")
    assert translation.last_translated_by == user


def test_9_a_translation_that_is_being_edited_shows_the_old_text_and_does_not_hide_that_the_title_is_old(guide):
    translation = stored(guide, "Gå derhen.")
    translation.data = "Proszę tam iść."
    translation.save()
    change(guide, title="Lægen")
    reader = read_guide()
    assert "Idź tam." in reader
    assert "Proszę tam iść." not in reader
    assert reader.marks == {"Lekarz": "changed"}


def test_9b_republishing_the_polish_page_as_it_is_forgets_nothing(guide):
    translation = stored(guide, "Gå derhen.")
    translation.data = "Proszę tam iść."
    translation.save()
    change(guide, title="Lægen")
    polish(guide).save_revision().publish()
    assert read_guide().marks == {"Lekarz": "changed"}
    change(guide, title="Laege")
    assert is_current(read_guide())


# Back to current ------------------------------------------------------------------------------------------------------


def test_a_new_translation_makes_the_page_current_again(guide):
    page = change(guide, body=body(CHANGED))
    translate(
        page, "pl", strings={"Ring straks til [[doctor]].": "Zadzwoń zaraz: [[doctor]].", "Nyt afsnit.": "Nowy akapit."}
    )
    reader = read_guide()
    assert {"Zadzwoń zaraz:", "Nowy akapit."} <= set(words(reader.soup.main))
    assert is_current(reader)


def test_changing_danish_back_makes_the_page_current_again(guide):
    page = change(guide, body=body(CHANGED), summary="Noget andet.")
    assert read_guide().marks != {}
    change(page, body=body(), summary="Kort om lægen.")
    assert is_current(read_guide())


def test_a_deleted_translation_is_danish_when_the_page_is_published_next(guide):
    StringTranslation.objects.filter(translation_of__data="Gå derhen.").delete()
    assert is_current(read_guide())
    translation_of(guide).save_target(publish=True)
    assert read_guide().marks == {"Gå derhen.": "danish"}
