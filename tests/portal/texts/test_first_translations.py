"""What the loader writes in one go is what wagtail-localize would have written step by step."""

import pytest
from wagtail.models import Page
from wagtail_localize.models import StringSegment, TemplateSegment, Translation, TranslationLog, TranslationSource

from portal.starter.sources import source_of
from portal.starter.translations import translate
from tests.factories import Tree, add_guide, block, in_language, link
from tests.snapshots import tree

__all__ = ["tree"]


def rows(source: TranslationSource) -> list[tuple[object, ...]]:
    """Return all segments of a source, with their places and texts."""
    texts = StringSegment.objects.filter(source=source).values_list(
        "context__path", "context__field_path", "order", "string__data", "attrs"
    )
    templates = TemplateSegment.objects.filter(source=source).values_list(
        "context__path", "context__field_path", "order", "template__template"
    )
    return sorted(map(str, [*texts, *templates]))


@pytest.fixture
def guide(tree: Tree) -> Page:
    """A Danish guide with links, lists and the same sentence twice, which no other language has."""
    body = [
        block("section", {"heading": "Hvor", "text": f"<p>Se {link(tree.tax)}.</p><ul><li>Pas</li></ul>"}, "b1"),
        block("section", {"heading": "Hvor", "text": "<p>Tag <b>altid</b> pas med.</p>"}, "b2"),
    ]
    guide = add_guide(tree.arrival, "pas", summary="Tag pas med.", body=body)
    Page.objects.filter(translation_key=guide.translation_key).exclude(pk=guide.pk).delete()
    return guide


def strings_of(guide: Page) -> dict[str, str]:
    """Return a translation of every sentence of a guide."""
    segments = StringSegment.objects.filter(source__object_id=guide.translation_key)
    return {text: f"pl: {text}" for text in segments.values_list("string__data", flat=True)}


@pytest.mark.django_db
def test_the_source_of_a_page_is_that_of_wagtail_localize(guide: Page) -> None:
    source = source_of(guide)
    ours = rows(source)
    assert len(ours) > 6
    source.delete()
    theirs, created = TranslationSource.update_or_create_from_instance(guide)
    assert created
    assert ours == rows(theirs)


@pytest.mark.django_db
def test_a_changed_page_keeps_its_source(guide: Page) -> None:
    source = source_of(guide)
    guide.summary = "Tag altid dit pas med."
    assert source_of(guide).pk == source.pk
    assert any("Tag altid dit pas med." in row for row in rows(source))


@pytest.mark.django_db
def test_a_new_translation_is_as_if_a_translator_had_published_it(tree: Tree, guide: Page) -> None:
    source_of(guide)
    polish = tree.locales["pl"]
    assert translate(guide, {polish: strings_of(guide)}) == []
    page = in_language(guide, "pl")
    assert page.live
    assert not page.has_unpublished_changes
    assert page.draft_title == page.title == f"pl: {guide.title}"
    assert page.url_path.endswith("/pas/")
    parent = page.get_parent()
    assert parent.locale == polish
    assert parent.numchild == parent.get_children().count()
    assert page.live_revision == page.latest_revision
    assert TranslationLog.objects.get(locale=polish, source__object_id=guide.translation_key).revision_id
    written = list(page.raw_texts())
    Translation.objects.get(source__object_id=guide.translation_key, target_locale=polish).save_target(publish=True)
    assert list(in_language(guide, "pl").raw_texts()) == written
