"""Keeps the trees of all languages in one shape: slugs, moves and unpublishing follow the Danish page.

Wagtail leaves aliases and translations where they are (wagtail/wagtail-localize#469). See
docs/departures/trees-follow-danish.md.
"""

from typing import Any

from django.conf import settings
from wagtail.actions.move_page import MovePageAction
from wagtail.models import Page
from wagtail.signals import page_slug_changed, page_unpublished, post_page_move, pre_page_move

from .moves import refuse_move


def connect() -> None:
    """Connect the receivers; called once, when the app is ready."""
    pre_page_move.connect(refuse_move, dispatch_uid="tree_refuse_move")
    page_slug_changed.connect(follow_slug, dispatch_uid="tree_follow_slug")
    post_page_move.connect(follow_move, dispatch_uid="tree_follow_move")
    page_unpublished.connect(follow_unpublish, dispatch_uid="tree_follow_unpublish")


def _is_source(page: Page) -> bool:
    return page.locale.language_code == settings.LANGUAGE_CODE


def follow_slug(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """Give every language the new slug of the Danish page, in the live row and in the draft that is published next."""
    if not _is_source(instance):
        return
    for translation in instance.get_translations().specific():
        if translation.slug == instance.slug:
            continue
        translation.slug = instance.slug
        translation.save(clean=False)  # rewrites the paths of all pages below, and lets Wagtail write its redirects
        revision = translation.latest_revision
        if revision is not None:
            revision.content["slug"] = instance.slug
            revision.save(update_fields=["content"])


def follow_move(
    sender: type[Page], instance: Page, parent_page_before: Page, parent_page_after: Page, **kwargs: Any
) -> None:
    """Move every language's page as the Danish one was moved; a move within one parent changes the order only."""
    if not _is_source(instance):
        return
    for translation in instance.get_translations():
        parent = parent_page_after.get_translations().filter(locale_id=translation.locale_id).first()
        if parent is None:
            continue
        target, position = _place(instance, translation, parent)
        if target is None:
            continue
        MovePageAction(translation, target, pos=position).execute(skip_permission_checks=True)


def _place(danish: Page, translation: Page, parent: Page) -> tuple[Page | None, str]:
    """Return where the translation belongs: right of its left neighbour's translation, else first under the parent."""
    before = danish.get_siblings(inclusive=False).filter(path__lt=danish.path).order_by("-path")
    for neighbour in before:
        target = Page.objects.child_of(parent).filter(translation_key=neighbour.translation_key).first()
        if target is not None:
            return (None, "") if target.get_next_sibling() == translation else (target, "right")
    first = parent.get_children().first()
    if first is None:
        return parent, "last-child"
    return (None, "") if first == translation else (first, "left")


def follow_unpublish(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """Unpublish the translations of an unpublished Danish page: a withdrawn phone number must not survive in Polish.

    Aliases follow by themselves.
    """
    if not _is_source(instance):
        return
    for translation in instance.get_translations().filter(live=True, alias_of=None).specific():
        translation.unpublish()
