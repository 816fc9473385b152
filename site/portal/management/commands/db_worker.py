"""The worker of the task queue, which begins with what no task remembers."""

from typing import Any

from django_tasks_db.management.commands.db_worker import Command as Worker

from portal.search.updates import pick_up


class Command(Worker):
    """`manage.py db_worker`, as django-tasks-db has it."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Bring the search up to date first: a process that died behind its commit has left no task for that."""
        pick_up()
        super().handle(*args, **options)
