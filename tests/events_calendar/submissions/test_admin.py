"""Entries and connected calendars in the admin, seen by the municipality that they belong to."""

import pytest
from django.test import Client
from django.urls import reverse

from events_calendar.models import FeedSource, Submission
from tests.portal.role_fixtures import make_person

pytestmark = pytest.mark.django_db

ENTRIES = "wagtailsnippets_events_calendar_submission"
FEEDS = "wagtailsnippets_events_calendar_feedsource"


def browser_of(*groups: str) -> Client:
    browser = Client()
    browser.force_login(make_person("-".join(groups).replace(": ", "-") or "nobody", *groups))
    return browser


@pytest.fixture
def entry(club) -> Submission:
    club.send(title="Skakaften")
    club.confirm()
    return Submission.objects.get()


def test_editors_see_the_entries_of_their_municipality_with_state_and_language(entry):
    page = browser_of("herning: editors").get(reverse(f"{ENTRIES}:list")).content.decode()
    assert "Skakaften" in page
    assert "skak@example.dk" in page
    assert reverse("wagtailadmin_pages:edit", args=[entry.activity_id]) in page
    inspect = reverse(f"{ENTRIES}:inspect", args=[entry.pk])
    assert browser_of("herning: publishers").get(inspect).status_code == 200


def test_nobody_else_sees_who_wrote(entry):
    neighbour = browser_of("holstebro: editors")
    assert "Skakaften" not in neighbour.get(reverse(f"{ENTRIES}:list")).content.decode()
    assert neighbour.get(reverse(f"{ENTRIES}:inspect", args=[entry.pk])).status_code == 302
    assert neighbour.get(reverse(f"{ENTRIES}:history", args=[entry.pk])).status_code == 302


def test_entries_are_written_by_clubs_and_not_here(entry):
    editor = browser_of("herning: editors")
    for view, arguments in (("add", []), ("edit", [entry.pk]), ("delete", [entry.pk])):
        address = reverse(f"{ENTRIES}:{view}", args=arguments)
        assert editor.get(address).status_code == 302, view
        assert editor.post(address, {"title": "Hacked"}).status_code == 302, view
    entry.refresh_from_db()
    assert entry.title == "Skakaften"


FEED = {
    "name": "Skakklub",
    "url": "https://skak.example.dk/calendar.ics",
    "owner_email": "owner@example.dk",
    "is_active": "on",
    "municipality": "herning",
    "organiser": "",
    "activity_type": "sport",
}


def test_publishers_connect_calendars_of_their_municipality(overview):
    publisher = browser_of("herning: publishers")
    assert publisher.get(reverse(f"{FEEDS}:add")).status_code == 200
    assert publisher.post(reverse(f"{FEEDS}:add"), FEED).status_code == 302
    feed = FeedSource.objects.get()
    assert (feed.municipality, feed.publishes_directly) == ("herning", False)
    assert "Skakklub" in publisher.get(reverse(f"{FEEDS}:list")).content.decode()
    assert publisher.get(reverse(f"{FEEDS}:edit", args=[feed.pk])).status_code == 200


@pytest.mark.parametrize(
    "changed",
    [
        {"municipality": "holstebro"},
        {"url": "file:///etc/passwd"},
        {"url": "http://10.0.0.1:8080/x.ics"},
        {"url": "https://user:pw@example.dk/"},
        {"owner_email": ""},
    ],
)
def test_what_cannot_be_connected_is_refused_in_the_form(overview, changed):
    response = browser_of("herning: publishers").post(reverse(f"{FEEDS}:add"), {**FEED, **changed})
    assert response.status_code == 200
    assert not FeedSource.objects.exists()


def test_who_may_not_publish_may_not_connect_what_publishes_by_itself(overview):
    feed = FeedSource.objects.create(
        name="Skak", url="https://x.dk/a.ics", municipality="herning", owner_email="a@x.dk"
    )
    for groups in (["herning: editors"], ["holstebro: publishers"], []):
        browser = browser_of(*groups)
        assert browser.post(reverse(f"{FEEDS}:edit", args=[feed.pk]), {**FEED, "name": "Hacked"}).status_code == 302
        assert browser.post(reverse(f"{FEEDS}:delete", args=[feed.pk])).status_code == 302
        assert "a@x.dk" not in browser.get(reverse(f"{FEEDS}:list")).content.decode()
    feed.refresh_from_db()
    assert feed.name == "Skak"
