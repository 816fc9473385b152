"""Real gunicorn servers for the benchmarks, and the CPU time that their workers use."""

import http.client
import os
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TICK = 1 / os.sysconf("SC_CLK_TCK")
WORKERS = 2
CONNECTIONS = 4


@dataclass
class Server:
    """One running server."""

    port: int
    process: subprocess.Popen[bytes]

    def workers(self) -> list[int]:
        """Return the process ids of the workers."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(pid) for pid in children.split()]

    def cpu_seconds(self) -> float:
        """Return the user and system time that the workers have used so far."""
        ticks = 0
        for pid in self.workers():
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks * TICK

    def get(self, path: str, count: int) -> None:
        """Ask for a path `count` times over four connections at once; every answer must be 200."""

        def ask(times: int) -> None:
            for _ in range(times):
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
                connection.request("GET", path)
                response = connection.getresponse()
                body = response.read()
                connection.close()
                if response.status != 200 or not body:
                    raise RuntimeError(f"{path} answered {response.status}")

        threads = [threading.Thread(target=ask, args=(count // CONNECTIONS,)) for _ in range(CONNECTIONS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def cpu_milliseconds(self, path: str, count: int) -> float:
        """Return the CPU time of one request, measured over `count` of them."""
        before = self.cpu_seconds()
        self.get(path, count)
        return (self.cpu_seconds() - before) * 1000 / count


@contextmanager
def serve(application: str, port: int, **environment: str) -> Iterator[Server]:
    """Run an application under gunicorn with two synchronous workers until the block ends."""
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "gunicorn",
            "--pythonpath",
            "site",
            "--workers",
            str(WORKERS),
            "--bind",
            f"127.0.0.1:{port}",
            "--log-level",
            "warning",
            application,
        ],
        cwd=ROOT,
        env={**os.environ, **environment},
    )
    try:
        for _attempt in range(200):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5)
                break
            except OSError:
                time.sleep(0.1)
        else:
            raise RuntimeError(f"{application} did not start")
        yield Server(port, process)
    finally:
        process.terminate()
        process.wait(timeout=15)
