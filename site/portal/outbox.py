"""The outbox: a mail is a row that is written in the transaction of the change it announces, and sent after the commit.

So no mail tells of what was rolled back, and no change goes untold because a mail server was away. `portal.mail.sending`
sends; a mail goes out at most once per key.
"""

import datetime
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from django.core.cache import cache
from django.core.validators import validate_email
from django.db import connection, transaction
from django.utils import timezone

from portal.mail.models import LONGEST_SUBJECT, OutgoingMail, State
from portal.mail.sending import send_waiting

logger = logging.getLogger(__name__)

MAIL = OutgoingMail._meta
REPLACEABLE = (State.WAITING, State.FAILED)
REPLACED = (
    *("recipient", "language", "subject", "text", "calendar"),
    *("state", "due_at", "not_after", "attempts", "error"),
)
"""What a second mail with the same key brings anew."""
TICK = 2
"""Seconds in which several mails wake the worker once."""


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A mail as it is written: to be sent after the commit of this transaction, or at `not_before`; never after `not_after`.

    The method of the calendar file is told to mail programs as it stands in the file.
    """

    key: str
    to: str
    language: str
    subject: str
    text: str
    calendar: bytes = b""
    not_before: datetime.datetime | None = None
    not_after: datetime.datetime | None = None


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
    """Write one mail: see `enqueue_all`."""
    enqueue_all(
        [
            Draft(
                key=key,
                to=to,
                language=language,
                subject=subject,
                text=text,
                calendar=calendar,
                not_before=not_before,
                not_after=not_after,
            )
        ]
    )


def enqueue_all(drafts: Sequence[Draft]) -> None:
    """Write mails with different keys, in one statement however many they are.

    A second mail with the key of one that has not gone out replaces its content; where the first has gone out, or may
    have, nothing happens. Raises ValidationError where `to` is no address.
    """
    for draft in drafts:
        validate_email(draft.to)
    now = timezone.now()
    mails = [
        OutgoingMail(
            key=draft.key,
            recipient=draft.to,
            language=draft.language,
            subject=" ".join(draft.subject.split())[:LONGEST_SUBJECT],  # no line break reaches a header
            text=draft.text,
            calendar=draft.calendar,
            state=State.WAITING,
            due_at=max(now, draft.not_before or now),
            not_after=draft.not_after,
        )
        for draft in drafts
    ]
    if mails:
        _store(mails)
    for mail in mails:
        transaction.on_commit(partial(wake, mail.due_at), robust=True)


def _store(mails: list[OutgoingMail]) -> None:
    """Write mails whose keys are new, and replace those that wait; Django's own upsert cannot tell which to leave alone."""
    quote, fields = connection.ops.quote_name, [field for field in MAIL.concrete_fields if not field.primary_key]
    columns = [quote(str(field.column)) for field in fields]
    table, key, state = quote(MAIL.db_table), quote("key"), quote("state")
    row = f"({', '.join(['%s'] * len(fields))})"
    replaced = ", ".join(f"{quote(name)} = EXCLUDED.{quote(name)}" for name in REPLACED)
    values = [field.get_db_prep_save(field.pre_save(mail, True), connection) for mail in mails for field in fields]
    sql = (
        f"INSERT INTO {table} ({', '.join(columns)}) VALUES {', '.join([row] * len(mails))} "  # noqa: S608  constants
        f"ON CONFLICT ({key}) DO UPDATE SET {replaced} WHERE {table}.{state} IN (%s, %s)"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, *REPLACEABLE])


def cancel(key: str) -> bool:
    """Drop a mail that has not gone out, and say whether there was one. The same key can be written again."""
    quote = connection.ops.quote_name
    # Django's own `delete` reads the whole mail first.
    sql = f"DELETE FROM {quote(MAIL.db_table)} WHERE {quote('key')} = %s AND {quote('state')} IN (%s, %s)"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, [key, *REPLACEABLE])
        return cursor.rowcount > 0


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
