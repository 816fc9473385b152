"""Takes back offers that nobody answered, gives free places to those who wait, and counts the places again."""

import logging
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from events_calendar.sign_up import service
from events_calendar.sign_up.expiry import advance

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    """`manage.py advance_waiting_lists`, every five minutes; safe to run again, and several times at once."""

    help = "Offer places that were not accepted in time to the next. Exits with 1 where places are counted wrongly."

    def handle(self, *args: Any, **options: Any) -> None:
        """Go through the dates on which somebody waits, then compare all numbers with the sign-ups."""
        try:
            count = advance()
        except RuntimeError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Waiting lists looked at: {count}.")
        wrong = service.wrong_counts()
        for occurrence_id, taken, held in wrong:
            logger.error("Date %s says that %s places are taken, but %s are held.", occurrence_id, taken, held)
        if wrong:
            raise CommandError(f"{len(wrong)} dates count their places wrongly; see the log.")
