"""Panels of the activity form: schedule fields that show when they matter, and the dates that follow from them."""

from typing import Any

from django.conf import settings
from django.forms import Media
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, Panel

from portal.pages.base import PageForm

from .choices import language_word
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


class ActivityPageForm(PageForm):
    """The form of an activity. The language of its text is asked only where a club wrote it; else it stays Danish."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text_language"].required = False


class SubmissionPanel(MultiFieldPanel):
    """Shows what a club wrote, in its language, beside the fields in which the text is to stand in Danish."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("children", [FieldPanel("text_language"), SubmittedTextPanel()])
        kwargs.setdefault("heading", _("Entered by a club"))
        super().__init__(**kwargs)

    class BoundPanel(MultiFieldPanel.BoundPanel):
        """The panel in one form."""

        def is_shown(self) -> bool:
            """Say whether a club wrote this, or its text is not in Danish."""
            is_foreign = self.instance.text_language != settings.LANGUAGE_CODE
            return super().is_shown() and bool(is_foreign or submission_of_page(self.instance))


class SubmittedTextPanel(Panel):
    """The text as the club wrote it, to read and to copy from."""

    class BoundPanel(Panel.BoundPanel):
        """The panel in one form."""

        template_name = "events_calendar/admin/submitted_text_panel.html"

        def is_shown(self) -> bool:
            """Say whether there is such a text."""
            return submission_of_page(self.instance) is not None

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Add the text, with the words of the template: catalogues are collected from Python and Jinja2 only."""
            submission = submission_of_page(self.instance)
            return {
                **super().get_context_data(parent_context),
                "submission": submission,
                "texts": [
                    (label, submission.answers.get(name, ""))
                    for name, label in (
                        ("title", _("Title")),
                        ("summary", _("Summary")),
                        ("text", _("Text")),
                        ("what_to_bring", _("What to bring")),
                        ("price", _("Price")),
                    )
                ],
                "words": {
                    "state": submission.get_state_display(),
                    "heading": _("As the club wrote it, in %(language)s")
                    % {"language": language_word(submission.text_language)},
                },
            }


def submission_of_page(page: Any) -> Any:
    """Return what a club entered for a page, None where no club did. Asked once per page."""
    if not page.pk:
        return None
    if not hasattr(page, "_submission"):
        page._submission = page.submissions.order_by("-pk").first()
    return page._submission
