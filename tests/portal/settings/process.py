"""Runs the project in a process of its own, with no variable of the tests in its environment."""

import os
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT

SECRET = "x7Kq-2mVt_9ZrLw4Bn8sYc1Hd6Gf3Jp5Ua0Eo-TiQkRlMvNbXz"
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "portal.settings.production",
    "SECRET_KEY": SECRET,
    "ALLOWED_HOSTS": "welcome.example.dk",
    "BASE_URL": "https://welcome.example.dk",
    "DATABASE_URL": "postgres://portal:secret@database:5432/portal",
    "EMAIL_URL": "smtp+tls://portal:secret@mail.example.dk:587",
}
DEVELOPMENT = {"DJANGO_SETTINGS_MODULE": "portal.settings.dev", "SECRET_KEY": SECRET}


def start(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run Python with these arguments and this environment, and with nothing else but the path."""
    variables = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), **environment}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT, env=variables, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip


def run_script(script: str, database: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a script after Django was set up with a SQLite database."""
    prelude = "import sys; sys.path.insert(0, 'site'); import django; django.setup()\n"
    return start("-c", prelude + script, *arguments, **DEVELOPMENT, DATABASE_URL=f"sqlite:///{database}")
