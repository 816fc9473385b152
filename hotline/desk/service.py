"""Takes calls, hands them over and notes what came of them: each a compare-and-set, so that two colleagues never do it twice."""

import datetime
import uuid
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.transactions import retried

from ..choices import Channel
from ..models import Booking, BookingStatus, CallAttempt, CallLog, HotlineLine, Outcome, StaffMember
from ..models.calls import MOST_ATTEMPTS
from . import mails
from .times import retry_times

MOST_MINUTES = 240
OVER = {
    Outcome.ANSWERED: BookingStatus.DONE,
    Outcome.NO_ANSWER: BookingStatus.NO_ANSWER,
    Outcome.WRONG_NUMBER: BookingStatus.WRONG_NUMBER,
    Outcome.NO_SHOW: BookingStatus.NO_SHOW,
}


class Refused(Exception):
    """It cannot be done any more; the text says why, to the person at the desk."""


@dataclass(frozen=True)
class About:
    """What a call was about, as it is counted."""

    topic: str
    language: str
    municipality: str = ""
    minutes: int = 0
    solved: bool | None = None


@retried
@transaction.atomic
def take(booking_id: int, staff: StaffMember, holder_id: int | None = None) -> None:
    """Take a call, from nobody or from the colleague who was seen to have it. Raises Refused, and says who was faster."""
    free = Booking.objects.filter(pk=booking_id, status=BookingStatus.BOOKED, taken_by=holder_id)
    if not free.update(taken_by=staff, taken_at=timezone.now()):
        _allow(booking_id, staff)


@retried
@transaction.atomic
def give_back(booking_id: int, staff: StaffMember) -> None:
    """Let somebody else take a call."""
    mine = Booking.objects.filter(pk=booking_id, status=BookingStatus.BOOKED, taken_by=staff)
    if not mine.update(taken_by=None, taken_at=None):
        _allow(booking_id, staff)


@retried
@transaction.atomic
def hand_over(booking_id: int, staff: StaffMember, colleague: StaffMember) -> None:
    """Give a call that is one's own, or nobody's, to a colleague. Raises Refused."""
    booking = Booking.objects.filter(pk=booking_id, status=BookingStatus.BOOKED)
    for holder in (staff, None):
        if booking.filter(taken_by=holder).update(taken_by=colleague, taken_at=timezone.now()):
            return
    _allow(booking_id, colleague)


@retried
@transaction.atomic
def note(
    booking_id: int,
    staff: StaffMember,
    number: int,
    outcome: Outcome,
    *,
    next_try_at: datetime.datetime | None = None,
    about: About | None = None,
) -> Booking:
    """Note what came of an attempt. `number` is the attempt that was seen to be next: it is noted once. Raises Refused."""
    locked = Booking.objects.select_for_update(no_key=True, of=("self",)).select_related("slot", "line", "taken_by")
    booking = locked.get(pk=booking_id)
    attempts = list(booking.attempts.select_related("staff").order_by("number"))
    if len(attempts) >= number:
        noted = attempts[number - 1]
        if (noted.staff_id, noted.outcome) == (staff.pk, outcome):
            return booking
        words = _("%(name)s has noted this attempt already: %(outcome)s.")
        raise Refused(words % {"name": noted.staff.name, "outcome": noted.get_outcome_display()})
    if not booking.is_live or booking.taken_by_id not in {None, staff.pk}:
        raise Refused(why(booking))
    now = timezone.now()
    if next_try_at is not None and (outcome != Outcome.NO_ANSWER or len(attempts) + 1 >= MOST_ATTEMPTS):
        raise Refused(_("This was the last attempt. Book a new call instead."))
    if next_try_at is not None and next_try_at not in retry_times(booking.line, booking.call_language, now):
        raise Refused(_("This time is past, or nobody who speaks the language is there then. Choose another one."))
    CallAttempt.objects.create(
        booking=booking, number=len(attempts) + 1, staff=staff, at=now, outcome=outcome, next_try_at=next_try_at
    )
    _close(booking, staff, outcome, now, next_try_at)
    if outcome == Outcome.ANSWERED and about is not None:
        _log(booking, about, booking.taken_at or now)
    return booking


def _close(
    booking: Booking,
    staff: StaffMember,
    outcome: Outcome,
    now: datetime.datetime,
    next_try_at: datetime.datetime | None,
) -> None:
    """Settle what becomes of the booking. One that is tried again is free for whoever is there then."""
    if next_try_at is not None:
        booking.taken_by, booking.taken_at = None, None
    else:
        booking.status = OVER[outcome]
        booking.taken_by, booking.taken_at = staff, booking.taken_at or now
    booking.save(update_fields=["status", "taken_by", "taken_at", "changed_at"])
    if next_try_at is None and outcome != Outcome.ANSWERED:
        mails.not_reached(booking, outcome)


def _log(booking: Booking, about: About, began: datetime.datetime) -> None:
    CallLog.objects.create(
        booking=booking,
        line=booking.line,
        form_key=uuid.uuid5(booking.ref, "log"),
        at=began,
        channel=Channel.BOOKED,
        waited_minutes=max(0, int((began - booking.created_at).total_seconds() // 60)),
        **_counted(about),
    )


@retried
@transaction.atomic
def log_walk_in(form_key: uuid.UUID, line: HotlineLine, about: About) -> CallLog:
    """Log a call that nobody booked. The same form sent again logs nothing more."""
    values = {"line": line, "at": timezone.now(), "channel": Channel.WALK_IN, **_counted(about)}
    return CallLog.objects.get_or_create(form_key=form_key, defaults=values)[0]


def _counted(about: About) -> dict[str, object]:
    minutes = min(max(about.minutes, 0), MOST_MINUTES)
    return {
        "topic": about.topic,
        "municipality": about.municipality,
        "language": about.language,
        "minutes": minutes,
        "solved": about.solved,
    }


def _allow(booking_id: int, staff: StaffMember) -> None:
    """Raise Refused, unless the colleague has the call already: then nothing had to be done."""
    booking = Booking.objects.select_related("taken_by").get(pk=booking_id)
    if not booking.is_live or booking.taken_by_id != staff.pk:
        raise Refused(why(booking))


def why(booking: Booking) -> str:
    """Return who has a call, or that it is over."""
    if not booking.is_live:
        return _("This call is over: %(status)s.") % {"status": booking.get_status_display()}
    if booking.taken_by is None or booking.taken_at is None:
        return _("Nobody has this call now. Take it first.")
    time = timezone.localtime(booking.taken_at).strftime("%H:%M")
    return _("%(name)s took this call at %(time)s.") % {"name": booking.taken_by.name, "time": time}
