"""What happens to a draft that its workflow has approved. Wagtail reads this while its own models are still being made."""

import logging
from typing import Any

from django.core.exceptions import ValidationError

logger = logging.getLogger(__name__)


def publish_if_complete(workflow_state: Any, user: Any = None) -> None:
    """Publish the draft; one that lacks something waits for the reviewers again.

    In a list of drafts "approve" asks no form: Wagtail's own action would fail on a page that may not be public yet.
    """
    page = workflow_state.content_object
    revision = page.get_latest_revision()
    try:
        revision.as_object().full_clean()
    except ValidationError as error:
        logger.info("“%s” was approved and is not complete: %s", page, error)
        workflow_state.workflow.start(page, user)
        return
    revision.publish(user=user)
