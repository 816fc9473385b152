"""A mail server, and the settings that lead to it."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.portal.mail.mail_server import MailServer, mail_server


@pytest.fixture
def server(settings: Any) -> Iterator[MailServer]:
    """A mail server to which the site sends."""
    with mail_server() as running:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", running.port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.DEFAULT_FROM_EMAIL = "Velkommen <portal@example.dk>"
        yield running
