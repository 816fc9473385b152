"""A crowd for a few times: nobody gets a time twice, nobody is turned away while one is free, and nobody loses theirs.

The harness is tried on the naive way of doing it first. `SIGN_UP_ROUNDS` makes the crowd larger.
"""

import datetime
import itertools
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection, transaction

from hotline import bookings
from hotline.models import Booking, Slot, SlotState
from hotline.models.bookings import HOLDING
from hotline.slots import extend_all
from portal.mail.models import OutgoingMail
from portal.reference_codes import new_code
from tests.events_calendar.sign_up.crowd import ROUNDS, THREADS, at_once, in_processes
from tests.hotline.hotline_site import add_line, add_shift, add_staff, at, next_monday, wish
from tests.on_disk import on_disk

__all__ = ["on_disk"]

pytestmark = [pytest.mark.storage, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("on_disk")]
DESKS = 3


@pytest.fixture
def desks() -> list[Any]:
    """Three colleagues who speak English, and one who speaks Polish, on two Mondays."""
    line = add_line()
    found = [add_staff(f"Desk {number}", "en") for number in range(DESKS)]
    found.append(add_staff("Ania", "pl"))
    for staff, week in itertools.product(found, range(2)):
        add_shift(staff, line, next_monday(week))
    extend_all()
    return found


def moments() -> Iterator[datetime.datetime]:
    """The times of the first Monday."""
    return (at(next_monday(), hour, minute) for hour in (13, 14) for minute in (0, 20, 40))


def outcomes_of(actions: list[Callable[[], Any]]) -> Counter[str]:
    """What happened, by name."""
    return Counter(type(one).__name__ for one in at_once(actions))


def caller(moment: datetime.datetime, number: int, **values: Any) -> Callable[[], Booking]:
    """Somebody who books at the same moment as all others."""
    return lambda: bookings.book(wish(moment, number=number, **values))


def naive(moment: datetime.datetime, number: int) -> Booking:
    """Look, then write: what everybody writes first. Without the constraint, several would get one time."""
    with transaction.atomic():
        slot = bookings.free_slots().filter(starts_at=moment, staff__spoken__language="pl").first()
        if slot is None:
            raise bookings.Taken
        return Booking.objects.create(
            code=new_code(),
            line=slot.line,
            slot=slot,
            call_language="pl",
            topic="tax",
            language="pl",
            phone=f"+45203040{number:02d}",
            form_key=uuid.uuid4(),
        )


def test_the_naive_way_is_caught_by_the_database(desks):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite lets only one transaction write at a time: the naive way is right by luck")
    moment = next(moments())
    outcomes = outcomes_of([lambda number=number: naive(moment, number) for number in range(THREADS)])
    assert outcomes["IntegrityError"] > 0, "otherwise the other tests prove nothing"
    assert Booking.objects.count() == 1


def test_as_many_are_called_as_there_are_desks_and_each_in_their_language(desks):
    for moment in itertools.islice(moments(), ROUNDS):
        callers = [caller(moment, number, call_language="en") for number in range(THREADS)]
        callers += [caller(moment, 50 + number, call_language="pl") for number in range(5)]
        assert outcomes_of(callers) == {"Booking": DESKS + 1, "Taken": THREADS + 4 - DESKS}
        held = Booking.objects.filter(slot__starts_at=moment, status__in=HOLDING)
        assert held.values("slot").distinct().count() == held.count() == DESKS + 1
        for booking in held.prefetch_related("slot__staff__spoken"):
            assert booking.call_language in booking.slot.staff.languages
        Booking.objects.update(status="done")


def test_a_crowd_from_several_processes(desks):
    moment = next(moments())
    outcomes = in_processes(lambda number: bookings.book(wish(moment, number=number)), 40, 4)
    assert Counter(outcome for outcome, _seconds in outcomes) == {"done": DESKS, "Taken": 40 - DESKS}


def test_a_form_that_is_sent_fifty_times_is_one_call_and_one_mail(desks):
    one = wish(next(moments()), email="anna@example.com")
    outcomes = at_once([lambda: bookings.book(one) for _time in range(50)])
    assert len({booking.pk for booking in outcomes}) == 1
    assert OutgoingMail.objects.filter(key__endswith="/booked").count() == 1


def test_one_phone_with_many_forms_is_one_call(desks):
    moment = next(moments())
    assert outcomes_of([caller(moment, 7) for _time in range(THREADS)]) == {
        "Booking": 1,
        "BookedAlready": THREADS - 1,
    }


def test_of_two_calls_that_move_into_one_time_one_keeps_its_own(desks):
    first, second, goal = itertools.islice(moments(), 3)
    for _round in range(ROUNDS):
        one, other = (bookings.book(wish(at_, number=n, call_language="pl")) for n, at_ in enumerate((first, second)))
        outcomes = outcomes_of([lambda pk=pk: bookings.move(pk, goal) for pk in (one.pk, other.pk)])
        assert outcomes == {"Booking": 1, "Taken": 1}
        times = {booking.slot.starts_at for booking in Booking.objects.filter(status="booked").select_related("slot")}
        assert goal in times
        assert len(times & {first, second}) == 1
        Booking.objects.update(status="cancelled")


def test_many_cancellations_at_once_are_one(desks):
    booking = bookings.book(wish(next(moments()), email="anna@example.com"))
    at_once([lambda: bookings.cancel(booking.pk) for _time in range(THREADS)])
    booking.refresh_from_db()
    assert (booking.status, booking.sequence) == ("cancelled", 1)
    assert OutgoingMail.objects.filter(key__endswith="/cancelled").count() == 1


def test_a_roster_that_changes_while_people_book_loses_nobody(desks):
    moment = next(moments())
    ania = desks[-1]
    Slot.objects.filter(staff=ania).exclude(starts_at=moment).delete()

    def remove() -> None:
        ania.shifts.all().delete()

    outcomes = at_once([remove, *[caller(moment, number, call_language="pl") for number in range(8)], extend_all])
    extend_all()
    assert not [one for one in outcomes if isinstance(one, Exception) and not isinstance(one, bookings.Taken)]
    booked = Booking.objects.filter(status="booked")
    assert booked.count() <= 1
    assert list(booked) == list(bookings.to_reassign())
    assert not Slot.objects.filter(staff=ania, state=SlotState.OPEN).exists()
