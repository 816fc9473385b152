"""Books, moves and cancels calls: the only code that gives out times.

Whoever wants a time first locks its rows, one for each colleague, in the order of their keys; then nobody else gives them
out. A constraint of the database stands behind it. A booking that is moved stays the same row, with its reference, its
link and its entry in calendars.
"""

import datetime
import uuid
from copy import copy
from dataclasses import dataclass, replace

from django.db import IntegrityError, transaction
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from portal.reference_codes import new_code
from portal.transactions import retried

from . import mails
from .choices import Help
from .links import stored_hash
from .models import Booking, BookingStatus, Slot, SlotState, StaffLanguage, StaffMember
from .models.bookings import HOLDING
from .state import hours

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
    """Return the times that nobody has, which can still be booked; staff may book until a call begins.

    How long before and ahead calls can be booked it knows from a minute ago; `free_at` asks anew.
    """
    now = now or timezone.now()
    bookable = Q(pk=None)
    for line in hours().lines:
        earliest = now if by_staff else now + line.lead_hours * HOUR
        bookable |= Q(line=line, starts_at__gt=earliest, starts_at__lt=now + line.horizon_weeks * WEEK)
    return _unbooked().filter(bookable)


def _unbooked() -> QuerySet[Slot]:
    holding = Booking.objects.filter(slot=OuterRef("pk"), status__in=HOLDING)
    return Slot.objects.filter(~Exists(holding), state=SlotState.OPEN)


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


def free_at(
    starts_at: datetime.datetime, call_language: str, staff_id: int | None = None, *, by_staff: bool = False
) -> list[int]:
    """Return the rows of those who are free at a time and speak the language; a plain read, so who comes too late locks nothing.

    Staff may ask for a colleague who does not speak it.
    """
    now = timezone.now()
    slots = _unbooked().filter(starts_at=starts_at, line__is_active=True, staff__is_active=True)
    if not by_staff or staff_id is None:
        slots = slots.filter(staff__spoken__language=call_language)
    if staff_id is not None:
        slots = slots.filter(staff_id=staff_id)
    rows = slots.order_by("pk").values_list("pk", "line__lead_hours", "line__horizon_weeks")
    return [
        pk
        for pk, lead_hours, horizon_weeks in rows
        if now + (0 if by_staff else lead_hours) * HOUR < starts_at < now + horizon_weeks * WEEK
    ]


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


def close_missed(now: datetime.datetime | None = None) -> int:
    """Close the calls that were due two hours ago and that nobody made or took, so that their phones can book again."""
    due = _missed(now or timezone.now())
    # On SQLite an update that changes nothing waits for every other writer.
    return due.update(status=BookingStatus.MISSED) if due.exists() else 0


def _missed(now: datetime.datetime) -> QuerySet[Booking]:
    due = Booking.objects.filter(status=BookingStatus.BOOKED, slot__ends_at__lt=now - MISSED_AFTER, taken_by=None)
    return due.exclude(attempts__next_try_at__gt=now)


# What visitors and staff do -------------------------------------------------------------------------------------------


@retried
def book(
    wish: Wish, *, by_staff: bool = False, staff_id: int | None = None, follow_up_of: int | None = None
) -> Booking:
    """Book a call. The same form sent again returns what it led to. Raises Taken and BookedAlready.

    `staff_id` asks for one colleague.
    """
    # Whom nothing can help is turned away before anything is locked: at a popular time that is nearly everybody.
    slots = free_at(wish.starts_at, wish.call_language, staff_id, by_staff=by_staff)
    known = _known(wish)
    if known.earlier is not None:
        return known.earlier
    if not slots:
        raise Taken
    if known.other is not None and not (known.other_is_missed and _close(known.other)):
        raise BookedAlready(known.other)
    about_page_id = _public_page(wish.about_page_id)
    try:
        with transaction.atomic():
            return _write(wish, _lock_free(slots), about_page_id, follow_up_of)
    except (Taken, IntegrityError) as error:
        # The same form may have been faster, or another one with the same phone number.
        known = _known(wish)
        if known.earlier is not None:
            return known.earlier
        if known.other is not None and isinstance(error, IntegrityError):
            raise BookedAlready(known.other) from error
        raise Taken from error


@dataclass(frozen=True)
class Known:
    """What there is of a wish already."""

    earlier: Booking | None = None
    """The call to which this very form has led."""
    other: Booking | None = None
    """The call to come with this phone number."""
    other_is_missed: bool = False
    """Whether it was due, and nobody made it."""


def _known(wish: Wish) -> Known:
    same = Q(form_key=wish.form_key) | Q(phone=wish.phone, status=BookingStatus.BOOKED)
    missed = _missed(timezone.now()).filter(pk=OuterRef("pk"))
    found = Known()
    for booking in Booking.objects.filter(same).annotate(is_missed=Exists(missed)).select_related("slot", "line"):
        if booking.form_key == wish.form_key:
            found = replace(found, earlier=booking)
        else:
            found = replace(found, other=booking, other_is_missed=booking.is_missed)
    return found


def _close(booking: Booking) -> bool:
    """Close a call that nobody made, and say whether it still was one."""
    missed = _missed(timezone.now()).filter(pk=booking.pk)
    return bool(missed.update(status=BookingStatus.MISSED))


def _public_page(page_id: int | None) -> int | None:
    """Return the id of a page where everybody may read it: what stands in an address may be anything."""
    if not page_id:
        return None
    path = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    restrictions = PageViewRestriction.objects.alias(path_of_page=path).filter(path_of_page__startswith=F("page__path"))
    return Page.objects.live().filter(~Exists(restrictions), pk=page_id).values_list("pk", flat=True).first()


def _write(wish: Wish, slot: Slot, about_page_id: int | None, follow_up_of: int | None) -> Booking:
    booking = Booking(
        code=new_code(),
        line=slot.line,
        slot=slot,
        call_language=wish.call_language,
        help=wish.help,
        own_language=wish.own_language,
        topic=wish.topic,
        about_page_id=about_page_id,
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
    booking_id: int,
    starts_at: datetime.datetime,
    *,
    by_staff: bool = False,
    staff_id: int | None = None,
    known: Booking | None = None,
) -> Booking:
    """Move a call to another time, or to another colleague. Where that is not possible it keeps the time that it has.

    Asked for once more, it changes nothing more. `known` is the call as it was read a moment ago, with its slot and line.
    Raises Taken and TooLate.
    """
    found = known or Booking.objects.select_related("slot", "line").get(pk=booking_id)
    _check_live(found, by_staff=by_staff)
    if _is_there(found, starts_at, staff_id):
        return found
    slots = free_at(starts_at, found.call_language, staff_id, by_staff=by_staff)
    if not slots:
        raise Taken
    with transaction.atomic():
        slot = _lock_free(slots)
        moved = _set_slot(found, slot)
        if moved is None:  # it has changed since it was read
            own = Booking.objects.select_for_update(no_key=True, of=("self",)).select_related("slot", "line")
            found = own.get(pk=booking_id)
            _check_live(found, by_staff=by_staff)
            if _is_there(found, starts_at, staff_id):
                return found
            moved = _set_slot(found, slot)
        if moved is None:
            raise TooLate
        if found.slot.starts_at != slot.starts_at:
            mails.moved(moved, found.slot.starts_at)
        return moved


def _is_there(booking: Booking, starts_at: datetime.datetime, staff_id: int | None) -> bool:
    """Say whether a call has the time already, and the colleague who is asked for."""
    slot = booking.slot
    return slot.starts_at == starts_at and staff_id in {None, slot.staff_id} and slot.state == SlotState.OPEN


def _set_slot(found: Booking, slot: Slot) -> Booking | None:
    """Give a call its new time if it still is as it was found, in one statement; otherwise return None."""
    as_found = {name: getattr(found, name) for name in ("status", "slot_id", "sequence", "taken_by_id")}
    moved = copy(found)
    moved.slot, moved.line = slot, slot.line
    moved.sequence += found.slot.starts_at != slot.starts_at
    moved.taken_by, moved.taken_at, moved.changed_at = None, None, timezone.now()
    changes = {
        name: getattr(moved, name) for name in ("slot", "line", "sequence", "taken_by", "taken_at", "changed_at")
    }
    return moved if Booking.objects.filter(pk=found.pk, **as_found).update(**changes) else None


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


def _lock_free(ids: list[int]) -> Slot:
    """Lock everybody's row of a time, and return that of the first colleague who is still free. Raises Taken."""
    locked = Slot.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=ids, state=SlotState.OPEN)
    slots = list(locked.select_related("line").order_by("pk"))
    taken = set(Booking.objects.filter(slot__in=ids, status__in=HOLDING).values_list("slot_id", flat=True))
    for slot in slots:
        if slot.pk not in taken:
            return slot
    raise Taken


def _check_live(booking: Booking, *, by_staff: bool) -> None:
    """Raise TooLate for a call that is over; visitors change none that is being made either."""
    if not booking.is_live or (not by_staff and (booking.slot.starts_at <= timezone.now() or booking.taken_by_id)):
        raise TooLate
