"""Puts activities that come from outside into Wagtail's moderation, where editors find every other draft."""

import logging
from typing import Any

from django.conf import settings
from django.db import transaction
from wagtail.models import Revision, Workflow, WorkflowState
from wagtail_localize.synctree import create_aliases_for_new_page

from .models import ActivityIndexPage, ActivityPage

logger = logging.getLogger(__name__)


class NoOverview(Exception):
    """The municipality has no overview of activities, below which a new one could stand."""


def overviews() -> dict[str, ActivityIndexPage]:
    """Return the Danish overview of each municipality that has one, by the slug of the municipality."""
    pages = ActivityIndexPage.objects.filter(locale__language_code=settings.LANGUAGE_CODE, live=True)
    return {page.url_path.strip("/").split("/")[-2]: page for page in pages}


def overview_of(municipality: str) -> ActivityIndexPage:
    """Return the Danish overview of a municipality. Raises NoOverview."""
    try:
        return overviews()[municipality]
    except KeyError:
        raise NoOverview(f"“{municipality}” has no published overview of activities") from None


def add_draft(parent: ActivityIndexPage, page: ActivityPage) -> Revision:
    """Add a page below an overview as a draft, with its places in the other languages, and return its first revision."""
    page.live, page.has_unpublished_changes, page.may_be_incomplete = False, True, True
    page.locale = parent.locale
    parent.add_child(instance=page)
    create_aliases_for_new_page(page)
    return save_draft(page)


def save_draft(page: ActivityPage) -> Revision:
    """Save a page as a draft that may lack what a public page needs."""
    page.may_be_incomplete = True
    try:
        revision: Revision = page.save_revision()
    finally:
        page.may_be_incomplete = False
    return revision


def moderate(page: ActivityPage, revision: Revision) -> None:
    """Ask the publishers of the municipality to look at the newest draft of a page."""
    state: WorkflowState | None = page.current_workflow_state
    if state is None:
        workflow = page.get_workflow()
        if workflow is None:
            logger.warning("“%s” waits as a draft only: no workflow holds there.", page.title)
            return
        _start(workflow, page)
    elif state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        state.resume(user=None)
    if state is not None and state.current_task_state is not None:
        _point_to(state.current_task_state, revision)


def _start(workflow: Workflow, page: ActivityPage) -> None:
    """Start a workflow. Wagtail mails its reviewers on the spot: where that fails, the club must not suffer for it."""
    try:
        with transaction.atomic():
            workflow.start(page, None)
    except OSError:  # that of `smtplib` too
        logger.exception("“%s” waits as a draft only: its reviewers could not be told.", page.title)


def _point_to(task_state: Any, revision: Revision) -> None:
    """Let the reviewers see the newest draft and not the one that was submitted first."""
    task_state.revision = revision
    task_state.save(update_fields=["revision"])
