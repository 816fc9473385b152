"""The nightly command, as an operator runs it."""

import io

import pytest
from django.core.management import CommandError, call_command

from events_calendar.models import ActivityPage, Occurrence
from tests.events_calendar.calendar_site import add_activity

pytestmark = pytest.mark.django_db


def extend() -> str:
    out = io.StringIO()
    call_command("extend_occurrences", stdout=out)
    return out.getvalue().strip()


@pytest.mark.storage
def test_it_makes_what_is_missing_and_nothing_twice(cafe):
    count = cafe.occurrences.count()
    Occurrence.objects.filter(pk__in=list(cafe.occurrences.values_list("pk", flat=True)[:3])).delete()
    assert extend() == "Activities: 1. Dates created: 3, changed: 0, cancelled: 0."
    assert extend() == "Activities: 1. Dates created: 0, changed: 0, cancelled: 0."
    assert cafe.occurrences.count() == count


def test_a_date_that_is_made_again_has_the_id_that_people_subscribed_to(cafe):
    before = set(cafe.occurrences.values_list("uid", flat=True))
    Occurrence.objects.all().delete()
    extend()
    assert set(cafe.occurrences.values_list("uid", flat=True)) == before


def test_one_activity_that_fails_does_not_keep_the_others_from_their_dates(overview, cafe):
    other = add_activity(overview, "strik")
    Occurrence.objects.all().delete()
    ActivityPage.objects.filter(pk=cafe.pk).update(zone="Europe/Nowhere")
    with pytest.raises(CommandError, match=str(cafe.pk)):
        extend()
    assert other.occurrences.exists()
