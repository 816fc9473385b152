"""Compares the official forms with those from which the field guides were written."""

import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from tqdm import tqdm

from welcome_pages.official_files import SECONDS, check, named_files


class Command(BaseCommand):
    """Reads every official form once; exits with 1 where one cannot be read."""

    help = "Compare the official forms with those from which the field guides were written, and mark what changed."

    def add_arguments(self, parser: Any) -> None:
        """Add how long one form may take."""
        parser.add_argument("--seconds", type=float, default=SECONDS, help="how long one form may take (default: 20)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one line per form that changed or cannot be read, and a sum."""
        today, changed, failing = timezone.localdate(), 0, 0
        files = named_files()
        for file in tqdm(files, unit="form", desc="Forms", disable=None):
            row = check(file.fact, today, options["seconds"])
            outdated = [guide.title for guide in file.guides if row.changed_on and row.changed_on > guide.seen_on]
            if row.failing_since:
                failing += 1
                self.stdout.write(f"UNREADABLE  {file.fact.pk} ({file.fact.value}): {row.reason}")
            if outdated:
                changed += 1
                self.stdout.write(f"CHANGED  {file.fact.pk} on {row.changed_on}: {', '.join(outdated)}")
        self.stdout.write(f"{len(files)} forms: {changed} changed, {failing} not readable.")
        if failing:
            sys.exit(1)
