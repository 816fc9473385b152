"""Sign-up as it meets a crowd: real forms, sent at once to a real server with several workers."""

import time
from collections import Counter
from functools import partial

import pytest

from events_calendar.models import SignUp
from portal.mail.models import OutgoingMail
from tests.events_calendar.sign_up.crowd import again, held
from tests.real_server import TIMES, Person, all_at_once, fill_in, real_server, times_in_words

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("on_disk")]
PEOPLE = 100


def form_address(address: str, date) -> str:
    return f"{address}/pl/herning/aktiviteter/{date.activity.slug}/{date.slug}/tilmelding/"


def test_a_hundred_people_who_send_the_form_at_once_get_ten_places(date, record_property):
    """Ten places, twenty on the waiting list; everybody else is told, and nobody sees an error."""
    with real_server(THROTTLE_FACTOR="10") as address:
        form = form_address(address, date)
        people = [Person(number) for number in range(PEOPLE)]
        opened = [fields for fields, _seconds in all_at_once([partial(one.open_form, form) for one in people])]
        fill_in()
        sent = [
            partial(one.send, form, {**fields, "name": "Anna", "email": f"p{number}@example.dk"})
            for number, (one, fields) in enumerate(zip(people, opened, strict=True))
        ]
        answers = all_at_once(sent)
    assert Counter(answer.status_code for answer, _seconds in answers) == {303: 30, 409: PEOPLE - 30}
    assert len({answer.headers["Location"] for answer, _seconds in answers if answer.status_code == 303}) == 30
    statuses = SignUp.objects.filter(occurrence=date).values_list("status", flat=True)
    assert Counter(statuses) == {"confirmed": 10, "waiting": 20}
    assert held(date) == again(date).taken == 10
    assert OutgoingMail.objects.filter(key__endswith="/confirmed").count() == 10
    record_property(TIMES, times_in_words([seconds for _answer, seconds in answers]))


def test_the_same_form_twenty_times_at_once_is_one_sign_up(date, record_property):
    with real_server() as address:
        form = form_address(address, date)
        anna = Person(1)
        fields = {**anna.open_form(form), "name": "Anna", "email": "anna@example.dk"}
        fill_in()
        answers = all_at_once([partial(Person(1).send, form, fields) for _time in range(20)])
    assert {answer.status_code for answer, _seconds in answers} == {303}
    assert len({answer.headers["Location"] for answer, _seconds in answers}) == 1
    assert (SignUp.objects.count(), again(date).taken) == (1, 1)
    assert OutgoingMail.objects.filter(key__endswith="/confirmed").count() == 1
    record_property(TIMES, times_in_words([seconds for _answer, seconds in answers]))


def test_the_limit_of_one_connection_holds_for_all_workers_together(date):
    """Ten references in five minutes may be tried, whichever of the workers answers."""
    with real_server() as address:
        form = form_address(address, date)
        typed = {"find": "1", "find-code": "AAAA2222", "find-phone": "+45 20123456"}
        if (left := 300 - time.time() % 300) < 20:
            time.sleep(left)  # or the crowd would meet the end of a window
        answers = all_at_once([partial(Person(1).send, form, typed) for _time in range(24)])
    assert Counter(answer.status_code for answer, _seconds in answers) == {422: 10, 429: 14}
    assert all(int(answer.headers["Retry-After"]) > 0 for answer, _seconds in answers if answer.status_code == 429)
