"""The page of one date of an activity: its address, and what it says there."""

import datetime

import pytest
from django.http import Http404

from events_calendar import changes
from events_calendar.models import ActivityPage
from tests.events_calendar.calendar_site import add_activity, coming
from tests.factories import in_language, publish, translate

pytestmark = pytest.mark.django_db


# Addresses ------------------------------------------------------------------------------------------------------------


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
