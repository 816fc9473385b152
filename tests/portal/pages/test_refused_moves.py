"""Moves that would tear the trees of the languages apart, or break a rule at the new place: refused, and nothing is moved."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext
from wagtail.models import Page
from wagtail_localize.models import Translation

from tests.factories import add_guide, add_page, block, in_language, link
from tests.portal.pages.reading import LANGUAGES
from welcome_pages.models import LocalNotePage, LocalPage, SituationPage

pytestmark = pytest.mark.django_db

TRANSLATION = (
    "“%(page)s” is a translation and stands where its Danish page stands. "
    "Move the Danish page, and all languages follow."
)
SECOND_NOTE = "This municipality already has a note on this guide. Add the text there."


def fresh(page):
    """Return a page as it is in the database now."""
    return type(page).objects.get(pk=page.pk)


def places(page):
    """Return the path of a page in every language."""
    return {language: in_language(page, language).url_path for language in LANGUAGES}


@pytest.fixture
def family(translated):
    """A second life situation, present in every language."""
    page = add_page(translated.guides, SituationPage, "familie")
    for code, locale in translated.locales.items():
        if code != "da":
            page.copy_for_translation(locale, alias=True)
    return page


def refused(page, parent):
    """Move a page, which must be refused, and return the reasons; nothing may have moved."""
    before = places(page)
    with pytest.raises(ValidationError) as refusal:
        fresh(page).move(fresh(parent), pos="last-child")
    assert places(page) == before
    return refusal.value.messages


def refused_in_admin(editor, page, parent, *, in_bulk):
    """Move a page in the admin, which must be refused, and return what the editor is told."""
    before = places(page)
    if in_bulk:
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"]) + f"?id={page.pk}"
        answer = editor.post(address, {"chooser": parent.pk}, follow=True)
    else:
        answer = editor.post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, parent.pk]), follow=True)
    assert answer.status_code == 200
    assert places(page) == before
    return [str(message) for message in answer.context["messages"]]


# Translations ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["pl", "ru"])  # a translation and an alias
def test_a_translation_cannot_be_moved_away_from_its_danish_page(translated, family, language):
    (reason,) = refused(in_language(translated.cpr, language), in_language(family, language))
    assert reason == gettext(TRANSLATION) % {"page": "pl: Cpr nummer" if language == "pl" else "Cpr nummer"}


@pytest.mark.parametrize("in_bulk", [False, True])
def test_the_admin_says_why_a_translation_cannot_be_moved(translated, family, editor, in_bulk):
    page, parent = in_language(translated.cpr, "pl"), in_language(family, "pl")
    (told,) = refused_in_admin(editor, page, parent, in_bulk=in_bulk)
    assert told == gettext(TRANSLATION) % {"page": page.title}


def test_a_page_cannot_be_moved_into_the_tree_of_another_language(translated, family):
    refused(translated.cpr, in_language(family, "pl"))
    refused(in_language(translated.cpr, "pl"), translated.arrival)


def test_a_translation_that_stayed_behind_may_be_moved_to_where_its_danish_page_is(translated):
    new = add_page(translated.guides, SituationPage, "familie")
    fresh(translated.cpr).move(fresh(new), pos="last-child")
    own = new.copy_for_translation(translated.locales["pl"], alias=True)
    in_language(translated.cpr, "pl").move(own, pos="last-child")
    assert in_language(translated.cpr, "pl").get_parent().pk == own.pk


def test_the_order_of_one_language_may_be_its_own(translated):
    page = in_language(translated.tax, "pl")
    page.move(in_language(translated.cpr, "pl"), pos="right")
    assert in_language(translated.tax, "pl").get_prev_sibling().slug == "cpr-nummer"


# Rules at the new place -----------------------------------------------------------------------------------------------


@pytest.fixture
def second_note(translated):
    """Holstebro's note on the guide "CPR", in Danish only."""
    body = [block("section", {"heading": "Her", "text": "<p>Ring.</p>"}, "n2")]
    return add_page(translated.holstebro, LocalNotePage, "note-cpr-holstebro", guide=translated.cpr, body=body)


def test_a_municipality_does_not_get_a_second_note_on_a_guide_by_a_move(translated, second_note):
    (reason,) = refused(translated.note, translated.holstebro)
    assert reason == gettext(SECOND_NOTE)


@pytest.mark.parametrize("in_bulk", [False, True])
def test_the_admin_says_why_a_note_cannot_be_moved(translated, second_note, editor, in_bulk):
    told = refused_in_admin(editor, fresh(translated.note), translated.holstebro, in_bulk=in_bulk)
    assert told == [gettext(SECOND_NOTE)]


def test_two_notes_on_a_guide_cannot_move_together_to_a_third_municipality(translated, second_note, editor):
    third = add_page(translated.home, type(translated.herning), "struer", name="Struer")
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"])
    pages = [fresh(translated.note), fresh(second_note)]
    query = "&".join(f"id={page.pk}" for page in pages)
    answer = editor.post(f"{address}?{query}", {"chooser": third.pk}, follow=True)
    assert len(list(answer.context["messages"])) == 1
    assert [fresh(page).url_path for page in pages] == [page.url_path for page in pages]


def test_a_local_page_cannot_be_moved_away_from_the_local_pages_that_it_links_to(translated):
    text = [block("section", {"heading": "Nabo", "text": f"<p>{link(translated.language_centre)}</p>"}, "b1")]
    page = add_page(translated.herning, LocalPage, "naboer", body=text)
    for code, locale in translated.locales.items():
        if code != "da":
            page.copy_for_translation(locale, alias=True)
    assert len(refused(page, translated.holstebro)) == 1


# All languages or none ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_an_address_that_is_taken_in_one_language_keeps_the_page_where_it_is_in_all(translated, family, language):
    """Polish editors may have a page of their own that no other language has."""
    own = add_guide(family, "midlertidig")
    copy = own.copy_for_translation(translated.locales[language])
    own.delete()
    Page.objects.filter(pk=copy.pk).update(slug="cpr-nummer")
    (reason,) = refused(translated.cpr, family)
    assert "cpr-nummer" in reason
    assert f"({language})" in reason


# Slugs of stopped translations ----------------------------------------------------------------------------------------


def test_a_page_whose_translation_was_stopped_keeps_the_danish_address(translated):
    Translation.objects.filter(source__object_id=translated.cpr.translation_key).update(enabled=False)
    page = in_language(translated.cpr, "pl")
    page.slug = "numer-cpr"
    with pytest.raises(ValidationError) as refusal:
        page.full_clean()
    assert set(refusal.value.message_dict) == {"slug"}
    page.slug = "cpr-nummer"
    page.title = "Numer"
    page.full_clean()
