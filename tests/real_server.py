"""The site as in production, under gunicorn with several workers, on the database of a test; and people who use it at once.

For tests with real commits only (`transaction=True`): the workers see nothing else.
"""

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import requests
from bs4 import BeautifulSoup
from django.conf import settings
from django.db import connection

from portal.visitor_forms import FASTEST

ROOT = Path(__file__).resolve().parent.parent
SECONDS_TO_START = SECONDS_TO_ANSWER = 240
"""Generous: on a busy machine four workers need minutes to begin, and that is no fault of the site."""
TIMES = "times"
"""Under this name a test records how long people waited; the last lines of a run say it."""


def database_url() -> str:
    """Return the address under which another process finds the database of this test."""
    name, url = connection.settings_dict["NAME"], os.environ["DATABASE_URL"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    head, _, query = url.partition("?")
    return f"{head.rsplit('/', 1)[0]}/{name}?{query}"


def free_port() -> int:
    """Return a port on which nobody listens."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def real_server(workers: int = 4, **environment: str) -> Iterator[str]:
    """Serve the site and yield its address; `environment` is what an operator sets, such as `THROTTLE_FACTOR="10"`."""
    address = f"http://127.0.0.1:{free_port()}"
    variables = {
        **{name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")},
        "DJANGO_SETTINGS_MODULE": "tests.settings_of_server",
        "PYTHONPATH": f"{ROOT / 'site'}:{ROOT}",
        "DATABASE_URL": database_url(),
        "SECRET_KEY": settings.SECRET_KEY,
        "ALLOWED_HOSTS": "127.0.0.1",
        "BASE_URL": address,
        "EMAIL_URL": "consolemail://",
        "TRUSTED_PROXIES": "1",
        **environment,
    }
    command = [sys.executable, "-m", "gunicorn", "--workers", str(workers), "--bind", address.removeprefix("http://")]
    command += ["--timeout", str(SECONDS_TO_ANSWER), "--log-level", "warning", "portal.wsgi"]
    server = subprocess.Popen(command, cwd=ROOT, env=variables)
    try:
        _wait_for(f"{address}/healthz", server)
        yield address
    finally:
        server.terminate()
        try:
            server.wait(timeout=60)
        except subprocess.TimeoutExpired:
            server.kill()


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < end and server.poll() is None:
        try:
            requests.get(address, timeout=SECONDS_TO_START)
        except requests.RequestException:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the server of the test did not start")


class Person:
    """Somebody with a browser, an address of their own, and a proxy with TLS between them and the site."""

    def __init__(self, number: int) -> None:
        self.session = requests.Session()
        self.session.headers.update(
            {"X-Forwarded-Proto": "https", "X-Forwarded-For": f"198.51.{number // 250}.{number % 250 + 1}"}
        )

    def open_form(self, address: str) -> dict[str, str]:
        """Open a page, and return the fields of its first form as they stand there."""
        page = self.session.get(address, timeout=SECONDS_TO_ANSWER)
        assert page.status_code == 200, (address, page.status_code)
        form = BeautifulSoup(page.text, "html.parser").select_one("main form")
        assert form is not None, address
        return {str(tag["name"]): str(tag.get("value", "")) for tag in form.select("input[name]")}

    def send(self, address: str, fields: dict[str, Any]) -> requests.Response:
        """Send a form, and return the answer to that alone."""
        return self.session.post(address, fields, allow_redirects=False, timeout=SECONDS_TO_ANSWER)


def all_at_once(actions: Sequence[Callable[[], Any]]) -> list[tuple[Any, float]]:
    """Do all of it in threads that start together; return what each returned, or raised, and the seconds that it took."""
    start = threading.Barrier(len(actions))
    outcomes: list[tuple[Any, float]] = [(None, 0.0)] * len(actions)

    def run(number: int, action: Callable[[], Any]) -> None:
        start.wait(120)
        began = time.perf_counter()
        try:
            outcome = action()
        except Exception as error:
            outcome = error
        outcomes[number] = (outcome, time.perf_counter() - began)

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(actions)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def fill_in() -> None:
    """Take as long as the fastest person whose form is accepted."""
    time.sleep(FASTEST + 0.1)


def times_in_words(seconds: Sequence[float]) -> str:
    """Return how long people waited, for the report of a test: machines differ too much to demand a number."""
    found = sorted(seconds)
    middle, p99 = found[len(found) // 2], found[min(len(found) - 1, int(len(found) * 0.99))]
    return f"{len(found)} answers: median {middle:.3f} s, p99 {p99:.3f} s, longest {found[-1]:.3f} s"
