"""Old addresses lead on: in every language, and inside every municipality, where the reader stays."""

import pytest
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from tests.factories import in_language, publish, translate
from tests.portal.pages.reading import CPR, LANGUAGES, TAX

pytestmark = pytest.mark.django_db

NEW = "guide/ankomst/personnummer/"


def rename(page, slug):
    """Give a Danish page another slug, as an editor does."""
    page = type(page).objects.get(pk=page.pk)
    page.slug = slug
    return publish(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_old_address_of_a_renamed_guide_leads_to_the_new_one_where_the_reader_is(translated, reader, language):
    rename(translated.cpr, "personnummer")
    for place in ("", "herning/", "holstebro/"):
        answer = reader(f"/{language}/{place}{CPR}")
        assert (answer.status, answer.leads_to) == (301, f"/{language}/{place}{NEW}")
        assert reader(answer.leads_to).status == 200


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_old_addresses_below_a_renamed_section_lead_on(translated, reader, language):
    rename(translated.arrival, "ankommet")
    for place in ("", "herning/"):
        answer = reader(f"/{language}/{place}{CPR}")
        assert (answer.status, answer.leads_to) == (301, f"/{language}/{place}guide/ankommet/cpr-nummer/")
        assert reader(answer.leads_to).status == 200


def test_an_address_survives_two_renames(translated, client):
    rename(translated.cpr, "personnummer")
    rename(translated.arrival, "ankommet")
    for language in LANGUAGES:
        for place in ("", "herning/"):
            response = client.get(f"/{language}/{place}{CPR}", follow=True)
            assert response.status_code == 200
            assert response.request["PATH_INFO"] == f"/{language}/{place}guide/ankommet/personnummer/"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_renamed_local_page_leads_on(translated, reader, language):
    rename(translated.language_centre, "dansk")
    answer = reader(f"/{language}/herning/sprogcenter/")
    assert (answer.status, answer.leads_to) == (301, f"/{language}/herning/dansk/")


def test_a_temporary_redirect_of_an_editor_stays_temporary_inside_a_municipality(tree, reader):
    Redirect.objects.create(old_path="/da/nyt", site=Site.objects.get(), redirect_page=tree.cpr, is_permanent=False)
    answer = reader("/da/herning/nyt/")
    assert (answer.status, answer.leads_to) == (302, f"/da/herning/{CPR}")


def test_a_redirect_to_a_page_of_one_municipality_leads_there_from_all_others(tree, reader):
    Redirect.objects.create(old_path="/da/dansk", site=Site.objects.get(), redirect_page=tree.language_centre)
    for place in ("", "herning/", "holstebro/"):
        answer = reader(f"/da/{place}dansk/")
        assert (answer.status, answer.leads_to) == (301, "/da/herning/sprogcenter/")


@pytest.mark.parametrize("place", ["", "herning/"])
def test_a_redirect_to_an_unpublished_page_ends_at_not_found(tree, client, place):
    rename(tree.cpr, "personnummer").unpublish()
    for language in LANGUAGES:
        assert client.get(f"/{language}/{place}{CPR}", follow=True).status_code == 404


def test_only_real_municipalities_take_part(tree, reader):
    rename(tree.cpr, "personnummer")
    assert reader(f"/pl/aarhus/{CPR}").status == 404
    assert reader(f"/pl/herning/herning/{CPR}").status == 404


def test_what_exists_is_never_redirected(tree, reader):
    Redirect.objects.create(old_path=f"/pl/{CPR}".rstrip("/"), site=Site.objects.get(), redirect_page=tree.tax)
    assert reader(f"/pl/{CPR}").status == 200
    assert reader(f"/pl/herning/{CPR}").status == 200


# The new slug lasts ---------------------------------------------------------------------------------------------------


def test_publishing_what_a_translator_had_saved_before_the_rename_keeps_the_new_slug(tree, reader):
    translate(tree.tax, "pl", strings={"Skattekort": "Karta podatkowa"})  # the summary is still to be translated
    rename(tree.tax, "skat")
    in_language(tree.tax, "pl").latest_revision.publish()
    assert reader("/pl/guide/ankomst/skat/").heading == "Karta podatkowa"
    assert reader(f"/pl/{TAX}").leads_to == "/pl/guide/ankomst/skat/"


@pytest.mark.parametrize("language", ["pl", "de"])
def test_translating_anew_after_a_rename_keeps_the_new_slug(translated, reader, language):
    rename(translated.cpr, "personnummer")
    translate(translated.cpr, language, prefix="igen: ")
    page = reader(f"/{language}/{NEW}")
    assert page.status == 200
    assert page.heading.startswith("igen: ")
    assert reader(f"/{language}/{CPR}").leads_to == f"/{language}/{NEW}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_publishing_the_danish_page_again_keeps_the_new_slug_everywhere(translated, reader, language):
    renamed = rename(translated.cpr, "personnummer")
    renamed.summary = "Nyt resumé."
    publish(renamed)
    assert reader(f"/{language}/{NEW}").status == 200
    assert reader(f"/{language}/{CPR}").leads_to == f"/{language}/{NEW}"


def test_translating_for_the_first_time_after_a_rename_keeps_the_new_slug(translated, reader):
    rename(translated.cpr, "personnummer")
    translate(translated.cpr, "ru")
    assert reader(f"/ru/{NEW}").text_language == "ru"
