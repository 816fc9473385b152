"""Sends what waits in the outbox: at most once per key, however many processes do it, and whichever of them is killed.

Nothing can send a mail exactly once: between the server's "accepted" and our note of it there is always a moment. Who dies
there leaves a row that nobody touches until its lease is over. It then is `unknown`, is shown to staff, and is never sent
again by itself. What the server has refused, or was never told, is tried again.
"""

import datetime
import logging
import random
import smtplib
from dataclasses import dataclass

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django_tasks import task

from .message import message_of
from .models import OutgoingMail, State

logger = logging.getLogger(__name__)

LEASE = datetime.timedelta(minutes=15)
"""Far longer than sending can take: `EMAIL_TIMEOUT` ends each step of it."""
BATCH = 50
FIRST_WAIT, LONGEST_WAIT = datetime.timedelta(minutes=1), datetime.timedelta(hours=6)
"""Until a mail is tried again; four times as long each time."""
MOST_ATTEMPTS = 12
"""In two days."""
LONGEST_ERROR = 500
PERMANENT = 500
"""From this answer of a mail server on it will not take the mail later either."""
BODIES_KEPT = datetime.timedelta(days=7)
UNSENT_KEPT = datetime.timedelta(days=30)
KEYS_KEPT = datetime.timedelta(days=400)
TOO_LATE = "It was too late to tell anybody."


class Refused(Exception):
    """The mail will never be taken."""


class Away(Exception):
    """The mail was not taken, and may be later."""


@dataclass(frozen=True)
class Sent:
    """What became of the mails of one run."""

    sent: int = 0
    postponed: int = 0
    failed: int = 0
    unknown: int = 0

    def __add__(self, other: "Sent") -> "Sent":
        return Sent(
            self.sent + other.sent,
            self.postponed + other.postponed,
            self.failed + other.failed,
            self.unknown + other.unknown,
        )


def send_due() -> Sent:
    """Send every mail that is due. Called outside of transactions: a claim must be seen by everybody at once."""
    result = Sent(unknown=give_up_lost())
    while due := list(_due().order_by("due_at", "pk").values_list("pk", flat=True)[:BATCH]):
        random.shuffle(due)  # so that several processes rarely reach for the same one
        for pk in due:
            result += _send(pk)
    return result


@task(backend="background")
def send_waiting() -> int:
    """Do it in the task worker, shortly after a mail was written; what has to be tried again wakes the worker again."""
    from portal.outbox import wake  # the outbox imports this task

    result = send_due()
    if result.postponed:
        nearest = OutgoingMail.objects.filter(state=State.WAITING, attempts__gt=0).order_by("due_at").first()
        if nearest is not None:
            wake(nearest.due_at)
    return result.sent


def give_up_lost() -> int:
    """Mark what somebody began to send and never finished. Whether it went out nobody knows."""
    lost = OutgoingMail.objects.filter(state=State.SENDING, lease_until__lt=timezone.now())
    if not lost.exists():  # a read first: it takes no lock
        return 0
    count = lost.update(state=State.UNKNOWN, error="The process that was sending it has ended.")
    if count:
        logger.error("%s mails may have been sent or not; see the report “Mails that were not sent”.", count)
    return count


def _give_up_late(now: datetime.datetime) -> None:
    """Mark what nobody has sent in all the time in which it would have told anybody something: no sender may be running."""
    late = Q(due_at__lt=now - UNSENT_KEPT) | Q(not_after__lt=now)
    count = OutgoingMail.objects.filter(late, state=State.WAITING).update(state=State.FAILED, error=TOO_LATE)
    if count:
        logger.error("%s mails waited until it was too late to send them.", count)


def _due() -> QuerySet[OutgoingMail]:
    return OutgoingMail.objects.filter(state=State.WAITING, due_at__lte=timezone.now())


def _send(pk: int) -> Sent:
    """Claim one mail and send it; do nothing where somebody else was faster."""
    lease = timezone.now() + LEASE
    if not _due().filter(pk=pk).update(state=State.SENDING, lease_until=lease, attempts=F("attempts") + 1):
        return Sent()
    mail = OutgoingMail.objects.get(pk=pk)
    try:
        _deliver(mail)
    except Refused as error:
        return _fail(mail, str(error))
    except Away as error:
        return _postpone(mail, str(error))
    except Exception as error:  # the connection broke at a point that we do not know
        logger.error("The mail %s may have been sent or not: %s", mail.key, reason_of(error))
        _finish(mail, state=State.UNKNOWN, error=reason_of(error))
        return Sent(unknown=1)
    mark_sent(mail)
    return Sent(sent=1)


def _deliver(mail: OutgoingMail) -> None:
    """Hand the mail to the server. Any other exception than the two means: nobody knows."""
    if mail.not_after is not None and mail.not_after < timezone.now():
        raise Refused(TOO_LATE)
    try:
        connection = get_connection(fail_silently=False)
        message = message_of(mail)
        message.message()  # what cannot be written never will be
    except Exception as error:
        raise Refused(reason_of(error)) from error
    try:
        connection.open()
    except Exception as error:  # whatever went wrong, the mail has not been mentioned yet
        raise Away(reason_of(error)) from error
    try:
        connection.send_messages([message])
    except smtplib.SMTPRecipientsRefused as error:
        (code, _answer), *_others = error.recipients.values()
        raise _refusal(error, code) from error
    except smtplib.SMTPResponseException as error:
        raise _refusal(error, error.smtp_code) from error
    except smtplib.SMTPNotSupportedError as error:
        raise Refused(reason_of(error)) from error
    finally:
        _close(connection)


def _refusal(error: Exception, code: int) -> Exception:
    return Refused(reason_of(error)) if code >= PERMANENT else Away(reason_of(error))


def mark_sent(mail: OutgoingMail) -> None:
    """Note that the server has accepted it."""
    _finish(mail, state=State.SENT, sent_at=timezone.now(), error="")


def _finish(mail: OutgoingMail, **values: object) -> None:
    """Write down how an attempt ended; also where it took so long that it was given up, but not where another began."""
    own = OutgoingMail.objects.filter(pk=mail.pk, attempts=mail.attempts, state__in=(State.SENDING, State.UNKNOWN))
    own.update(lease_until=None, **values)


def _postpone(mail: OutgoingMail, reason: str) -> Sent:
    if mail.attempts >= MOST_ATTEMPTS:
        return _fail(mail, reason)
    wait = min(FIRST_WAIT * 4 ** min(mail.attempts - 1, 10), LONGEST_WAIT)
    logger.warning("The mail %s is tried again in %s: %s", mail.key, wait, reason)
    _finish(mail, state=State.WAITING, due_at=timezone.now() + wait, error=reason)
    return Sent(postponed=1)


def _fail(mail: OutgoingMail, reason: str) -> Sent:
    logger.error("The mail %s is not sent: %s", mail.key, reason)
    _finish(mail, state=State.FAILED, error=reason)
    return Sent(failed=1)


def reason_of(error: Exception) -> str:
    """Return what happened, without the address that it happened to: this goes into the log."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        error = smtplib.SMTPResponseException(*next(iter(error.recipients.values())))
    answer = error.smtp_error if isinstance(error, smtplib.SMTPResponseException) else str(error)
    text = answer.decode(errors="replace") if isinstance(answer, bytes) else str(answer)
    code = f" {error.smtp_code}" if isinstance(error, smtplib.SMTPResponseException) else ""
    words = (word if "@" not in word else "…" for word in text.split())
    return f"{type(error).__name__}{code}: {' '.join(words)}"[:LONGEST_ERROR]


def _close(connection: BaseEmailBackend) -> None:
    try:
        connection.close()
    except Exception:  # the mail has gone, and a server that does not say goodbye changes nothing
        logger.warning("The mail server ended the connection without a goodbye.")


def send_again(pk: int) -> bool:
    """Let a person decide that a mail which failed, or may have gone out, is sent once more."""
    again = OutgoingMail.objects.filter(pk=pk, state__in=(State.FAILED, State.UNKNOWN)).exclude(recipient="")
    return bool(again.update(state=State.WAITING, due_at=timezone.now(), attempts=0, not_after=None, lease_until=None))


def forget() -> int:
    """Delete what was written to whom: a week after it went out, and 30 days after it should have, sent or not.

    The keys stay, so that nothing is said twice.
    """
    now = timezone.now()
    give_up_lost()
    _give_up_late(now)
    is_old = Q(due_at__lt=now - UNSENT_KEPT) | Q(not_after__lt=now - UNSENT_KEPT)
    over = Q(state=State.SENT, sent_at__lt=now - BODIES_KEPT) | Q(is_old, state__in=(State.FAILED, State.UNKNOWN))
    emptied = OutgoingMail.objects.filter(over).exclude(recipient="")
    count = emptied.update(recipient="", subject="", text="", calendar=b"", error="")
    OutgoingMail.objects.filter(over, recipient="", due_at__lt=now - KEYS_KEPT).delete()
    return count
