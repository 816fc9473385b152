"""Staff at the counter: the plan in Danish with any language beside it, and phrases to point at."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User

from tests.factories import add_page
from tests.welcome_pages.forms.form_site import add_form, add_library
from welcome_pages.models import FieldGuidePage
from welcome_pages.plan.phrases import read_phrases

pytestmark = pytest.mark.django_db

FULL = "who=eu&why=work&stay=long&children=1&m=herning"


@pytest.fixture
def staff(client, plan_page):
    """A client of somebody who may log in to the admin."""
    client.force_login(User.objects.create_superuser("staff", "staff@example.org", "x"))
    return client


def test_each_step_names_its_forms_and_the_next_office(staff, plan_page):
    response = staff.get(f"/admin/counter/?{FULL}&lang=pl")
    assert response.status_code == 200
    table = BeautifulSoup(response.content.decode(), "html.parser")
    assert [cell.get_text() for cell in table.select("thead th")][1:] == [
        *("Borgerens sprog", "Blanketter og guider", "Næste kontor"),
    ]
    rows = table.select("tbody tr")
    row = next(row for row in rows if "Få CPR-nummer" in row.td.get_text())
    danish, polish, forms, following = row.select("td")
    assert (danish["lang"], polish["lang"]) == ("da", "pl")
    assert "Uzyskaj numer CPR i zgłoś adres" in polish.get_text()
    assert "Anmeldelse af tilflytning fra udlandet" in forms.get_text()
    assert forms.select_one("a")["href"] == "/pl/herning/guide/ankomst/cpr-nummer/"
    assert "Vælg læge" in following.get_text()
    assert "MitID" in following.get_text()
    assert "Gem de vigtige numre" not in following.get_text()
    assert "åbner for læge" in danish.get_text()  # why
    assert "Spørg om ventetiden" in danish.get_text()  # how long
    assert "Pligten" in danish.get_text() or "pligt" in danish.get_text()  # until when
    last = next(row for row in rows if "Gem de vigtige numre" in row.td.get_text())
    assert not last.select("td")[3].get_text(strip=True)  # it opens no way to another office


def test_forms_lead_to_the_library_for_these_people_and_to_the_field_guide(staff, plan_page, tree):
    library = add_library(tree)
    form = add_form(library, "anmeldelse-af-tilflytning", key="F02-registration-of-entry")
    guide = add_page(form, FieldGuidePage, "felter", version="x", seen_on=datetime.date(2026, 11, 22), printed_in="da")
    for danish in (library, form, guide):
        danish.copy_for_translation(tree.locales["pl"], alias=True)
    page = BeautifulSoup(staff.get(f"/admin/counter/?{FULL}&lang=pl").content.decode(), "html.parser")
    links = {link["href"] for link in page.select("a[href^='/pl/']")}
    assert "/pl/herning/blanketter/?who=eu" in links
    assert "/pl/herning/blanketter/anmeldelse-af-tilflytning/felter/" in links


def test_a_date_of_arrival_gives_dates(staff, plan_page):
    query = FULL.replace("who=eu", "who=permit")
    response = staff.get(f"/admin/counter/?{query}&lang=pl&arrival=2027-01-11")
    assert "16. januar 2027" in response.content.decode()


def test_the_counter_is_for_people_who_log_in(client, plan_page):
    assert client.get("/admin/counter/").status_code == 302


@pytest.mark.parametrize("query", ["lang=xx", "who=martian", "m=aarhus"])
def test_nonsense_is_refused(staff, plan_page, query):
    assert staff.get(f"/admin/counter/?{query}").status_code == 400


def test_there_are_sixty_phrases_in_five_languages():
    sections = read_phrases()
    phrases = [phrase for section in sections for phrase in section.phrases]
    assert len(phrases) == 60
    for language in ("da", "en", "de", "pl", "ru"):
        assert len({phrase[language] for phrase in phrases}) == 60, language


@pytest.mark.parametrize(("language", "shown"), [("da", {"en", "de", "pl", "ru"}), ("ru", {"ru"})])
def test_the_phrases_stand_beside_the_danish(client, plan_page, language, shown):
    response = client.get(f"/{language}/plan/saetninger/")
    assert response.status_code == 200
    page = BeautifulSoup(response.content.decode(), "html.parser")
    rows = page.select(".phrases__row")
    assert len(rows) == 60
    for row in rows:
        assert row.select_one(".phrases__danish")["lang"] == "da"
        assert {words["lang"] for words in row.select(".phrases__others p")} == shown
    assert "/pl/plan/saetninger/" in {link["href"] for link in page.select(".languages a")}


def test_the_phrases_are_there_inside_a_municipality(client, plan_page):
    assert client.get("/pl/herning/plan/saetninger/").status_code == 200
