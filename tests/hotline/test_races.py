"""A crowd for a few times: nobody gets a time twice, nobody is turned away while one is free, and nobody loses theirs.

The harness is tried on the naive way of doing it first. `SIGN_UP_ROUNDS` makes the crowd larger.
"""

import datetime
import threading
import uuid
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone

from hotline import bookings
from hotline.desk import service
from hotline.models import Booking, CallAttempt, CallLog, Outcome, Slot, SlotState, StaffMember
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
def desks() -> list[StaffMember]:
    """Three colleagues who speak English, and one who speaks Polish, on two Mondays."""
    line = add_line()
    found = [add_staff(f"Desk {number}", "en") for number in range(DESKS)]
    found.append(add_staff("Ania", "pl"))
    for staff in found:
        for week in range(2):
            add_shift(staff, line, next_monday(week))
    extend_all()
    return found


@pytest.fixture
def moments(desks: list[StaffMember]) -> Callable[[int], list[datetime.datetime]]:
    """Return times at which everybody is free, and that nobody has used: as many as are asked for."""
    used = 0

    def fresh(number: int) -> list[datetime.datetime]:
        nonlocal used
        step = datetime.timedelta(minutes=20)
        first = timezone.now().replace(second=0, microsecond=0) + datetime.timedelta(days=1)
        found = [first + (used + count) * step for count in range(number)]
        used += number
        slots = [
            Slot(
                line=add_line(),
                staff=staff,
                starts_at=moment,
                ends_at=moment + step,
                local_date=timezone.localdate(moment),
            )
            for moment in found
            for staff in desks
        ]
        Slot.objects.bulk_create(slots, ignore_conflicts=True)
        return found

    return fresh


def outcomes_of(actions: list[Callable[[], Any]]) -> Counter[str]:
    """What happened, by name."""
    return Counter(type(one).__name__ for one in at_once(actions))


def caller(moment: datetime.datetime, number: int, **values: Any) -> Callable[[], Booking]:
    """Somebody who books at the same moment as all others."""
    return lambda: bookings.book(wish(moment, number=number, **values))


def naive(moment: datetime.datetime, number: int) -> Booking:
    """Look, then write: what everybody writes first."""
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


@pytest.fixture
def unguarded(on_disk: None) -> Any:
    """Take away the constraint that stands behind the code, so that what the naive way does can be seen."""
    guard = next(one for one in Booking._meta.constraints if one.name == "hotline_booking_one_per_slot")
    with connection.schema_editor() as editor:
        editor.remove_constraint(Booking, guard)
    yield
    Booking.objects.all().delete()
    with connection.schema_editor() as editor:
        editor.add_constraint(Booking, guard)


def overbooked(moment: datetime.datetime) -> bool:
    """Whether somebody has been promised a time that another one has too."""
    held = Booking.objects.filter(slot__starts_at=moment, status__in=HOLDING)
    return held.count() > held.values("slot").distinct().count()


def test_the_naive_way_is_caught(moments, unguarded):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite lets only one transaction write at a time: the naive way is right by luck")
    found = 0
    for moment in moments(ROUNDS):
        at_once([lambda number=number, moment=moment: naive(moment, number) for number in range(THREADS)])
        found += overbooked(moment)
        Booking.objects.update(status="done")
    assert found >= ROUNDS * 0.9, "otherwise the other tests prove nothing"


def test_behind_the_code_stands_the_database(moments):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite lets only one transaction write at a time: the naive way is right by luck")
    (moment,) = moments(1)
    outcomes = outcomes_of([lambda number=number: naive(moment, number) for number in range(THREADS)])
    assert outcomes["IntegrityError"] > 0
    assert Booking.objects.count() == 1


def test_as_many_are_called_as_there_are_desks_and_each_in_their_language(moments):
    for moment in moments(ROUNDS):
        callers = [caller(moment, number, call_language="en") for number in range(THREADS)]
        callers += [caller(moment, 50 + number, call_language="pl") for number in range(5)]
        assert outcomes_of(callers) == {"Booking": DESKS + 1, "Taken": THREADS + 4 - DESKS}
        assert not overbooked(moment)
        held = Booking.objects.filter(slot__starts_at=moment, status__in=HOLDING)
        assert held.count() == DESKS + 1
        for booking in held.prefetch_related("slot__staff__spoken"):
            assert booking.call_language in booking.slot.staff.languages
        Booking.objects.update(status="done")


def test_a_crowd_from_several_processes(moments):
    for moment in moments(ROUNDS):
        outcomes = in_processes(lambda number, moment=moment: bookings.book(wish(moment, number=number)), 40, 4)
        assert Counter(outcome for outcome, _seconds in outcomes) == {"done": DESKS, "Taken": 40 - DESKS}
        Booking.objects.update(status="done")


def test_who_comes_too_late_waits_for_nobody_who_writes(moments):
    moment, other = moments(2)
    for number in range(DESKS):
        bookings.book(wish(moment, number=number))
    own = bookings.book(wish(other, number=40))
    writing, answered = threading.Event(), threading.Event()

    def write() -> None:
        with transaction.atomic():
            list(Slot.objects.select_for_update().filter(starts_at__gte=moment))
            CallLog.objects.all().delete()
            writing.set()
            answered.wait(10)
        connections.close_all()

    writer = threading.Thread(target=write)
    writer.start()
    assert writing.wait(10)
    try:
        with pytest.raises(bookings.Taken):
            bookings.book(wish(moment, number=41))
        with pytest.raises(bookings.BookedAlready):
            bookings.book(wish(other, number=40))
        with pytest.raises(bookings.Taken):
            bookings.move(own.pk, moment)
        assert writer.is_alive(), "they were answered only after the other one had written"
    finally:
        answered.set()
        writer.join()


def test_a_form_that_is_sent_fifty_times_is_one_call_and_one_mail(moments):
    one = wish(moments(1)[0], email="anna@example.com")
    outcomes = at_once([lambda: bookings.book(one) for _time in range(50)])
    assert len({booking.pk for booking in outcomes}) == 1
    assert OutgoingMail.objects.filter(key__endswith="/booked").count() == 1


def test_one_phone_with_many_forms_is_one_call(moments):
    (moment,) = moments(1)
    assert outcomes_of([caller(moment, 7) for _time in range(THREADS)]) == {
        "Booking": 1,
        "BookedAlready": THREADS - 1,
    }


def test_of_two_calls_that_move_into_one_time_one_keeps_its_own(moments):
    for _round in range(ROUNDS):
        first, second, goal = moments(3)
        one, other = (bookings.book(wish(at_, number=n, call_language="pl")) for n, at_ in enumerate((first, second)))
        outcomes = outcomes_of([lambda pk=pk, goal=goal: bookings.move(pk, goal) for pk in (one.pk, other.pk)])
        assert outcomes == {"Booking": 1, "Taken": 1}
        times = {booking.slot.starts_at for booking in Booking.objects.filter(status="booked").select_related("slot")}
        assert goal in times
        assert len(times) == 2
        assert len(times & {first, second}) == 1
        Booking.objects.update(status="cancelled")


def test_many_cancellations_at_once_are_one(moments):
    booking = bookings.book(wish(moments(1)[0], email="anna@example.com"))
    at_once([lambda: bookings.cancel(booking.pk) for _time in range(THREADS)])
    booking.refresh_from_db()
    assert (booking.status, booking.sequence) == ("cancelled", 1)
    assert OutgoingMail.objects.filter(key__endswith="/cancelled").count() == 1


def test_two_colleagues_who_note_one_attempt_at_once_note_it_once(moments, desks):
    for moment in moments(ROUNDS):
        booking = bookings.book(wish(moment))

        def note(staff: StaffMember, outcome: Outcome, pk: int = booking.pk) -> Booking:
            about = service.About("tax", "en", minutes=5, solved=True)
            return service.note(pk, staff, 1, outcome, about=about)

        both = [
            lambda: note(desks[0], Outcome.ANSWERED),
            lambda: note(desks[1], Outcome.NO_SHOW),
        ]
        assert outcomes_of(both * 8) == {"Booking": 8, "Refused": 8}
        (attempt,) = CallAttempt.objects.filter(booking=booking)
        booking.refresh_from_db()
        assert booking.taken_by == attempt.staff
        assert booking.status == {"answered": "done", "no_show": "no_show"}[attempt.outcome]
        assert CallLog.objects.filter(booking=booking).count() == (attempt.outcome == "answered")


def test_a_roster_that_changes_while_people_book_loses_nobody(desks):
    moment = at(next_monday(), 13)
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
