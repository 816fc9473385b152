"""Fills the roster with two example colleagues, for a site on which the desk is to be tried."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from hotline.example_roster import COLLEAGUES, WEEKS, make, remove
from hotline.models import HotlineLine
from portal.municipalities.setup import RolesError


class Command(BaseCommand):
    """`manage.py make_example_roster`; safe to run again."""

    help = (
        "Make two example colleagues at the hotline with shifts, so that calls can be booked and made on a trial site."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take a password, or the wish to have everything removed."""
        parser.add_argument("--password", default="", help="Lets people log in as the two; without it nobody can.")
        parser.add_argument("--remove", action="store_true", help="Remove them and their free times.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make or remove them."""
        if options["remove"]:
            found, kept = remove()
            stay = f" {kept} of them stay, inactive: booked calls name them." if kept else ""
            self.stdout.write(f"Example colleagues removed: {found}.{stay}")
            return
        line = HotlineLine.objects.filter(is_active=True).order_by("pk").first()
        if line is None:
            raise CommandError("There is no hotline yet: run load_starter_content, or add one under “Hotline”.")
        try:
            times = make(line, options["password"])
        except RolesError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"Example colleagues: {', '.join(COLLEAGUES)}, for {WEEKS} weeks. Times that can be booked: {times}."
        )
