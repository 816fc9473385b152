"""Writes the rules of the arrival plan as a picture that fact-checkers can read."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.starter.located import Problem
from welcome_pages.plan.drawing import FORMATS
from welcome_pages.plan.rules import RULES, read_rules
from welcome_pages.plan.texts import read_texts


class Command(BaseCommand):
    """Prints the graph of all steps: when, for whom, after what."""

    help = "Write the rules of the arrival plan as a graph: Mermaid text, or Graphviz with --format dot."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the format, and another file of rules."""
        parser.add_argument("--format", choices=FORMATS, default="mermaid")
        parser.add_argument("--rules", type=Path, default=RULES, help="another file of rules")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, check and draw."""
        try:
            rules = read_rules(options["rules"])
            texts = read_texts(rules)
        except Problem as problem:
            raise CommandError(str(problem)) from problem
        for line in FORMATS[options["format"]](rules, texts):
            self.stdout.write(line)
