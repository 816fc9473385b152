"""Shows editors, beside the page that they write, how easy it is to read."""

from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.panels import Panel
from wagtail.models import Page

from portal.facts import register
from portal.facts.rendering import plain

from .readability import Readability, measure


def readability_of(page: Page) -> Readability:
    """Return the measures of a page as it is, with the values of its facts in place of their names."""
    with register.opened():
        return measure([plain(page.title), *(plain(text) for text in page.display_texts())])


class ReadabilityPanel(Panel):
    """Says beside a page how easy the saved version is to read, and which of its sentences is the longest."""

    class BoundPanel(Panel.BoundPanel):
        """The panel of one page."""

        template_name = "portal/admin/readability_panel.html"

        def is_shown(self) -> bool:
            """Show it once there is something to measure."""
            return bool(super().is_shown() and self.instance.pk and hasattr(self.instance, "display_texts"))

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            """Add the measures."""
            found = readability_of(self.instance)
            counts = {"number": found.words, "mean": number_format(found.words_per_sentence, 1), "lix": found.lix}
            return {
                **super().get_context_data(parent_context),
                "found": found,
                "summary": ngettext(
                    "%(number)s word, %(mean)s words per sentence, LIX %(lix)s",
                    "%(number)s words, %(mean)s words per sentence, LIX %(lix)s",
                    found.words,
                )
                % counts,
                "longest": _("The longest sentence:"),
                "help": _(
                    "Fifteen words or fewer in most sentences are easy to read. Compare the LIX only within one language."
                ),
            }
