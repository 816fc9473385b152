"""Makes the times that have come within the horizon, and proposes holidays, once a day."""

import logging
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from hotline.bookings import close_missed, to_reassign
from hotline.closed_days import propose
from hotline.models import StaffMember
from hotline.slots import Changes, extend

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    """`manage.py extend_slots`, once a day; safe to run again."""

    help = "Bring the times that can be booked in line with the roster, and propose holidays as closed days."

    def handle(self, *args: Any, **options: Any) -> None:
        """Go through the staff; one that fails does not keep the others from it."""
        proposed, missed = propose(), close_missed()
        changes, failed = Changes(), []
        ids = list(StaffMember.objects.order_by("pk").values_list("pk", flat=True))
        for staff_id in tqdm(ids, desc="Staff", delay=1, disable=None):
            try:
                changes += extend(staff_id)
            except Exception:
                logger.exception("The times of staff member %s could not be updated.", staff_id)
                failed.append(str(staff_id))
        self.stdout.write(
            f"Staff: {len(ids)}. Times made: {changes.created}, opened again: {changes.opened}, "
            f"blocked: {changes.blocked}. Closed days proposed: {proposed}. "
            f"Booked calls to reassign: {to_reassign().count()}, that nobody made: {missed}."
        )
        if failed:
            raise CommandError(f"Not updated because of an error: {', '.join(failed)}")
