"""The command that removes the example activities that ship with the software."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from events_calendar.examples import Removal, danish_examples, remove_examples
from portal.search.updates import collected, run_updates


class Command(BaseCommand):
    """Removes every activity that is marked as an example, in all languages; loading again does not bring it back."""

    help = "Remove the example activities in all languages, with their dates."

    def add_arguments(self, parser: CommandParser) -> None:
        """Offer to remove also what people have signed up for."""
        parser.add_argument(
            "--with-sign-ups", action="store_true", help="also those for which people have signed up, and the sign-ups"
        )

    def handle(self, *args: Any, with_sign_ups: bool, **options: Any) -> None:
        """Remove, say what was done, and end with an error where something had to stay."""
        done, steps = Removal(), remove_examples(with_sign_ups=with_sign_ups)
        with collected(), tqdm(steps, total=danish_examples().count() + 1, unit="activity", disable=None) as progress:
            for step in progress:
                done = step
        run_updates()
        self.stdout.write(
            f"Removed: {done.activities} example activities ({done.pages} pages in all languages), {done.dates} dates, "
            f"{done.sign_ups} sign-ups, {done.organisers} organisers."
        )
        if done.left:
            raise CommandError(
                f"Left, because people have signed up: {'; '.join(done.left)}. To remove these too: --with-sign-ups"
            )
