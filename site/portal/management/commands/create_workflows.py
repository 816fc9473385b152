"""Creates the workflows by which drafts reach those who may publish them."""

from typing import Any

from django.core.management.base import BaseCommand

from portal.municipalities.workflows import create_workflows


class Command(BaseCommand):
    """`manage.py create_workflows`, after `create_roles`."""

    help = "Give every municipality a workflow that asks its publishers. Safe to run again; leaves what was assigned by hand."

    def handle(self, *args: Any, **options: Any) -> None:
        """Create what is missing."""
        create_workflows(self.stdout)
