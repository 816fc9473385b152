"""A guide as a wall sheet: two languages side by side, the contact of the municipality, and a code that leads back."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import block, publish, translate
from tests.welcome_pages.employers.manual_site import addresses, read
from welcome_pages.models import GuidePage

pytestmark = pytest.mark.django_db
SHEET = "guide/ankomst/cpr-nummer/opslag/"
MOST_QUERIES = 14


@pytest.fixture
def guide(tree, manual) -> GuidePage:
    """A guide with points for readers in a hurry and a deadline, also in Polish."""
    page = GuidePage.objects.get(pk=tree.cpr.pk)
    page.need_to_know = "<ul><li>Mød op inden [[tax-wait]].</li><li>Tag passet med.</li></ul>"
    page.deadlines = [block("fact", "tax-wait", "d1")]
    page = publish(page)
    translate(page, "pl")
    return page


def columns(soup) -> list[tuple[str, str]]:
    return [(part["lang"], part.get_text(" ", strip=True)) for part in soup.select(".wall-sheet__column")]


def test_a_guide_leads_to_its_wall_sheet(client, guide):
    assert f"/pl/herning/{SHEET}" in addresses(read(client, "/pl/herning/guide/ankomst/cpr-nummer/").main)


@pytest.mark.parametrize(
    ("address", "languages"),
    [
        (f"/pl/{SHEET}", ["pl", "da"]),
        (f"/pl/{SHEET}?with=pl", ["pl", "da"]),
        (f"/da/{SHEET}?with=pl", ["da", "pl"]),
        (f"/pl/herning/{SHEET}?with=da", ["pl", "da"]),
    ],
)
def test_the_second_language_is_danish_unless_another_is_asked_for(client, guide, address, languages):
    found = columns(read(client, address))
    assert [language for language, _text in found] == languages
    texts = dict(found)
    assert "Tag passet med." in texts["da"]
    assert "2 uger" in texts["da"]
    assert "pl: Tag passet med." in texts["pl"]
    assert "2 tygodnie" in texts["pl"]


def test_beside_danish_stands_english_and_what_is_not_translated_is_said_to_be_danish(client, guide):
    sheet = read(client, f"/da/{SHEET}")
    assert [language for language, _text in columns(sheet)] == ["da", "da"]
    second = sheet.select(".wall-sheet__column")[1]
    assert second.select_one(".remark")["lang"] == "en"
    assert "not been translated" in second.get_text()


@pytest.mark.parametrize("language", ["da", "de", "pl", "ru"])
@pytest.mark.parametrize("asked", ["xx", "DA", "da'--", "../da"])
def test_an_unknown_second_language_is_refused_in_the_language_of_the_reader(client, guide, language, asked):
    response = client.get(f"/{language}/{SHEET}", {"with": asked})
    assert response.status_code == 400
    assert f'<html lang="{language}">' in response.content.decode()


def test_only_get_is_answered_and_nothing_stands_below_the_sheet(client, guide):
    assert client.post(f"/da/{SHEET}").status_code == 405
    assert client.get(f"/da/{SHEET}mere/").status_code == 404
    assert client.get("/da/guide/opslag/").status_code == 404


def test_the_sheet_of_a_draft_is_not_there(client, guide):
    guide.unpublish()
    assert client.get(f"/da/{SHEET}").status_code == 404


def test_a_second_language_without_the_guide_is_not_found(client, guide, tree):
    GuidePage.objects.get(translation_key=guide.translation_key, locale=tree.locales["pl"]).unpublish()
    assert client.get(f"/da/{SHEET}?with=pl").status_code == 404
    assert client.get(f"/da/{SHEET}").status_code == 200


def test_the_contact_is_that_of_the_municipality_with_labels_in_both_languages(client, guide):
    here, shared = read(client, f"/pl/herning/{SHEET}"), read(client, f"/pl/{SHEET}")
    assert shared.select(".wall-sheet__contact") == []
    contact = here.select_one(".wall-sheet__contact")
    assert "+45 96 28 28 28" in contact.get_text()
    assert [label.get_text() for label in contact.select("dt span")] == ["herning-phone (pl)", "herning-phone (da)"]
    assert "112" in here.select_one(".wall-sheet__numbers").get_text()


def test_the_code_leads_to_the_guide_where_the_reader_is(client, guide, settings):
    sheet = read(client, f"/pl/herning/{SHEET}")
    address = f"{settings.BASE_URL}/pl/herning/guide/ankomst/cpr-nummer/"
    assert sheet.select_one(".wall-sheet__address").get_text() == address
    assert sheet.select_one(".wall-sheet__code svg title").get_text() == sheet.h1.get_text()


def test_search_engines_leave_the_sheet_alone_and_readers_find_back(client, guide, settings):
    sheet = read(client, f"/pl/herning/{SHEET}?with=da")
    assert sheet.find("meta", attrs={"name": "robots"})["content"] == "noindex"
    assert sheet.find("link", rel="canonical")["href"] == f"{settings.BASE_URL}/pl/herning/{SHEET}"
    assert sheet.find_all("link", rel="alternate") == []
    assert "/pl/herning/guide/ankomst/cpr-nummer/" in addresses(sheet.select_one("nav.breadcrumbs"))
    assert f"/da/herning/{SHEET}?with=da" in addresses(sheet.select_one("nav.languages"))
    assert sheet.find("a", rel="up")["href"] == f"/pl/{SHEET}"
    assert sheet.select(".wall-sheet__page a") == []


def test_a_guide_without_points_shows_its_summary_and_first_three_steps(client, guide):
    guide.need_to_know = ""
    guide.is_procedure = True
    guide.what_to_bring = guide.what_happens_next = "<p>Noget.</p>"
    guide.how_it_goes = "<ol><li>Et</li><li>To</li><li>Tre</li><li>Fire</li></ol>"
    publish(guide)
    danish = read(client, f"/da/{SHEET}?with=pl").select_one(".wall-sheet__column")
    assert "Dit nummer i Danmark." in danish.get_text()
    assert [item.get_text() for item in danish.select("li")] == ["Et", "To", "Tre"]


def test_a_sheet_keeps_to_its_queries(client, guide):
    for address in (f"/pl/{SHEET}", f"/pl/herning/{SHEET}?with=da", f"/da/herning/{SHEET}"):
        client.get(address)
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        assert len(captured) <= MOST_QUERIES, address
