"""Booking a call with scripts off, step by step."""

import re

import pytest
from django.test import Client

from hotline import bookings
from hotline.models import Booking, HotlinePage
from hotline.visitors.answers import written
from tests.hotline.hotline_site import at, next_monday, open_hotline, wish
from tests.hotline.visitors import Visitor

pytestmark = pytest.mark.django_db

DETAILS = {"name": "Anna", "country": "PL", "phone": "601 234 567", "email": "", "topic": "tax"}


@pytest.fixture
def visitor(client: Client, hotline_page: HotlinePage) -> Visitor:
    """A visitor of a site whose hotline has free times on two Mondays, in Danish, English and German."""
    open_hotline()
    return Visitor(client)


def to_check(visitor: Visitor, base: str = "/en/hotline/", **details: str) -> Visitor:
    """Go on to the page that shows all answers."""
    visitor.open(f"{base}book/").send(call="en")
    visitor.send(at=written(at(next_monday(), 13, 20)))
    return visitor.send(**{**DETAILS, **details})


def test_a_call_is_booked_in_five_pages(visitor: Visitor):
    visitor.open("/en/hotline/book/")
    assert visitor.heading == "In which language shall we talk?"
    visitor.send(call="en")
    assert visitor.heading == "When shall we call you?"
    visitor.send(at=written(at(next_monday(), 13, 20)))
    assert visitor.heading == "Whom shall we call?"
    visitor.send(**DETAILS)
    assert visitor.heading == "Check your answers"
    assert "601 234 567" in visitor.html
    assert not Booking.objects.exists()
    visitor.send()
    assert visitor.heading == "We call you"
    booking = Booking.objects.get()
    assert booking.readable_code in visitor.html
    assert (booking.phone, booking.topic, booking.call_language) == ("+48601234567", "tax", "en")
    assert "Danish time" in visitor.html


def test_inside_a_municipality_the_call_is_noted_for_it(visitor: Visitor):
    to_check(visitor, "/en/herning/hotline/").send()
    assert Booking.objects.get().municipality == "herning"
    assert visitor.address.startswith("/en/herning/hotline/call/")


def test_no_step_sets_a_cookie_or_lands_in_a_cache(visitor: Visitor):
    to_check(visitor).send()
    assert not visitor.client.cookies
    assert "no-store" in visitor.response["Cache-Control"]


def test_no_address_holds_a_name_or_a_number(visitor: Visitor):
    to_check(visitor)
    assert "Anna" not in visitor.response.wsgi_request.get_full_path()
    assert "601" not in visitor.response.wsgi_request.get_full_path()


def test_a_time_taken_meanwhile_offers_the_next_three_and_keeps_the_answers(visitor: Visitor):
    to_check(visitor)
    bookings.book(wish(at(next_monday(), 13, 20)))
    visitor.send()
    assert visitor.response.status_code == 409
    assert len(re.findall('type="radio"', visitor.html)) == 3
    assert "Anna" in visitor.html
    visitor.send()
    assert visitor.heading == "We call you"
    assert Booking.objects.get(name="Anna", phone="+48601234567").slot.starts_at == at(next_monday(), 13, 40)


def test_back_to_the_times_from_the_last_page_loses_nothing(visitor: Visitor):
    to_check(visitor).send(action="/en/hotline/book/times/")
    assert visitor.heading == "When shall we call you?"
    visitor.send(at=written(at(next_monday(1), 14)))
    assert visitor.heading == "Check your answers"
    assert "601 234 567" in visitor.html
    visitor.send(action="/en/hotline/book/details/")
    assert visitor.heading == "Whom shall we call?"
    visitor.send(name="Anna Maria")
    visitor.send()
    assert Booking.objects.get().slot.starts_at == at(next_monday(1), 14)
    assert Booking.objects.get().name == "Anna Maria"


def test_another_language_can_be_chosen_on_the_last_page(visitor: Visitor):
    to_check(visitor).send(action="/en/hotline/book/")
    visitor.send(call="de")
    visitor.send(at=written(at(next_monday(), 13)))
    visitor.send()
    assert Booking.objects.get().call_language == "de"


def test_where_nobody_speaks_the_language_the_choices_are_honest(visitor: Visitor):
    visitor.open("/en/hotline/book/").send(call="pl")
    assert "Polish" in visitor.heading
    visitor.send(call="en", help="interpreter")
    visitor.send(at=written(at(next_monday(), 13)))
    visitor.send(**DETAILS)
    assert "I need an interpreter" in visitor.html
    visitor.send()
    booking = Booking.objects.get()
    assert (booking.call_language, booking.own_language, booking.help) == ("en", "pl", "interpreter")


def test_what_is_wrong_is_said_at_the_field_and_nothing_is_lost(visitor: Visitor):
    to_check(visitor, country="DK")
    assert visitor.response.status_code == 422
    assert "begin with + and the country code" in visitor.html
    assert 'value="601 234 567"' in visitor.html
    assert 'value="Anna"' in visitor.html


def test_a_cpr_number_is_refused_with_an_explanation(visitor: Visitor):
    to_check(visitor, name="Anna 010190-1234")
    assert visitor.response.status_code == 422
    assert "looks like a CPR number" in visitor.html


def test_sent_twice_it_is_one_call(visitor: Visitor):
    to_check(visitor)
    page = visitor.response, visitor.address
    visitor.send()
    visitor.response, visitor.address = page
    visitor.send()
    assert visitor.heading == "We call you"
    assert Booking.objects.count() == 1


def test_a_number_with_a_call_to_come_gets_no_second_one(visitor: Visitor):
    to_check(visitor).send()
    visitor.open("/en/hotline/book/").send(call="en")
    visitor.send(at=written(at(next_monday(), 14)))
    visitor.send(**{**DETAILS, "phone": "+48 601 234 567", "country": "DK"})
    visitor.send()
    assert visitor.response.status_code == 409
    assert "booked already" in visitor.html
    assert Booking.objects.count() == 1


@pytest.mark.parametrize("query", ["?call=xx", "?call=en&at=tomorrow", "?call=en&topic=nothing", "?call=en&help=much"])
def test_an_address_that_no_form_makes_is_not_understood(visitor: Visitor, query: str):
    assert visitor.open(f"/en/hotline/book/details/{query}").response.status_code == 400


def test_an_unknown_clock_is_left_out(visitor: Visitor):
    assert visitor.open("/en/hotline/book/times/?call=en&zone=Mars/Olympus").response.status_code == 200


def test_the_own_time_stands_beneath_with_its_day(visitor: Visitor):
    visitor.open("/en/hotline/book/times/?call=en&zone=Pacific/Auckland")
    assert "On your own clock: Tuesday" in visitor.html


def test_a_call_is_moved_and_cancelled_behind_its_link(visitor: Visitor):
    to_check(visitor).send()
    link = visitor.address
    visitor.open(f"{link}move/").send("move/", at=written(at(next_monday(), 14)))
    assert "is changed" in visitor.html
    assert Booking.objects.get().slot.starts_at == at(next_monday(), 14)
    visitor.open(link)
    assert Booking.objects.get().status == "booked"
    visitor.send("call/", action="")
    assert visitor.response.status_code == 400
    visitor.client.post(link, {"action": "cancel"})
    assert Booking.objects.get().status == "cancelled"
    assert visitor.open(link).heading == "Your call is cancelled"


def test_without_an_email_the_reference_and_the_phone_lead_to_the_call(visitor: Visitor):
    to_check(visitor).send()
    code = Booking.objects.get().readable_code
    visitor.open("/en/hotline/find/").send("find/", code=code.lower(), country="PL", phone="601234567")
    assert visitor.heading == "We call you"
    visitor.open("/en/hotline/find/").send("find/", code=code, country="PL", phone="601234568")
    assert visitor.response.status_code == 422


def test_a_forged_link_is_not_found(visitor: Visitor):
    assert visitor.client.get(f"/en/hotline/call/{'x' * 43}/").status_code == 404
    assert visitor.client.post(f"/en/hotline/call/{'x' * 43}/", {"action": "cancel"}).status_code == 404


def test_the_call_comes_as_a_file_for_the_calendar(visitor: Visitor):
    to_check(visitor).send()
    calendar = visitor.client.get(f"{visitor.address}hotline.ics").content.decode()
    assert "BEGIN:VEVENT" in calendar
    assert "Anna" not in calendar
    assert "601" not in calendar.replace(str(Booking.objects.get().ref), "")


def test_who_comes_from_a_page_about_tax_has_chosen_the_topic(visitor: Visitor):
    visitor.open("/en/hotline/book/?topic=tax").send(call="en")
    visitor.send(at=written(at(next_monday(), 13)))
    assert re.search(r'<option value="tax" selected', visitor.html)


def test_too_many_bookings_have_to_wait_and_lose_nothing(visitor: Visitor, settings):
    settings.THROTTLES = {**settings.THROTTLES, "hotline_booking": (0, 300)}
    to_check(visitor).send()
    assert visitor.response.status_code == 429
    assert int(visitor.response["Retry-After"]) >= 60
    assert "601 234 567" in visitor.html


def test_who_cancels_too_often_is_told_to_wait_and_the_call_stays(visitor: Visitor, settings):
    to_check(visitor).send()
    link = visitor.address
    settings.THROTTLES = {**settings.THROTTLES, "hotline_booking": (0, 300)}
    answer = visitor.client.post(link, {"action": "cancel"})
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) >= 60
    assert Booking.objects.get().status != "cancelled"


def test_the_link_of_a_call_stands_in_no_log(visitor: Visitor, caplog):
    to_check(visitor).send()
    link = visitor.address
    assert visitor.client.post(link, {"action": "explode"}).status_code == 400
    assert visitor.client.post(f"{link}move/", {}).status_code == 422
    assert link not in caplog.text


def test_the_page_of_the_hotline_takes_nothing_that_is_sent(visitor: Visitor):
    assert visitor.client.post("/en/hotline/", {"a": "b"}).status_code == 405


def test_booking_pages_take_few_queries(visitor: Visitor, django_assert_max_num_queries):
    visitor.open("/en/hotline/book/")
    for address in ("book/", "book/times/?call=en", f"book/details/?call=en&at={written(at(next_monday(), 13))}"):
        with django_assert_max_num_queries(12):
            visitor.client.get(f"/en/hotline/{address}")
