"""Shows whose plan a change of the rules changes."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.starter.located import Problem
from welcome_pages.plan.comparing import changes
from welcome_pages.plan.rules import RULES, read_rules

SHOWN = 5
"""How many answers are written out for each change."""


class Command(BaseCommand):
    """Compares the plans of all answers between two files of rules."""

    help = "Show which answers get another plan than with an older file of rules, and what is different in it."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the older file, and the newer one."""
        parser.add_argument("old", type=Path, metavar="OLD", help="the older file of rules")
        parser.add_argument("--rules", type=Path, default=RULES, help="the newer file, otherwise the one that ships")
        parser.add_argument("--all", action="store_true", help="write out all answers")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read both, compare every plan, and say what is different."""
        try:
            old, new = read_rules(options["old"]), read_rules(options["rules"])
        except Problem as problem:
            raise CommandError(str(problem)) from problem
        found = changes(old, new)
        for change in found:
            shown = change.answers if options["all"] else change.answers[:SHOWN]
            self.stdout.write(f"{len(change.answers)} combinations of answers:")
            self.stdout.writelines(f"    {answers}\n" for answers in shown)
            if len(change.answers) > len(shown):
                self.stdout.write(f"    … and {len(change.answers) - len(shown)} more (--all)")
            self.stdout.writelines(f"  {line}\n" for line in change.lines)
        self.stdout.write(f"{sum(len(change.answers) for change in found)} combinations of answers get another plan.")
