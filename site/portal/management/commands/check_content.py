"""Lists what is wrong or due in the content, or every external address on public pages."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from portal.external_addresses.report import write_table
from portal.texts.findings import all_findings


class Command(BaseCommand):
    """Prints one line per finding; exits with 1 if something is broken for readers."""

    help = (
        "List overdue facts and reviews, broken citations and links, missing or outdated translations, and what each "
        "municipality has to confirm. With --addresses: every external address on public pages as CSV, with the date of "
        "its source, “no date” where it is typed into a page, and the pages that lead to it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Offer the list of addresses instead."""
        parser.add_argument(
            "--addresses",
            action="store_true",
            help="print the external addresses as CSV instead of what is wrong or due",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the broken first, each kind in the order of the site."""
        if options["addresses"]:
            write_table(self.stdout)
            return
        findings = sorted(all_findings(), key=lambda finding: not finding.is_broken)
        for finding in findings:
            self.stdout.write(f"{'BROKEN' if finding.is_broken else 'due'}  {finding.where}: {finding.what}")
        broken = sum(finding.is_broken for finding in findings)
        self.stdout.write(f"{broken} broken, {len(findings) - broken} due.")
        if broken:
            sys.exit(1)
