"""Panels of the activity form: schedule fields that show when they matter, and the dates that follow from them."""

from typing import Any

from django.forms import Media
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.panels import FieldPanel, Panel

from .schedule_checks import WITH_INTERVAL, WITH_WEEKDAYS
from .schedules import Frequency

REPEATING = frozenset(Frequency) - {Frequency.ONCE, Frequency.DATES}
SHOWN_FOR = {
    "interval": WITH_INTERVAL,
    "weekdays": WITH_WEEKDAYS,
    "nth": frozenset({Frequency.MONTHLY_NTH}),
    "until": REPEATING,
    "count": REPEATING,
    "skip_holidays": REPEATING,
    "extra_dates": frozenset(Frequency) - {Frequency.ONCE},
}


def schedule_field_panel(name: str) -> FieldPanel:
    """Return the panel of a field that the script hides where the frequency ignores it."""
    frequencies = " ".join(sorted(frequency.value for frequency in SHOWN_FOR[name]))
    return FieldPanel(name, attrs={"data-frequencies": frequencies})


class SchedulePreviewPanel(Panel):
    """Shows the first dates of the schedule as it stands in the form, before anything is saved.

    A button asks for them in a new window; with the script they stand below it and follow each change.
    """

    class BoundPanel(Panel.BoundPanel):
        """The panel in one form."""

        template_name = "events_calendar/admin/schedule_preview_panel.html"

        @property
        def media(self) -> Media:
            """Return the script."""
            return Media(js=["events_calendar/schedule.js"])

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Add the words and the address, which names the page or the parent of a new one: rights depend on it."""
            page = self.instance if self.instance.pk else self.form.parent_page
            return {
                **super().get_context_data(parent_context),
                "address": reverse("events_calendar_schedule_preview", args=[page.pk]),
                "words": {"show": _("Show the dates")},
            }
