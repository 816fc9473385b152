"""The websites of organisers stand in the list of external addresses."""

import pytest

from events_calendar.models import Organiser
from portal.external_addresses.collecting import external_addresses
from tests.events_calendar.calendar_site import add_activity

pytestmark = pytest.mark.django_db


def test_what_an_activity_shows_of_its_organiser_and_of_itself_is_listed(overview):
    organiser = Organiser.objects.create(name="Klub", website="https://klub.example.dk/")
    activity = add_activity(overview, organiser=organiser, online_url="https://online.example.dk/")
    found = {one.address: [page.title for page in one.pages] for one in external_addresses()}
    assert found == {
        "https://klub.example.dk/": [activity.title],
        "https://online.example.dk/": [activity.title],
    }
