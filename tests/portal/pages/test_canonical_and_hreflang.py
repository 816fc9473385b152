"""What search engines are told: one address per text, only languages that the text really is in, nothing half true."""

import pytest
from django.conf import settings

from tests.factories import in_language, publish, translate
from tests.portal.pages.reading import CPR, LANGUAGES, path_of

pytestmark = pytest.mark.django_db

SHARED_VERSIONS = {"da": f"/da/{CPR}", "de": f"/de/{CPR}", "pl": f"/pl/{CPR}", "x-default": f"/da/{CPR}"}
HERNING_VERSIONS = {"da": f"/da/herning/{CPR}", "pl": f"/pl/herning/{CPR}", "x-default": f"/da/herning/{CPR}"}
CASES = [
    # address, canonical address, indexed, language links, language of the text
    pytest.param(f"/da/{CPR}", f"/da/{CPR}", True, SHARED_VERSIONS, "da", id="Danish"),
    pytest.param(f"/pl/{CPR}", f"/pl/{CPR}", True, SHARED_VERSIONS, "pl", id="translated"),
    pytest.param(f"/de/{CPR}", f"/de/{CPR}", True, SHARED_VERSIONS, "de", id="another translation"),
    pytest.param(f"/en/{CPR}", f"/en/{CPR}", False, {}, "da", id="submitted but untranslated"),
    pytest.param(f"/ru/{CPR}", f"/ru/{CPR}", False, {}, "da", id="alias"),
    pytest.param(f"/da/herning/{CPR}", f"/da/herning/{CPR}", True, HERNING_VERSIONS, "da", id="Danish with a note"),
    pytest.param(f"/pl/herning/{CPR}", f"/pl/herning/{CPR}", True, HERNING_VERSIONS, "pl", id="both translated"),
    pytest.param(f"/de/herning/{CPR}", f"/de/{CPR}", True, {}, "de", id="translated with a Danish note"),
    pytest.param(f"/en/herning/{CPR}", f"/en/herning/{CPR}", False, {}, "da", id="untranslated with a Danish note"),
    pytest.param(f"/ru/herning/{CPR}", f"/ru/herning/{CPR}", False, {}, "da", id="alias with a Danish note"),
    pytest.param(f"/da/holstebro/{CPR}", f"/da/{CPR}", True, {}, "da", id="Danish without a note"),
    pytest.param(f"/pl/holstebro/{CPR}", f"/pl/{CPR}", True, {}, "pl", id="translated without a note"),
    pytest.param(f"/ru/holstebro/{CPR}", f"/ru/holstebro/{CPR}", False, {}, "da", id="alias without a note"),
]


@pytest.mark.parametrize(("address", "canonical", "indexed", "alternates", "language"), CASES)
def test_an_address_says_what_it_is(translated, reader, address, canonical, indexed, alternates, language):
    page = reader(address)
    assert page.status == 200
    assert page.canonical == settings.BASE_URL + canonical
    assert page.is_indexed is indexed
    assert page.alternates == {code: settings.BASE_URL + path for code, path in alternates.items()}
    assert page.text_language == language


@pytest.mark.parametrize("start", [f"/pl/{CPR}", f"/pl/herning/{CPR}"])
def test_language_links_are_absolute_and_answered_by_every_page_they_name(translated, reader, start):
    named = reader(start).alternates
    assert len(named) > 2
    for address in named.values():
        assert address.startswith(settings.BASE_URL + "/")
        other = reader(path_of(address))
        assert other.status == 200
        assert other.alternates == named
        assert other.canonical == address
        assert other.is_indexed


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_canonical_address_is_absolute_and_exists(translated, reader, language):
    for place in ("", "herning/", "holstebro/"):
        canonical = reader(f"/{language}/{place}{CPR}").canonical
        assert canonical.startswith(settings.BASE_URL + "/")
        assert reader(path_of(canonical)).canonical == canonical


def test_translating_an_alias_makes_it_known_to_search_engines(translated, reader):
    translate(translated.cpr, "ru")
    page = reader(f"/ru/{CPR}")
    assert page.is_indexed
    assert page.text_language == "ru"
    assert "ru" in page.alternates
    assert "ru" in reader(f"/da/{CPR}").alternates


def test_translating_the_note_makes_the_municipal_address_known(translated, reader):
    translate(translated.note, "de")
    page = reader(f"/de/herning/{CPR}")
    assert page.canonical == f"{settings.BASE_URL}/de/herning/{CPR}"
    assert set(page.alternates) == {"da", "de", "pl", "x-default"}


def test_a_note_that_was_submitted_but_not_translated_adds_nothing(translated, reader):
    translate(translated.note, "de", strings={})
    assert reader(f"/de/herning/{CPR}").canonical == f"{settings.BASE_URL}/de/{CPR}"
    assert "de" not in reader(f"/pl/herning/{CPR}").alternates


def test_an_unpublished_note_gives_the_canonical_address_back_to_the_shared_page(translated, reader):
    translated.note.unpublish()
    for language in ("da", "pl"):
        page = reader(f"/{language}/herning/{CPR}")
        assert page.canonical == f"{settings.BASE_URL}/{language}/{CPR}"
        assert page.alternates == {}


def test_an_unpublished_translation_is_no_longer_named(translated, reader):
    in_language(translated.cpr, "de").unpublish()
    assert set(reader(f"/pl/{CPR}").alternates) == {"da", "pl", "x-default"}


def test_a_language_in_which_the_municipality_is_closed_is_not_named(translated, reader):
    translate(translated.note, "de")
    in_language(translated.herning, "de").unpublish()
    assert "de" not in reader(f"/pl/herning/{CPR}").alternates
    assert "de" in reader(f"/pl/{CPR}").alternates


@pytest.mark.parametrize("path", ["herning/", "herning/sprogcenter/"])
def test_local_pages_are_their_own_canonical_address(translated, reader, path):
    page_class = translated.herning if path == "herning/" else translated.language_centre
    translate(page_class, "pl")
    named = {code: f"{settings.BASE_URL}/{code}/{path}" for code in ("da", "pl")}
    for language in ("da", "pl"):
        page = reader(f"/{language}/{path}")
        assert page.canonical == named[language]
        assert page.alternates == {**named, "x-default": named["da"]}
        assert page.is_indexed
    assert not reader(f"/ru/{path}").is_indexed


def test_shared_pages_without_notes_leave_the_canonical_address_to_the_shared_one(translated, reader):
    for path in ("guide/", "guide/ankomst/", "om/"):
        page = reader(f"/da/herning/{path}")
        assert page.canonical == f"{settings.BASE_URL}/da/{path}"
        assert page.alternates == {}


def test_the_query_string_is_no_part_of_the_canonical_address(translated, reader):
    assert reader(f"/pl/{CPR}?utm_source=x").canonical == f"{settings.BASE_URL}/pl/{CPR}"


def test_a_change_of_the_danish_text_takes_no_translation_out_of_the_index(translated, reader):
    guide = type(translated.cpr).objects.get(pk=translated.cpr.pk)
    guide.summary = "Dit nye nummer i Danmark."
    publish(guide)
    page = reader(f"/pl/{CPR}")
    assert page.is_indexed
    assert page.alternates["pl"] == f"{settings.BASE_URL}/pl/{CPR}"
