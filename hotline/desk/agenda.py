"""The calls of a day in the order in which they are made. It names nobody: who it is stands beside the call only."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.facts.viewsets import municipality_choices

from ..choices import Help, language_label
from ..models import Booking, BookingStatus, SlotState
from ..models.lines import DANISH_ZONE
from ..words import day_in_words, is_zone, time_in_words

MISSED_SHOWN = datetime.timedelta(days=7)


@dataclass(frozen=True)
class Row:
    """One call of the list."""

    booking: Booking
    due_at: datetime.datetime
    time: str
    own_time: str
    """By the caller's clock, with the day where that is another one; empty where both clocks show the same."""
    language: str
    municipality: str
    state: str
    attempts: int
    is_late: bool
    is_live: bool

    @property
    def is_missed(self) -> bool:
        """Say whether nobody made the call, nor booked another one for it."""
        return self.booking.status == BookingStatus.MISSED and not self.booking.follow_ups.all()


def admin_language() -> str:
    """Return the language of the admin, for dates."""
    return get_language() or settings.LANGUAGE_CODE


def municipality_names() -> dict[str, str]:
    """Return the names of the municipalities by slug."""
    return dict(municipality_choices())


def calls_of_today(now: datetime.datetime | None = None) -> list[Row]:
    """Return today's calls, and those of earlier days that nobody finished or made: what is to be done first, in order."""
    now = now or timezone.now()
    today = timezone.localdate(now)
    calls = Booking.objects.filter(
        Q(slot__local_date=today)
        | Q(status=BookingStatus.BOOKED, slot__local_date__lt=today)
        | Q(status=BookingStatus.MISSED, slot__local_date__gte=today - MISSED_SHOWN, follow_ups=None)
    )
    calls = calls.exclude(status=BookingStatus.CANCELLED).filter(anonymised_at=None)
    return rows(calls.select_related("slot__staff", "line", "taken_by").prefetch_related("attempts", "follow_ups"), now)


def rows(bookings: Iterable[Booking], now: datetime.datetime) -> list[Row]:
    """Return what the list shows of these calls."""
    names = municipality_names()
    found = [_row(booking, names, now) for booking in bookings]
    return sorted(found, key=lambda row: (not row.is_live, row.due_at, row.booking.pk))


def _row(booking: Booking, names: dict[str, str], now: datetime.datetime) -> Row:
    attempts = list(booking.attempts.all())
    due_at = (attempts and attempts[-1].next_try_at) or booking.slot.starts_at
    language = language_label(booking.call_language)
    if booking.help != Help.NONE:
        language = f"{language} ({own_language(booking)})"
    return Row(
        booking=booking,
        due_at=due_at,
        time=danish_time(due_at, now),
        own_time=own_time(due_at, booking.visitor_zone),
        language=language,
        municipality=names.get(booking.municipality, booking.municipality),
        state=state_of(booking),
        attempts=len(attempts),
        is_late=booking.is_live and booking.taken_by_id is None and due_at <= now,
        is_live=booking.is_live,
    )


def own_language(booking: Booking) -> str:
    """Return what is arranged where nobody speaks the caller's language, and which one that is."""
    arranged = _("interpreter") if booking.help == Help.INTERPRETER else _("has a helper")
    return f"{language_label(booking.own_language)}: {arranged}" if booking.own_language else arranged


def state_of(booking: Booking) -> str:
    """Return where a call stands, and with whom."""
    if not booking.is_live:
        return str(booking.get_status_display())
    if booking.taken_by is not None:
        return _("taken by %(name)s") % {"name": booking.taken_by.name}
    if booking.slot.state == SlotState.BLOCKED:
        return _("to be reassigned: %(name)s is not there") % {"name": booking.slot.staff.name}
    return _("for %(name)s") % {"name": booking.slot.staff.name}


def danish_time(moment: datetime.datetime, now: datetime.datetime) -> str:
    """Return a time by the Danish clock, with the day where that is not today."""
    day, language = timezone.localdate(moment, ZoneInfo(DANISH_ZONE)), admin_language()
    time = time_in_words(moment, DANISH_ZONE, language)
    return time if day == timezone.localdate(now, ZoneInfo(DANISH_ZONE)) else f"{day_in_words(day, language)}, {time}"


def own_time(moment: datetime.datetime, zone: str) -> str:
    """Return a time by the caller's clock; with the day where that is another one than in Denmark."""
    if not zone or not is_zone(zone):
        return ""
    own, danish = moment.astimezone(ZoneInfo(zone)), moment.astimezone(ZoneInfo(DANISH_ZONE))
    if own.utcoffset() == danish.utcoffset():
        return ""
    place = zone.rsplit("/", 1)[-1].replace("_", " ")
    time = time_in_words(moment, zone, admin_language())
    if own.date() != danish.date():
        time = f"{day_in_words(own.date(), admin_language())}, {time}"
    return f"{time} ({place})"
