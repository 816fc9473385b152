"""Reads the connected calendars, every hour."""

import logging
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from events_calendar.imports.service import import_feed
from events_calendar.models import FeedSource

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    """`manage.py import_activities`; safe to run again, and twice at the same time."""

    help = "Read the connected calendars and bring their activities in line with them."

    def add_arguments(self, parser: CommandParser) -> None:
        """Let one calendar be read alone."""
        parser.add_argument("--only", type=int, metavar="ID", help="read this calendar alone")

    def handle(self, *args: Any, **options: Any) -> None:
        """Go through the calendars. One that cannot be read is no failure of ours: its owner is told."""
        sources = FeedSource.objects.filter(is_active=True)
        if options["only"]:
            sources = FeedSource.objects.filter(pk=options["only"])
        failed = []
        for source in tqdm(list(sources), desc="Calendars", delay=1, disable=None):
            try:
                report = import_feed(source.pk)
            except Exception:
                logger.exception("The calendar “%s” could not be taken over.", source)
                failed.append(source.name)
            else:
                self.stdout.write(f"{source}: {report}")
        if failed:
            raise CommandError(f"Not taken over because of an error: {', '.join(failed)}")
