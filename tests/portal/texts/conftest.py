"""Fixtures of the tests of translations."""

from collections.abc import Iterator

import pytest
from asgiref.local import Local
from django_tasks import task_backends

from tests.snapshots import commits

__all__ = ["commits"]


def choose_backend(settings, path: str) -> None:
    """Let background tasks run with a backend. The handler keeps settings and backends for good: renew both."""
    settings.TASKS = {**settings.TASKS, "background": {"BACKEND": path}}
    task_backends.settings = task_backends.configure_settings(None)
    task_backends._connections = Local(task_backends.thread_critical)


@pytest.fixture
def waiting_tasks(settings) -> Iterator[None]:
    """Keep background tasks in the database, as in production; nothing runs them unless a test starts a worker."""
    before = settings.TASKS["background"]["BACKEND"]
    choose_backend(settings, "django_tasks_db.DatabaseBackend")
    yield
    choose_backend(settings, before)
