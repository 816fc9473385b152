"""Everything that `make run` does after installing: one process, so that a second start takes seconds."""

import io
import signal
import subprocess
import sys
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser, SystemCheckError

from portal.search.models import SearchDocument

HOST = "127.0.0.1"


class Command(BaseCommand):
    """Migrates, loads the starter content once, makes roles and a first account, and serves on this machine only."""

    help = "Prepare the database and serve the site on this machine. For the public use gunicorn: docs/operations.md."

    def add_arguments(self, parser: CommandParser) -> None:
        """Stop before serving, if asked to."""
        parser.add_argument("--prepare-only", action="store_true", help="do everything except serving")

    def handle(self, *args: Any, prepare_only: bool, **options: Any) -> None:
        """Prepare and check, then run the web server and the task worker until one of them ends."""
        call_command("migrate", verbosity=0)
        call_command("load_starter_content", stdout=self.stdout)
        if not SearchDocument.objects.exists():
            call_command("rebuild_search_index", stdout=self.stdout)
        call_command("create_roles", stdout=io.StringIO())
        call_command("create_workflows", stdout=io.StringIO())
        call_command("create_first_user", stdout=self.stdout)
        self._check(fails=prepare_only)
        if not prepare_only:
            self._serve()

    def _check(self, *, fails: bool) -> None:
        """Run the system checks, which commands called by others skip: a language may lack its home page.

        The site is served all the same, because the admin is the place to mend that.
        """
        try:
            call_command("check", databases=["default"], stdout=io.StringIO())
        except SystemCheckError as error:
            if fails:
                raise
            self.stderr.write(str(error))

    def _serve(self) -> None:
        server = [
            sys.executable,
            "-m",
            "gunicorn",
            "--chdir",
            str(settings.BASE_DIR),
            "--pythonpath",
            "site",
            "--bind",
            f"{HOST}:{settings.PORT}",
            "--workers",
            "2",
            "--log-level",
            "warning",
            "portal.wsgi",
        ]
        worker = [sys.executable, "manage.py", "db_worker", "--backend", "background", "--no-startup-delay"]
        # Both commands are constants.
        processes = [subprocess.Popen(command, cwd=settings.BASE_DIR) for command in (server, worker)]  # noqa: S603

        def stop(_signal: int, _frame: FrameType | None) -> None:
            for process in processes:
                process.terminate()

        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)
        self.stdout.write(
            f"The site: http://{HOST}:{settings.PORT}/ · the admin: http://{HOST}:{settings.PORT}/admin/ · end with Ctrl+C"
        )
        code = processes[0].wait()
        processes[1].terminate()
        processes[1].wait()
        if code not in {0, -signal.SIGTERM}:
            sys.exit(code)
