"""A Danish change that needs no translating reaches every language by itself; one that does leaves the texts alone."""

import logging

import pytest
from django.db import transaction
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from portal.texts.flow import flow_to_translations
from portal.texts.models import TextState
from tests.factories import AUTHORITY, block, in_language, make_fact, publish, translate
from tests.portal.small_site import make_small_site, section
from tests.portal.texts.reader import change, polish, read_guide, stored, translation_of
from tests.snapshots import built_once
from welcome_pages.models import GuidePage

pytestmark = pytest.mark.django_db(transaction=True)

LANGUAGES = ["pl", "ru"]
LINK = '<p>Se <a href="https://gammel.dk">her</a>.</p>'
BODY = [section("<p>Et.</p><p>To.</p>", "b1"), section("<p>Tre.</p>", "b2"), block("note", LINK, "b3")]


@pytest.fixture
@built_once
def site():
    return make_small_site(languages=LANGUAGES)


@pytest.fixture
@built_once
def guide(site):
    """A guide in Danish, Polish and Russian."""
    make_fact("move", "P5D", "deadline")
    page = site.guide("laege", *BODY, summary="Kort.")
    for language in LANGUAGES:
        translate(page, language)
    return page


def is_current(reader):
    return reader.marks == {} and reader.notices == {}


# What needs no translating --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_another_order_of_blocks_reaches_every_language(guide, language):
    change(guide, body=[BODY[1], BODY[2], BODY[0]])
    reader = read_guide(language)
    assert [tag["id"] for tag in reader.soup.main.find_all(id=["b1", "b2", "b3"])] == ["b2", "b3", "b1"]
    assert f"{language}: Tre." in reader
    assert is_current(reader)


@pytest.mark.parametrize("language", LANGUAGES)
def test_another_order_of_paragraphs_reaches_every_language(guide, language):
    change(guide, body=[section("<p>To.</p><p>Et.</p>", "b1"), *BODY[1:]])
    text = read_guide(language).main_text
    assert text.index(f"{language}: To.") < text.index(f"{language}: Et.")


@pytest.mark.parametrize("language", LANGUAGES)
def test_another_target_of_a_link_reaches_every_language(guide, language):
    change(guide, body=[*BODY[:2], block("note", LINK.replace("gammel", "ny"), "b3")])
    reader = read_guide(language)
    assert reader.soup.find(id="b3").a["href"] == "https://ny.dk"
    assert is_current(reader)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("body", "gone"),
    [([section("<p>Et.</p>", "b1"), *BODY[1:]], "To."), ([BODY[0], BODY[2]], "Tre.")],
    ids=["paragraph", "block"],
)
def test_a_removed_text_disappears_from_every_language(guide, language, body, gone):
    assert gone in read_guide(language)
    change(guide, body=body)
    reader = read_guide(language)
    assert gone not in reader
    assert is_current(reader)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_synchronised_field_reaches_every_language(guide, language):
    fields = {"content_owner": "Jobcenter", "audiences": ["nordic"], "deadlines": [block("fact", "move", "f1")]}
    change(guide, **fields)
    page = in_language(guide, language)
    assert (page.content_owner, page.audiences) == ("Jobcenter", ["nordic"])
    assert list(page.cited_facts()) == ["move", AUTHORITY]
    assert is_current(read_guide(language))


def test_another_fact_in_a_card_reaches_every_language(site):
    def card(key):
        return block("contact", {"heading": "Kontakt", "facts": [{"type": "item", "value": key, "id": "i1"}]}, "b1")

    make_fact("doctor")
    make_fact("police", "114")
    page = site.guide("laege", card("doctor"))
    translate(page, "pl")
    change(page, body=[card("police")])
    reader = read_guide()
    assert reader.soup.find(id="b1").a["href"] == "tel:114"
    assert is_current(reader)


def test_several_changes_at_once_arrive_together(guide):
    body = [block("note", LINK.replace("gammel", "ny"), "b3"), section("<p>To.</p>", "b1")]
    change(guide, body=body, content_owner="Jobcenter")
    reader = read_guide()
    assert [tag["id"] for tag in reader.soup.main.find_all(id=["b1", "b2", "b3"])] == ["b3", "b1"]
    assert reader.soup.find(id="b3").a["href"] == "https://ny.dk"
    assert polish(guide).content_owner == "Jobcenter"


def test_the_flow_does_not_make_a_translation_look_newer_than_it_is(guide):
    StringTranslation.objects.update(updated_at="2026-01-05T12:00:00Z")
    publish(polish(guide))
    built = TextState.objects.get(page=polish(guide)).built
    change(guide, body=[BODY[1], BODY[0], BODY[2]])
    after = TextState.objects.get(page=polish(guide)).built
    assert after == built


# What needs translating -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_change_that_needs_translating_leaves_the_page_and_marks_it(guide, language):
    revision = in_language(guide, language).latest_revision_id
    change(guide, body=[section("<p>Et.</p><p>Nul.</p>", "b1"), *BODY[1:]])
    reader = read_guide(language)
    assert reader.marks == {f"{language}: To.": "changed"}
    assert list(reader.notices) == ["changed"]
    assert in_language(guide, language).latest_revision_id == revision, "there was nothing to carry over"


def test_only_the_language_that_lacks_something_stays_behind(guide):
    page = change(guide, body=[section("<p>Et.</p><p>Nul.</p>", "b1"), *BODY[1:]])
    translate(page, "ru")
    change(page, body=[BODY[1], section("<p>Et.</p><p>Nul.</p>", "b1"), BODY[2]])
    assert "ru: Nul." in read_guide("ru")
    assert "pl: To." in read_guide("pl")
    assert read_guide("ru").marks == {}
    assert set(read_guide("pl").marks.values()) == {"changed"}


def test_a_translation_that_was_set_aside_counts_as_lacking(guide):
    translation = stored(guide, "To.")
    translation.data = "pl: To. [[move]]"
    translation.save()
    change(guide, body=[BODY[1], BODY[0], BODY[2]])
    assert "pl: To." in read_guide("pl")
    assert "[[" not in read_guide("pl").main_text


# Texts that nobody has published --------------------------------------------------------------------------------------


def test_a_text_that_a_translator_saved_but_nobody_published_stays_private(guide):
    """Editors may save translations of pages that they may not publish."""
    translation = stored(guide, "To.")
    translation.data = "Dwa?!"
    translation.save()
    change(guide, content_owner="Jobcenter")
    assert "Dwa?!" not in read_guide()
    assert "pl: To." in read_guide()


def test_a_machine_translation_that_nobody_published_stays_private(guide):
    page = change(guide, body=[section("<p>Et.</p><p>Nul.</p>", "b1"), *BODY[1:]])
    translation_of(page).source.update_from_db()
    po = translation_of(page).export_po()
    for entry in po:
        entry.msgstr = entry.msgstr or "Zero"
    translation_of(page).import_po(po, translation_type="machine", tool_name="DeepL")
    change(page, content_owner="Jobcenter")
    assert "Zero" not in read_guide()
    assert set(read_guide().marks.values()) == {"changed"}


def test_once_it_is_published_the_danish_changes_flow_again(guide):
    translation = stored(guide, "To.")
    translation.data = "Dwa?!"
    translation.save()
    page = change(guide, content_owner="Jobcenter")
    translation_of(page).save_target(publish=True)
    change(page, content_owner="Borgerservice")
    assert "Dwa?!" in read_guide()
    assert polish(page).content_owner == "Borgerservice"


# What the flow leaves alone -------------------------------------------------------------------------------------------


def test_a_translation_that_was_stopped_goes_its_own_way(guide):
    Translation.objects.filter(target_locale__language_code="pl").update(enabled=False)
    change(guide, content_owner="Jobcenter")
    assert polish(guide).content_owner == "Borgerservice"
    assert in_language(guide, "ru").content_owner == "Jobcenter"


def test_a_translation_that_is_not_public_is_not_made_public(guide):
    polish(guide).unpublish()
    change(guide, content_owner="Jobcenter")
    assert not polish(guide).live


def test_publishing_a_translation_does_not_touch_the_danish_page_or_other_languages(guide):
    before = {page.pk: page.latest_revision_id for page in Page.objects.all()}
    publish(polish(guide))
    after = {page.pk: page.latest_revision_id for page in Page.objects.all()}
    assert {pk for pk in before if before[pk] != after[pk]} == {polish(guide).pk}


@pytest.mark.usefixtures("waiting_tasks")
def test_a_page_without_translations_asks_for_nothing(site):
    page = site.guide("tandlaege", section("<p>x</p>"))
    change(page, title="Tandlæge")
    assert not DBTaskResult.objects.exists()


def test_a_danish_page_that_was_unpublished_meanwhile_flows_nowhere(guide):
    page = GuidePage.objects.get(pk=guide.pk)
    GuidePage.objects.filter(pk=guide.pk).update(live=False, content_owner="Jobcenter")
    assert flow_to_translations.call(page.pk) == []
    assert polish(guide).content_owner == "Borgerservice"


def test_a_language_whose_page_is_gone_does_not_hold_up_the_others(guide, caplog):
    polish(guide).delete()
    Translation.objects.update(enabled=True)
    with caplog.at_level(logging.ERROR):
        change(guide, content_owner="Jobcenter")
    assert in_language(guide, "ru").content_owner == "Jobcenter"
    assert f"The translation of page {guide.pk} to pl could not be updated." in caplog.text


def test_a_language_that_cannot_be_published_does_not_hold_up_the_others_and_is_logged(site, guide, caplog):
    other = site.guide("tandlaege")
    translate(other, "pl")
    GuidePage.objects.filter(pk=polish(other).pk).update(key=guide.key)
    with caplog.at_level(logging.ERROR):
        change(guide, content_owner="Jobcenter")
    assert in_language(guide, "ru").content_owner == "Jobcenter"
    assert polish(guide).content_owner == "Borgerservice"
    assert f"The translation of page {guide.pk} to pl could not be updated." in caplog.text


# Transactions ---------------------------------------------------------------------------------------------------------


def test_a_publication_inside_a_transaction_flows_when_that_is_committed(guide):
    with transaction.atomic():
        change(guide, content_owner="Jobcenter")
        assert polish(guide).content_owner == "Borgerservice"
    assert polish(guide).content_owner == "Jobcenter"


class UndoneError(Exception):
    pass


def publish_and_undo(page):
    with transaction.atomic():
        change(page, content_owner="Jobcenter", title="Vagtlæge")
        raise UndoneError


def test_a_publication_that_is_undone_leaves_no_trace(guide):
    frozen = TranslationSource.objects.get(object_id=guide.translation_key).content_json
    with pytest.raises(UndoneError):
        publish_and_undo(guide)
    assert polish(guide).content_owner == "Borgerservice"
    assert is_current(read_guide())
    assert TranslationSource.objects.get(object_id=guide.translation_key).content_json == frozen
