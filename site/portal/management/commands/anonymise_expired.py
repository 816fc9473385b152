"""Removes what may not be kept any longer."""

import logging
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.expiry import expiries

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    """`manage.py anonymise_expired`, once a day."""

    help = "Delete or anonymise everything that was kept for a time only. Safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        """Let every room remove its own; one that fails does not keep the others from it."""
        failed = []
        for name, remove in expiries().items():
            try:
                count = remove()
            except Exception:
                logger.exception("%s could not be removed.", name)
                failed.append(name)
            else:
                self.stdout.write(f"{name}: {count} removed")
        if failed:
            raise CommandError(f"Not removed because of an error: {', '.join(failed)}")
