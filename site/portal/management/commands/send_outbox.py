"""Sends what waits in the outbox, and brings the search up to date where no worker has done it."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from portal.mail.sending import send_due
from portal.search.updates import pick_up


class Command(BaseCommand):
    """`manage.py send_outbox`, every minute; several at once do each other no harm."""

    help = "Send the mails that are due; exits with 1 where one finally failed or nobody knows whether it went out."

    def handle(self, *args: Any, **options: Any) -> None:
        """Send, and print what became of the mails."""
        result = send_due()
        pick_up()
        self.stdout.write(
            f"Mails sent: {result.sent}, to be tried again: {result.postponed}, failed: {result.failed}, "
            f"unknown: {result.unknown}."
        )
        if result.failed or result.unknown:
            sys.exit(1)
