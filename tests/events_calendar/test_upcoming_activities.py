"""What the home pages show of the calendar."""

import pytest
from django.utils import timezone

from events_calendar import changes
from tests.events_calendar.calendar_page import DAY, add_calendar, once, soup_of
from tests.events_calendar.calendar_site import add_activity, add_overview, coming
from tests.factories import translate

pytestmark = pytest.mark.django_db


@pytest.fixture
def calendar(tree):
    """The calendar of the small site."""
    return add_calendar(tree.home)


def upcoming(client, address: str) -> list[str]:
    return [link.get_text() for link in soup_of(client, address).select(".upcoming__title a")]


def test_the_next_date_of_each_of_the_next_activities_stands_on_the_home_page(client, calendar, overview):
    today = timezone.localdate()
    add_activity(overview, "daglig", title="Daglig", frequency="daily", start_date=today + DAY)
    once(overview, "senere", today + 5 * DAY)
    once(overview, "langt-ude", today + 50 * DAY)
    page = soup_of(client, "/da/")
    assert [link.get_text() for link in page.select(".upcoming__title a")] == ["Daglig", "Senere"]
    assert client.get(page.select_one(".upcoming__title a")["href"]).status_code == 200
    assert page.select_one(".upcoming .button")["href"] == "/da/kalender/"


def test_a_municipality_shows_its_own_and_what_concerns_it(client, calendar, overview, tree):
    day = timezone.localdate() + DAY
    other = add_overview(tree.holstebro)
    once(other, "der", day)
    once(other, "ogsaa", day, also_in=["herning"])
    once(overview, "her", day + DAY)
    assert upcoming(client, "/da/herning/") == ["Ogsaa", "Her"]
    assert soup_of(client, "/da/herning/").select_one(".upcoming .button")["href"] == "/da/herning/kalender/?m=herning"


def test_of_many_those_in_the_language_of_the_reader_are_shown(client, calendar, overview):
    today = timezone.localdate()
    for number in range(6):
        translate(once(overview, f"nr-{number}", today + DAY), "pl")
    translate(once(overview, "polsk", today + 9 * DAY, spoken_languages=["pl"]), "pl")
    translate(calendar, "pl")
    found = upcoming(client, "/pl/")
    assert len(found) == 5
    assert found[-1] == "pl: Polsk"
    assert [mark.get_text() for mark in soup_of(client, "/pl/").select(".upcoming .mark")] == ["Po polsku"]


def test_what_is_cancelled_is_not_recommended_and_an_empty_calendar_shows_nothing(
    client, calendar, overview, django_user_model
):
    assert not soup_of(client, "/da/").select(".upcoming")
    activity = once(overview, "aflyst", timezone.localdate() + DAY)
    changes.cancel(coming(activity)[0], django_user_model.objects.create_superuser("chef"), {})
    assert not soup_of(client, "/da/").select(".upcoming")


def test_the_overview_of_a_municipality_leads_to_the_calendar(client, calendar, cafe):
    links = [link["href"] for link in soup_of(client, "/da/herning/aktiviteter/").main.select("a")]
    assert "/da/herning/kalender/" in links
