"""Booking, moving and cancelling a call."""

import datetime
from dataclasses import replace

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from hotline import bookings
from hotline.expiry import anonymise
from hotline.models import Booking, CallLog, Slot
from hotline.slots import extend_all
from portal.mail.models import OutgoingMail
from tests.factories import Tree
from tests.hotline.hotline_site import add_shift, add_staff, at, clock_at, next_monday, open_hotline, wish

pytestmark = [pytest.mark.django_db, pytest.mark.storage]


def test_a_booked_time_is_free_for_nobody_else():
    open_hotline(weeks=1)
    moment = at(next_monday(), 13)
    bookings.book(wish(moment))
    assert moment not in bookings.free_times("en")
    with pytest.raises(bookings.Taken):
        bookings.book(wish(moment, number=1))


def test_the_call_goes_to_a_colleague_who_speaks_the_language():
    line, _mette = open_hotline("da", weeks=1)
    hans = add_staff("Hans", "de")
    add_shift(hans, line, next_monday())
    extend_all()
    assert bookings.book(wish(at(next_monday(), 13), call_language="de")).slot.staff == hans
    with pytest.raises(bookings.Taken):
        bookings.book(wish(at(next_monday(), 13), call_language="de", number=1))


def test_the_same_form_sent_twice_is_one_call_and_one_mail():
    open_hotline(weeks=1)
    one = wish(at(next_monday(), 13), email="anna@example.com")
    assert bookings.book(one) == bookings.book(one)
    assert OutgoingMail.objects.filter(key__endswith="/booked").count() == 1


def test_a_phone_has_one_call_to_come():
    open_hotline(weeks=1)
    first = bookings.book(wish(at(next_monday(), 13)))
    with pytest.raises(bookings.BookedAlready) as refused:
        bookings.book(wish(at(next_monday(), 13, 20)))
    assert refused.value.booking == first


def test_a_call_that_is_too_soon_cannot_be_booked():
    open_hotline(weeks=1)
    late = wish(at(next_monday(), 13, 40))
    with clock_at(at(next_monday(), 12)), pytest.raises(bookings.Taken):
        bookings.book(late)


def test_a_moved_call_keeps_its_reference_and_frees_its_time():
    open_hotline(weeks=1)
    booking = bookings.book(wish(at(next_monday(), 13), email="anna@example.com"))
    moved = bookings.move(booking.pk, at(next_monday(), 14))
    assert (moved.pk, moved.code, moved.sequence) == (booking.pk, booking.code, 1)
    assert at(next_monday(), 13) in bookings.free_times("en")
    mail = OutgoingMail.objects.get(key__contains="/moved/")
    calendar = bytes(mail.calendar).decode()
    assert f"UID:{booking.ref}" in calendar
    assert "SEQUENCE:1" in calendar
    bookings.move(booking.pk, at(next_monday(), 14))
    assert OutgoingMail.objects.filter(key__contains="/moved/").count() == 1


def test_the_reminder_brings_the_entry_of_the_calendar_as_it_is_now():
    open_hotline(weeks=2)
    booking = bookings.book(wish(at(next_monday(1), 13), email="anna@example.com"))
    bookings.move(booking.pk, at(next_monday(1), 14))
    calendar = bytes(OutgoingMail.objects.get(key__contains="/reminder/").calendar).decode()
    assert f"UID:{booking.ref}" in calendar
    assert "SEQUENCE:1" in calendar
    assert f"DTSTART;TZID=Europe/Copenhagen:{next_monday(1):%Y%m%d}T140000" in calendar


def test_a_call_that_cannot_move_keeps_its_time():
    open_hotline(weeks=1)
    booking = bookings.book(wish(at(next_monday(), 13)))
    bookings.book(wish(at(next_monday(), 14), number=1))
    with pytest.raises(bookings.Taken):
        bookings.move(booking.pk, at(next_monday(), 14))
    booking.refresh_from_db()
    assert booking.slot.starts_at == at(next_monday(), 13)


def test_who_moves_a_call_from_a_page_that_is_out_of_date_loses_nothing():
    open_hotline(weeks=1)
    booking = bookings.book(wish(at(next_monday(), 13), email="anna@example.com"))
    as_read = Booking.objects.select_related("slot", "line").get()
    bookings.move(booking.pk, at(next_monday(), 14))
    assert bookings.move(booking.pk, at(next_monday(), 14, 20), known=as_read).sequence == 2
    assert bookings.free_times("en").count(at(next_monday(), 14)) == 1
    assert OutgoingMail.objects.filter(key__contains="/moved/").count() == 2
    assert OutgoingMail.objects.filter(key__contains="/reminder/").count() == 1
    bookings.cancel(booking.pk)
    with pytest.raises(bookings.TooLate):
        bookings.move(booking.pk, at(next_monday(), 14, 40), known=as_read)
    assert at(next_monday(), 14, 40) in bookings.free_times("en")


def test_a_page_that_not_everybody_may_read_is_not_noted(tree: Tree):
    open_hotline(weeks=1)
    first, second, third = (wish(at(next_monday(), 13, minute), number=minute) for minute in (0, 20, 40))
    page = tree.herning
    assert bookings.book(replace(first, about_page_id=page.pk)).about_page == page.page_ptr
    PageViewRestriction.objects.create(page=page.get_parent(), restriction_type=PageViewRestriction.LOGIN)
    assert bookings.book(replace(second, about_page_id=page.pk)).about_page is None
    assert bookings.book(replace(third, about_page_id=page.pk + 1_000_000)).about_page is None


def test_a_cancelled_call_is_off_in_the_calendar_and_is_not_reminded_of():
    open_hotline(weeks=2)
    booking = bookings.book(wish(at(next_monday(1), 13), email="anna@example.com"))
    assert OutgoingMail.objects.filter(key__contains="/reminder/").count() == 1
    bookings.cancel(booking.pk)
    bookings.cancel(booking.pk)
    assert not OutgoingMail.objects.filter(key__contains="/reminder/").exists()
    calendar = bytes(OutgoingMail.objects.get(key__endswith="/cancelled").calendar).decode()
    assert "METHOD:CANCEL" in calendar
    assert at(next_monday(1), 13) in bookings.free_times("en")
    bookings.book(wish(at(next_monday(1), 13)))


def test_nobody_is_found_31_days_after_the_call():
    line, _staff = open_hotline(weeks=1)
    booking = bookings.book(wish(at(next_monday(), 13), email="anna@example.com", visitor_zone="Asia/Kathmandu"))
    log = {"line": line, "form_key": booking.form_key, "at": at(next_monday(), 13), "channel": "booked"}
    CallLog.objects.create(booking=booking, topic="tax", language="en", minutes=12, **log)
    Booking.objects.update(status="done")
    numbers = list(Booking.objects.values("topic", "call_language", "status"))
    monday = at(next_monday(), 13)
    with clock_at(monday + datetime.timedelta(days=29)):
        assert anonymise() == 0
    with clock_at(monday + datetime.timedelta(days=31)):
        assert anonymise() == 1
        assert anonymise() == 0
    stored = str([list(Booking.objects.values()), list(CallLog.objects.values()), list(Slot.objects.values())])
    for personal in ("Anna", "anna@", "2030", "Kathmandu", booking.token_hash):
        assert personal not in stored
    assert list(Booking.objects.values("topic", "call_language", "status")) == numbers
    assert CallLog.objects.count() == 1


def test_a_call_that_nobody_made_keeps_nobody_from_booking_again():
    open_hotline(weeks=2)
    missed = bookings.book(wish(at(next_monday(), 13)))
    later = wish(at(next_monday(1), 13))
    with clock_at(at(next_monday(), 16)):
        bookings.book(later)
    missed.refresh_from_db()
    assert missed.status == "missed"


def test_staff_may_book_at_the_last_moment():
    open_hotline(weeks=1)
    late = wish(at(next_monday(), 13, 20))
    with clock_at(at(next_monday(), 13, 10)):
        booking = bookings.book(late, by_staff=True)
        assert booking.slot.starts_at > timezone.now()
