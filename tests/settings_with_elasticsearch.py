"""Settings of processes that a test starts beside itself: the tests' settings, with the server of `ELASTICSEARCH_URL`."""

from portal.settings.test import *  # noqa: F403
from tests.elasticsearch import client_options

ELASTICSEARCH_OPTIONS = client_options()
SEARCH_UPDATE_AT_ONCE = True
