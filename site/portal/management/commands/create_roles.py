"""Creates the groups of editors, publishers, translators and administrators."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.municipalities.setup import RolesError, create_roles


class Command(BaseCommand):
    """`manage.py create_roles [municipality]`."""

    help = "Creates the groups and collections of all municipalities, and the consortium's groups. Safe to run again."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the slug of one municipality."""
        parser.add_argument("municipality", nargs="?", default="", help="only this one, such as herning; default: all")

    def handle(self, *args: Any, municipality: str, **options: Any) -> None:
        """Create what is missing, and exit non-zero with the reason where the tree is not ready."""
        try:
            create_roles(self.stdout, municipality)
        except RolesError as error:
            raise CommandError(str(error)) from error
