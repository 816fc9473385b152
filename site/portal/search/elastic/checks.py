"""The system check that says when the indexes have to be built again."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning, register

from ..answers import BackendUnavailable


@register("search")
def check_indexes(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """The indexes of Elasticsearch are there, and were made by this version. A server that is away stops nothing."""
    if not settings.ELASTICSEARCH_URL:
        return []
    from .backend import ElasticsearchBackend  # the models are not loaded yet when this module is

    try:
        ElasticsearchBackend.from_settings().check()
    except BackendUnavailable as error:
        hint = "The embedded index answers until then."
        return [Warning(f"Elasticsearch cannot be used: {error}", hint=hint, id="portal.W001")]
    return []
