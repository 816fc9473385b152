"""Activities are found as long as they have a date to come."""

import datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.utils import timezone

from events_calendar.models import ActivityPage, Occurrence, Organiser
from portal.search.updates import run_updates
from tests.events_calendar.calendar_site import add_activity
from tests.factories import publish, translate
from tests.portal.search.documents import find

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_once(settings) -> None:
    """Changes are findable at once, as on the real site."""
    settings.SEARCH_UPDATE_AT_ONCE = True


def found(text: str, language: str = "da", **filters: Any) -> list[tuple[str, str, str]]:
    return [
        (hit.kind, hit.key, hit.municipality) for hit in find(text, language, **filters).hits if hit.kind == "activity"
    ]


CAFE = ("activity", "herning/aktiviteter/sprogcafe", "herning")


@pytest.mark.storage
def test_an_activity_is_found_by_title_place_and_organiser(overview):
    add_activity(overview, organiser=Organiser.objects.create(name="Dansk Flygtningehjælp"))
    assert found("sprogcafé") == found("biblioteket") == found("flygtningehjælp") == [CAFE]
    assert found("sprogcafé", kinds=("activity",), municipality="herning") == [CAFE]


def test_it_is_found_in_the_languages_it_is_translated_to(cafe):
    translate(cafe, "pl", strings={"Sprogcafé": "Kawiarenka językowa"})
    assert found("kawiarenka", "pl") == [CAFE]


@pytest.mark.storage
def test_an_example_says_so_among_the_results(overview, client):
    translate(add_activity(overview, is_example=True), "pl", strings={"Sprogcafé": "Kawiarenka językowa"})
    add_activity(overview, "koncert", title="Koncert")
    for address, is_marked in (("/pl/search/?q=kawiarenka", True), ("/da/search/?q=koncert", False)):
        result = BeautifulSoup(client.get(address).content, "html.parser").select_one(".result")
        assert bool(result.select(".mark--example")) == is_marked, address
    answer = client.get("/api/search/", {"q": "kawiarenka", "lang": "pl"}).json()
    assert [result["is_example"] for result in answer["results"]] == [True]


def test_what_is_over_is_found_no_more(overview):
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    once = add_activity(overview, frequency="once", start_date=tomorrow)
    assert found("sprogcafé") == [CAFE]
    past = timezone.now() - datetime.timedelta(days=1)
    Occurrence.objects.update(starts_at=past, ends_at=past + datetime.timedelta(hours=1))
    ActivityPage.objects.filter(pk=once.pk).update(start_date=past.date())
    call_command("extend_occurrences")
    run_updates()
    assert found("sprogcafé") == []


def test_what_gets_new_dates_is_found_again(overview):
    past = timezone.localdate() - datetime.timedelta(days=30)
    page = add_activity(overview, frequency="once", start_date=past)
    assert found("sprogcafé") == []
    page.start_date = timezone.localdate() + datetime.timedelta(days=3)
    publish(page)
    assert found("sprogcafé") == [CAFE]
