"""A booking that looks as if a machine had filled in the form is looked at by a person, and nobody is turned away."""

import pytest
from django.test import Client

from hotline import bookings
from hotline.held import hold
from hotline.models import Booking, HeldBooking, HotlinePage
from hotline.visitors.answers import written
from portal.mail.models import OutgoingMail
from tests.hotline.conftest import hotline_page
from tests.hotline.desk.monday import Monday, url
from tests.hotline.desk.monday import written as text_of
from tests.hotline.hotline_site import at, next_monday, open_hotline, wish
from tests.hotline.visitors import Visitor

__all__ = ["hotline_page"]

pytestmark = pytest.mark.django_db

EMAIL = "robot@example.com"


def test_a_field_that_people_do_not_see_leads_to_a_colleague_and_blocks_no_time(
    client: Client, hotline_page: HotlinePage
):
    open_hotline(weeks=1)
    moment = at(next_monday(), 13, 20)
    visitor = Visitor(client).open("/en/hotline/book/").send(call="en").send(at=written(moment))
    contact = {"name": "Anna", "country": "DK", "phone": "20 30 40 50", "email": EMAIL, "topic": "tax"}
    visitor.send(**contact, second_nickname="http://spam.example")
    assert visitor.heading == "Check your answers"
    visitor.send()
    assert visitor.heading == "We look at your booking first"
    assert visitor.response.status_code == 202
    assert HeldBooking.objects.count() == 1
    assert not Booking.objects.exists()
    assert not OutgoingMail.objects.exists()
    assert moment in bookings.free_times("en")


def test_held_bookings_are_accepted_and_discarded_at_the_desk(monday: Monday, at_one):
    moment, other = at(next_monday(1), 13), at(next_monday(1), 14)
    for number, at_ in enumerate((moment, other)):
        hold(wish(at_, number=number, email=EMAIL))
    browser = monday.browser()
    assert "Held bookings: 2" in text_of(browser.get(url("desk")))
    assert EMAIL in text_of(browser.get(url("held")))
    first, second = HeldBooking.objects.all()
    said = text_of(browser.post(url("decide", first.pk), {"action": "accept", "at": written(moment)}, follow=True))
    booking = Booking.objects.get()
    assert booking.readable_code in said
    assert booking.slot.starts_at == moment
    assert OutgoingMail.objects.filter(recipient=EMAIL, key__endswith="/booked").exists()
    browser.post(url("decide", second.pk), {"action": "discard"})
    assert not HeldBooking.objects.exists()
    assert Booking.objects.count() == 1
    assert "already" in text_of(browser.post(url("decide", second.pk), {"action": "accept"}, follow=True))


def test_where_the_time_is_taken_meanwhile_others_are_offered(monday: Monday, at_one):
    moment = at(next_monday(1), 13)
    hold(wish(moment, number=9, call_language="pl"))
    bookings.book(wish(moment, call_language="pl"))
    (held,) = HeldBooking.objects.all()
    browser = monday.browser()
    assert "no longer free" in text_of(browser.get(url("held")))
    said = text_of(browser.post(url("decide", held.pk), {"action": "accept", "at": written(moment)}, follow=True))
    assert "no longer free" in said
    later = at(next_monday(1), 13, 20)
    assert written(later) in browser.get(url("held")).content.decode()
    browser.post(url("decide", held.pk), {"action": "accept", "at": written(later)})
    assert Booking.objects.get(call_language="pl", phone=held.phone).slot.starts_at == later


def test_only_the_staff_of_the_hotline_sees_what_is_held(monday: Monday, admin_client: Client):
    hold(wish(at(next_monday(), 13), email=EMAIL))
    assert EMAIL not in admin_client.get(url("held"), follow=True).content.decode()
    (held,) = HeldBooking.objects.all()
    admin_client.post(url("decide", held.pk), {"action": "discard"})
    assert HeldBooking.objects.exists()
