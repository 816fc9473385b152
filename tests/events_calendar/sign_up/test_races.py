"""Nobody can overbook a date, however many try at once, on both databases and with real threads and processes.

The harness is tried on the naive way of doing it first: what it cannot catch there, it would not catch here.
"""

import datetime
import random
import time
import uuid
from collections import Counter
from functools import partial

import pytest
from django.db import connection, transaction
from django.db.models import Sum

from events_calendar.models import Occurrence, SignUp
from events_calendar.models.sign_ups import HOLDING, SignUpStatus
from events_calendar.sign_up import service
from portal.mail.models import OutgoingMail
from portal.reference_codes import new_code
from tests.events_calendar.sign_up.crowd import (
    CROWDS,
    PEOPLE,
    PROCESSES,
    ROUNDS,
    THREADS,
    again,
    at_once,
    held,
    in_processes,
    names_of,
    party,
)
from tests.real_server import TIMES, times_in_words

pytestmark = [pytest.mark.storage, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("on_disk")]


def naive_sign_up(occurrence_id: int, who) -> SignUp:
    """Count, compare, insert: what everybody writes first."""
    with transaction.atomic():
        occurrence = Occurrence.objects.get(pk=occurrence_id)
        taken = occurrence.sign_ups.filter(status__in=HOLDING).aggregate(all=Sum("seats"))["all"] or 0
        if taken + who.seats > occurrence.capacity:
            raise service.Full(0)
        return SignUp.objects.create(
            occurrence=occurrence,
            seats=who.seats,
            status="confirmed",
            code=new_code(),
            form_key=who.form_key,
            language="da",
        )


def test_the_naive_way_is_caught(dates):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite lets only one transaction write at a time: the naive way is right by luck")
    overbooked = 0
    for date in dates(10, ROUNDS):
        at_once([lambda number=number, date=date: naive_sign_up(date.pk, party(number)) for number in range(THREADS)])
        overbooked += held(date) > 10
    assert overbooked >= ROUNDS * 0.9, "otherwise the other tests prove nothing"


@pytest.mark.parametrize("capacity", [1, 10])
def test_as_many_come_as_there_are_places_no_more_and_no_fewer(dates, capacity):
    for date in dates(capacity, ROUNDS):
        outcomes = at_once(
            [lambda number=number, date=date: service.sign_up(date.pk, party(number)) for number in range(THREADS)]
        )
        assert Counter(names_of(outcomes)) == {"confirmed": capacity, "Full": THREADS - capacity}
        assert held(date) == again(date).taken == capacity


def test_a_crowd_from_many_processes_gets_ten_places(dates, record_property):
    for date in dates(10, CROWDS):
        outcomes = in_processes(lambda number, date=date: service.sign_up(date.pk, party(number)), PEOPLE, PROCESSES)
        assert Counter(outcome for outcome, _seconds in outcomes) == {"done": 10, "Full": PEOPLE - 10}
        assert held(date) == again(date).taken == 10
        times = times_in_words([seconds for _outcome, seconds in outcomes])
        record_property(TIMES, f"{connection.vendor}, {PROCESSES} processes: {times}")


def test_a_form_that_is_sent_fifty_times_is_one_sign_up_and_one_mail(dates):
    (date,) = dates(10, 1)
    key = uuid.uuid4()
    outcomes = at_once([lambda: service.sign_up(date.pk, party(1, form_key=key)) for _time in range(50)])
    assert len({one.pk for one in outcomes}) == 1
    assert (SignUp.objects.count(), again(date).taken) == (1, 1)
    assert OutgoingMail.objects.filter(key__endswith="/confirmed").count() == 1


def test_one_person_with_many_forms_is_one_sign_up(dates):
    (date,) = dates(10, 1)
    outcomes = at_once([lambda: service.sign_up(date.pk, party("anna")) for _time in range(THREADS)])
    assert Counter(names_of(outcomes)) == {"confirmed": 1, "SignedUpAlready": THREADS - 1}
    assert again(date).taken == 1


def test_many_cancellations_at_once_free_one_place_and_promote_one_person(dates):
    for date in dates(1, ROUNDS, waiting_places=5):
        first = service.sign_up(date.pk, party("first"))
        waiting = [service.sign_up(date.pk, party(number)) for number in range(3)]
        at_once([lambda first=first: service.cancel(first.pk) for _time in range(THREADS)])
        assert [again(one).status for one in waiting] == ["confirmed", "waiting", "waiting"]
        assert held(date) == again(date).taken == 1
        mails = OutgoingMail.objects.filter(key__startswith=f"sign-up/{waiting[0].ref}/moved-up")
        assert mails.count() == 1


def test_an_offer_that_is_accepted_and_declined_at_once_ends_in_one_way(dates, move):
    for date in dates(1, ROUNDS, waiting_places=5):
        move(date, datetime.timedelta(hours=10))
        first, second, third = [service.sign_up(date.pk, party(name)) for name in ("first", "second", "third")]
        service.cancel(first.pk)
        assert again(second).status == "offered"
        yes, no = partial(service.accept, second.pk), partial(service.cancel, second.pk)
        at_once([yes, no] * (THREADS // 2))
        assert (again(second).status, again(third).status) == ("cancelled", "offered"), "who declines is off the list"
        assert held(date) == again(date).taken == 1
        keys = mail_keys(second)
        assert len(keys) == len(set(keys)) <= 4
        assert OutgoingMail.objects.filter(key=f"sign-up/{third.ref}/offer").count() == 1


def test_an_offer_that_is_accepted_many_times_is_one_place_and_one_mail(dates, move):
    (date,) = dates(1, 1, waiting_places=5)
    move(date, datetime.timedelta(hours=10))
    first, second = service.sign_up(date.pk, party("first")), service.sign_up(date.pk, party("second"))
    service.cancel(first.pk)
    outcomes = at_once([partial(service.accept, second.pk)] * THREADS)
    assert Counter(names_of(outcomes)) == {"confirmed": THREADS}
    assert sorted(key.rsplit("/", 1)[1] for key in mail_keys(second)) == ["confirmed", "offer", "waiting"]
    assert held(date) == again(date).taken == 1


def test_two_who_want_the_one_place_that_is_left_do_not_lose_what_they_have(dates):
    for date in dates(3, ROUNDS):
        pair = [service.sign_up(date.pk, party(number)) for number in range(2)]
        outcomes = at_once([lambda one=one: service.change_seats(one.pk, 2) for one in pair])
        assert Counter(names_of(outcomes)) == {"confirmed": 1, "Full": 1}
        assert sorted(again(one).seats for one in pair) == [1, 2]
        assert again(date).taken == 3


def test_a_capacity_that_is_lowered_while_people_sign_up_is_never_below_them(dates):
    for date in dates(20, ROUNDS):
        people = [lambda number=number, date=date: service.sign_up(date.pk, party(number)) for number in range(16)]
        staff = [lambda number=number, date=date: set_places(date, number) for number in range(1, 17)]
        outcomes = at_once([*people, *staff])
        assert {type(one).__name__ for one in outcomes} <= {"SignUp", "Full", "TooFew", "Changed", "Occurrence"}
        row = again(date)
        assert held(date) == row.taken <= row.capacity


def test_whatever_many_people_do_the_counts_are_right_and_nobody_overtakes(dates, record_property):
    """A long mixture of everything, in threads, with groups of different sizes."""
    chance = random.Random(7)
    (date,) = dates(12, 1, waiting_places=15)
    type(date.activity).objects.update(offers_places=True)
    done: list[float] = []

    def something(seed: int):
        luck = random.Random(seed)

        def act() -> None:
            for number in range(PEOPLE // 10):
                chosen = luck.random()
                some = SignUp.objects.filter(occurrence=date).order_by("?").first()
                offered = SignUp.objects.filter(occurrence=date, status="offered").order_by("?").first()
                began = time.perf_counter()
                try:
                    if chosen < 0.4 or some is None:
                        service.sign_up(date.pk, party(f"{seed}-{number}", seats=luck.randint(1, 3)))
                    elif chosen < 0.65:
                        service.accept((offered or some).pk)
                    elif chosen < 0.85:
                        service.cancel(some.pk)
                    elif chosen < 0.95:
                        service.change_seats(some.pk, luck.randint(1, 3))
                    else:
                        set_places(date, luck.randint(8, 16))
                except service.Refused:
                    pass
                done.append(time.perf_counter() - began)

        return act

    outcomes = at_once([something(chance.random()) for _thread in range(20)])
    assert [one for one in outcomes if one is not None] == []
    assert len(done) == 20 * (PEOPLE // 10)
    check_invariants(date)
    record_property(TIMES, f"{connection.vendor}, 20 threads of everything: {times_in_words(done)}")


def set_places(date: Occurrence, number: int) -> Occurrence:
    """Change the number of places, as somebody who looks at it first."""
    return service.set_capacity(date.pk, number, seen=again(date).capacity)


def check_invariants(date: Occurrence) -> None:
    """What must hold after anything."""
    row = again(date)
    assert held(row) == row.taken <= row.capacity
    assert service.wrong_counts() == []
    live = SignUp.objects.filter(occurrence=row, status__in=("confirmed", "waiting", "offered"))
    assert len(set(live.values_list("contact_key", flat=True))) == live.count()
    waiting = list(live.filter(status="waiting").order_by("queue_no"))
    fitting = [one for one in waiting if one.seats <= row.capacity]
    assert not fitting or row.taken + fitting[0].seats > row.capacity, "the first who waits does not fit"
    promoted = SignUp.objects.filter(occurrence=row).exclude(promoted_at=None).order_by("promoted_at", "queue_no")
    for earlier in waiting:
        overtakers = [one for one in promoted if one.queue_no > earlier.queue_no]
        # A group that is larger than all places waits without being in anybody's way.
        assert not overtakers or earlier.seats > 8, "nobody overtakes"
    for one in SignUp.objects.filter(occurrence=row):
        kinds = {key.rsplit("/", 1)[1] for key in mail_keys(one)}
        assert ("cancelled" in kinds) is (one.status == SignUpStatus.CANCELLED)
        assert ("offer" in kinds) <= (one.promoted_at is not None), "an offer that is no longer true may be dropped"
        assert "moved-up" not in kinds, "whoever is on the list is asked first"
        has_accepted = one.queue_no is not None and one.status == SignUpStatus.CONFIRMED
        assert one.queue_no is not None or "confirmed" in kinds
        assert not has_accepted or "confirmed" in kinds


def mail_keys(one: SignUp) -> list[str]:
    """Return the keys of the mails about a sign-up that announce where it stands."""
    keys = OutgoingMail.objects.filter(key__startswith=f"sign-up/{one.ref}/").values_list("key", flat=True)
    return [key for key in keys if "/seats/" not in key and "/reminder/" not in key]
