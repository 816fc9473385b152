"""Keeps occurrences in step with what is published, withdrawn, moved and closed."""

from typing import Any

from django.conf import settings
from django.db.models.signals import post_delete, post_save
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_unpublished, post_page_move

from .materialise import addresses_changed, danish_activities, materialise_after_commit, out_of_step
from .models import ActivityPage


def connect() -> None:
    """Connect the receivers; called once, when the app is ready."""
    page_published.connect(_page_changed, dispatch_uid="activities_published")
    page_unpublished.connect(_page_changed, dispatch_uid="activities_unpublished")
    post_page_move.connect(_branch_moved, dispatch_uid="activities_moved")
    post_save.connect(_restriction_changed, sender=PageViewRestriction, dispatch_uid="activities_closed")
    post_delete.connect(_restriction_changed, sender=PageViewRestriction, dispatch_uid="activities_opened")


def _page_changed(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    if instance.locale.language_code != settings.LANGUAGE_CODE:
        return
    if issubclass(sender, ActivityPage):
        # Deleting a page withdraws it first: after the commit there is no activity any more.
        materialise_after_commit(lambda: danish_activities().filter(pk=instance.pk).values_list("pk", flat=True))
    else:
        _branch_changed(sender, instance)


def _branch_moved(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    addresses_changed(instance)
    _branch_changed(sender, instance)


def _branch_changed(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    materialise_after_commit(lambda: out_of_step(instance))


def _restriction_changed(sender: type[PageViewRestriction], instance: PageViewRestriction, **kwargs: Any) -> None:
    _branch_changed(Page, instance.page)
