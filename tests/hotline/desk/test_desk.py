"""Working a Monday at the desk, as its staff see it in the admin."""

import uuid

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import ModelLogEntry

from hotline.bookings import close_missed
from hotline.models import Booking, BookingStatus, CallLog, Shift, StaffMember, UnansweredQuestion
from portal.mail.models import OutgoingMail
from tests.hotline.hotline_site import at, clock_at, next_monday
from tests.portal.role_fixtures import make_people

from .monday import Monday, again, url, written

pytestmark = pytest.mark.django_db


def test_only_the_staff_of_the_hotline_sees_who_booked(monday: Monday, at_one, django_user_model):
    call = monday.book(14, name="Anna Kowalska")
    people = {**make_people(), "superuser": django_user_model.objects.create_superuser("root")}
    addresses = [url("desk"), url("call", call.pk), url("reassign"), url("find")]
    posts = [url(name, call.pk) for name in ("take", "outcome", "hand_over", "move", "cancel", "follow_up")]
    for name, person in people.items():
        client = Client()
        client.force_login(person)
        for address in [*addresses, *posts]:
            answers = [client.post(address)] if address in posts else [client.get(address), client.post(address)]
            for response in answers:
                assert response.status_code in {302, 403}, (name, address)
                assert b"Kowalska" not in response.content
    assert again(call).status == BookingStatus.BOOKED
    assert again(call).taken_by is None


def test_today_shows_the_calls_in_order_and_names_nobody(monday: Monday, at_one):
    monday.book(14, number=1, topic="health", visitor_zone="America/New_York", municipality="herning")
    monday.book(13, 20, number=2, name="Secret")
    text = written(response := monday.browser().get(url("desk")))
    assert "Secret" not in text
    assert "+45" not in text
    rows = BeautifulSoup(response.content, "html.parser").select(".desk-main tbody tr")
    assert [row.th.get_text(" ", strip=True)[:5] for row in rows] == ["13:20", "14:00"]
    assert "08:00 (New York)" in rows[1].get_text()
    assert "Doctors and the health system" in rows[1].get_text()
    assert "Herning Kommune" in rows[1].get_text()
    assert "no-store" in response.headers["Cache-Control"]


def test_the_list_needs_as_many_queries_for_eight_calls_as_for_one(monday: Monday, at_one):
    client = monday.browser()

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(url("desk"))
        return len(captured)

    monday.book(13, 20, number=1)
    client.get(url("desk"))
    few = queries()
    for number, minute in enumerate((20, 40), start=2):
        monday.book(14, minute, number=number)
        monday.book(14, minute, number=number + 10)
    assert queries() == few


def test_opening_a_call_shows_who_it_is_and_is_logged(monday: Monday, at_one):
    call = monday.book(14, name="Anna", phone="+48601234567")
    response = monday.browser().get(url("call", call.pk))
    soup = BeautifulSoup(response.content, "html.parser")
    assert soup.select_one("a[href='tel:+48601234567']").get_text(strip=True) == "Call +48 601 234 567"
    assert "Anna" in written(response)
    entry = ModelLogEntry.objects.get(action="hotline.seen")
    assert (entry.user.username, entry.object_id, entry.label) == ("mette", str(call.pk), call.code)
    assert "Anna" not in str(entry.data)


def test_a_call_is_taken_answered_and_followed_up(monday: Monday, at_one):
    call = monday.book(13, 20, name="Anna", email="anna@example.dk")
    client = monday.browser()
    taken = client.post(url("take", call.pk), follow=True)
    assert "What came of the attempt?" in written(taken)
    late = monday.browser("jens").post(url("take", call.pk), follow=True)
    assert "Mette took this call at 13:01" in late.content.decode()
    about = {"topic": "housing", "language": "en", "municipality": "herning", "minutes": "9", "solved": "no"}
    done = client.post(url("outcome", call.pk), {"outcome": "answered", "number": "1", **about}, follow=True)
    assert again(call).status == BookingStatus.DONE
    logged = CallLog.objects.get()
    assert (logged.topic, logged.minutes, logged.solved) == ("housing", 9, False)
    soup = BeautifulSoup(done.content, "html.parser")
    form = soup.select_one(f"form[action='{url('follow_up', call.pk)}']")
    key = form.select_one("[name=form_key]")["value"]
    when = form.select("option")[-1]["value"]
    for _time in range(2):
        client.post(url("follow_up", call.pk), {"form_key": key, "at": when})
    follow_up = Booking.objects.get(follow_up_of=call)
    assert (follow_up.name, follow_up.phone, follow_up.topic) == ("Anna", call.phone, "tax")


def test_who_does_not_answer_stands_in_the_list_at_the_next_time(monday: Monday, at_one):
    call = monday.book(13, 20)
    client = monday.browser()
    client.post(url("take", call.pk))
    soup = BeautifulSoup(client.get(url("call", call.pk)).content, "html.parser")
    first = soup.select_one("select[name=next_try_at] option")
    client.post(url("outcome", call.pk), {"outcome": "no_answer", "number": "1", "next_try_at": first["value"]})
    text = written(client.get(url("desk")))
    assert first.get_text(strip=True) in text
    assert "Attempts: 1" in text
    refused = client.post(
        url("outcome", call.pk), {"outcome": "no_answer", "number": "2", "next_try_at": "x"}, follow=True
    )
    assert "nobody who speaks the language is there then" in refused.content.decode()
    for nonsense in ({}, {"outcome": "??", "number": "1"}, {"outcome": "answered", "number": "99"}):
        assert client.post(url("outcome", call.pk), nonsense, follow=True).status_code == 200
    assert again(call).attempts.count() == 1


def test_a_walk_in_call_is_logged_with_a_topic_and_a_button(monday: Monday, at_one):
    client = monday.browser()
    soup = BeautifulSoup(client.get(url("desk")).content, "html.parser")
    form = soup.select_one(".desk-walk-in")
    typed = {tag["name"]: tag.get("value", "") for tag in form.select("input[name]") if tag["type"] != "radio"}
    typed |= {tag["name"]: (tag.select_one("[selected]") or tag.option)["value"] for tag in form.select("select")}
    for _time in range(2):  # the topic is the first click, the button the second; pressed twice it counts once
        client.post(url("desk"), {**typed, "topic": "forms", "solved": "yes"})
    logged = CallLog.objects.get()
    assert (logged.topic, logged.language, logged.channel, logged.solved) == ("forms", "da", "walk_in", True)
    assert logged.booking is None
    refused = client.post(url("desk"), {**typed, "solved": "yes"})
    assert "Choose a topic" in refused.content.decode()


def test_calls_of_a_removed_shift_go_to_a_colleague_at_the_same_time(monday: Monday):
    call = monday.book(13, 20)
    other = monday.jens if call.slot.staff == monday.mette else monday.mette
    Shift.objects.get(staff=call.slot.staff, date=next_monday()).delete()
    client = monday.browser()
    soup = BeautifulSoup(client.get(url("reassign")).content, "html.parser")
    first = soup.select_one("select[name=slot] option")
    assert other.name in first.get_text()
    client.post(url("move", call.pk), {"slot": first["value"]})
    moved = again(call)
    assert (moved.slot.staff, moved.slot.starts_at, moved.sequence) == (other, call.slot.starts_at, 0)
    assert "Every booked call has somebody" in written(client.get(url("reassign")))
    for nonsense in ("", "x y", "20260101T1300Z x", "20260101T1300Z 999999"):
        response = client.post(url("move", call.pk), {"slot": nonsense}, follow=True)
        assert response.status_code == 200
    assert again(call).slot == moved.slot


def test_a_call_is_cancelled_and_handed_over(monday: Monday, at_one):
    first, second = monday.book(14, number=1), monday.book(14, 20, number=2)
    client = monday.browser()
    said = client.post(url("hand_over", first.pk), {"colleague": monday.jens.pk}, follow=True)
    assert again(first).taken_by == monday.jens
    assert "does not speak" not in said.content.decode()
    polish = monday.book(14, 40, number=3, call_language="pl")
    said = monday.browser("jens").post(url("hand_over", polish.pk), {"colleague": monday.mette.pk}, follow=True)
    assert again(polish).taken_by == monday.mette
    assert "Mette does not speak the language of this call" in said.content.decode()
    client.post(url("cancel", second.pk))
    assert again(second).status == BookingStatus.CANCELLED
    response = client.post(url("take", second.pk), follow=True)
    assert "This call is over: cancelled" in response.content.decode()


def test_somebody_new_in_the_group_works_without_being_entered_first(monday: Monday, at_one):
    StaffMember.objects.filter(user=monday.people["jens"]).update(user=None)
    call = monday.book(14)
    monday.browser("jens").post(url("take", call.pk))
    assert again(call).taken_by.user == monday.people["jens"]


def test_a_call_that_nobody_made_asks_for_a_follow_up_until_there_is_one(monday: Monday):
    call = monday.book(13, 20)
    with clock_at(at(next_monday(), 18)):
        close_missed()
        client = monday.browser()
        assert "Nobody called: please book a follow-up" in written(client.get(url("desk")))
        form = BeautifulSoup(client.get(url("call", call.pk)).content, "html.parser").select_one(
            f"form[action='{url('follow_up', call.pk)}']"
        )
        sent = {"form_key": form.select_one("[name=form_key]")["value"], "at": form.select_one("option")["value"]}
        client.post(url("follow_up", call.pk), sent)
        assert Booking.objects.filter(follow_up_of=call).exists()
        assert "Nobody called" not in written(client.get(url("desk")))


def test_a_forgotten_call_is_no_longer_opened(monday: Monday, at_one):
    call = monday.book(14)
    Booking.objects.filter(pk=call.pk).update(
        name="", phone="", email="", token_hash="", anonymised_at=at(next_monday(), 13)
    )
    assert monday.browser().get(url("call", call.pk)).status_code == 404
    with clock_at(at(next_monday(), 13)):
        assert "Nobody is waiting" in written(monday.browser().get(url("desk")))


def test_a_page_is_opened_in_both_languages_and_sent_once(monday: Monday, at_one):
    call = monday.book(14, call_language="pl", language="pl", email="anna@example.dk")
    client = monday.browser()
    opened = client.get(url("call", call.pk), {"open": "/da/guide/ankomst/cpr-nummer/"})
    soup = BeautifulSoup(opened.content, "html.parser")
    frames = [frame["src"] for frame in soup.select("iframe")]
    assert frames == ["/pl/guide/ankomst/cpr-nummer/", "/da/guide/ankomst/cpr-nummer/"]
    assert soup.select_one(".qr-code") is not None
    form = soup.select_one(f"form[action='{url('send_page')}']")
    typed = {tag["name"]: tag.get("value", "") for tag in form.select("input[name]")}
    assert typed["email"] == "anna@example.dk"
    for _time in range(2):
        client.post(url("send_page"), typed)
    mail = OutgoingMail.objects.get(key__startswith="hotline/page/")
    assert (mail.recipient, mail.language) == ("anna@example.dk", "pl")
    assert "/pl/guide/ankomst/cpr-nummer/" in mail.text
    for address in ("/da/guide/ankomst/nothing/", "//evil.example/", "/en/", "/da/guide/../admin/"):
        response = client.get(url("find"), {"open": address, "q": ""})
        assert response.status_code == 200
        assert not BeautifulSoup(response.content, "html.parser").select("iframe")


def test_a_question_without_an_answer_is_given_to_the_editors_without_a_cpr_number(monday: Monday, at_one):
    client = monday.browser()
    sent = {"form_key": str(uuid.uuid4()), "text": "Gdzie oddać rower?", "topic": "transport", "language": "pl"}
    for text, problem in (
        ("My number is 010190-1234", "CPR number"),
        ("Write to anna@example.dk, please", "e-mail address"),
        ("Call +48 601 234 567", "phone number"),
        ("Call 20 30 40 50", "phone number"),
    ):
        refused = client.post(url("ask"), {**sent, "text": text, "back": url("find")}, follow=True)
        assert problem in refused.content.decode()
    assert not UnansweredQuestion.objects.exists()
    for _time in range(2):
        client.post(url("ask"), {**sent, "municipality": "herning", "back": "https://evil.example/"})
    question = UnansweredQuestion.objects.get()
    assert (question.text, question.municipality, question.state) == ("Gdzie oddać rower?", "herning", "open")
