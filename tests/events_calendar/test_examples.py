"""An example is told from a real activity wherever somebody meets it."""

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.utils import translation

from events_calendar.examples import examples
from events_calendar.models import ActivityPage, CalendarPage
from events_calendar.occurrence_view import event_data
from events_calendar.sign_up import service
from events_calendar.sign_up.links import manage_url
from portal.pages.sitemap import entries
from tests.events_calendar.calendar_site import add_activity, coming
from tests.events_calendar.sign_up.crowd import party
from tests.factories import add_page, translate

pytestmark = pytest.mark.django_db


@pytest.fixture
def example(overview) -> ActivityPage:
    return add_activity(overview, title="Sprogcafé", is_example=True)


def test_the_page_says_so_in_the_language_of_the_reader(client, example):
    translate(example, "pl")
    for language in ("da", "pl"):
        soup = BeautifulSoup(client.get(f"/{language}/herning/aktiviteter/sprogcafe/").content.decode(), "html.parser")
        assert soup.select_one(".notice--example")["lang"] == language
        assert "noindex" in soup.find("meta", attrs={"name": "robots"})["content"]
        assert soup.find("link", rel="alternate", hreflang=True) is None


def test_who_signs_up_for_an_example_is_told_before_and_after(client, overview):
    activity = add_activity(overview, is_example=True, registration="here", capacity=5)
    date = coming(activity)[0]
    signed_up = service.sign_up(date.pk, party("anna"))
    form = f"/da/herning/aktiviteter/sprogcafe/{date.slug}/tilmelding/"
    for shown in (form, manage_url(signed_up, activity).removeprefix(settings.BASE_URL)):
        soup = BeautifulSoup(client.get(shown).content.decode(), "html.parser")
        assert soup.select_one(".notice--example"), shown


def test_a_real_activity_says_nothing_of_examples(client, cafe):
    soup = BeautifulSoup(client.get("/da/herning/aktiviteter/sprogcafe/").content.decode(), "html.parser")
    assert soup.select_one(".notice--example") is None
    assert soup.find("meta", attrs={"name": "robots"}) is None
    overview = BeautifulSoup(client.get("/da/herning/aktiviteter/").content.decode(), "html.parser")
    assert overview.select_one(".mark--example") is None


def test_lists_and_feeds_say_so(client, tree, example):
    add_page(tree.home, CalendarPage, "kalender", title="Kalender")
    month = f"/da/kalender/?view=month&month={coming(example)[0].local_date:%Y-%m}"
    for address in ("/da/kalender/", month, "/da/herning/aktiviteter/", "/da/herning/"):
        soup = BeautifulSoup(client.get(address).content.decode(), "html.parser")
        assert soup.select_one(".mark--example"), address
    with translation.override("da"):
        word = translation.gettext("Example")
    feed = client.get("/da/kalender/feed.ics").content.decode()
    assert f"SUMMARY;LANGUAGE=da:{word}: Sprogcafé\r\n" in feed


def test_search_engines_are_not_told_of_it(example):
    translate(example, "pl")
    assert {page.locale.language_code for page in examples()} >= {"da", "pl"}
    assert not [entry.url for entry in entries() if "sprogcafe" in entry.url]
    assert event_data(example, coming(example)[0], "https://example.org/", "da") == ""
    example.is_example = False
    example.save_revision().publish()
    assert [entry.url for entry in entries() if "sprogcafe" in entry.url]


def test_the_admin_lists_it_as_an_example(example):
    with translation.override("en"):
        assert example.get_admin_display_title() == "Sprogcafé (example)"
