"""Settings of processes that a test starts beside itself: the tests' settings, with the server of `ELASTICSEARCH_URL`."""

from portal.settings.test import *  # noqa: F403
from tests.elasticsearch import client_options

ELASTICSEARCH_OPTIONS = client_options()
SEARCH_UPDATE_AT_ONCE = True
# A real worker does what is left to it: these processes share a database.
TASKS = {**TASKS, "background": {"BACKEND": "django_tasks_db.DatabaseBackend"}}  # noqa: F405
