"""The command that loads the content that ships with the software."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from tqdm import tqdm

from portal.search.page_source import origins_from_files
from portal.search.updates import collected, request_update, run_updates
from portal.starter.located import Problem
from portal.starter.shipments import Shipment, shipments


class Command(BaseCommand):
    """Loads what every room ships in five languages; safe to run again, and never overwrites an editor's work."""

    help = "Load the starter content. Running it again changes nothing that an editor has changed."

    def add_arguments(self, parser: CommandParser) -> None:
        """Offer a dry run."""
        parser.add_argument("--check", action="store_true", help="only read and check the content files")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and end with one line where that is impossible."""
        try:
            self._load(only_check=options["check"])
        except DatabaseError as error:
            reason = " ".join(str(error).split())
            raise CommandError(f"The database cannot be used; has it been migrated? {reason}") from error

    def _load(self, *, only_check: bool) -> None:
        """Check every file of every room before anything is written, then load."""
        waiting = [
            (shipment, shipment.fingerprint()) for shipment in shipments if only_check or not shipment.is_loaded()
        ]
        try:
            contents = {shipment: shipment.read() for shipment, _fingerprint in waiting}
        except Problem as problem:
            raise CommandError(f"{problem}. Nothing was loaded.") from problem
        for shipment in shipments:
            if shipment not in contents:
                self.stdout.write(f"{shipment.title}: nothing new in the files.")
        for shipment, fingerprint in waiting:
            if only_check:
                found = shipment.describe(contents[shipment])
                self.stdout.write(f"{shipment.title}: the files are sound: {found}.")
            else:
                self._load_one(shipment, contents[shipment])
                shipment.loaded(fingerprint)
        if not only_check:
            _look_at_files_again()

    def _load_one(self, shipment: Shipment, content: Any) -> None:
        try:
            loader = shipment.loader(content)
            with (
                collected(),
                tqdm(loader.run(), total=loader.steps, unit="page", desc=shipment.title, disable=None) as steps,
            ):
                for _step in steps:
                    pass
        except (LookupError, ValidationError, ValueError) as error:
            raise CommandError(f"Loading stopped: {' '.join(str(error).split())}") from error
        run_updates()
        for name in loader.kept:
            self.stdout.write(f"Left as it is, because an editor changed or deleted it: {name}")
        self.stdout.write(f"{shipment.title}: {shipment.describe(content)}. Written now: {loader.written()}.")


def _look_at_files_again() -> None:
    """Bring into the search what is read from files and not loaded; what has not changed is not written."""
    with collected():
        for source, origins in origins_from_files().items():
            request_update(source, *origins)
    run_updates()
