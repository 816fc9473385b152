"""Carries rights and workflows from each Danish page to the same page in every other language."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import transaction
from wagtail.models import GroupPagePermission, Page, WorkflowPage

Right = tuple[int, int]
"""(id of the group, id of the permission)."""


@dataclass(frozen=True)
class Mirrored:
    """How many rights and workflows were given to, and taken from, pages in other languages."""

    added: int = 0
    removed: int = 0

    def __add__(self, other: "Mirrored") -> "Mirrored":
        return Mirrored(self.added + other.added, self.removed + other.removed)


def mirror_all() -> Mirrored:
    """Make every page in another language hold exactly the rights and the workflow of its Danish page.

    Every language is its own tree to Wagtail, so that a right on `/da/herning/` gives nothing on `/pl/herning/`. What
    was given on a translation alone is taken away: the Danish page is the one place to look.
    """
    return _mirror(None)


def mirror_pages(translation_keys: Iterable[UUID]) -> Mirrored:
    """Do the same for the translations of some pages only."""
    return _mirror(set(translation_keys))


@transaction.atomic
def _mirror(keys: set[UUID] | None) -> Mirrored:
    return _mirror_rights(keys) + _mirror_workflows(keys)


def _mirror_rights(keys: set[UUID] | None) -> Mirrored:
    # The root of the tree is above all languages and has no translations.
    rows = GroupPagePermission.objects.filter(page__depth__gt=1)
    if keys is not None:
        rows = rows.filter(page__translation_key__in=keys)
    wanted: dict[UUID, set[Right]] = defaultdict(set)
    held: dict[int, dict[Right, int]] = defaultdict(dict)
    touched: set[UUID] = set()
    columns = ("pk", "page_id", "page__translation_key", "page__locale__language_code", "group_id", "permission_id")
    for pk, page_id, key, language, group_id, permission_id in rows.values_list(*columns):
        touched.add(key)
        if language == settings.LANGUAGE_CODE:
            wanted[key].add((group_id, permission_id))
        else:
            held[page_id][group_id, permission_id] = pk
    missing, surplus = [], []
    for page_id, key in _translations(touched):
        missing += [
            GroupPagePermission(page_id=page_id, group_id=group_id, permission_id=permission_id)
            for group_id, permission_id in wanted[key] - held[page_id].keys()
        ]
        surplus += [held[page_id][right] for right in held[page_id].keys() - wanted[key]]
    GroupPagePermission.objects.bulk_create(missing, ignore_conflicts=True)
    GroupPagePermission.objects.filter(pk__in=surplus).delete()
    return Mirrored(len(missing), len(surplus))


def _mirror_workflows(keys: set[UUID] | None) -> Mirrored:
    rows = WorkflowPage.objects.filter(page__depth__gt=1)
    if keys is not None:
        rows = rows.filter(page__translation_key__in=keys)
    wanted: dict[UUID, int] = {}
    held: dict[int, int] = {}
    touched: set[UUID] = set()
    columns = ("page_id", "page__translation_key", "page__locale__language_code", "workflow_id")
    for page_id, key, language, workflow_id in rows.values_list(*columns):
        touched.add(key)
        if language == settings.LANGUAGE_CODE:
            wanted[key] = workflow_id
        else:
            held[page_id] = workflow_id
    added, surplus = 0, []
    for page_id, key in _translations(touched):
        if key not in wanted:
            if page_id in held:
                surplus.append(page_id)
        elif held.get(page_id) != wanted[key]:
            WorkflowPage.objects.update_or_create(page_id=page_id, defaults={"workflow_id": wanted[key]})
            added += 1
    WorkflowPage.objects.filter(page_id__in=surplus).delete()
    return Mirrored(added, len(surplus))


def _translations(keys: set[UUID]) -> list[tuple[int, UUID]]:
    """Return the pages in other languages that have a Danish page to follow."""
    if not keys:
        return []
    pages = Page.objects.filter(translation_key__in=keys)
    danish = pages.filter(locale__language_code=settings.LANGUAGE_CODE).values("translation_key")
    others = pages.filter(translation_key__in=danish).exclude(locale__language_code=settings.LANGUAGE_CODE)
    return list(others.values_list("pk", "translation_key"))
