"""The mails about a call, in the person's language: each is written with the change that it announces.

Their keys say what they announce, so that nobody is told the same twice. Calendar files name no person and no secret.
"""

import datetime
from email.utils import parseaddr
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from portal import outbox
from portal.icalendar.calendar import Entry, Status, write_message

from .links import manage_url, page_path
from .models import Booking
from .words import call_in_words, language_label, own_time_in_words

REMINDER_HOUR = 10
"""On the day before, by the Danish clock."""
LATEST = datetime.timedelta(days=1)
"""After the call, or after what it announces: until then a mail still tells somebody something."""


def booked(booking: Booking) -> None:
    """Say when we call."""
    told = _draft(booking, "booked", gettext_lazy("We call you: %(time)s"), gettext_lazy("Your call is booked."))
    outbox.enqueue_all([*told, *_reminder_of(booking)])


def moved(booking: Booking, before: datetime.datetime) -> None:
    """Say that the time is another one now."""
    _drop_reminder(booking, before)
    told = _draft(
        booking,
        f"moved/{booking.sequence}",
        gettext_lazy("New time: we call you %(time)s"),
        gettext_lazy("The time of your call has changed."),
    )
    outbox.enqueue_all([*told, *_reminder_of(booking)])


def cancelled(booking: Booking, *, by_staff: bool) -> None:
    """Say that nobody calls; the calendar drops the entry."""
    _drop_reminder(booking, booking.slot.starts_at)
    text = gettext_lazy("Your call is cancelled. You can book another one at any time.")
    if by_staff:
        text = gettext_lazy("We had to cancel your call. We are sorry. Please book another time.")
    outbox.enqueue_all(
        _draft(booking, "cancelled", gettext_lazy("Your call is cancelled: %(time)s"), text, is_off=True)
    )


def link_again(booking: Booking) -> None:
    """Send the link once more, to whoever tried to book again; once an hour at most."""
    hour = timezone.now().strftime("%Y%m%d%H")
    text = gettext_lazy("A call is booked already. Here you see and change it.")
    outbox.enqueue_all(_draft(booking, f"link/{hour}", gettext_lazy("Your call: %(time)s"), text, with_file=False))


def _reminder_of(booking: Booking) -> list[outbox.Draft]:
    """Return what reminds them on the day before; another time has another reminder."""
    starts = booking.slot.starts_at
    clock = ZoneInfo(booking.line.zone)
    day_before = starts.astimezone(clock).date() - datetime.timedelta(days=1)
    at = datetime.datetime.combine(day_before, datetime.time(REMINDER_HOUR), clock)
    if at <= timezone.now():
        return []
    text = gettext_lazy("This is a reminder. If the time no longer suits you, please change it or cancel.")
    subject = gettext_lazy("Soon: we call you %(time)s")
    return _draft(booking, _reminder(starts), subject, text, not_before=at, not_after=starts)


def _drop_reminder(booking: Booking, starts: datetime.datetime) -> None:
    """Remind nobody of a time that is not theirs any more."""
    if booking.email:
        outbox.cancel(_key(booking, _reminder(starts)))


def _key(booking: Booking, kind: str) -> str:
    return f"hotline/{booking.ref}/{kind}"


def _reminder(starts: datetime.datetime) -> str:
    return f"reminder/{starts.astimezone(datetime.UTC):%Y%m%dT%H%M}"


def _draft(
    booking: Booking,
    kind: str,
    subject: Any,
    text: Any,
    *,
    is_off: bool = False,
    with_file: bool = True,
    not_before: datetime.datetime | None = None,
    not_after: datetime.datetime | None = None,
) -> list[outbox.Draft]:
    """Return the mail in the person's language; none for those who gave no address."""
    if not booking.email:
        return []
    with override(booking.language):
        time = call_in_words(booking.slot.starts_at, booking.slot.ends_at, booking.language)
        parts = [
            _("Hello %(name)s,") % {"name": booking.name} if booking.name else _("Hello,"),
            str(text),
            _call(booking, time),
        ]
        if is_off:
            parts.append(f"{settings.BASE_URL}{page_path(booking)}")
        else:
            parts.append(_("We call the number that you gave us. You need not do anything until then."))
            parts.append(_("See, change or cancel your call:") + f"\n{manage_url(booking)}")
            parts.append(_("The link is yours alone. Do not pass it on."))
        parts.append(_("Your name and contact are deleted 30 days after the call."))
        draft = outbox.Draft(
            key=_key(booking, kind),
            to=booking.email,
            language=booking.language,
            subject=str(subject) % {"time": time},
            text="\n\n".join(parts) + "\n",
            calendar=calendar_file(booking, is_off=is_off) if with_file else b"",
            not_before=not_before,
            not_after=not_after or max(booking.slot.ends_at, timezone.now() + LATEST),
        )
    return [draft]


def _call(booking: Booking, time: str) -> str:
    """Return when, in which language, about what, and under which reference, a line each."""
    language = _("Language of the call: %(language)s") % {"language": language_label(booking.call_language)}
    topic = _("About: %(topic)s") % {"topic": booking.get_topic_display()}
    reference = _("Reference: %(code)s") % {"code": booking.readable_code}
    own = own_time_in_words(booking.slot.starts_at, booking.visitor_zone, booking.language)
    return "\n".join(filter(None, [time, own, language, topic, reference]))


def calendar_file(booking: Booking, *, is_off: bool = False) -> bytes:
    """Return the call for the person's calendar: always under the same name, with the number of its version."""
    with override(booking.language):
        entry = Entry(
            uid=f"{booking.ref}",
            starts=booking.slot.starts_at,
            ends=booking.slot.ends_at,
            summary=_("The hotline calls you"),
            language=booking.language,
            changed_at=timezone.now(),
            sequence=booking.sequence,
            status=Status.CANCELLED if is_off else Status.CONFIRMED,
            url=f"{settings.BASE_URL}{page_path(booking)}",
            busy=not is_off,
        )
    return write_message(entry, "CANCEL" if is_off else "PUBLISH", parseaddr(settings.DEFAULT_FROM_EMAIL)[1])
