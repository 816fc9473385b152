"""The command that loads the content that ships with the software."""

import hashlib
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from tqdm import tqdm

from portal.search.updates import collected, run_updates
from welcome_pages.models import StarterRecord
from welcome_pages.starter_content.loader import ContentLoader
from welcome_pages.starter_content.located import Problem
from welcome_pages.starter_content.reader import CONTENT, read

ALL_FILES = "all files"


def files_digest() -> str:
    """Return one fingerprint of all content files: where it has not changed, nothing needs to be read."""
    fingerprint = hashlib.sha256()
    for path in sorted(CONTENT.rglob("*.yaml")):
        fingerprint.update(path.relative_to(CONTENT).as_posix().encode())
        fingerprint.update(path.read_bytes())
    return fingerprint.hexdigest()


class Command(BaseCommand):
    """Loads facts, glossary and pages in five languages; safe to run again, and never overwrites an editor's work."""

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
        """Check every file before anything is written, then load."""
        fingerprint = files_digest()
        if not only_check and StarterRecord.objects.filter(name=ALL_FILES, digest=fingerprint).exists():
            self.stdout.write("Starter content: nothing new in the files.")
            return
        try:
            content = read(CONTENT)
        except Problem as problem:
            raise CommandError(f"{problem}. Nothing was loaded.") from problem
        found = (
            f"{len(content.facts)} facts, {len(content.terms)} terms, {len(content.pages)} pages, "
            f"{len(content.bets)} best bets, synonyms of {len(content.synonyms)} concepts"
        )
        if only_check:
            self.stdout.write(f"The content files are sound: {found}.")
            return
        loader = ContentLoader(content)
        try:
            with (
                collected(),
                tqdm(loader.run(), total=loader.steps, unit="page", desc="Starter content", disable=None) as steps,
            ):
                for _step in steps:
                    pass
        except (LookupError, ValidationError, ValueError) as error:
            raise CommandError(f"Loading stopped: {' '.join(str(error).split())}") from error
        run_updates()
        StarterRecord.objects.update_or_create(name=ALL_FILES, defaults={"digest": fingerprint, "written": ""})
        for name in loader.kept:
            self.stdout.write(f"Left as it is, because an editor changed or deleted it: {name}")
        self.stdout.write(
            f"Starter content: {found}. Written now: {loader.counts['fact']} facts, "
            f"{loader.counts['glossaryterm']} terms, {loader.counts['page']} pages in all languages, "
            f"{loader.counts['bestbet']} best bets, {loader.counts['searchsynonym']} synonyms."
        )
