"""Shared pages may not link to the pages of one municipality: the link would lead everybody else astray."""

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.models import Page, get_page_models

from .link_scope import linked_page_ids

if TYPE_CHECKING:
    from .base import BasePage


HOME, TOP = 2, 3
"""Depths in the tree: home pages, and the sections and municipalities below them."""


def _at_top(page: Page) -> Page:
    """Return the municipality in whose branch a page stands, which may be the page itself."""
    return page if page.depth == TOP else page.get_ancestors().get(depth=TOP)


def check_local_links(page: "BasePage") -> None:
    """Raise ValidationError if a shared page links to a local one, or a local one to another municipality's."""
    ids = linked_page_ids(*page.raw_texts()) | set(page.linked_pages())
    if not ids:
        return
    local_models = [model for model in get_page_models() if getattr(model, "is_local", False)]
    linked = Page.objects.filter(pk__in=ids).type(*local_models).select_related("locale")
    if page.is_local:
        parent = page.standing_below()
        branch = page if parent is None or parent.depth == HOME else _at_top(parent)
        own = branch.get_translations(inclusive=True).values_list("path", flat=True)
        strangers = [other for other in linked if not any(other.path.startswith(path) for path in own)]
    else:
        strangers = list(linked)
    if strangers:
        names = ", ".join(f"“{other.title}”" for other in strangers)
        raise ValidationError(
            _(
                "Only the pages of that municipality itself may link to: %(pages)s. Everybody else would leave their own."
            )
            % {"pages": names}
        )
