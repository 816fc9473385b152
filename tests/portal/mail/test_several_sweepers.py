"""Several processes empty one outbox, and one of them is killed between the server's "accepted" and its own note of it."""

import datetime
import multiprocessing
import os
import signal
from collections import Counter

import pytest
from django.db import connections
from django.utils import timezone

from portal.mail import sending
from portal.mail.models import OutgoingMail
from tests.on_disk import on_disk

__all__ = ["on_disk"]

SWEEPERS, MAILS, KILLED_AFTER = 8, 500, 20


def sweep(kill_after: int | None) -> None:
    """Empty the outbox in a process of its own; die by SIGKILL in the moment after sending the n-th mail."""
    if kill_after is not None:
        mark, sent = sending.mark_sent, Counter()

        def mark_or_die(mail: OutgoingMail) -> None:
            sent["mails"] += 1
            if sent["mails"] == kill_after:
                os.kill(os.getpid(), signal.SIGKILL)
            mark(mail)

        sending.mark_sent = mark_or_die
    sending.send_due()
    connections.close_all()


@pytest.mark.storage
@pytest.mark.django_db(transaction=True)
def test_every_mail_goes_out_once_whoever_dies(on_disk, server):
    now = timezone.now()
    OutgoingMail.objects.bulk_create(
        OutgoingMail(
            key=f"reminder/{n}", recipient=f"p{n}@example.dk", language="da", subject="Hej", text="!", due_at=now
        )
        for n in range(MAILS)
    )
    connections.close_all()
    context = multiprocessing.get_context("fork")
    processes = [
        context.Process(target=sweep, args=(KILLED_AFTER if number == 0 else None,)) for number in range(SWEEPERS)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join(120)
    assert sorted(process.exitcode for process in processes) == [-signal.SIGKILL, *[0] * (SWEEPERS - 1)]

    assert set(Counter(mail["To"] for mail in server.taken).values()) == {1}, "nobody gets it twice"
    assert len(server.taken) == MAILS, "and nobody is left out"
    assert Counter(OutgoingMail.objects.values_list("state", flat=True)) == {"sent": MAILS - 1, "sending": 1}
    OutgoingMail.objects.filter(state="sending").update(lease_until=now - datetime.timedelta(seconds=1))
    assert sending.send_due() == sending.Sent(unknown=1)
    assert len(server.taken) == MAILS
