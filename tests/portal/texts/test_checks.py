"""The system checks that stand in for the memory of the team: each finds its mistake and says what to do."""

import pytest
from django.core.checks import Tags, run_checks
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from wagtail import blocks
from wagtail.models import Locale
from wagtail_localize.fields import SynchronizedField, TranslatableField
from wagtail_localize.models import LocaleSynchronization

from portal.pages.base import BasePage
from portal.pages.home import HomePage
from tests.portal.small_site import make_small_site
from welcome_pages.models import GuidePage, LocalPage

OTHERS = ["en", "de", "pl", "ru"]
"""The languages that follow Danish."""


def found(check_id, tag):
    """Return what a check says when all checks with a tag run, as `manage.py check` runs them."""
    messages = run_checks(tags=[tag], databases=["default"])
    return [message for message in messages if message.id == check_id]


@pytest.mark.django_db
def test_the_project_itself_has_none_of_these_mistakes():
    make_small_site(languages=OTHERS)
    ours = [message for message in run_checks(databases=["default"]) if str(message.id).startswith("portal.")]
    assert ours == []


# portal.E001: one slug in all languages -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "rules",
    [
        [],
        [TranslatableField("slug")],
        [SynchronizedField("slug")],
        [rule for rule in BasePage.override_translatable_fields if rule.field_name != "slug"],
    ],
    ids=["replaced by nothing", "translated", "can be overridden", "all but the slug"],
)
def test_a_page_type_that_translates_its_slug_is_an_error(monkeypatch, rules):
    monkeypatch.setattr(GuidePage, "override_translatable_fields", rules)
    (error,) = found("portal.E001", Tags.models)
    assert error.obj is GuidePage
    assert "welcome_pages.GuidePage" in error.msg
    assert "override_translatable_fields" in error.hint


def test_every_page_type_that_translates_its_slug_is_named(monkeypatch):
    for model in (GuidePage, LocalPage):
        monkeypatch.setattr(model, "override_translatable_fields", [])
    assert {error.obj for error in found("portal.E001", Tags.models)} == {GuidePage, LocalPage}


# portal.E002: shapes that wagtail-localize loses ----------------------------------------------------------------------


class Opening(blocks.StructBlock):
    """A struct with a list in it."""

    times = blocks.ListBlock(blocks.CharBlock())


class Place(blocks.StructBlock):
    """A struct with that struct in it: its list is lost."""

    opening = Opening()


def test_a_list_inside_two_structs_is_an_error_that_names_model_field_and_place(monkeypatch):
    field = GuidePage._meta.get_field("body")
    monkeypatch.setattr(field, "stream_block", blocks.StreamBlock([("place", Place()), ("opening", Opening())]))
    (error,) = found("portal.E002", Tags.models)
    assert "welcome_pages.GuidePage.body" in error.msg
    assert "place.opening.times" in error.msg
    assert "StreamBlock" in error.hint
    assert error.obj is GuidePage


def test_a_list_inside_one_struct_is_none(monkeypatch):
    field = GuidePage._meta.get_field("body")
    monkeypatch.setattr(field, "stream_block", blocks.StreamBlock([("opening", Opening())]))
    assert found("portal.E002", Tags.models) == []


# portal.E003: a language without a home page --------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_language_without_a_home_page_is_an_error_that_names_it():
    make_small_site(languages=OTHERS[:-1])
    (error,) = found("portal.E003", Tags.database)
    assert "ru" in error.msg.split()
    assert "load_starter_content" in error.hint


@pytest.mark.django_db
def test_a_language_whose_home_page_is_a_draft_is_an_error():
    make_small_site(languages=OTHERS)
    HomePage.objects.get(locale__language_code="pl").unpublish()
    (error,) = found("portal.E003", Tags.database)
    assert "pl" in error.msg.split()


@pytest.mark.django_db
def test_a_home_page_that_stands_too_deep_is_no_home_page():
    site = make_small_site(languages=OTHERS[:-1])
    locale = Locale.objects.create(language_code="ru")
    site.home.add_child(
        instance=HomePage(title="Главная", slug="glavnaja", locale=locale, content_owner="x", live=True)
    )
    assert ["ru" in error.msg.split() for error in found("portal.E003", Tags.database)] == [True]


@pytest.mark.django_db
def test_a_database_without_any_content_is_no_error():
    assert HomePage.objects.count() == 0
    assert found("portal.E003", Tags.database) == []


# portal.E004: a language that does not follow Danish ------------------------------------------------------------------


@pytest.mark.django_db
def test_a_language_that_follows_another_than_danish_is_an_error_that_names_both():
    site = make_small_site(languages=["pl", "ru"])
    polish, russian = (Locale.objects.get(language_code=code) for code in ("pl", "ru"))
    LocaleSynchronization.objects.create(locale=polish, sync_from=site.home.locale)
    assert found("portal.E004", Tags.database) == []
    LocaleSynchronization.objects.create(locale=russian, sync_from=polish)
    (error,) = found("portal.E004", Tags.database)
    assert {"ru", "pl."} <= set(error.msg.split())
    assert "Danish" in error.hint


# How the checks run ---------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_checks_of_the_content_run_only_when_the_database_is_asked_for():
    make_small_site()
    Locale.objects.create(language_code="ru")
    assert not any(message.id == "portal.E003" for message in run_checks())
    with pytest.raises(SystemCheckError, match=r"portal\.E003"):
        call_command("check", databases=["default"])


@pytest.mark.django_db(transaction=True)
@pytest.mark.storage
def test_a_database_that_is_not_migrated_yet_is_no_error():
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE portal_homepage RENAME TO portal_homepage_away")
    try:
        assert found("portal.E003", Tags.database) == []
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE portal_homepage_away RENAME TO portal_homepage")
