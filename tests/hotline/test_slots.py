"""Times to book: made of the roster, the opening hours and the closed days."""

import datetime
from io import StringIO

import pytest
from django.core.management import call_command

from hotline import bookings
from hotline.models import Booking, Closure, OpeningRule, Shift, Slot
from hotline.slots import extend_all
from tests.hotline.hotline_site import COPENHAGEN, add_line, add_shift, add_staff, at, next_monday, open_hotline, wish

pytestmark = [pytest.mark.django_db, pytest.mark.storage]


def times(state: str = "open") -> list[str]:
    """The times as the Danish clock shows them."""
    found = Slot.objects.filter(state=state).order_by("starts_at", "pk")
    return [f"{slot.starts_at.astimezone(COPENHAGEN):%H:%M}" for slot in found]


def test_a_shift_gives_six_calls_of_twenty_minutes():
    open_hotline(weeks=1)
    assert times() == ["13:00", "13:20", "13:40", "14:00", "14:20", "14:40"]


def test_a_shift_that_is_longer_than_the_opening_hours_gives_no_more():
    line, staff = add_line(), add_staff("Mette", "da")
    add_shift(staff, line, next_monday(), start=datetime.time(12, 10), end=datetime.time(13, 50))
    extend_all()
    assert times() == ["13:00", "13:20"]


def test_two_shifts_that_overlap_give_each_time_once():
    line, staff = add_line(), add_staff("Mette", "da")
    add_shift(staff, line, next_monday(), end=datetime.time(14))
    add_shift(staff, line, next_monday(), start=datetime.time(13, 30))
    extend_all()
    assert times() == ["13:00", "13:20", "13:40", "14:00", "14:20", "14:40"]


def test_running_twice_changes_nothing():
    open_hotline()
    before = list(Slot.objects.order_by("pk").values())
    changes = extend_all()
    assert (changes.created, changes.opened, changes.blocked) == (0, 0, 0)
    assert list(Slot.objects.order_by("pk").values()) == before


def test_a_removed_shift_closes_free_times_and_lists_booked_ones(django_capture_on_commit_callbacks):
    open_hotline(weeks=1)
    booking = bookings.book(wish(at(next_monday(), 13, 20)))
    with django_capture_on_commit_callbacks(execute=True):
        Shift.objects.all().delete()
    assert times() == []
    assert list(bookings.to_reassign()) == [booking]
    booking.refresh_from_db()
    assert booking.status == "booked"
    assert bookings.free_times("en") == []


def test_a_shift_that_comes_back_opens_its_times_again(django_capture_on_commit_callbacks):
    line, staff = open_hotline(weeks=1)
    bookings.book(wish(at(next_monday(), 13, 20)))
    Shift.objects.all().delete()
    extend_all()
    with django_capture_on_commit_callbacks(execute=True):
        add_shift(staff, line, next_monday())
    assert not bookings.to_reassign()
    assert len(times()) == 6


def test_a_closed_day_takes_no_calls_while_it_is_undecided_and_when_it_is_confirmed():
    open_hotline(weeks=1)
    closure = Closure.objects.create(
        date_from=next_monday(), date_to=next_monday(), reason={"da": "Lukket"}, state="proposed"
    )
    extend_all()
    assert times() == []
    closure.state = "dismissed"
    closure.save()
    extend_all()
    assert len(times()) == 6


def test_longer_calls_never_overlap_one_that_is_booked():
    line, _staff = open_hotline(weeks=1)
    bookings.book(wish(at(next_monday(), 13, 20)))
    line.slot_minutes = 30
    line.save()
    extend_all()
    assert times() == ["13:20", "14:00", "14:30"]
    assert Booking.objects.get().slot.state == "open"


def test_polish_on_thursdays_is_data():
    line, _staff = open_hotline()
    OpeningRule.objects.create(line=line, weekday=3, start=datetime.time(16), end=datetime.time(17))
    thursday = next_monday() + datetime.timedelta(days=3)
    ania = add_staff("Ania", "pl")
    add_shift(ania, line, thursday, start=datetime.time(16), end=datetime.time(17))
    extend_all()
    assert bookings.free_times("pl") == [at(thursday, 16), at(thursday, 16, 20), at(thursday, 16, 40)]


def test_the_command_proposes_holidays_once_with_names_in_five_languages():
    add_line()
    call_command("extend_slots", stdout=StringIO())
    proposed = Closure.objects.filter(state="proposed")
    first = proposed.count()
    easter = proposed.filter(reason__da="Anden påskedag").get()
    assert set(easter.reason) >= {"da", "en"}
    easter.state = "dismissed"
    easter.save()
    call_command("extend_slots", stdout=StringIO())
    assert Closure.objects.count() == first
