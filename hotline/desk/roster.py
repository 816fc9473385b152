"""Fills the roster for months with one form: who, on which days of the week, how often, from when to when."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets import AdminDateInput, AdminTimeInput

from ..hours import days
from ..models import HotlineLine, Shift, StaffMember
from ..slots import extend_after_commit

LONGEST = datetime.timedelta(days=400)
MOST_WEEKS = 12
FIRST_START, FIRST_END = datetime.time(13), datetime.time(15)


@dataclass(frozen=True)
class Plan:
    """Shifts that come again."""

    line: HotlineLine
    weekdays: frozenset[int]
    every: int
    """In every week, every second week, and so on, counted from the week of the first day."""
    first: datetime.date
    last: datetime.date
    start: datetime.time
    end: datetime.time

    def days(self) -> list[datetime.date]:
        """Return the days on which there is a shift."""
        monday = self.first - datetime.timedelta(days=self.first.weekday())
        return [
            day
            for day in days(self.first, self.last)
            if day.weekday() in self.weekdays and (day - monday).days // 7 % self.every == 0
        ]


@transaction.atomic
def fill(staff: Iterable[StaffMember], plan: Plan) -> tuple[int, int]:
    """Add the shifts, and return how many were added, and how many left out because somebody has a shift then already."""
    staff, wanted = list(staff), plan.days()
    existing: dict[tuple[int, datetime.date], list[Shift]] = defaultdict(list)
    for shift in Shift.objects.filter(staff__in=staff, date__range=(plan.first, plan.last)):
        existing[shift.staff_id, shift.date].append(shift)
    made = [
        Shift(staff=one, line=plan.line, date=day, start=plan.start, end=plan.end)
        for one in staff
        for day in wanted
        if not any(other.start < plan.end and plan.start < other.end for other in existing[one.pk, day])
    ]
    Shift.objects.bulk_create(made, ignore_conflicts=True)
    extend_after_commit([one.pk for one in staff])
    return len(made), len(staff) * len(wanted) - len(made)


class RosterForm(forms.Form):
    """Shifts for months."""

    line = forms.ModelChoiceField(label=gettext_lazy("Hotline"), queryset=HotlineLine.objects.filter(is_active=True))
    staff = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Who"),
        queryset=StaffMember.objects.filter(is_active=True),
        widget=forms.CheckboxSelectMultiple,
    )
    weekdays = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Days of the week"),
        choices=[(number, capfirst(name)) for number, name in WEEKDAYS.items()],
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )
    every = forms.IntegerField(
        label=gettext_lazy("Every how many weeks"),
        min_value=1,
        max_value=MOST_WEEKS,
        initial=1,
        help_text=gettext_lazy("1: every week. 2: every second week, counted from the week of the first day."),
    )
    first = forms.DateField(label=gettext_lazy("First day"), widget=AdminDateInput)
    last = forms.DateField(label=gettext_lazy("Last day"), widget=AdminDateInput)
    start = forms.TimeField(label=gettext_lazy("From"), widget=AdminTimeInput, initial=FIRST_START)
    end = forms.TimeField(label=gettext_lazy("Until"), widget=AdminTimeInput, initial=FIRST_END)

    def clean(self) -> dict[str, Any]:
        """Refuse what is in the past, ends before it begins, or goes on for more than a year."""
        values = super().clean() or {}
        first, last, start, end = (values.get(name) for name in ("first", "last", "start", "end"))
        if first and first < timezone.localdate():
            self.add_error("first", _("This day is past."))
        if first and last and last < first:
            self.add_error("last", _("The last day must not be before the first."))
        elif first and last and last - first > LONGEST:
            self.add_error("last", _("At most one year at a time."))
        if start and end and end <= start:
            self.add_error("end", _("The end must be after the beginning."))
        return values

    def plan(self) -> Plan:
        """Return what comes again."""
        values = self.cleaned_data
        return Plan(
            line=values["line"],
            weekdays=frozenset(values["weekdays"]),
            every=values["every"],
            first=values["first"],
            last=values["last"],
            start=values["start"],
            end=values["end"],
        )


class RosterView(WagtailAdminTemplateMixin, FormView):
    """The form, for those who may add shifts."""

    template_name = "wagtailadmin/generic/form.html"
    form_class = RosterForm
    page_title = gettext_lazy("Fill the roster")
    header_icon = "date"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse everybody else."""
        if not request.user.has_perm("hotline.add_shift"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        """Begin with the hotline and the person at the screen."""
        me = StaffMember.objects.filter(user=self.request.user, is_active=True).values_list("pk", flat=True)
        return {
            "line": HotlineLine.objects.filter(is_active=True).first(),
            "staff": list(me),
            "first": timezone.localdate(),
        }

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way over the shifts."""
        shifts = {"url": reverse(Shift.snippet_viewset.get_url_name("list")), "label": _("Roster")}  # type: ignore[attr-defined]
        return [*WagtailAdminTemplateMixin.breadcrumbs_items, shifts, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what the template of Wagtail shows."""
        context = super().get_context_data(**kwargs)
        return {
            **context,
            "media": context["form"].media,
            "action_url": self.request.path,
            "submit_button_label": _("Add the shifts"),
        }

    def form_valid(self, form: RosterForm) -> HttpResponse:
        """Add the shifts, and say how many."""
        made, left_out = fill(form.cleaned_data["staff"], form.plan())
        said = ngettext("%(count)s shift added.", "%(count)s shifts added.", made) % {"count": made}
        if left_out:
            said += " " + _("Left out, because there is a shift at that time already: %(count)s.") % {"count": left_out}
        messages.success(self.request, said)
        return redirect(Shift.snippet_viewset.get_url_name("list"))  # type: ignore[attr-defined]
