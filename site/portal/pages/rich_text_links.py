"""Page links inside rich text that keep the reader in language and municipality.

Wagtail gives link handlers no request (wagtail/wagtail#14620), so the scope of the request is read from its context
variable. See docs/departures/links-in-rich-text.md.
"""

from django.utils.html import escape
from wagtail.rich_text.pages import PageLinkHandler

from .link_scope import current_scope


class ScopedPageLinkHandler(PageLinkHandler):
    """Links to pages as seen from the reader's place; a link to an unpublished page becomes plain text."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, str]]) -> list[str]:
        """Return the opening tags. Outside a public request these are Wagtail's own."""
        scope = current_scope()
        if scope is None or scope.home is None:
            return super().expand_db_attributes_many(attrs_list)
        ids = [int(attrs["id"]) if attrs.get("id", "").isdigit() else 0 for attrs in attrs_list]
        scope.prepare(ids)
        targets = [scope.target(page_id) for page_id in ids]
        return [f'<a href="{escape(target.path)}">' if target else "<a>" for target in targets]
