"""The system checks: rules that the team would otherwise have to remember."""

import pytest
from django.core import checks
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from wagtail import blocks
from wagtail.images.blocks import ImageBlock
from wagtail.models import Page, get_page_models
from wagtail_localize.fields import SynchronizedField, TranslatableField
from wagtail_localize.models import LocaleSynchronization

from portal.checks import lost_blocks
from portal.pages.base import BasePage
from tests.factories import LANGUAGES, build_tree, in_language
from welcome_pages.models import InformationPage

pytestmark = pytest.mark.django_db


def found(tag: str) -> dict[str, str]:
    """Return what the checks of a kind have to say about this project, by the id of the message."""
    messages = checks.run_checks(tags=[tag], databases=["default"])
    return {message.id: message.msg for message in messages if message.id.startswith("portal.")}


def test_the_project_passes_its_own_checks(tree):
    assert found(checks.Tags.models) == {}
    assert found(checks.Tags.database) == {}


def test_a_page_model_that_forgets_the_common_slug_is_reported(monkeypatch):
    monkeypatch.setattr(InformationPage, "override_translatable_fields", [SynchronizedField("content_owner")])
    assert "InformationPage" in found(checks.Tags.models)["portal.E001"]


@pytest.mark.parametrize("rule", [TranslatableField("slug"), SynchronizedField("slug", overridable=True)])
def test_a_slug_that_translators_may_change_is_reported(monkeypatch, rule):
    monkeypatch.setattr(InformationPage, "override_translatable_fields", [rule])
    assert "portal.E001" in found(checks.Tags.models)


def test_every_page_model_of_the_project_is_checked():
    ours = [model for model in get_page_models() if model is not Page and model.__module__.split(".")[0] != "wagtail"]
    assert len(ours) >= 7
    assert all(issubclass(model, BasePage) for model in ours)


def test_a_stream_that_translators_would_not_see_whole_is_reported(monkeypatch):
    inner = blocks.StructBlock([("items", blocks.ListBlock(blocks.CharBlock()))])
    stream = InformationPage._meta.get_field("body").stream_block
    monkeypatch.setitem(stream.child_blocks, "deep", blocks.StructBlock([("inner", inner)]))
    assert "deep.inner.items" in found(checks.Tags.models)["portal.E002"]


@pytest.mark.parametrize("lost", [blocks.ListBlock(blocks.CharBlock()), ImageBlock()])
def test_lists_and_images_are_lost_two_structs_deep_and_no_sooner(lost):
    one = blocks.StructBlock([("lost", lost)])
    two = blocks.StructBlock([("one", one)])
    assert list(lost_blocks(blocks.StreamBlock([("first", one)]))) == []
    assert list(lost_blocks(blocks.StreamBlock([("first", two)]))) == ["first.one.lost"]
    stream_between = blocks.StructBlock([("stream", blocks.StreamBlock([("one", one)]))])
    assert list(lost_blocks(blocks.StreamBlock([("first", stream_between)]))) == []


def test_a_language_without_a_published_home_page_is_reported(tree):
    in_language(tree.home, "pl").unpublish()
    assert "pl" in found(checks.Tags.database)["portal.E003"]


def test_a_site_whose_home_pages_are_all_drafts_names_every_language(tree):
    for language in LANGUAGES:
        in_language(tree.home, language).unpublish()
    reported = checks.run_checks(tags=[checks.Tags.database], databases=["default"])
    assert [message.id for message in reported] == ["portal.E003"] * len(LANGUAGES)
    for language, message in zip(LANGUAGES, reported, strict=True):
        assert f"The language {language} " in message.msg


def test_a_language_of_the_settings_without_any_page_is_reported(tree, settings):
    settings.LANGUAGES = [*settings.LANGUAGES, ("uk", "Ukrainian")]
    assert "uk" in found(checks.Tags.database)["portal.E003"]


def test_a_language_that_follows_another_than_danish_is_reported(tree):
    """An alias of an alias would claim to be in the language between."""
    LocaleSynchronization.objects.filter(locale=tree.locales["pl"]).update(sync_from=tree.locales["en"])
    assert "pl" in found(checks.Tags.database)["portal.E004"]


def test_an_empty_site_is_no_error(db):
    assert found(checks.Tags.database) == {}


def test_a_site_of_one_language_so_far_names_those_that_lack(commits):
    tree = build_tree(aliases=False)
    in_language(tree.home, "ru").delete()
    assert "ru" in found(checks.Tags.database)["portal.E003"]


def test_the_check_stops_the_command_that_deploys(tree):
    in_language(tree.home, "pl").unpublish()
    with pytest.raises(SystemCheckError, match="E003"):
        call_command("check", databases=["default"])
