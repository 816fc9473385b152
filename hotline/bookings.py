"""Books, moves and cancels calls: the only code that gives out times.

Whoever wants a time first locks its rows, one for each colleague, in the order of their keys; then nobody else gives them
out. A constraint of the database stands behind it. A booking that is moved stays the same row, with its reference, its
link and its entry in calendars.
"""

import datetime
import uuid
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from portal.reference_codes import new_code
from portal.transactions import retried

from . import mails
from .choices import Help
from .links import stored_hash
from .models import Booking, BookingStatus, HotlineLine, Slot, SlotState, StaffLanguage, StaffMember
from .models.bookings import HOLDING

HOUR = datetime.timedelta(hours=1)
WEEK = datetime.timedelta(weeks=1)
MISSED_AFTER = 2 * HOUR


class Refused(Exception):
    """What was asked for cannot be done."""


class Taken(Refused):
    """Nobody who speaks the language is free at this time any more, or it is past, or never was offered."""


class BookedAlready(Refused):
    """There is a call to come with this phone number."""

    def __init__(self, booking: Booking) -> None:
        super().__init__(booking.code)
        self.booking = booking


class TooLate(Refused):
    """The call is being made, or is over, or was cancelled."""


@dataclass(frozen=True)
class Wish:
    """Who wants to be called, when, and about what."""

    starts_at: datetime.datetime
    call_language: str
    topic: str
    name: str
    phone: str
    language: str
    form_key: uuid.UUID
    email: str = ""
    help: str = Help.NONE
    own_language: str = ""
    municipality: str = ""
    visitor_zone: str = ""
    about_page_id: int | None = None


# What is free ---------------------------------------------------------------------------------------------------------


def free_slots(now: datetime.datetime | None = None, *, by_staff: bool = False) -> QuerySet[Slot]:
    """Return the times that nobody has, which can still be booked; staff may book until a call begins."""
    now = now or timezone.now()
    bookable = Q(pk=None)
    for line in HotlineLine.objects.filter(is_active=True):
        earliest = now if by_staff else now + line.lead_hours * HOUR
        bookable |= Q(line=line, starts_at__gt=earliest, starts_at__lt=now + line.horizon_weeks * WEEK)
    holding = Booking.objects.filter(slot=OuterRef("pk"), status__in=HOLDING)
    return Slot.objects.filter(bookable, ~Exists(holding), state=SlotState.OPEN)


def free_times(
    call_language: str,
    *,
    after: datetime.datetime | None = None,
    limit: int = 120,
    now: datetime.datetime | None = None,
    by_staff: bool = False,
) -> list[datetime.datetime]:
    """Return the moments at which somebody who speaks the language is free, in order."""
    staff = list(
        StaffMember.objects.filter(spoken__language=call_language, is_active=True).values_list("pk", flat=True)
    )
    slots = free_slots(now, by_staff=by_staff).filter(staff__in=staff)
    if after is not None:
        slots = slots.filter(starts_at__gt=after)
    # Of each moment there is at most one row a colleague. Read in order, the index gives the first ones at once.
    rows = slots.order_by("starts_at").values_list("starts_at", flat=True)[: limit * len(staff)]
    return list(dict.fromkeys(rows))[:limit] if staff else []


def free_languages(now: datetime.datetime | None = None) -> set[str]:
    """Return the languages in which calls can be booked now."""
    # The first time of each, by the index: whether there is one at all the database might find by reading all times.
    first = free_slots(now).filter(staff=OuterRef("staff")).order_by("starts_at").values("pk")[:1]
    spoken = StaffLanguage.objects.filter(staff__is_active=True).annotate(first=Subquery(first)).exclude(first=None)
    return set(spoken.values_list("language", flat=True).distinct())


def to_reassign() -> QuerySet[Booking]:
    """Return the calls to come whose colleague is no longer in the roster then."""
    bookings = Booking.objects.filter(status=BookingStatus.BOOKED, slot__state=SlotState.BLOCKED)
    return bookings.select_related("slot__staff", "line").order_by("slot__starts_at", "pk")


def close_missed(phone: str = "", now: datetime.datetime | None = None) -> int:
    """Close the calls that were due two hours ago and that nobody made or took, so that their phones can book again."""
    now = now or timezone.now()
    due = Booking.objects.filter(status=BookingStatus.BOOKED, slot__ends_at__lt=now - MISSED_AFTER, taken_by=None)
    due = due.exclude(attempts__next_try_at__gt=now)
    due = due.filter(phone=phone) if phone else due
    # On SQLite an update that changes nothing waits for every other writer.
    return due.update(status=BookingStatus.MISSED) if due.exists() else 0


# What visitors and staff do -------------------------------------------------------------------------------------------


@retried
def book(
    wish: Wish, *, by_staff: bool = False, staff_id: int | None = None, follow_up_of: int | None = None
) -> Booking:
    """Book a call. The same form sent again returns what it led to. Raises Taken and BookedAlready.

    `staff_id` asks for one colleague.
    """
    earlier = Booking.objects.filter(form_key=wish.form_key).select_related("slot", "line").first()
    if earlier is not None:
        return earlier
    try:
        slots = _look_first(wish, staff_id, by_staff=by_staff)
        with transaction.atomic():
            return _write(wish, _lock_free(slots), follow_up_of)
    except (Refused, IntegrityError) as error:
        # The same form may have been faster, or another one with the same phone number.
        earlier = Booking.objects.filter(form_key=wish.form_key).select_related("slot", "line").first()
        if earlier is not None:
            return earlier
        if isinstance(error, IntegrityError):
            _refuse_twice(wish.phone)
            raise Taken from error
        raise


def _look_first(wish: Wish, staff_id: int | None, *, by_staff: bool) -> list[int]:
    """Turn away whom nothing can help, before anything is locked: at a popular time that is nearly everybody.

    Return the slots of those who are free.
    """
    slots = _free_at(wish.starts_at, wish.call_language, staff_id, by_staff=by_staff)
    _refuse_twice(wish.phone)
    return slots


def _refuse_twice(phone: str) -> None:
    """Raise BookedAlready where a call with this number is to come; one that nobody made is closed."""
    same_phone = Booking.objects.filter(phone=phone, status=BookingStatus.BOOKED).select_related("slot", "line")
    other = same_phone.first()
    if other is not None and close_missed(phone):
        other = same_phone.first()
    if other is not None:
        raise BookedAlready(other)


def _write(wish: Wish, slot: Slot, follow_up_of: int | None) -> Booking:
    booking = Booking(
        code=new_code(),
        line=slot.line,
        slot=slot,
        call_language=wish.call_language,
        help=wish.help,
        own_language=wish.own_language,
        topic=wish.topic,
        about_page_id=wish.about_page_id,
        municipality=wish.municipality,
        language=wish.language,
        name=wish.name,
        phone=wish.phone,
        email=wish.email,
        visitor_zone=wish.visitor_zone,
        form_key=wish.form_key,
        follow_up_of_id=follow_up_of,
    )
    booking.token_hash = stored_hash(booking)
    booking.save(force_insert=True)  # refused by the database where the phone has another call to come
    mails.booked(booking)
    return booking


@retried
def move(
    booking_id: int, starts_at: datetime.datetime, *, by_staff: bool = False, staff_id: int | None = None
) -> Booking:
    """Move a call to another time, or to another colleague. Where that is not possible it keeps the time that it has.

    Asked for once more, it changes nothing more. Raises Taken and TooLate.
    """
    found = _live(Booking.objects.filter(pk=booking_id), by_staff=by_staff)
    if found.slot.starts_at == starts_at and staff_id in {None, found.slot.staff_id} and _is_open(found.slot):
        return found
    slots = _free_at(starts_at, found.call_language, staff_id, by_staff=by_staff)
    with transaction.atomic():
        return _move(found, slots, starts_at, staff_id, by_staff=by_staff)


def _move(
    found: Booking, slots: list[int], starts_at: datetime.datetime, staff_id: int | None, *, by_staff: bool
) -> Booking:
    slot = _lock_free(slots)
    own = Booking.objects.select_for_update(no_key=True, of=("self",)).filter(pk=found.pk)
    booking = _live(own, by_staff=by_staff)
    before = booking.slot
    if before.starts_at == starts_at and staff_id in {None, before.staff_id} and _is_open(before):
        return booking
    booking.slot, booking.line = slot, slot.line
    if before.starts_at != slot.starts_at:
        booking.sequence += 1
    booking.taken_by, booking.taken_at = None, None
    booking.save(update_fields=["slot", "line", "sequence", "taken_by", "taken_at", "changed_at"])
    if before.starts_at != slot.starts_at:
        mails.moved(booking, before.starts_at)
    return booking


@retried
@transaction.atomic
def cancel(booking_id: int, *, by_staff: bool = False) -> Booking:
    """Cancel a call; its time is free at once. Cancelled once more, it stays cancelled. Raises TooLate."""
    booking = (
        Booking.objects.select_for_update(no_key=True, of=("self",)).select_related("slot", "line").get(pk=booking_id)
    )
    if booking.status == BookingStatus.CANCELLED:
        return booking
    _check_live(booking, by_staff=by_staff)
    booking.status = BookingStatus.CANCELLED
    booking.sequence += 1
    booking.save(update_fields=["status", "sequence", "changed_at"])
    mails.cancelled(booking, by_staff=by_staff)
    return booking


def _free_at(starts_at: datetime.datetime, call_language: str, staff_id: int | None, *, by_staff: bool) -> list[int]:
    """Return the rows of those who are free at a time and speak the language; a plain read, so who comes too late locks nothing.

    Staff may ask for a colleague who does not speak it. Raises Taken.
    """
    free = free_slots(by_staff=by_staff).filter(starts_at=starts_at, staff__is_active=True)
    if not by_staff or staff_id is None:
        free = free.filter(staff__spoken__language=call_language)
    if staff_id is not None:
        free = free.filter(staff_id=staff_id)
    ids = list(free.order_by("pk").values_list("pk", flat=True))
    if not ids:
        raise Taken
    return ids


def _lock_free(ids: list[int]) -> Slot:
    """Lock everybody's row of a time, and return that of the first colleague who is still free. Raises Taken."""
    locked = Slot.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=ids, state=SlotState.OPEN)
    slots = list(locked.select_related("line").order_by("pk"))
    taken = set(Booking.objects.filter(slot__in=ids, status__in=HOLDING).values_list("slot_id", flat=True))
    for slot in slots:
        if slot.pk not in taken:
            return slot
    raise Taken


def _live(bookings: QuerySet[Booking], *, by_staff: bool) -> Booking:
    booking = bookings.select_related("slot", "line").get()
    _check_live(booking, by_staff=by_staff)
    return booking


def _check_live(booking: Booking, *, by_staff: bool) -> None:
    """Raise TooLate for a call that is over; visitors change none that is being made either."""
    if not booking.is_live or (not by_staff and (booking.slot.starts_at <= timezone.now() or booking.taken_by_id)):
        raise TooLate


def _is_open(slot: Slot) -> bool:
    return slot.state == SlotState.OPEN
