"""The loaded content: a sound tree, managed translations without a gap, and one structure in all five languages."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import models
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail_localize.models import StringTranslation, Translation, TranslationSource
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments
from wagtail_localize.strings import StringValue, validate_translation_links

from events_calendar.models import LoadedActivity
from portal.facts.models import Fact, GlossaryTerm
from portal.facts.tokens import citations
from portal.municipalities.models import MunicipalityPage
from portal.texts.models import TextState
from tests.welcome_pages.starter_content.shipped import (
    LANGUAGES,
    MUNICIPALITIES,
    activity_files,
    content,
    number_of_pages,
)
from welcome_pages.models import GuidePage, LocalNotePage, LocalPage, StarterRecord
from welcome_pages.starter_content.fields import PageFields

pytestmark = [pytest.mark.starter, pytest.mark.usefixtures("starter_site")]

ALL_LANGUAGES = set(LANGUAGES)


def danish_pages() -> list[Page]:
    """Return the Danish pages, in the order of the tree."""
    return list(Page.objects.filter(locale__language_code="da", depth__gt=1).order_by("path").specific())


def families() -> Iterator[tuple[Page, dict[str, Page]]]:
    """Yield every Danish page with its versions by language."""
    versions: dict[Any, dict[str, Page]] = {}
    for page in Page.objects.filter(depth__gt=1).select_related("locale").specific():
        versions.setdefault(page.translation_key, {})[page.locale.language_code] = page
    for page in danish_pages():
        yield page, versions[page.translation_key]


def html_shape(html: str) -> tuple[Any, ...]:
    """Return what must be alike in all languages: paragraphs, list items, headings, bold words, links, citations."""
    soup = BeautifulSoup(html, "html.parser")
    tags = Counter(tag.name for tag in soup.find_all(True))
    links = Counter((link.get("linktype"), link.get("id")) for link in soup.find_all("a"))
    return tags, links, citations(soup.get_text())


def block_shape(block: dict[str, Any]) -> tuple[Any, ...]:
    value = block["value"]
    if isinstance(value, str):
        return block["type"], block["id"], html_shape(value)
    if not isinstance(value, dict):
        return block["type"], block["id"]
    if "certainty" in value:
        same = (value["label"], value["certainty"], value.get("word"))
        own = [html_shape(value.get(name) or "") for name in ("translation", "meaning", "example", "warning")]
        return block["type"], block["id"], same, own
    if "step" in value:
        same = (value["phase"], value["who"], bool(value["page"]))
        return block["type"], block["id"], same, html_shape(value["step"]), html_shape(value["due"] or "")
    facts = [(item["id"], item["value"]) for item in value.get("facts", [])]
    return block["type"], block["id"], html_shape(value["heading"]), html_shape(value.get("text", "")), facts


def shape(page: Page) -> dict[str, Any]:
    """Return the structure of a page, without its words."""
    found: dict[str, Any] = {}
    for field in page._meta.concrete_fields:
        value = getattr(page, field.attname)
        if isinstance(field, StreamField):
            found[field.name] = [block_shape(block) for block in value.raw_data]
        elif isinstance(field, RichTextField):
            found[field.name] = html_shape(value)
        elif isinstance(field, models.TextField):
            found[field.name] = citations(value or "")
    return found


# The tree -------------------------------------------------------------------------------------------------------------


def test_the_tree_of_pages_is_sound():
    assert [list(problem) for problem in Page.find_problems()] == [[], [], [], [], []]


def test_every_file_became_a_live_page_in_every_language():
    for _danish, versions in families():
        assert set(versions) == ALL_LANGUAGES
        for page in versions.values():
            assert page.live
            assert not page.has_unpublished_changes
            assert page.alias_of_id is None
    assert StarterRecord.objects.exclude(page=None).count() == len(content().pages)
    assert LoadedActivity.objects.exclude(page=None).count() == len(activity_files())
    assert len(danish_pages()) == number_of_pages()


def test_all_languages_have_one_tree():
    for danish, versions in families():
        if danish.depth == 2:
            continue
        parent = danish.get_parent().translation_key
        for page in versions.values():
            assert page.slug == danish.slug
            assert page.get_parent().translation_key == parent


def test_siblings_stand_in_the_same_order_in_every_language():
    for danish, versions in families():
        order = list(danish.get_children().values_list("translation_key", flat=True))
        for page in versions.values():
            assert list(page.get_children().values_list("translation_key", flat=True)) == order, page


def test_all_facts_and_terms_are_loaded():
    assert Fact.objects.count() == len(content().facts)
    assert GlossaryTerm.objects.count() == 150


# Translations ---------------------------------------------------------------------------------------------------------


def test_every_danish_page_is_the_managed_source_of_four_translations():
    keys = {page.translation_key for page in danish_pages()}
    sources = TranslationSource.objects.filter(locale__language_code="da")
    assert {source.object_id for source in sources} == keys
    assert TranslationSource.objects.exclude(locale__language_code="da").count() == 0
    languages = Counter(
        Translation.objects.filter(source__in=sources, enabled=True).values_list(
            "target_locale__language_code", flat=True
        )
    )
    assert languages == dict.fromkeys(LANGUAGES[1:], len(keys))


def test_every_segment_of_every_page_is_translated():
    for translation in Translation.objects.select_related("source", "target_locale"):
        total, translated = translation.get_progress()
        assert 0 < translated == total, f"{translation.source} → {translation.target_locale}: {translated} of {total}"


def test_no_translation_was_set_aside_as_broken():
    broken = StringTranslation.objects.filter(has_error=True) | StringTranslation.objects.exclude(field_error="")
    assert list(broken.values_list("data", "field_error")) == []
    assert set(StringTranslation.objects.values_list("translation_type", flat=True)) == {"manual"}


def test_every_translation_is_what_wagtail_localize_accepts():
    """The loader writes translations in bulk, past the checks that saving one of them makes."""
    for translated in StringTranslation.objects.select_related("translation_of"):
        StringValue.from_translated_html(translated.data)
        validate_translation_links(translated.translation_of.data, translated.data)
        assert citations(translated.data) == citations(translated.translation_of.data)


def test_no_live_text_is_marked_as_danish_machine_made_or_out_of_date():
    states = list(TextState.objects.select_related("page"))
    assert len(states) == 4 * number_of_pages()
    for state in states:
        kinds = {entry[2] for entries in state.built.values() for entry in entries}
        assert (state.parts, state.is_untranslated, kinds) == ({}, False, {"person"}), state.page


def test_the_live_texts_are_those_of_the_files():
    pages = {record.name: record.page for record in StarterRecord.objects.exclude(page=None).select_related("page")}
    ids = {file.reference: pages[file.name].pk for file in content().pages}
    versions = {danish.pk: family for danish, family in families()}
    for file in content().pages:
        catalogues = PageFields(file, ids.__getitem__).catalogues
        for language, catalogue in catalogues.items():
            page = versions[ids[file.reference]][language]
            live = {
                segment.string.data for segment in extract_segments(page) if isinstance(segment, StringSegmentValue)
            }
            written = set(catalogue.strings.values())
            # Each side numbers the links of a text on its own.
            assert {unnumbered(text) for text in live} == {unnumbered(text) for text in written}, (
                f"{file.name} [{language}]"
            )


def unnumbered(text: str) -> str:
    return re.sub(r'<a id="a\d+">', "<a>", text)


# Structure ------------------------------------------------------------------------------------------------------------


def test_all_languages_have_the_same_structure():
    compared = 0
    for danish, versions in families():
        wanted = shape(danish)
        for language, page in versions.items():
            found = shape(page)
            for name in wanted:
                if name in {"related", "featured"}:
                    continue
                assert found[name] == wanted[name], f"{danish.title} [{language}]: {name}"
                compared += bool(wanted[name])
    assert compared > 1000


@pytest.mark.parametrize(
    "html",
    [
        "<p>En.</p>",
        "<ul><li>En.</li></ul>",
        "<p>En.</p><p>To.</p><p>Tre.</p>",
        "<p>En.</p><p><b>To.</b></p>",
        '<p>En.</p><p><a linktype="page" id="1">To</a>.</p>',
        "<p>En.</p><p>[[cpr-deadline]]</p>",
    ],
)
def test_a_difference_in_structure_would_be_noticed(html):
    assert html_shape(html) != html_shape("<p>One.</p><p>Two.</p>")


def test_lists_of_pages_name_the_same_pages_in_every_language():
    keys = dict(Page.objects.values_list("pk", "translation_key"))
    for danish, versions in families():
        for name in ("related", "featured"):
            if hasattr(danish, name):
                wanted = [keys[block["value"]] for block in getattr(danish, name).raw_data]
                assert wanted
                for page in versions.values():
                    assert [keys[block["value"]] for block in getattr(page, name).raw_data] == wanted


# What readers need ----------------------------------------------------------------------------------------------------


def test_every_guide_can_be_found_by_its_key_in_every_language():
    found: dict[str, set[str]] = {}
    for key, language in GuidePage.objects.live().values_list("key", "locale__language_code"):
        found.setdefault(key, set()).add(language)
    assert set(found) == {file.data["key"] for file in content().pages if file.kind == "guide"}
    assert len(found) >= 24
    assert all(languages == ALL_LANGUAGES for languages in found.values())


@pytest.mark.parametrize("slug", MUNICIPALITIES)
def test_every_municipality_has_its_contact_pages_and_notes_in_every_language(slug):
    homes = MunicipalityPage.objects.live().filter(slug=slug)
    assert {home.locale.language_code for home in homes} == ALL_LANGUAGES
    for home in homes:
        assert len(home.main_contact.raw_data) == 1
        assert home.main_contact.raw_data[0]["value"]["facts"]
        assert LocalPage.objects.live().child_of(home).count() >= 3
        assert LocalNotePage.objects.live().child_of(home).count() >= 4


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reader_can_ring_the_doctor_of_the_region_and_no_other_one(client, language):
    response = client.get(f"/{language}/guide/sundhed/laegevagt-og-sygehus/")
    assert response.status_code == 200
    html = response.content.decode()
    assert "tel:+4570113131" in html
    assert "70 11 31 31" in html
    assert not re.search(r"\b1813\b|70 ?11 ?31 ?11", html)


@pytest.mark.parametrize("language", LANGUAGES)
def test_holstebros_guide_to_the_cpr_number_shows_the_note_in_the_language_of_the_reader(client, language):
    html = client.get(f"/{language}/holstebro/guide/ankomst/cpr-nummer/").content.decode()
    note = LocalNotePage.objects.get(slug="note-cpr-nummer", locale__language_code=language, path__startswith=(
        MunicipalityPage.objects.get(slug="holstebro", locale__language_code=language).path
    ))  # fmt: skip
    assert note.title in html
