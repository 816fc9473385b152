"""Who gets a place that becomes free, and how long an offer holds."""

import datetime
import random

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from events_calendar.models import Occurrence, SignUp
from events_calendar.models.sign_ups import LIVE
from events_calendar.sign_up import service
from events_calendar.sign_up.expiry import anonymise
from portal.mail.models import OutgoingMail
from tests.events_calendar.sign_up.crowd import again, party

pytestmark = [pytest.mark.django_db, pytest.mark.storage]

HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def date(dates) -> Occurrence:
    """A date with two places, a week from now."""
    return dates(2, 1, waiting_places=5)[0]


@pytest.fixture
def full(date) -> tuple[SignUp, SignUp]:
    """Two people who have the two places."""
    return service.sign_up(date.pk, party("one")), service.sign_up(date.pk, party("two"))


def wait(date: Occurrence, *names: str, **values) -> list[SignUp]:
    return [service.sign_up(date.pk, party(name, **values)) for name in names]


def states(sign_ups) -> list[str]:
    return [again(one).status for one in sign_ups]


def kinds(one: SignUp) -> list[str]:
    keys = OutgoingMail.objects.filter(key__startswith=f"sign-up/{one.ref}/").order_by("pk")
    return [key.split("/")[2] for key in keys.values_list("key", flat=True)]


def let_pass(time: datetime.timedelta) -> None:
    """Let offers grow older."""
    for one in SignUp.objects.filter(status="offered"):
        SignUp.objects.filter(pk=one.pk).update(offer_expires_at=one.offer_expires_at - time)


def test_long_before_the_first_who_waits_simply_gets_the_place(date, full):
    waiting = wait(date, "three", "four")
    service.cancel(full[0].pk)
    assert states(waiting) == ["confirmed", "waiting"]
    assert kinds(waiting[0]) == ["waiting", "moved-up", "reminder"]


def test_on_the_last_day_the_place_is_offered_for_two_hours(date, full, move):
    move(date, 20 * HOUR)
    waiting = wait(date, "three", "four")
    service.cancel(full[0].pk)
    assert states(waiting) == ["offered", "waiting"]
    left = again(waiting[0]).offer_expires_at - timezone.now()
    assert 1.9 * HOUR < left <= 2 * HOUR
    assert again(date).taken == 2, "an offered place is held"
    let_pass(3 * HOUR)
    call_command("advance_waiting_lists")
    assert states(waiting) == ["expired", "offered"]
    assert kinds(waiting[0])[-1] == "expired"
    with pytest.raises(service.TooLate):
        service.accept(waiting[0].pk)
    assert service.accept(waiting[1].pk).status == "confirmed"


def test_an_activity_can_ask_first_for_twelve_hours(date, full):
    type(date.activity).objects.update(offers_places=True)
    (third,) = wait(date, "three")
    service.cancel(full[0].pk)
    left = again(third).offer_expires_at - timezone.now()
    assert 11.9 * HOUR < left <= 12 * HOUR


def test_in_the_last_three_hours_nobody_is_asked(date, full, move):
    (third,) = wait(date, "three")
    move(date, 2.9 * HOUR)
    service.cancel(full[0].pk)
    assert states([third]) == ["waiting"]
    call_command("advance_waiting_lists")
    assert states([third]) == ["waiting"]


def test_in_the_last_three_hours_a_free_place_goes_to_whoever_comes(date, full, move):
    third, fourth = wait(date, "three", "four")
    move(date, 2.9 * HOUR)
    with pytest.raises(service.Full):
        wait(date, "nobody is told to wait")
    service.cancel(full[0].pk)
    (late,) = wait(date, "late")
    assert states([third, late]) == ["waiting", "confirmed"]
    with pytest.raises(service.Full):
        service.accept(third.pk)
    service.cancel(full[1].pk)
    assert service.accept(fourth.pk).status == "confirmed", "who waits can come as well"
    assert kinds(fourth)[-1] == "confirmed"
    assert again(date).taken == 2


def test_before_that_nobody_takes_a_place_that_is_not_offered(date, full):
    (third,) = wait(date, "pair", seats=2)
    service.cancel(full[0].pk)
    service.change_seats(full[1].pk, 1)
    with pytest.raises(service.TooLate):
        service.accept(third.pk)


def test_who_has_no_e_mail_is_not_asked_what_they_cannot_answer(date, full, move):
    move(date, 20 * HOUR)
    (third,) = wait(date, "three", email="", phone="+4520123456")
    service.cancel(full[0].pk)
    third = again(third)
    assert (third.status, third.promoted_at is not None) == ("confirmed", True)


def test_an_offer_that_ran_out_goes_to_the_next_also_before_the_command_has_run(date, full, move):
    move(date, 20 * HOUR)
    waiting = wait(date, "three", "four")
    service.cancel(full[0].pk)
    let_pass(3 * HOUR)
    with pytest.raises(service.TooLate):
        service.accept(waiting[0].pk)
    wait(date, "five")
    assert states(waiting) == ["expired", "offered"]


def test_nobody_overtakes_a_group_that_does_not_fit_yet(date, full):
    waiting = wait(date, "pair", seats=2) + wait(date, "single")
    service.cancel(full[0].pk)
    assert states(waiting) == ["waiting", "waiting"]
    service.cancel(full[1].pk)
    assert states(waiting) == ["confirmed", "waiting"]


def test_a_group_that_no_longer_fits_at_all_is_in_nobodys_way(date):
    first, second = wait(date, "one"), wait(date, "two")
    waiting = wait(date, "pair", seats=2) + wait(date, "single")
    service.cancel(first[0].pk)
    assert states(waiting) == ["waiting", "waiting"]
    Occurrence.objects.filter(pk=date.pk).update(capacity=1)
    service.cancel(second[0].pk)
    assert states(waiting) == ["waiting", "confirmed"]


def test_a_group_that_no_longer_fits_at_all_keeps_no_place_empty(date):
    """Neither for those who come, nor for those who come with more, nor on the waiting list."""
    first, second = wait(date, "one", "two")
    (pair,) = wait(date, "pair", seats=2)
    service.cancel(first.pk)
    service.cancel(second.pk)
    assert states([pair]) == ["confirmed"]
    (three,) = wait(date, "three", seats=2)
    service.cancel(pair.pk)
    (group,) = wait(date, "group", seats=2)
    assert states([three, group]) == ["confirmed", "waiting"]
    service.change_seats(three.pk, 1)
    service.set_capacity(date.pk, 1, seen=2)
    service.cancel(three.pk)
    (newcomer,) = wait(date, "newcomer")
    assert states([group, newcomer]) == ["waiting", "confirmed"]
    assert len(wait(date, *"abcde")) == 5, "the five places on the waiting list are for those who can be served"
    service.set_capacity(date.pk, 3, seen=1)
    assert states([group]) == ["confirmed"], "with more places it is the first again"
    assert again(date).taken == 3


@pytest.mark.parametrize("seed", range(4))
def test_no_place_stays_empty_while_somebody_can_have_it(dates, move, seed):
    """A mixture of groups and numbers of places, going up and down: whoever is queued or refused could not be served."""
    chance = random.Random(seed)
    (date,) = dates(6, 1, waiting_places=8)
    for number in range(60):
        some = SignUp.objects.filter(occurrence=date, status__in=LIVE).order_by("?").first()
        row = again(date)
        serving = [
            one for one in SignUp.objects.filter(status="waiting").order_by("queue_no") if one.seats <= row.capacity
        ]
        if serving:
            assert row.taken + serving[0].seats > row.capacity
        try:
            match chance.choice(["come", "come", "cancel", "seats", "places"]):
                case "cancel" if some:
                    service.cancel(some.pk)
                case "seats" if some:
                    service.change_seats(some.pk, chance.randint(1, 4))
                case "places":
                    service.set_capacity(date.pk, max(row.taken, chance.randint(1, 8)), seen=row.capacity)
                case _:
                    seats = chance.randint(1, 4)
                    made = service.sign_up(date.pk, party(f"{seed}-{number}", seats=seats))
                    fits = row.taken + seats <= row.capacity and not serving
                    assert (made.status == "confirmed") is fits
        except service.Full:
            pass
    assert service.wrong_counts() == []


def test_who_comes_now_joins_the_end_while_anybody_waits(date, full):
    wait(date, "pair", seats=2)
    service.cancel(full[0].pk)
    (late,) = wait(date, "late")
    assert late.status == "waiting"


def test_the_waiting_list_has_an_end_and_a_group_that_never_fits_does_not_join(date, full):
    wait(date, *"abcde")
    with pytest.raises(service.Full):
        wait(date, "f")
    with pytest.raises(service.Full):
        service.sign_up(date.pk, party("crowd", seats=3))


def test_who_comes_with_fewer_people_lets_others_move_up(date):
    (pair,) = wait(date, "pair", seats=2)
    (third,) = wait(date, "three")
    service.change_seats(pair.pk, 1)
    assert states([pair, third]) == ["confirmed", "confirmed"]
    assert again(date).taken == 2


def test_who_cancelled_may_sign_up_again_at_the_end(date, full):
    wait(date, "three")
    service.cancel(full[0].pk)
    (back,) = wait(date, "one")
    assert (back.status, back.queue_no) == ("waiting", 2)


def test_wrong_counts_are_an_alarm(date, full):
    Occurrence.objects.filter(pk=date.pk).update(taken=1)
    with pytest.raises(CommandError, match="1 dates count"):
        call_command("advance_waiting_lists")


def test_thirty_days_after_the_date_nobody_knows_who_it_was(date, full, move):
    service.cancel(full[1].pk)
    move(date, -29 * 24 * HOUR)
    assert anonymise() == 0
    move(date, -31 * 24 * HOUR)
    assert anonymise() == 2
    assert anonymise() == 0
    one = again(full[0])
    assert (one.name, one.email, one.phone, one.contact_key, one.token_hash) == ("", "", "", "", "")
    assert (one.status, one.seats, one.anonymised_at is not None) == ("confirmed", 1, True)
    assert service.wrong_counts() == []
