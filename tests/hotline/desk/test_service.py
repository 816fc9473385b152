"""Taking calls and noting attempts, by several colleagues at once."""

import datetime
import threading

import pytest
from django.db import connection

from hotline.desk import service
from hotline.desk.service import About, Refused
from hotline.desk.times import retry_times
from hotline.models import BookingStatus, CallAttempt, CallLog, Outcome
from hotline.models.lines import ClosureState
from portal.mail.models import OutgoingMail
from tests.hotline.hotline_site import at, clock_at, next_monday
from tests.on_disk import on_disk

from .monday import Monday, again, make_monday

__all__ = ["on_disk"]

ABOUT = About(topic="tax", language="en", municipality="herning", minutes=12, solved=True)


@pytest.mark.django_db
def test_who_takes_a_call_second_is_told_who_was_faster(monday: Monday, at_one):
    call = monday.book(14)
    service.take(call.pk, monday.mette)
    service.take(call.pk, monday.mette)  # pressed twice
    with pytest.raises(Refused, match="Mette took this call at 13:01"):
        service.take(call.pk, monday.jens)
    assert again(call).taken_by == monday.mette


@pytest.mark.django_db
def test_a_colleague_takes_over_what_they_saw_and_nothing_else(monday: Monday, at_one):
    call = monday.book(14)
    service.take(call.pk, monday.mette)
    service.take(call.pk, monday.jens, holder_id=monday.mette.pk)
    assert again(call).taken_by == monday.jens
    with pytest.raises(Refused, match="Jens took"):
        service.hand_over(call.pk, monday.mette, monday.mette)
    service.hand_over(call.pk, monday.jens, monday.mette)
    assert again(call).taken_by == monday.mette


@pytest.mark.django_db
def test_an_answered_call_is_counted_once_and_without_a_name(monday: Monday):
    call = monday.book(13, name="Anna")
    with clock_at(at(next_monday(), 13, 1)):
        service.take(call.pk, monday.mette)
    with clock_at(at(next_monday(), 13, 13)):
        for _time in range(2):
            service.note(call.pk, monday.mette, 1, Outcome.ANSWERED, about=ABOUT)
    logged = CallLog.objects.get()
    assert again(call).status == BookingStatus.DONE
    assert (logged.topic, logged.municipality, logged.minutes, logged.solved) == ("tax", "herning", 12, True)
    assert logged.waited_minutes == (at(next_monday(), 13, 1) - call.created_at).total_seconds() // 60
    assert "Anna" not in " ".join(str(getattr(logged, field.name)) for field in CallLog._meta.concrete_fields)


@pytest.mark.django_db
def test_who_does_not_answer_is_tried_three_times_within_the_opening_hours(monday: Monday):
    call = monday.book(13, email="anna@example.dk")
    for number, minute in ((1, 5), (2, 25)):
        with clock_at(at(next_monday(), 13, minute)):
            service.take(call.pk, monday.mette)
            later = retry_times(monday.line, "en")[0]
            service.note(call.pk, monday.mette, number, Outcome.NO_ANSWER, next_try_at=later)
        assert (again(call).status, again(call).taken_by) == (BookingStatus.BOOKED, None)
    with clock_at(at(next_monday(), 14)):
        with pytest.raises(Refused, match="last attempt"):
            service.note(call.pk, monday.jens, 3, Outcome.NO_ANSWER, next_try_at=retry_times(monday.line, "en")[0])
        service.note(call.pk, monday.jens, 3, Outcome.NO_ANSWER)
    assert again(call).status == BookingStatus.NO_ANSWER
    assert [one.staff for one in call.attempts.all()] == [monday.mette, monday.mette, monday.jens]
    assert OutgoingMail.objects.filter(key=f"hotline/{call.ref}/not-reached").count() == 1
    assert not CallLog.objects.exists()


@pytest.mark.django_db
def test_nobody_is_tried_outside_the_opening_hours_or_on_a_closed_day(monday: Monday):
    with clock_at(at(next_monday(), 14, 40)):
        offered = retry_times(monday.line, "en")
        assert offered[0] == at(next_monday(), 14, 50)
        assert offered[1] == at(next_monday(1), 13)
        monday.line.closures.create(
            date_from=next_monday(1), date_to=next_monday(1), reason={"da": "Ferie"}, state=ClosureState.CONFIRMED
        )
        assert next_monday(1) not in {moment.date() for moment in retry_times(monday.line, "en")}
    booked = monday.book(13)
    evening = at(next_monday(), 18)
    with (
        clock_at(at(next_monday(), 13, 1)),
        pytest.raises(Refused, match="nobody who speaks the language is there then"),
    ):
        service.note(booked.pk, monday.mette, 1, Outcome.NO_ANSWER, next_try_at=evening)
    assert not CallAttempt.objects.exists()


@pytest.mark.django_db
def test_who_does_not_answer_is_tried_again_when_somebody_with_the_language_is_there(monday: Monday):
    monday.jens.shifts.filter(date=next_monday()).update(start=datetime.time(14))
    monday.jens.shifts.filter(date=next_monday(1)).delete()
    with clock_at(at(next_monday(), 13, 1)):
        polish = retry_times(monday.line, "pl")
        assert polish[0] == at(next_monday(), 14)
        assert polish[-1] < at(next_monday(), 15)
        assert retry_times(monday.line, "en")[0] == at(next_monday(), 13, 10)
        assert retry_times(monday.line, "ar") == []


@pytest.mark.django_db
def test_two_colleagues_note_one_attempt_once(monday: Monday, at_one):
    call = monday.book(14)
    service.note(call.pk, monday.mette, 1, Outcome.WRONG_NUMBER)
    with pytest.raises(Refused, match="Mette has noted this attempt already: wrong number"):
        service.note(call.pk, monday.jens, 1, Outcome.ANSWERED, about=ABOUT)
    assert again(call).status == BookingStatus.WRONG_NUMBER
    assert not CallLog.objects.exists()


@pytest.mark.storage
@pytest.mark.django_db(transaction=True)
def test_of_eight_colleagues_who_take_one_call_at_once_one_has_it(tree, on_disk):
    monday = make_monday()
    call = monday.book(13)
    staff = [monday.mette, monday.jens] * 4
    start, answers = threading.Barrier(len(staff)), []

    def take(one):
        try:
            start.wait(timeout=20)
            service.take(call.pk, one)
            answers.append(one.name)
        except Refused as refusal:
            answers.append(str(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=take, args=[one]) for one in staff]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    winner = again(call).taken_by.name
    assert len(answers) == len(staff)
    assert answers.count(winner) == 4  # the winner pressed four times
    assert all(answer.startswith(winner) for answer in answers)  # all others are told who has it
    assert again(call).taken_at - datetime.datetime.now(datetime.UTC) < datetime.timedelta(minutes=1)
