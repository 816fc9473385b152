"""Adds the dates that have come within the horizon, once a day."""

import logging
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from events_calendar.materialise import MONTHS_AHEAD, Changes, danish_activities, materialise
from events_calendar.search import forget_what_is_over

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    """`manage.py extend_occurrences`, once a day; safe to run again."""

    help = f"Bring the dates of all activities in line with their schedules, {MONTHS_AHEAD} months ahead."

    def handle(self, *args: Any, **options: Any) -> None:
        """Go through the activities; one that fails does not keep the others from it."""
        changes, failed = Changes(), []
        ids = list(danish_activities().order_by("pk").values_list("pk", flat=True))
        for activity_id in tqdm(ids, desc="Activities", delay=1, disable=None):
            try:
                changes += materialise(activity_id)
            except Exception:
                logger.exception("The dates of activity %s could not be updated.", activity_id)
                failed.append(str(activity_id))
        forget_what_is_over()
        self.stdout.write(
            f"Activities: {len(ids)}. Dates created: {changes.created}, changed: {changes.changed}, "
            f"cancelled: {changes.cancelled}."
        )
        if failed:
            raise CommandError(f"Not updated because of an error: {', '.join(failed)}")
