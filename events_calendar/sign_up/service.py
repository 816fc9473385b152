"""Gives out places, so that there are never more than there are: the only code that writes `Occurrence.taken`.

Every change begins by locking the row of the date; then nobody else changes anything about it. Sign-ups are locked after
it, never before. Constraints in the database stand behind every rule. docs/sign-up.md tells the whole story.
"""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Q, Sum
from django.utils import timezone

from portal.reference_codes import new_code
from portal.transactions import retried

from ..models import ActivityPage, Occurrence, SignUp
from ..models.sign_ups import HOLDING, LIVE, MOST_SEATS, ONE_PER_CONTACT, SignUpStatus
from . import mails
from .contacts import contact_key
from .links import stored_hash
from .rules import (
    Closed,
    gives_places,
    has_room,
    list_is_over,
    offer_until,
    takes_place_later,
    why_closed,
)

NOTED_UNTIL = datetime.timedelta(days=7)
"""After the end of a date: until then staff may say who was there."""


class Refused(Exception):
    """What was asked for cannot be done."""


class NotOpen(Refused):
    """Nobody can sign up for this date now."""

    def __init__(self, reason: Closed) -> None:
        super().__init__(reason.value)
        self.reason = reason


class Full(Refused):
    """There are not so many places left, and none on the waiting list."""

    def __init__(self, left: int, *, list_is_over: bool = False) -> None:
        super().__init__(f"{left} left")
        self.left = left
        self.list_is_over = list_is_over


class UsedForm(Refused):
    """This very form has led to a sign-up for another date."""


class SignedUpAlready(Refused):
    """This person has signed up for this date before."""

    def __init__(self, sign_up: SignUp) -> None:
        super().__init__(sign_up.code)
        self.sign_up = sign_up


class TooLate(Refused):
    """The date has begun, or is over, or does not take place, or an offer has run out."""


class TooFew(Refused):
    """There would be fewer places than are taken."""


class Changed(Refused):
    """Somebody else has changed it since it was looked at."""


@dataclass(frozen=True)
class Party:
    """Who wants to come."""

    seats: int
    name: str
    email: str
    phone: str
    language: str
    form_key: uuid.UUID


# What visitors do -----------------------------------------------------------------------------------------------------


@retried
def sign_up(occurrence_id: int, party: Party, *, by_staff: bool = False) -> SignUp:
    """Give a party places, or a place on the waiting list. The same form sent again returns what it led to.

    Staff may note people after sign-up has closed, never beyond the places. Raises NotOpen, Full, SignedUpAlready, UsedForm.
    """
    earlier = _earlier(occurrence_id, party)
    if earlier is not None:
        return earlier
    now = timezone.now()
    try:
        _look_first(occurrence_id, party, now, by_staff)
        with transaction.atomic():
            occurrence = _lock(occurrence_id)
            _check_open(occurrence, now, by_staff)
            _settle(occurrence, now)
            return _write(occurrence, party, now)
    except (Refused, IntegrityError) as error:
        earlier = _earlier(occurrence_id, party)  # the same form may have been faster, and have taken the last place
        if earlier is not None:
            return earlier
        if isinstance(error, IntegrityError):
            _refuse_twice(occurrence_id, party)
            _refuse_used_form(party)
        raise


def _earlier(occurrence_id: int, party: Party) -> SignUp | None:
    found = SignUp.objects.filter(form_key=party.form_key, occurrence_id=occurrence_id)
    return found.select_related("occurrence__activity").first()


def _look_first(occurrence_id: int, party: Party, now: datetime.datetime, by_staff: bool) -> None:
    """Turn away whom nothing can help, before anything is locked: at a popular date that is nearly everybody."""
    occurrence = Occurrence.objects.select_related("activity").get(pk=occurrence_id)
    _check_open(occurrence, now, by_staff)
    _refuse_used_form(party)
    _refuse_twice(occurrence_id, party)
    if not has_room(occurrence, party.seats) and not _expired(occurrence, now).exists():
        _check_waiting_list(occurrence, party, now)


def _refuse_used_form(party: Party) -> None:
    """Refuse a form that led to a sign-up for another date: a key can have only one answer."""
    if SignUp.objects.filter(form_key=party.form_key).exists():
        raise UsedForm


def _refuse_twice(occurrence_id: int, party: Party) -> None:
    key = contact_key(party.email, party.phone)
    known = SignUp.objects.filter(occurrence_id=occurrence_id, contact_key=key, status__in=ONE_PER_CONTACT)
    same = known.select_related("occurrence__activity").first() if key else None
    if same is not None:
        raise SignedUpAlready(same)


def _check_open(occurrence: Occurrence, now: datetime.datetime, by_staff: bool) -> None:
    reason = why_closed(occurrence, occurrence.activity, now)
    if by_staff and reason in {Closed.NOT_YET, Closed.OVER, Closed.NOT_HERE}:
        reason = Closed.OVER if occurrence.ends_at + NOTED_UNTIL < now else None
    if reason is not None:
        raise NotOpen(reason)


def _check_waiting_list(occurrence: Occurrence, party: Party, now: datetime.datetime) -> None:
    """Raise Full unless the party fits on the waiting list, and could ever get its places."""
    is_over = list_is_over(occurrence, now)
    waiting = _before_newcomers(occurrence, now).aggregate(seats=Sum("seats"))["seats"] or 0
    is_too_large = occurrence.capacity is not None and party.seats > occurrence.capacity
    if is_over or is_too_large or waiting + party.seats > occurrence.activity.waiting_places:
        left = 0 if waiting or occurrence.capacity is None else occurrence.capacity - occurrence.taken
        raise Full(max(0, left), list_is_over=is_over)


def _write(occurrence: Occurrence, party: Party, now: datetime.datetime) -> SignUp:
    """Add the party to a locked date: nobody who comes now overtakes those who wait."""
    has_place = has_room(occurrence, party.seats) and not _before_newcomers(occurrence, now).exists()
    made = SignUp(
        occurrence=occurrence,
        seats=party.seats,
        status=SignUpStatus.CONFIRMED if has_place else SignUpStatus.WAITING,
        name=party.name,
        email=party.email,
        phone=party.phone,
        contact_key=contact_key(party.email, party.phone),
        language=party.language,
        form_key=party.form_key,
        code=new_code(),
    )
    made.token_hash = stored_hash(made)
    if has_place:
        _take(occurrence, party.seats)
        made.save(force_insert=True)
        mails.confirmed(made)
        return made
    _check_waiting_list(occurrence, party, now)
    made.queue_no = occurrence.next_queue_no
    occurrence.next_queue_no += 1
    Occurrence.objects.filter(pk=occurrence.pk).update(next_queue_no=occurrence.next_queue_no)
    made.save(force_insert=True)
    mails.waiting(made)
    return made


@retried
def cancel(sign_up_id: int, *, by_staff: bool = False) -> SignUp:
    """Take a party off the list, and let the next move up. Done twice it changes nothing more. Raises TooLate."""
    now = timezone.now()
    with transaction.atomic():
        occurrence, found = _lock_both(sign_up_id)
        if found.status in LIVE:
            if occurrence.starts_at <= now and not by_staff:
                raise TooLate
            held = found.seats if found.status in HOLDING else 0
            _change(found, status=SignUpStatus.CANCELLED, offer_expires_at=None)
            _release(occurrence, held)
            mails.cancelled(found, by_staff=by_staff)
            _settle(occurrence, now)
        return found


@retried
def change_seats(sign_up_id: int, seats: int) -> SignUp:
    """Come with more people while sign-up is open and there is room, or with fewer. Raises NotOpen, Full, TooLate."""
    if not 1 <= seats <= MOST_SEATS:
        raise ValueError(f"{seats} seats")
    now = timezone.now()
    with transaction.atomic():
        occurrence, found = _lock_both(sign_up_id)
        if found.status not in LIVE or not takes_place_later(occurrence, now):
            raise TooLate
        _settle(occurrence, now)
        found.refresh_from_db(fields=["status", "offer_expires_at", "seats"])
        if found.status not in LIVE:
            raise TooLate
        more = seats - found.seats
        holds = found.status in HOLDING
        if more > 0:
            _check_open(occurrence, now, by_staff=False)
            left = 0 if occurrence.capacity is None else occurrence.capacity - occurrence.taken
            if found.status != SignUpStatus.CONFIRMED or _before_newcomers(occurrence, now).exists():
                raise Full(0)  # nobody overtakes those who wait
            if not has_room(occurrence, more):
                raise Full(left)
            _take(occurrence, more)
        if more < 0 and holds:
            _release(occurrence, -more)
        if more:
            _change(found, seats=seats)
            mails.changed_seats(found)
            _settle(occurrence, now)
        return found


@retried
def accept(sign_up_id: int) -> SignUp:
    """Say yes to an offer; in the last hours, take what is free. Done twice it changes nothing more. Raises Full, TooLate."""
    now = timezone.now()
    with transaction.atomic():
        occurrence, found = _lock_both(sign_up_id)
        _settle(occurrence, now)  # an offer that has run out goes to the next
        found.refresh_from_db(fields=["status", "offer_expires_at", "seats"])
        if found.status == SignUpStatus.OFFERED and takes_place_later(occurrence, now):
            _change(found, status=SignUpStatus.CONFIRMED, offer_expires_at=None)
            mails.confirmed(found)
        elif _may_take(found, occurrence, now):
            _take(occurrence, found.seats)
            _change(found, status=SignUpStatus.CONFIRMED)
            mails.confirmed(found)
    if found.status != SignUpStatus.CONFIRMED:
        raise TooLate
    return found


# What staff and the clock do ------------------------------------------------------------------------------------------


def mark(sign_up_id: int, status: SignUpStatus) -> bool:
    """Note who was there, who was not, or neither; only once it has begun, and for a week. The places stay as they are."""
    now = timezone.now()
    noted = (SignUpStatus.CONFIRMED, SignUpStatus.ATTENDED, SignUpStatus.NO_SHOW)
    if status not in noted:
        raise ValueError(status)
    dates = Q(occurrence__starts_at__lte=now, occurrence__ends_at__gt=now - NOTED_UNTIL)
    return bool(SignUp.objects.filter(dates, pk=sign_up_id, status__in=noted).update(status=status, changed_at=now))


@retried
def set_capacity(occurrence_id: int, capacity: int, *, seen: int | None) -> Occurrence:
    """Give one date another number of places than was seen; the activity no longer says it. Raises TooFew, Changed."""
    with transaction.atomic():
        occurrence = _lock(occurrence_id)
        if occurrence.capacity not in {seen, capacity}:
            raise Changed
        if capacity < max(occurrence.taken, 1):
            raise TooFew
        occurrence.capacity = occurrence.override_capacity = capacity
        occurrence.save(update_fields=["capacity", "override_capacity"])
        _settle(occurrence, timezone.now())
        return occurrence


@retried
def settle(occurrence_id: int) -> None:
    """Take back what was offered too long ago, and give what is free to those who wait."""
    with transaction.atomic():
        _settle(_lock(occurrence_id), timezone.now())


def to_settle(activity: ActivityPage | None = None) -> list[int]:
    """Return the dates to come on which somebody waits or has been offered a place."""
    moving = (SignUpStatus.WAITING, SignUpStatus.OFFERED)
    found = SignUp.objects.filter(status__in=moving, occurrence__starts_at__gt=timezone.now())
    if activity is not None:
        found = found.filter(occurrence__activity=activity)
    return list(found.order_by("occurrence_id").values_list("occurrence_id", flat=True).distinct())


def live_sign_ups(occurrence_ids: Iterable[int]) -> dict[int, list[SignUp]]:
    """Return those who must be told of changes, by date."""
    found: dict[int, list[SignUp]] = {}
    for one in SignUp.objects.filter(occurrence__in=occurrence_ids, status__in=LIVE).order_by("pk"):
        found.setdefault(one.occurrence_id, []).append(one)
    return found


def wrong_counts() -> list[tuple[int, int, int]]:
    """Return the dates whose number of places taken is not the sum of what is held: id, the number, the sum."""
    held = Sum("sign_ups__seats", filter=Q(sign_ups__status__in=HOLDING), default=0)
    found = Occurrence.objects.order_by("pk").annotate(held=held).exclude(taken=F("held"))
    return list(found.values_list("pk", "taken", "held"))


# The locked date ------------------------------------------------------------------------------------------------------


def _lock(occurrence_id: int) -> Occurrence:
    """Return a date that nobody else changes until the transaction ends. SQLite has only one writer at a time anyway."""
    return Occurrence.objects.select_for_update(of=("self",)).select_related("activity").get(pk=occurrence_id)


def _lock_both(sign_up_id: int) -> tuple[Occurrence, SignUp]:
    """Lock a sign-up, after its date."""
    occurrence = _lock(SignUp.objects.values_list("occurrence_id", flat=True).get(pk=sign_up_id))
    found = SignUp.objects.select_for_update().get(pk=sign_up_id)
    found.occurrence = occurrence
    return occurrence, found


def _change(sign_up: SignUp, **values: Any) -> None:
    for name, value in values.items():
        setattr(sign_up, name, value)
    sign_up.save(update_fields=[*values, "changed_at"])


def _take(occurrence: Occurrence, seats: int) -> None:
    """Take places, where they are really there: the lock is not the only thing that keeps us from giving too many."""
    free = Q(capacity=None) | Q(taken__lte=F("capacity") - seats)
    if not Occurrence.objects.filter(free, pk=occurrence.pk).update(taken=F("taken") + seats):
        raise Full(0)
    occurrence.taken += seats


def _release(occurrence: Occurrence, seats: int) -> None:
    if seats:
        Occurrence.objects.filter(pk=occurrence.pk).update(taken=F("taken") - seats)
        occurrence.taken -= seats


def waiting_list(occurrence: Occurrence) -> Any:
    """Return those who wait and can be given a place at all, in their order.

    A party larger than all places of the date is in nobody's way: it keeps its number, and can come with fewer.
    """
    found = SignUp.objects.filter(occurrence=occurrence, status=SignUpStatus.WAITING).order_by("queue_no")
    return found if occurrence.capacity is None else found.filter(seats__lte=occurrence.capacity)


def _before_newcomers(occurrence: Occurrence, now: datetime.datetime) -> Any:
    """Return those of the waiting list whom nobody who comes now may overtake."""
    found = waiting_list(occurrence)
    return found.none() if list_is_over(occurrence, now) else found


def can_take(sign_up: SignUp, occurrence: Occurrence, now: datetime.datetime) -> bool:
    """Say whether who waits can take a free place now."""
    return _may_take(sign_up, occurrence, now) and has_room(occurrence, sign_up.seats)


def _may_take(sign_up: SignUp, occurrence: Occurrence, now: datetime.datetime) -> bool:
    """Say whether places are for whoever comes, and for who waits as well: the list gives them to nobody any more."""
    is_free_for_all = list_is_over(occurrence, now) and why_closed(occurrence, occurrence.activity, now) is None
    return sign_up.status == SignUpStatus.WAITING and is_free_for_all


def _expired(occurrence: Occurrence, now: datetime.datetime) -> Any:
    offers = SignUp.objects.filter(occurrence=occurrence, status=SignUpStatus.OFFERED)
    return offers.filter(offer_expires_at__lte=now)


def _settle(occurrence: Occurrence, now: datetime.datetime) -> None:
    """Take back offers that ran out, then go down the waiting list until somebody does not fit: nobody overtakes."""
    for late in _expired(occurrence, now).order_by("queue_no"):
        late.occurrence = occurrence
        _change(late, status=SignUpStatus.EXPIRED, offer_expires_at=None)
        _release(occurrence, late.seats)
        mails.expired(late)
    if not gives_places(occurrence, occurrence.activity, now):
        return
    for head in waiting_list(occurrence):
        if not has_room(occurrence, head.seats):
            return
        head.occurrence = occurrence
        _take(occurrence, head.seats)
        until = offer_until(occurrence, occurrence.activity, now, can_answer=bool(head.email))
        status = SignUpStatus.OFFERED if until else SignUpStatus.CONFIRMED
        _change(head, status=status, offer_expires_at=until, promoted_at=now)
        mails.promoted(head)
