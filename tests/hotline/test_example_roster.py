"""On a fresh site one command makes a hotline that can be tried."""

import io

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from hotline import bookings
from hotline.models import Shift, Slot, StaffMember
from tests.hotline.hotline_site import add_line, wish

pytestmark = pytest.mark.django_db


def run(**options: object) -> str:
    out = io.StringIO()
    call_command("make_example_roster", stdout=out, **options)
    return out.getvalue()


def test_anybody_can_book_with_two_examples_and_work_at_the_desk(tree, client: Client):
    add_line()
    run(password="a good long password")
    assert bookings.free_languages() == {"da", "de", "en", "pl"}
    assert all("Eksempel" in staff.name for staff in StaffMember.objects.all())
    booking = bookings.book(wish(bookings.free_times("pl")[0], call_language="pl"))
    assert client.login(username="hotline-example-2", password="a good long password")
    page = client.get(reverse("hotline_call", args=[booking.pk]))
    assert page.status_code == 200
    assert booking.name in page.content.decode()


def test_run_again_it_adds_nothing_and_removed_it_leaves_nothing(tree):
    add_line()
    run()
    shifts, times = Shift.objects.count(), Slot.objects.count()
    run()
    assert (Shift.objects.count(), Slot.objects.count(), StaffMember.objects.count()) == (shifts, times, 2)
    assert authenticate(username="hotline-example-1", password="") is None
    run(remove=True)
    assert not Shift.objects.exists()
    assert not Slot.objects.exists()
    assert not StaffMember.objects.exists()


def test_a_call_that_was_booked_is_not_lost_with_the_examples(tree):
    add_line()
    run()
    booking = bookings.book(wish(bookings.free_times("en")[0]))
    assert "1 of them" in run(remove=True)
    assert list(bookings.to_reassign()) == [booking]


def test_without_a_hotline_it_says_what_to_do():
    with pytest.raises(CommandError, match="load_starter_content"):
        run()
