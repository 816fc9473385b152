"""The mails about a sign-up, in the person's language: each is written with the change that it announces.

Their keys say what they announce, so that nobody is told the same twice. Calendar files name no person and no secret.
"""

import datetime
from collections.abc import Iterable
from email.utils import parseaddr
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time
from django.conf import settings
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, override

from portal import outbox
from portal.icalendar.calendar import Entry, Status, write_message

from ..listings import remark_for
from ..models import ActivityPage, Occurrence, SignUp
from ..schedule_words import date_in_words
from ..schedules import to_local
from .links import manage_url, page_for, path_of

REMINDER_HOUR = 10
"""On the day before, by the clock where it takes place."""
LATEST = datetime.timedelta(days=7)
"""After the date, or after what it announces: until then a mail still tells somebody something."""


def confirmed(sign_up: SignUp) -> None:
    """Say that the places are theirs."""
    _write(sign_up, "confirmed", gettext_lazy("You have signed up: %(title)s"), gettext_lazy("You have a place."))
    remind(sign_up)


def waiting(sign_up: SignUp) -> None:
    """Say that they are on the waiting list, and what happens next."""
    text = gettext_lazy(
        "There is no place left at the moment, and you are on the waiting list. We write when a place is free."
    )
    _write(sign_up, "waiting", gettext_lazy("On the waiting list: %(title)s"), text, with_file=False)


def promoted(sign_up: SignUp) -> None:
    """Say that a place became free: given, or offered until a time."""
    if sign_up.offer_expires_at is None:
        text = gettext_lazy(
            "A place has become free, and it is yours. If you cannot come, please cancel: others are waiting."
        )
        _write(sign_up, "moved-up", gettext_lazy("You have a place now: %(title)s"), text)
        remind(sign_up)
        return
    text = gettext_lazy(
        "A place has become free. Do you still want it? Answer on this page by %(time)s; then the next is asked."
    )
    subject = gettext_lazy("A place is free for you: %(title)s")
    _write(sign_up, "offer", subject, text, with_file=False, not_after=sign_up.offer_expires_at)


def changed_seats(sign_up: SignUp) -> None:
    """Say for how many the places are now."""
    key = f"seats/{timezone.now().isoformat()}"
    _write(sign_up, key, gettext_lazy("Changed: %(title)s"), gettext_lazy("The number of people has been changed."))
    if sign_up.status == "confirmed":
        remind(sign_up)  # it says for how many


def cancelled(sign_up: SignUp, *, by_staff: bool) -> None:
    """Say that they do not come any more; the calendar drops the date."""
    drop_pending(sign_up)
    text = gettext_lazy("Your sign-up is cancelled. If that is wrong, please sign up again.")
    if by_staff:
        text = gettext_lazy("The organiser has cancelled your sign-up.")
    subject = gettext_lazy("Your sign-up is cancelled: %(title)s")
    _write(sign_up, "cancelled", subject, text, is_off=True, has_link=False)


def expired(sign_up: SignUp) -> None:
    """Say that an offer was not answered in time."""
    drop_pending(sign_up)
    text = gettext_lazy("You did not answer in time, so the place was offered to the next person.")
    subject = gettext_lazy("The place is no longer offered: %(title)s")
    _write(sign_up, "expired", subject, text, with_file=False, has_link=False)


def link_again(sign_up: SignUp) -> None:
    """Send the link once more, to whoever tried to sign up again; once an hour at most."""
    hour = timezone.now().strftime("%Y%m%d%H")
    text = gettext_lazy("You have signed up for this already. Here you see and change it.")
    _write(sign_up, f"link/{hour}", gettext_lazy("Your sign-up: %(title)s"), text, with_file=False)


def remind(sign_up: SignUp) -> None:
    """Have them reminded on the day before; a date that is moved has another reminder."""
    occurrence = sign_up.occurrence
    zone = ZoneInfo(occurrence.activity.zone)
    day_before = to_local(occurrence.starts_at, zone).date() - datetime.timedelta(days=1)
    at = datetime.datetime.combine(day_before, datetime.time(REMINDER_HOUR), zone)
    if at <= timezone.now():
        return
    text = gettext_lazy("This is a reminder. If you cannot come, please cancel.")
    times: dict[str, Any] = {"not_before": at, "not_after": occurrence.starts_at}
    _write(sign_up, _reminder(occurrence), gettext_lazy("Soon: %(title)s"), text, **times)


def forget_reminder(sign_up: SignUp, starts_at: datetime.datetime | None = None) -> None:
    """Drop the reminder of a date as it was."""
    outbox.cancel(_key(sign_up, _reminder(sign_up.occurrence, starts_at)))


def drop_pending(sign_up: SignUp) -> None:
    """Drop what is no longer true and was not sent yet."""
    forget_reminder(sign_up)
    outbox.cancel(_key(sign_up, "offer"))
    if sign_up.telling:
        outbox.cancel(sign_up.telling)


def message(sign_up: SignUp, form_key: str, subject: str, text: str) -> None:
    """Pass on what the organiser writes; sent again by the same form it reaches nobody twice."""
    _write(sign_up, f"message/{form_key}", subject, text, with_file=False)


# A date that changed --------------------------------------------------------------------------------------------------


def told_of(occurrence: Occurrence) -> dict[str, Any]:
    """Return what those who signed up know of a date."""
    return {
        "starts_at": occurrence.starts_at.isoformat(),
        "ends_at": occurrence.ends_at.isoformat(),
        "place": occurrence.place,
        "is_off": occurrence.is_cancelled,
    }


def date_changed(
    sign_ups: Iterable[SignUp], occurrence: Occurrence, before: dict[str, Any], grace: datetime.timedelta
) -> None:
    """Tell those who signed up what became of a date, after a time in which it can be taken back unnoticed.

    What was not sent yet is dropped, so that the mail compares with what people really were told.
    """
    now = told_of(occurrence)
    for sign_up in sign_ups:
        sign_up.occurrence = occurrence
        if not (sign_up.telling and outbox.cancel(sign_up.telling)):
            sign_up.told = before
        sign_up.telling = ""
        forget_reminder(sign_up, datetime.datetime.fromisoformat(before["starts_at"]))
        if not occurrence.is_cancelled and sign_up.status == "confirmed":
            remind(sign_up)
        if sign_up.told != now and sign_up.email:
            kind = f"date/{occurrence.sequence}"
            sign_up.telling = _key(sign_up, kind)
            _tell(sign_up, kind, sign_up.told, timezone.now() + grace)
        sign_up.save(update_fields=["told", "telling", "changed_at"])


def _tell(sign_up: SignUp, kind: str, told: dict[str, Any], not_before: datetime.datetime) -> None:
    occurrence = sign_up.occurrence
    if occurrence.is_cancelled:
        subject, text = (
            gettext_lazy("Cancelled: %(title)s"),
            gettext_lazy("This does not take place. You need not do anything."),
        )
        _write(sign_up, kind, subject, text, is_off=True, has_link=False, not_before=not_before)
    elif told["is_off"]:
        subject, text = gettext_lazy("It takes place after all: %(title)s"), gettext_lazy("This takes place after all.")
        _write(sign_up, kind, subject, text, not_before=not_before)
    elif told["starts_at"] != occurrence.starts_at.isoformat() or told["ends_at"] != occurrence.ends_at.isoformat():
        subject = gettext_lazy("New time: %(title)s")
        text = gettext_lazy(
            "The time has changed. Your sign-up holds for the new time. If you cannot come, please cancel."
        )
        _write(sign_up, kind, subject, text, not_before=not_before)
    else:
        subject, text = gettext_lazy("New place: %(title)s"), gettext_lazy("The place has changed. Your sign-up holds.")
        _write(sign_up, kind, subject, text, not_before=not_before)


# Writing --------------------------------------------------------------------------------------------------------------


def _filled(text: Any, values: dict[str, str]) -> str:
    """Return a text of the catalogue with its values; what people wrote is as it is."""
    return str(text) % values if isinstance(text, Promise) else str(text)


def _key(sign_up: SignUp, kind: str) -> str:
    return f"sign-up/{sign_up.ref}/{kind}"


def _reminder(occurrence: Occurrence, starts_at: datetime.datetime | None = None) -> str:
    moment = (starts_at or occurrence.starts_at).astimezone(datetime.UTC)
    return f"reminder/{moment:%Y%m%dT%H%M}"


def _write(
    sign_up: SignUp,
    kind: str,
    subject: Any,
    text: Any,
    *,
    with_file: bool = True,
    is_off: bool = False,
    has_link: bool = True,
    not_before: datetime.datetime | None = None,
    not_after: datetime.datetime | None = None,
) -> None:
    if not sign_up.email:
        return
    occurrence = sign_up.occurrence
    page = page_for(occurrence.activity, sign_up.language)
    with override(sign_up.language):
        values = {"title": page.title, "time": _until(sign_up)}
        parts = [
            _("Hello %(name)s,") % {"name": sign_up.name} if sign_up.name else _("Hello,"),
            _filled(text, values),
            _date(sign_up, page),
        ]
        if page.is_example:
            parts.insert(
                1,
                _("This is an example.") + " " + _("It shows what an activity can look like. It does not take place."),
            )
        if has_link:
            link = manage_url(sign_up, page)
            parts.append(_("See, change or cancel your sign-up:") + f"\n{link}")
            parts.append(_("The link is yours alone. Do not pass it on."))
        else:
            parts.append(f"{settings.BASE_URL}{path_of(page)}")
        parts.append(_("Your name and contact are deleted 30 days after the date."))
        outbox.enqueue(
            key=_key(sign_up, kind),
            to=sign_up.email,
            language=sign_up.language,
            subject=_filled(subject, values),
            text="\n\n".join(parts) + "\n",
            calendar=calendar_file(sign_up, page, is_off=is_off) if with_file else b"",
            not_before=not_before,
            not_after=not_after or max(occurrence.ends_at, timezone.now() + LATEST),
        )


def _date(sign_up: SignUp, page: ActivityPage) -> str:
    """Return what, when, where and for how many, a line each."""
    occurrence = sign_up.occurrence
    language = sign_up.language
    when = date_in_words(occurrence.local_start, occurrence.local_end, occurrence.all_day, language)
    people = ngettext("%(number)s person", "%(number)s people", sign_up.seats) % {"number": sign_up.seats}
    remark, _language = remark_for(occurrence.remark, language)
    return "\n".join(filter(None, [page.title, when, occurrence.place, remark, people]))


def _until(sign_up: SignUp) -> str:
    """Return until when an offer holds, by the clock where it takes place."""
    if sign_up.offer_expires_at is None:
        return ""
    return moment_in_words(sign_up.offer_expires_at, sign_up.occurrence, sign_up.language)


def moment_in_words(moment: datetime.datetime, occurrence: Occurrence, language: str) -> str:
    """Return a day and a time as people of a language write it."""
    local = to_local(moment, ZoneInfo(occurrence.activity.zone))
    day, time = format_date(local, "full", locale=language), format_time(local.time(), "short", locale=language)
    with override(language):
        return _("%(day)s at %(time)s") % {"day": day, "time": time}


def calendar_file(sign_up: SignUp, page: ActivityPage, *, is_off: bool) -> bytes:
    """Return the date for the person's calendar. The entry is that of the public feeds, so no calendar shows it twice."""
    occurrence = sign_up.occurrence
    starts: datetime.date = occurrence.starts_at
    ends: datetime.date = occurrence.ends_at
    if occurrence.all_day:
        starts, ends = occurrence.local_start.date(), occurrence.local_end.date()
    entry = Entry(
        uid=str(occurrence.uid),
        starts=starts,
        ends=ends,
        summary=page.title,
        language=page.locale.language_code,
        changed_at=timezone.now(),
        sequence=occurrence.sequence,
        status=Status.CANCELLED if is_off else Status.CONFIRMED,
        zone=occurrence.activity.zone,
        location=occurrence.place,
        url=f"{settings.BASE_URL}{path_of(page)}",
        busy=not is_off,
    )
    return write_message(entry, "CANCEL" if is_off else "PUBLISH", parseaddr(settings.DEFAULT_FROM_EMAIL)[1])
