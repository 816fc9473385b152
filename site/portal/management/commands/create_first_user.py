"""Creates the first account, once."""

import secrets
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Makes the superuser `admin` with a random password, if there is no account at all."""

    help = "Create the superuser “admin” with a random password and print it. Does nothing where an account exists."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the password: it is stored nowhere else."""
        accounts = get_user_model().objects
        if accounts.exists():
            return
        password = secrets.token_urlsafe(12)
        accounts.create_superuser("admin", "", password)
        self.stdout.write(f"Account for the admin: admin, password: {password}")
