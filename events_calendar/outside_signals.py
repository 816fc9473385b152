"""What follows when an activity that came from outside is published or sent back."""

import logging
from typing import Any

from django.conf import settings
from django.db import transaction
from wagtail.models import WorkflowState
from wagtail.signals import page_published, workflow_rejected

from .imports.activities import apply_after_publication
from .models import ActivityPage, Submission
from .models.submissions import SubmissionState
from .submissions import service
from .submissions.originals import keep_original

logger = logging.getLogger(__name__)


def connect() -> None:
    """Connect the receivers; called once, when the app is ready."""
    page_published.connect(_published, sender=ActivityPage, dispatch_uid="submission_published")
    workflow_rejected.connect(_rejected, sender=WorkflowState, dispatch_uid="submission_rejected")


def _published(sender: type[ActivityPage], instance: ActivityPage, **kwargs: Any) -> None:
    if instance.locale.language_code != settings.LANGUAGE_CODE:
        return
    foreign = Submission.objects.filter(activity_id=instance.pk).exclude(text_language=settings.LANGUAGE_CODE)
    for submission in foreign.exclude(state=SubmissionState.APPROVED):
        transaction.on_commit(lambda submission=submission: _keep_original(submission))  # type: ignore[misc]
    service.published(instance, str(kwargs["revision"].pk))
    transaction.on_commit(lambda: apply_after_publication(instance.pk))


def _keep_original(submission: Submission) -> None:
    page = ActivityPage.objects.filter(pk=submission.activity_id, live=True).first()
    if page is None:
        return
    try:
        keep_original(submission, page)
    except Exception:  # the Danish page is public already
        logger.exception("The original of “%s” could not be stored as its translation.", submission.title)


def _rejected(sender: type[WorkflowState], instance: WorkflowState, **kwargs: Any) -> None:
    task_state = instance.current_task_state
    page = instance.content_object
    if task_state is not None and isinstance(page.specific, ActivityPage):
        service.sent_back(page.pk, task_state.comment, str(task_state.pk))
