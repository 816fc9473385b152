"""The form of an activity in the admin: the dates are shown before anything is saved."""

import datetime
import io
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html, streamfield

from events_calendar.models import ActivityPage
from portal.municipalities.setup import create_roles
from tests.portal.role_fixtures import make_people, make_person

pytestmark = pytest.mark.django_db
FORTNIGHTLY = {
    "start_date": "2027-10-14",
    "start_time": "19:00",
    "end_time": "22:00",
    "end_day_offset": "0",
    "frequency": "weekly",
    "interval": "2",
    "weekdays": ["3"],
    "until": "",
    "count": "",
    "extra_dates": "",
}


@pytest.fixture
def editor(tree) -> Client:
    """A browser in which somebody is logged in who may do everything."""
    client = Client()
    client.force_login(User.objects.create_superuser("redaktion", "redaktion@example.dk", "a long password"))
    return client


def preview(client: Client, page: Any, **changes: Any) -> str:
    """Return what the editor is shown for a schedule."""
    address = reverse("events_calendar_schedule_preview", args=[page.pk])
    response = client.post(f"{address}?part=dates", {**FORTNIGHTLY, **changes})
    assert response.status_code == 200
    return " ".join(BeautifulSoup(response.content.decode(), "html.parser").get_text(" ").split())


def open_form(client: Client, address: str) -> dict[str, Any]:
    """Return what a browser would send from a form of an activity."""
    html = client.get(address).content.decode()
    form = querydict_from_html(html, form_id="page-edit-form")
    form.update(nested_form_data({name: streamfield([]) for name in ("body", "contacts")}))
    return form


# The dates before saving ----------------------------------------------------------------------------------------------


def test_an_editor_sees_the_first_six_dates_in_words(editor, overview):
    text = preview(editor, overview)
    assert "hver anden torsdag kl. 19–22 fra 14. oktober 2027" in text
    for date in ("14. oktober", "28. oktober", "11. november", "25. november", "9. december", "23. december 2027"):
        assert f"torsdag den {date}" in text
    assert "6. januar" not in text


def test_an_editor_sees_which_date_there_is_not_because_the_clocks_are_put_forward(editor, overview):
    night = {"start_date": "2028-03-19", "interval": 1, "weekdays": ["6"], "start_time": "02:30", "end_time": "04:00"}
    text = preview(editor, overview, **night)
    assert "søndag den 26. marts 2028 kl." not in text
    assert "Ikke søndag den 26. marts 2028: Da stilles urene frem, og tidspunktet findes ikke." in text
    assert "stilles urene" not in preview(editor, overview)


def test_a_schedule_that_has_begun_shows_its_next_dates(editor, cafe):
    text = preview(editor, cafe, start_date="2020-01-02")
    assert "2020 kl." not in text
    assert "De næste datoer" in text


def test_what_is_wrong_is_named_with_its_field(editor, overview):
    assert "Slutter kl.: Sluttidspunktet skal" in preview(editor, overview, end_time="18:00")
    assert "begynder det" in preview(editor, overview, start_time="")
    assert "ugedag" in preview(editor, overview, weekdays=[])
    assert "ikke begge dele" in preview(editor, overview, until="2028-01-01", count="3")
    assert "31.02.2027" in preview(editor, overview, extra_dates="24.12.2027\n31.02.2027")
    assert "urene" in preview(
        editor, overview, start_date="2027-03-28", frequency="once", start_time="02:30", end_time="04:00"
    )


@pytest.mark.parametrize(
    "hostile",
    [
        {"start_date": "'; DROP TABLE"},
        {"interval": "0"},
        {"interval": "-5"},
        {"interval": "9" * 30},
        {"frequency": "<script>alert(1)</script>"},
        {"weekdays": ["<b>"]},
        {"count": "1e9"},
        {"end_day_offset": "99999"},
        {"extra_dates": "<img src=x>," * 5000},
        {"start_date": "9999-12-31"},
        {"start_date": "0001-01-01"},
    ],
)
def test_whatever_is_typed_is_answered_in_words(editor, overview, hostile):
    address = reverse("events_calendar_schedule_preview", args=[overview.pk])
    response = editor.post(address, {**FORTNIGHTLY, **hostile})
    assert response.status_code == 200
    html = response.content.decode()
    assert "help-critical" in html
    assert "<script>alert" not in html
    assert "<img src=x" not in html


def test_without_the_script_the_button_opens_a_page_of_its_own(editor, overview):
    address = reverse("wagtailadmin_pages:add", args=["events_calendar", "activitypage", overview.pk])
    soup = BeautifulSoup(editor.get(address).content.decode(), "html.parser")
    button = soup.select_one("[data-schedule-preview] button")
    assert button["type"] == "submit"
    response = editor.post(button["formaction"], FORTNIGHTLY)
    assert "<html" in response.content.decode()
    assert "torsdag den 14. oktober 2027" in response.content.decode()


def test_only_those_who_may_write_activities_here_are_answered(tree, cafe, overview):
    create_roles(io.StringIO())
    people = {**make_people(), "neighbours": make_person("neighbour", "holstebro: publishers")}
    for role, pages in (("editors", [cafe, overview]), ("neighbours", []), ("nobody", [])):
        client = Client()
        client.force_login(people[role])
        for page in (cafe, overview):
            address = reverse("events_calendar_schedule_preview", args=[page.pk])
            assert (client.post(address, FORTNIGHTLY).status_code == 200) is (page in pages), (role, page)


# Saving ---------------------------------------------------------------------------------------------------------------


def test_an_editor_creates_and_publishes_an_activity(editor, overview):
    address = reverse("wagtailadmin_pages:add", args=["events_calendar", "activitypage", overview.pk])
    form = open_form(editor, address)
    form.update({"title": "Strikkecafé", "slug": "strikkecafe", "content_owner": "Biblioteket", "summary": "Strik."})
    form.update({"activity_type": "cultural", "venue_name": "Biblioteket", "extra_dates": "24.12.2027"})
    for name, value in FORTNIGHTLY.items():
        if name == "extra_dates":
            continue
        form.setlist(name, value if isinstance(value, list) else [value])
    form.setlist("spoken_languages", ["da", "uk"])
    form["action-publish"] = "action-publish"
    response = editor.post(address, dict(form.lists()))
    assert response.status_code == 302, response.context["form"].errors
    page = ActivityPage.objects.get(slug="strikkecafe", locale__language_code="da")
    assert (page.weekdays, page.spoken_languages, page.extra_dates) == ([3], ["da", "uk"], ["2027-12-24"])
    assert page.live
    assert page.occurrences.filter(local_date=datetime.date(2027, 12, 24)).exists()
    again = open_form(editor, reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert again["extra_dates"].strip() == "24.12.2027"
    assert again.getlist("weekdays") == ["3"]


def test_a_draft_may_be_half_done_and_a_publication_may_not(editor, cafe):
    address = reverse("wagtailadmin_pages:edit", args=[cafe.pk])
    form = open_form(editor, address)
    form.setlist("weekdays", [])
    form["venue_name"] = ""
    assert editor.post(address, dict(form.lists())).status_code == 302
    form = open_form(editor, address)
    form["action-publish"] = "action-publish"
    response = editor.post(address, dict(form.lists()))
    assert response.status_code == 200
    assert set(response.context["form"].errors) == {"weekdays", "venue_name"}


def test_a_draft_with_both_a_last_day_and_a_number_is_refused_in_words(editor, cafe):
    address = reverse("wagtailadmin_pages:edit", args=[cafe.pk])
    form = open_form(editor, address)
    form["until"], form["count"] = "2030-01-01", "3"
    response = editor.post(address, dict(form.lists()))
    assert response.status_code == 200
    assert "ikke begge dele" in str(response.context["form"].errors)


@pytest.mark.parametrize("changes", [{}, {"weekdays": [], "start_time": "", "end_time": "", "venue_name": ""}])
def test_a_draft_can_be_previewed(editor, cafe, changes):
    form = open_form(editor, reverse("wagtailadmin_pages:edit", args=[cafe.pk]))
    for name, value in changes.items():
        form.setlist(name, value if isinstance(value, list) else [value])
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[cafe.pk])
    assert editor.post(address, dict(form.lists())).json()["is_valid"]
    response = editor.get(address)
    assert response.status_code == 200
    assert ("torsdag den" in response.content.decode()) is (not changes)
