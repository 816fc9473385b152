"""Shows editors, beside the page that they write, how easy it is to read."""

import re
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from wagtail.admin.panels import Panel
from wagtail.models import Page

from portal.facts import register
from portal.facts.rendering import plain

from .readability import Readability, measure

LABELLED_TERM = re.compile(r"\[\[term:[a-z0-9-]+\|([^\[\]|]+)\]\]")


def readability_of(page: Page) -> Readability:
    """Return the measures of a page as it is: facts by their values, terms without the Danish word that stands beside."""
    texts = (LABELLED_TERM.sub(r"\1", text) for text in (page.title, *page.display_texts()))
    with register.opened(), override(page.locale.language_code):
        return measure(map(plain, texts))


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
