"""Occurrences follow the published schedule and keep their identity, whatever happens to the page."""

import datetime
import threading
from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from events_calendar import changes
from events_calendar.materialise import Changes, horizon, materialise
from events_calendar.models import ActivityPage, Occurrence
from tests.events_calendar.calendar_site import add_activity, add_overview, coming
from tests.factories import build_tree, publish

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)
WEEK = datetime.timedelta(days=7)


def change(activity: ActivityPage, **fields: object) -> ActivityPage:
    """Publish an activity with other fields."""
    page = ActivityPage.objects.get(pk=activity.pk)
    for name, value in fields.items():
        setattr(page, name, value)
    return publish(page)


def rows(activity: ActivityPage) -> list[dict]:
    """Return everything that is stored of the dates."""
    return list(activity.occurrences.order_by("pk").values())


def ids(activity: ActivityPage) -> dict[datetime.date, object]:
    """Return date → id of what takes place."""
    return {one.original_date: one.uid for one in coming(activity)}


# Publishing -----------------------------------------------------------------------------------------------------------


def test_a_published_activity_has_its_dates_for_18_months(cafe):
    found = coming(cafe)
    assert 76 <= len(found) <= 79
    assert found[0].starts_at > timezone.now()
    last = found[-1].local_date
    assert datetime.timedelta(0) <= horizon(timezone.localdate()) - last < WEEK
    assert {one.local_start.time() for one in found} == {datetime.time(19)}
    assert {one.local_date.weekday() for one in found} == {3}
    assert {one.place for one in found} == {"Biblioteket, Østergade 8, 7400 Herning"}
    assert {one.sequence for one in found} == {0}


def test_a_draft_has_no_dates_yet(cafe):
    draft = cafe.copy(update_attrs={"slug": "kladde"}, keep_live=False)
    draft.save_revision()
    materialise(draft.pk)
    assert not draft.occurrences.exists()


def test_a_draft_of_new_times_changes_nothing_for_readers(cafe):
    before = rows(cafe)
    cafe.start_time = datetime.time(18)
    cafe.save_revision()
    materialise(cafe.pk)
    assert rows(cafe) == before


@pytest.mark.storage
def test_running_twice_changes_nothing(cafe):
    before = rows(cafe)
    assert materialise(cafe.pk) == Changes()
    assert rows(cafe) == before


def test_what_has_begun_but_is_not_over_has_a_date(overview):
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    fair = add_activity(overview, "messe", start_date=yesterday, frequency="once", is_all_day=True, end_day_offset=3)
    (only,) = fair.occurrences.all()
    assert only.local_date == yesterday
    assert only.all_day
    assert only.ends_at - only.starts_at >= datetime.timedelta(days=3, hours=23)


def test_time_goes_on_and_dates_are_added(cafe):
    before = ids(cafe)
    later = timezone.now() + datetime.timedelta(days=70)
    made = materialise(cafe.pk, later)
    assert (made.changed, made.cancelled) == (0, 0)
    after = ids(cafe)
    assert {day: after[day] for day in before} == before
    added = sorted(after.keys() - before.keys())
    assert made.created == len(added) >= 9
    assert added == [max(before) + week * WEEK for week in range(1, len(added) + 1)]
    assert datetime.timedelta(0) <= horizon(timezone.localdate(later)) - added[-1] < WEEK


@pytest.mark.parametrize(
    ("moment", "last"),
    [
        ("2026-11-30T22:59:00+00:00", datetime.date(2028, 5, 25)),
        ("2026-11-30T23:01:00+00:00", datetime.date(2028, 6, 1)),
        ("2027-06-30T21:59:00+00:00", datetime.date(2028, 12, 28)),
        ("2027-06-30T22:01:00+00:00", datetime.date(2028, 12, 28)),
        ("2027-07-03T22:01:00+00:00", datetime.date(2029, 1, 4)),
    ],
)
def test_the_18_months_are_counted_from_the_day_it_is_in_denmark(overview, moment, last):
    cafe = add_activity(overview, start_date=datetime.date(2026, 11, 26))
    Occurrence.objects.all().delete()
    materialise(cafe.pk, datetime.datetime.fromisoformat(moment))
    assert max(ids(cafe)) == last


# Editing --------------------------------------------------------------------------------------------------------------


def test_a_new_title_and_text_change_no_date(cafe):
    before = rows(cafe)
    change(cafe, title="Sprogcafé for alle", summary="Kom og tal dansk.", price="Gratis")
    assert rows(cafe) == before


@pytest.mark.storage
def test_a_new_time_keeps_the_ids(cafe):
    before = ids(cafe)
    change(cafe, start_time=datetime.time(18, 30))
    assert ids(cafe) == before
    assert {one.local_start.time() for one in coming(cafe)} == {datetime.time(18, 30)}
    assert {one.sequence for one in coming(cafe)} == {1}


def test_a_new_place_is_a_new_version_of_each_date(cafe):
    before = ids(cafe)
    change(cafe, venue_name="Medborgerhuset")
    assert ids(cafe) == before
    assert {(one.place.split(",")[0], one.sequence) for one in coming(cafe)} == {("Medborgerhuset", 1)}


@pytest.mark.storage
def test_dates_that_the_schedule_loses_are_cancelled_and_come_back_as_they_were(cafe):
    before = ids(cafe)
    change(cafe, weekdays=[2])
    assert not before.keys() & ids(cafe).keys()
    gone = cafe.occurrences.filter(uid__in=before.values())
    assert {(one.status, one.removed_at is None, one.sequence) for one in gone} == {("cancelled", False, 1)}
    change(cafe, weekdays=[3])
    assert ids(cafe) == before
    assert {one.sequence for one in coming(cafe)} == {2}


def test_a_shorter_series_cancels_its_end(cafe):
    days = sorted(ids(cafe))
    change(cafe, until=days[4])
    assert sorted(ids(cafe)) == days[:5]


def test_the_past_is_never_touched(cafe):
    past = timezone.now() + datetime.timedelta(days=30)
    before = [row for row in rows(cafe) if row["ends_at"] <= past]
    assert len(before) >= 3
    ActivityPage.objects.filter(pk=cafe.pk).update(weekdays=[0], venue_name="Et andet sted")
    materialise(cafe.pk, past)
    assert [row for row in rows(cafe) if row["ends_at"] <= past] == before


@pytest.mark.storage
def test_two_dates_with_one_original_time_are_refused_by_the_database(cafe):
    first = coming(cafe)[0]
    first.pk, first.uid = None, None
    for broken in (
        {},
        {"original_date": datetime.date(2031, 1, 1), "ends_at": first.starts_at},
        {"original_date": datetime.date(2031, 1, 1), "capacity": 3, "taken": 4},
        {"original_date": datetime.date(2031, 1, 1), "status": "cancelled"},
    ):
        values = {field.attname: getattr(first, field.attname) for field in Occurrence._meta.concrete_fields}
        values.pop("id")
        values.pop("uid")
        with pytest.raises(IntegrityError), transaction.atomic():
            Occurrence.objects.create(**{**values, **broken})


# By hand --------------------------------------------------------------------------------------------------------------


def test_a_cancelled_date_stays_cancelled_whatever_the_schedule_does(cafe, django_user_model):
    first = coming(cafe)[0]
    changes.cancel(first, django_user_model.objects.create_superuser("chef"), {"da": "Sygdom"})
    change(cafe, start_time=datetime.time(18))
    again = Occurrence.objects.get(pk=first.pk)
    assert (again.status, again.uid) == ("cancelled", first.uid)
    change(cafe, weekdays=[1])
    change(cafe, weekdays=[3])
    assert Occurrence.objects.get(pk=first.pk).status == "cancelled"


@pytest.mark.storage
def test_a_moved_date_stays_where_it_is_and_is_not_made_again(cafe, django_user_model):
    first, second = coming(cafe)[:2]
    schedule = cafe.schedule.__class__(
        start_date=first.local_date + datetime.timedelta(days=1),
        start_time=datetime.time(15),
        end_time=datetime.time(16),
    )
    changes.move(first, django_user_model.objects.create_superuser("chef"), schedule, {"da": "Salen er optaget"})
    count = cafe.occurrences.count()
    change(cafe, start_time=datetime.time(18))
    moved, other = Occurrence.objects.get(pk=first.pk), Occurrence.objects.get(pk=second.pk)
    assert moved.local_start == datetime.datetime.combine(schedule.start_date, datetime.time(15))
    assert other.local_start.time() == datetime.time(18)
    assert (moved.uid, moved.original_date) == (first.uid, first.original_date)
    assert cafe.occurrences.count() == count


def test_a_date_that_was_moved_far_ahead_is_not_lost_once_its_own_day_is_past(cafe, django_user_model):
    first = coming(cafe)[0]
    later = first.local_date + datetime.timedelta(days=100)
    schedule = cafe.schedule.__class__(start_date=later, start_time=datetime.time(15), end_time=datetime.time(16))
    changes.move(first, django_user_model.objects.create_superuser("chef"), schedule, {"da": "Udsat"})
    materialise(cafe.pk, first.ends_at + datetime.timedelta(days=30))
    moved = Occurrence.objects.get(pk=first.pk)
    assert (moved.status, moved.local_date, moved.removed_at) == ("scheduled", later, None)


def test_a_date_that_was_moved_forward_is_not_made_again_on_its_own_day(cafe, django_user_model):
    third = coming(cafe)[2]
    schedule = cafe.schedule.__class__(
        start_date=third.local_date - datetime.timedelta(days=3),
        start_time=datetime.time(15),
        end_time=datetime.time(16),
    )
    moved = changes.move(third, django_user_model.objects.create_superuser("chef"), schedule, {"da": "Fremrykket"})
    before = cafe.occurrences.count()
    materialise(cafe.pk, moved.ends_at + HOUR)
    assert cafe.occurrences.filter(original_date=third.original_date).count() == 1
    assert cafe.occurrences.count() - before <= 2  # those that have come within the horizon


# What readers may see ---------------------------------------------------------------------------------------------------


@pytest.mark.storage
def test_unpublishing_withdraws_the_dates_and_publishing_brings_them_back(cafe):
    before = ids(cafe)
    cafe.unpublish()
    assert not coming(cafe)
    assert set(cafe.occurrences.values_list("published", "status")) == {(False, "cancelled")}
    change(cafe, title="Igen")
    assert ids(cafe) == before


def test_a_closed_municipality_closes_its_dates(tree, cafe):
    municipality = Page.objects.get(pk=tree.herning.pk).specific
    restriction = PageViewRestriction.objects.create(page_id=municipality.pk, restriction_type="login")
    assert not coming(cafe)
    restriction.delete()
    assert coming(cafe)
    municipality.unpublish()
    assert not coming(cafe)
    publish(municipality.__class__.objects.get(pk=municipality.pk))
    assert coming(cafe)


def test_an_activity_that_moves_to_another_municipality_keeps_its_dates(tree, cafe):
    before = ids(cafe)
    overview = add_overview(tree.holstebro)
    Page.objects.get(pk=cafe.pk).move(Page.objects.get(pk=overview.pk), pos="last-child")
    assert ids(ActivityPage.objects.get(pk=cafe.pk)) == before


# Places ---------------------------------------------------------------------------------------------------------------


@pytest.mark.storage
def test_dates_have_the_places_of_the_activity_and_never_fewer_than_are_taken(cafe):
    assert {one.capacity for one in coming(cafe)} == {None}
    change(cafe, registration="here", capacity=10)
    assert {(one.capacity, one.sequence) for one in coming(cafe)} == {(10, 0)}
    first = coming(cafe)[0]
    Occurrence.objects.filter(pk=first.pk).update(taken=8)
    ActivityPage.objects.filter(pk=cafe.pk).update(capacity=5)  # past the form, which refuses it
    materialise(cafe.pk)
    assert [one.capacity for one in coming(cafe)[:2]] == [8, 5]
    change(cafe, capacity=9, registration="none")
    assert {one.capacity for one in coming(cafe)} == {None}


# At the same moment ---------------------------------------------------------------------------------------------------


def at_once(*actions: Callable[[], object]) -> list[Exception]:
    """Do all of this in threads of their own, and return what went wrong."""
    errors: list[Exception] = []

    def run(action: Callable[[], object]) -> None:
        try:
            action()
        except Exception as error:  # told to the test, which would not see it
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[action]) for action in actions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors


@pytest.mark.django_db(transaction=True)
def test_writers_at_the_same_moment_lose_nothing(django_user_model):
    """Several servers publish and extend at once, and somebody cancels a date while they do."""
    cafe = add_activity(add_overview(build_tree(aliases=False).herning))
    chef = django_user_model.objects.create_superuser("chef")
    Occurrence.objects.all().delete()
    assert not at_once(*[lambda: materialise(cafe.pk)] * 4)
    days = list(cafe.occurrences.values_list("original_date", flat=True))
    assert len(days) == len(set(days)) >= 76

    ActivityPage.objects.filter(pk=cafe.pk).update(start_time=datetime.time(18))
    first = coming(cafe)[0]
    cancelled, wait = threading.Event(), threading.Event()

    def cancel_slowly() -> None:
        with transaction.atomic():
            changes.cancel(first, chef, {"da": "Sygdom"})
            cancelled.set()
            wait.wait(1)

    def extend_meanwhile() -> None:
        cancelled.wait(10)
        materialise(cafe.pk)

    assert not at_once(cancel_slowly, extend_meanwhile)
    again = Occurrence.objects.get(pk=first.pk)
    assert (again.status, again.local_start.time()) == ("cancelled", datetime.time(18))
