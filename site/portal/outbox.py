"""The outbox: a mail is a row that is written in the transaction of the change it announces, and sent after the commit.

So no mail tells of what was rolled back, and no change goes untold because a mail server was away. `portal.mail.sending`
sends; a mail goes out at most once per key.
"""

import datetime
import logging

from django.core.cache import cache
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from portal.mail.models import LONGEST_SUBJECT, OutgoingMail, State
from portal.mail.sending import send_waiting

logger = logging.getLogger(__name__)

REPLACEABLE = (State.WAITING, State.FAILED)
TICK = 2
"""Seconds in which several mails wake the worker once."""


def enqueue(
    *,
    key: str,
    to: str,
    language: str,
    subject: str,
    text: str,
    calendar: bytes = b"",
    not_before: datetime.datetime | None = None,
    not_after: datetime.datetime | None = None,
) -> None:
    """Write a mail, to be sent after the commit of this transaction, or at `not_before`; never after `not_after`.

    A second mail with the key of one that has not gone out replaces its content; where the first has gone out, or may
    have, nothing happens. The method of the calendar file is told to mail programs as it stands in the file.

    Raises ValidationError where `to` is no address.
    """
    validate_email(to)
    now = timezone.now()
    due_at = max(now, not_before or now)
    content = {
        "recipient": to,
        "language": language,
        "subject": " ".join(subject.split())[:LONGEST_SUBJECT],  # no line break reaches a header
        "text": text,
        "calendar": calendar,
        "state": State.WAITING,
        "due_at": due_at,
        "not_after": not_after,
        "attempts": 0,
        "error": "",
    }
    replaceable = OutgoingMail.objects.filter(key=key, state__in=REPLACEABLE)
    # Written if the key is new; otherwise, also where somebody writes the same key at this moment, replaced.
    OutgoingMail.objects.bulk_create([OutgoingMail(key=key, **content)], ignore_conflicts=True)
    replaceable.update(**content)
    transaction.on_commit(lambda: wake(due_at), robust=True)


def cancel(key: str) -> bool:
    """Drop a mail that has not gone out, and say whether there was one. The same key can be written again."""
    return bool(OutgoingMail.objects.filter(key=key, state__in=REPLACEABLE).delete()[0])


def wake(due_at: datetime.datetime) -> None:
    """Let the task worker send what is due then. Where none runs, `manage.py send_outbox` finds it."""
    if not send_waiting.get_backend().supports_defer:
        return
    moment = (int(max(due_at, timezone.now()).timestamp()) // TICK + 1) * TICK
    try:
        if cache.add(f"portal-outbox:{moment}", 1, 60):
            send_waiting.using(run_after=datetime.datetime.fromtimestamp(moment, datetime.UTC)).enqueue()
    except Exception:  # the mail is stored, and the visitor who caused it must not see an error
        logger.exception("The worker could not be asked to send mails.")
