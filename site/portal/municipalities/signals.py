"""Keeps rights and workflows of all languages in step with the Danish page, whatever changes them.

Wagtail's group form writes with `bulk_create`, which sends no signal: see `portal.municipalities.group_views`.
"""

from typing import Any

from django.conf import settings
from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from wagtail.models import GroupPagePermission, Page, WorkflowPage
from wagtail.signals import copy_for_translation_done

from .permissions import mirror_pages


def connect() -> None:
    """Connect the receivers; called once, when the app is ready."""
    copy_for_translation_done.connect(mirror_to_new_translation, dispatch_uid="rights_new_translation")
    for model in (GroupPagePermission, WorkflowPage):
        post_save.connect(mirror_change, sender=model, dispatch_uid=f"rights_saved_{model.__name__}")
        post_delete.connect(mirror_change, sender=model, dispatch_uid=f"rights_deleted_{model.__name__}")


def mirror_to_new_translation(sender: Any, source_obj: Model, target_obj: Model, **kwargs: Any) -> None:
    """Give a page that has just come into being in a language the rights of its Danish page."""
    if isinstance(target_obj, Page):
        mirror_pages([target_obj.translation_key])


def mirror_change(sender: type[Model], instance: GroupPagePermission | WorkflowPage, **kwargs: Any) -> None:
    """Follow a right or a workflow that was given to, or taken from, a Danish page."""
    if kwargs.get("raw"):
        return  # a fixture brings the rows of all languages itself
    danish = Page.objects.filter(pk=instance.page_id, depth__gt=1, locale__language_code=settings.LANGUAGE_CODE)
    mirror_pages(danish.values_list("translation_key", flat=True))
