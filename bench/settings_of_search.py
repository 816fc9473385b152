"""Settings of the search benchmarks: the site's, with stock Wagtail's Elasticsearch backend beside ours, and no throttle."""

import os

from portal.settings.test import *  # noqa: F403
from tests.elasticsearch import OlderNode

ROOT_URLCONF = "bench.stock_search"
ELASTICSEARCH_OPTIONS = {"node_class": OlderNode}
SEARCH_INDEX_PREFIX = "bench"
SEARCH_UPDATE_AT_ONCE = True
THROTTLES = dict.fromkeys(("search_page", "search", "suggest", "search_counts"), (10000000, 60))
WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "wagtail.search.backends.database"},
    "elasticsearch": {
        "BACKEND": "wagtail.search.backends.elasticsearch8",
        "URLS": [os.environ.get("ELASTICSEARCH_URL", "http://127.0.0.1:9200")],
        "INDEX_PREFIX": "stock",
        "AUTO_UPDATE": False,
        "OPTIONS": {"node_class": OlderNode},
    },
}
