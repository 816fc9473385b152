"""The page of one date of an activity: its address, and what it says there."""

import datetime
import json
from dataclasses import replace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events_calendar import changes
from events_calendar.models import ActivityPage, Organiser
from tests.events_calendar.calendar_page import DAY, soup_of
from tests.events_calendar.calendar_site import add_activity, coming
from tests.factories import in_language, publish, translate

pytestmark = pytest.mark.django_db


# Addresses ------------------------------------------------------------------------------------------------------------


@pytest.mark.storage
def test_a_date_is_found_by_its_day_and_time(cafe):
    first = coming(cafe)[0]
    assert first.slug == f"{first.original_date}-1900"
    assert cafe.occurrence_at(first.slug) == first
    translate(cafe, "pl")
    assert in_language(cafe, "pl").occurrence_at(first.slug) == first


def test_a_whole_day_is_found_by_its_day(overview):
    fair = add_activity(overview, "messe", is_all_day=True, start_time=None, end_time=None)
    first = coming(fair)[0]
    assert first.slug == str(first.original_date)
    assert fair.occurrence_at(first.slug) == first


def test_the_address_stays_when_the_activity_gets_other_times(cafe):
    first = coming(cafe)[0]
    page = ActivityPage.objects.get(pk=cafe.pk)
    page.start_time = datetime.time(17)
    publish(page)
    found = page.occurrence_at(f"{first.original_date}-1900")
    assert found == first
    assert found.local_start.hour == 17


def test_a_cancelled_date_and_one_that_the_schedule_no_longer_has_are_still_there(cafe, django_user_model):
    first, second = coming(cafe)[:2]
    changes.cancel(first, django_user_model.objects.create_superuser("chef"), {"da": "Vi er syge."})
    page = ActivityPage.objects.get(pk=cafe.pk)
    page.until = first.original_date
    publish(page)
    assert page.occurrence_at(first.slug).is_cancelled
    assert page.occurrence_at(second.slug).is_cancelled


@pytest.mark.parametrize(
    "slug", ["2020-01-01-1900", "2026-02-30-1900", "2026-12-03-2500", "0000-00-00", "x", "", "２０２６-12-03-1900"]
)
def test_what_never_was_a_date_is_not_found(cafe, slug):
    with pytest.raises(Http404):
        cafe.occurrence_at(slug)


def test_one_date_has_one_address(overview):
    fair = add_activity(overview, "messe", is_all_day=True, start_time=None, end_time=None)
    with pytest.raises(Http404):
        fair.occurrence_at(f"{coming(fair)[0].slug}-0000")


def test_the_dates_of_an_unpublished_activity_are_not_found(cafe):
    first = coming(cafe)[0]
    ActivityPage.objects.get(pk=cafe.pk).unpublish()
    with pytest.raises(Http404):
        ActivityPage.objects.get(pk=cafe.pk).occurrence_at(first.slug)


# The page -------------------------------------------------------------------------------------------------------------


ACTIVITY = "herning/aktiviteter/sprogcafe/"


def data_of(page: BeautifulSoup) -> dict[str, Any]:
    """Return what programs read on the page."""
    found: dict[str, Any] = json.loads(page.select_one("script[type='application/ld+json']").string)
    return found


def test_the_page_says_everything_about_the_one_date(client, overview):
    cafe = add_activity(
        overview, summary="Tal dansk.", price="Gratis", what_to_bring="Godt humør.", spoken_languages=["da", "pl"]
    )
    first = coming(cafe)[0]
    page = soup_of(client, f"/da/{ACTIVITY}{first.slug}/")
    text = page.main.get_text(" ", strip=True)
    for words in ("kl. 19–22", "Biblioteket, Østergade 8, 7400 Herning", "Gratis", "Godt humør.", "Dansk, Polsk"):
        assert words in text
    assert page.select_one("svg.qr-code title").get_text()
    assert f"{settings.BASE_URL}/da/{ACTIVITY}{first.slug}/" in text
    file = next(link["href"] for link in page.select("main a") if link["href"].endswith(".ics"))
    assert client.get(file).status_code == 200
    assert page.select(".breadcrumbs a")[-1]["href"] == f"/da/{ACTIVITY}"


def test_programs_read_the_date_too(client, overview):
    club = Organiser.objects.create(name="Røde Kors", website="https://rodekors.dk/")
    cafe = add_activity(
        overview, spoken_languages=["da", "pl"], price="Gratis.", online_url="https://example.dk/", organiser=club
    )
    first = coming(cafe)[0]
    data = data_of(soup_of(client, f"/da/{ACTIVITY}{first.slug}/"))
    assert data["@type"] == "Event"
    assert datetime.datetime.fromisoformat(data["startDate"]) == first.starts_at
    assert data["startDate"][11:16] == "19:00"
    assert data["eventStatus"].endswith("/EventScheduled")
    assert data["eventAttendanceMode"].endswith("/MixedEventAttendanceMode")
    assert [place["@type"] for place in data["location"]] == ["Place", "VirtualLocation"]
    assert data["inLanguage"] == ["da", "pl"]
    assert data["isAccessibleForFree"] is True
    assert data["organizer"]["name"] == "Røde Kors"


def test_what_is_not_known_is_not_claimed(client, cafe):
    data = data_of(soup_of(client, f"/da/{ACTIVITY}{coming(cafe)[0].slug}/"))
    assert not {"isAccessibleForFree", "offers", "organizer", "inLanguage", "description"} & data.keys()
    assert data["location"]["@type"] == "Place"


def test_a_title_cannot_end_the_data(client, overview):
    title = "</script><script>alert(1)</script> & \u2028"
    cafe = add_activity(overview, title=title)
    response = client.get(f"/da/{ACTIVITY}{coming(cafe)[0].slug}/")
    assert b"<script>alert" not in response.content
    assert (
        data_of(BeautifulSoup(response.content.decode(), "html.parser"))["name"]
        == ActivityPage.objects.get(pk=cafe.pk).title
    )


def test_a_whole_day_and_a_moved_date_in_the_data(client, overview, django_user_model):
    chef = django_user_model.objects.create_superuser("chef")
    fair = add_activity(overview, "messe", is_all_day=True, start_time=None, end_time=None, end_day_offset=1)
    first = coming(fair)[0]
    data = data_of(soup_of(client, f"/da/herning/aktiviteter/messe/{first.slug}/"))
    assert data["startDate"] == str(first.original_date)
    assert data["endDate"] == str(first.original_date + DAY)
    cafe = add_activity(overview)
    moved = coming(cafe)[0]
    changes.move(moved, chef, replace(cafe.schedule, start_date=moved.original_date + DAY), {"da": "Salen er optaget."})
    page = soup_of(client, f"/da/{ACTIVITY}{moved.slug}/")
    assert data_of(page)["eventStatus"].endswith("/EventRescheduled")
    assert data_of(page)["previousStartDate"] == str(moved.original_date)
    assert "Salen er optaget." in page.select_one(".callout").get_text()


def test_a_cancelled_date_says_first_that_it_does_not_take_place(client, cafe, django_user_model):
    first, second = coming(cafe)[:2]
    changes.cancel(first, django_user_model.objects.create_superuser("chef"), {"da": "Vi er syge."})
    page = soup_of(client, f"/da/{ACTIVITY}{first.slug}/")
    assert "Vi er syge." in page.select_one(".callout--warning").get_text()
    assert data_of(page)["eventStatus"].endswith("/EventCancelled")
    assert not page.select(".sign-up")
    again = ActivityPage.objects.get(pk=cafe.pk)
    again.until = first.original_date
    publish(again)
    gone = soup_of(client, f"/da/{ACTIVITY}{second.slug}/")
    assert gone.select_one(".callout--warning")
    assert gone.select_one("meta[name=robots]")["content"] == "noindex"


def test_a_date_is_its_own_address_for_search_engines_until_it_is_over(client, cafe):
    translate(cafe, "pl")
    first, second = coming(cafe)[:2]
    page = soup_of(client, f"/pl/{ACTIVITY}{first.slug}/")
    assert page.select_one("link[rel=canonical]")["href"] == f"{settings.BASE_URL}/pl/{ACTIVITY}{first.slug}/"
    assert not page.select("meta[name=robots]")
    alternates = {link["hreflang"]: link["href"] for link in page.select("link[hreflang]")}
    assert alternates["da"] == alternates["x-default"] == f"{settings.BASE_URL}/da/{ACTIVITY}{first.slug}/"
    long_ago = timezone.now() - 3 * DAY
    cafe.occurrences.filter(pk=second.pk).update(starts_at=long_ago, ends_at=long_ago + DAY)
    over = soup_of(client, f"/pl/{ACTIVITY}{second.slug}/")
    assert over.select_one("meta[name=robots]")["content"] == "noindex"
    assert not over.select("link[hreflang]")


def test_the_language_switcher_keeps_the_date(client, cafe):
    translate(cafe, "pl")
    first = coming(cafe)[0]
    links = {
        link["lang"]: link["href"] for link in soup_of(client, f"/da/{ACTIVITY}{first.slug}/").select(".languages a")
    }
    assert links["pl"] == f"/pl/{ACTIVITY}{first.slug}/"
    page = soup_of(client, links["pl"])
    assert page.h1.get_text() == "pl: Sprogcafé"
    assert "w godz. 19–22" in page.main.get_text()


def test_the_activity_leads_to_its_dates_and_to_its_feed(client, cafe):
    page = soup_of(client, f"/da/{ACTIVITY}")
    assert page.select_one(".dates a")["href"] == f"/da/{ACTIVITY}{coming(cafe)[0].slug}/"
    feed = page.select_one("a[href^=webcal]")["href"]
    assert feed.endswith(f"/da/{ACTIVITY}feed.ics")


@pytest.mark.parametrize("slug", ["2020-01-01-1900", "2026-02-30", "i-morgen", "2026-12-03-1900/x"])
def test_no_page_where_no_date_is(client, cafe, slug):
    assert client.get(f"/da/{ACTIVITY}{slug}/").status_code == 404


def test_one_date_costs_as_many_queries_as_its_activity_has_dates_or_not(client, cafe):
    def number() -> int:
        address = f"/da/{ACTIVITY}{coming(cafe)[0].slug}/"
        client.get(address)
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    few = number()
    assert few <= 14
    page = ActivityPage.objects.get(pk=cafe.pk)
    page.frequency = "daily"
    publish(page)
    assert number() == few
