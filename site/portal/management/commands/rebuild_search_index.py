"""Builds the indexes of the search again."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from tqdm import tqdm

from portal.search.answers import BackendUnavailable
from portal.search.updates import run_updates


class Command(BaseCommand):
    """Makes every document again, and the index of every language beside the one that answers meanwhile."""

    help = "Build the search indexes again. Readers search in the old ones until the new ones are complete."
    # One of them says that this command has to be run.
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """Build, with a bar for each step on a terminal and a line for each in the output."""
        from portal.search.elastic.rebuild import rebuild  # the client is slow to import, and every command is listed

        counts: dict[str, int] = {}
        with tqdm(disable=None) as bar:
            try:
                for progress in rebuild():
                    if progress.what not in counts or not progress.done:
                        bar.reset()
                    bar.set_description(progress.what)
                    bar.total, bar.n = progress.total, progress.done
                    bar.refresh()
                    counts[progress.what] = progress.done
            except BackendUnavailable as error:
                raise CommandError(f"Elasticsearch: {error}. Readers keep the index that they had.") from error
            except DatabaseError as error:
                raise CommandError(f"The database is not ready: run “manage.py migrate” first. ({error})") from error
        # What waited for an index that was not there can be carried out now.
        run_updates(everything=True)
        for what, count in counts.items():
            self.stdout.write(f"{what}: {count}")
        if not settings.ELASTICSEARCH_URL:
            self.stdout.write("ELASTICSEARCH_URL is not set: the embedded index answers.")
