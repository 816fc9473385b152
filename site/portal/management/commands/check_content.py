"""Lists what is wrong or due in the content."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from portal.texts.findings import all_findings


class Command(BaseCommand):
    """Prints one line per finding; exits with 1 if something is broken for readers."""

    help = "List overdue facts and reviews, broken citations and links, and missing or outdated translations."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the broken first, each kind in the order of the site."""
        findings = sorted(all_findings(), key=lambda finding: not finding.is_broken)
        for finding in findings:
            self.stdout.write(f"{'BROKEN' if finding.is_broken else 'due'}  {finding.where}: {finding.what}")
        broken = sum(finding.is_broken for finding in findings)
        self.stdout.write(f"{broken} broken, {len(findings) - broken} due.")
        if broken:
            sys.exit(1)
