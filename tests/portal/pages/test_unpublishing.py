"""What Danish withdraws is withdrawn everywhere: a wrong phone number must not survive in Polish."""

import datetime

import pytest
from django.core.management import call_command
from django.db.models import ProtectedError
from django.utils import timezone

from tests.factories import in_language, publish, translate
from tests.portal.pages.reading import CPR, LANGUAGES

pytestmark = pytest.mark.django_db


def fresh(page):
    """Return a page as it is in the database now."""
    return type(page).objects.get(pk=page.pk)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unpublished_guide_is_gone_in_every_language_real_or_not(translated, reader, language):
    fresh(translated.cpr).unpublish()
    for place in ("", "herning/", "holstebro/"):
        assert reader(f"/{language}/{place}{CPR}").status == 404
    assert not in_language(translated.cpr, language).live


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unpublished_note_disappears_from_the_guide_in_every_language(translated, reader, language):
    assert reader(f"/{language}/herning/{CPR}").notes
    fresh(translated.note).unpublish()
    guide = reader(f"/{language}/herning/{CPR}")
    assert guide.status == 200
    assert guide.notes == []
    assert "Bestil tid" not in guide.text


@pytest.mark.parametrize("language", ["pl", "ru"])
def test_an_unpublished_municipality_is_closed_in_every_language_real_or_not(translated, reader, language):
    translate(translated.herning, "pl")
    fresh(translated.herning).unpublish()
    assert reader(f"/{language}/herning/").status == 404
    assert reader(f"/{language}/herning/{CPR}").status == 404


def test_a_guide_that_expires_takes_its_translations_along(translated, reader):
    guide = fresh(translated.cpr)
    guide.expire_at = timezone.now() + datetime.timedelta(hours=1)
    publish(guide)
    type(guide).objects.filter(pk=guide.pk).update(expire_at=timezone.now() - datetime.timedelta(minutes=1))
    call_command("publish_scheduled")
    for language in LANGUAGES:
        assert reader(f"/{language}/{CPR}").status == 404


def test_unpublishing_one_translation_leaves_the_others(translated, reader):
    in_language(translated.cpr, "pl").unpublish()
    assert reader(f"/pl/{CPR}").status == 404
    for language in ("da", "de", "en", "ru"):
        assert reader(f"/{language}/{CPR}").status == 200


def test_a_guide_that_is_published_again_is_back_wherever_it_is_shown_in_danish(translated, reader):
    fresh(translated.cpr).unpublish()
    publish(fresh(translated.cpr))
    for language in ("da", "ru"):
        for place in ("", "herning/"):
            assert reader(f"/{language}/{place}{CPR}").status == 200


def test_a_translation_is_back_once_somebody_publishes_it_again(translated, reader):
    fresh(translated.cpr).unpublish()
    publish(fresh(translated.cpr))
    assert reader(f"/pl/{CPR}").status == 404, "nobody has looked at it since the Danish text was withdrawn"
    translate(translated.cpr, "pl")
    assert reader(f"/pl/{CPR}").text_language == "pl"


def test_a_guide_cannot_be_deleted_while_a_municipality_has_a_note_on_it(tree, reader):
    with pytest.raises(ProtectedError):
        fresh(tree.cpr).delete()
    assert reader(f"/pl/herning/{CPR}").status == 200
