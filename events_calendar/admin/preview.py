"""The first dates of a schedule that is still in its form."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.forms.models import fields_for_model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.models import Page

from ..listings import dates_by_schedule, skipped_by_clocks
from ..models import ActivityPage
from ..models.scheduled import SCHEDULE_FIELDS
from ..schedule_words import in_words

DATES_SHOWN = 6


class ScheduleForm(forms.Form):
    """The schedule alone, whatever else the form of the page has."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update(fields_for_model(ActivityPage, [name for name in SCHEDULE_FIELDS if name != "zone"]))

    def problems(self) -> dict[str, str]:
        """Return by field what is wrong."""
        if not self.is_valid():
            return {name: str(errors[0]) for name, errors in self.errors.items()}
        return self.activity().schedule_problems()

    def activity(self) -> ActivityPage:
        """Return a page with this schedule and nothing else, for what can be asked of a schedule."""
        return ActivityPage(**self.cleaned_data)


@require_POST
def schedule_preview(request: HttpRequest, page_id: int) -> HttpResponse:
    """Show the first dates, or what is wrong, to those who may write an activity here. Nothing is saved."""
    permissions = get_object_or_404(Page, pk=page_id).specific.permissions_for_user(request.user)
    if not (permissions.can_edit() or permissions.can_add_subpage()):
        raise PermissionDenied
    form, language = ScheduleForm(request.POST), get_language() or ""
    problems = form.problems()
    # The words are here and not in the template: the catalogues are collected from Python and Jinja2 only.
    context: dict[str, Any] = {"words": {"title": _("The dates of this schedule")}}
    if problems:
        context["problems"] = [(form.fields[name].label, text) for name, text in problems.items()]
    else:
        activity = form.activity()
        begins_later = activity.start_date >= timezone.localdate()
        context["words"]["heading"] = _("The first dates:") if begins_later else _("The next dates:")
        context["sentence"] = in_words(activity.schedule, language)
        context["dates"] = dates_by_schedule(activity, language)[:DATES_SHOWN]
        context["skipped"] = skipped_by_clocks(activity, language)
    template = "schedule_preview" if request.GET.get("part") == "dates" else "schedule_preview_page"
    return render(request, f"events_calendar/admin/{template}.html", context)
