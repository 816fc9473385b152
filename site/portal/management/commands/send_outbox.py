"""Sends what waits in the outbox, brings the search up to date, and forgets the visits that no longer count."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from portal.mail.sending import send_due
from portal.search.updates import pick_up
from portal.visit_counts import forget


class Command(BaseCommand):
    """`manage.py send_outbox`, every minute; several at once do each other no harm."""

    help = "Send the mails that are due; exits with 1 where one finally failed or nobody knows whether it went out."

    def handle(self, *args: Any, **options: Any) -> None:
        """Send, and print what became of the mails. The command that runs most often forgets who came, at no cost."""
        forget()
        result = send_due()
        pick_up()
        self.stdout.write(
            f"Mails sent: {result.sent}, to be tried again: {result.postponed}, failed: {result.failed}, "
            f"unknown: {result.unknown}."
        )
        if result.failed or result.unknown:
            sys.exit(1)
