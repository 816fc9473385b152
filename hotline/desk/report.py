"""What the calls of a week were about, as numbers: by topic, language, municipality and waiting time. It names nobody."""

import csv
import datetime
import io
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView, View
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from ..choices import Channel, Topic, language_label
from ..models import Booking, BookingStatus, CallLog, UnansweredQuestion
from . import labels
from .agenda import municipality_names

WEEK = datetime.timedelta(weeks=1)
WEEKS_SHOWN = 12
EARLIEST, LATEST = 2020, 2100
DAY_MINUTES = 24 * 60
WIDEST = 240
"""The longest bar, in the units of the picture."""
WAITS = [
    (DAY_MINUTES, gettext_lazy("less than a day")),
    (3 * DAY_MINUTES, gettext_lazy("one to two days")),
    (7 * DAY_MINUTES, gettext_lazy("three to six days")),
    (14 * DAY_MINUTES, gettext_lazy("one week")),
    (None, gettext_lazy("two weeks and more")),
]


@dataclass(frozen=True)
class Bar:
    """One line of a chart."""

    label: str
    count: int
    width: int


@dataclass(frozen=True)
class Chart:
    """A table with bars."""

    title: Any
    bars: list[Bar]


def chart(title: Any, counted: Iterable[tuple[str, int]]) -> Chart:
    """Return a chart whose longest bar is as wide as the picture."""
    rows = list(counted)
    longest = max((count for _label, count in rows), default=0) or 1
    return Chart(title, [Bar(label, count, round(WIDEST * count / longest)) for label, count in rows])


def read_week(text: str) -> datetime.date:
    """Return the Monday of a week such as 2026-W49, or of this week. Raises BadRequest."""
    if not text:
        today = timezone.localdate()
        return today - datetime.timedelta(days=today.weekday())
    try:
        monday = datetime.datetime.strptime(f"{text}-1", "%G-W%V-%u").date()
    except ValueError as error:
        raise BadRequest("no week") from error
    if not EARLIEST <= monday.year <= LATEST:
        raise BadRequest("no week of this hotline")
    return monday


def written_week(monday: datetime.date) -> str:
    """Return a week as it stands in addresses."""
    return monday.strftime("%G-W%V")


def midnight(day: datetime.date) -> datetime.datetime:
    """Return the beginning of a day by the Danish clock."""
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))


def calls_of_week(monday: datetime.date) -> list[CallLog]:
    """Return the logged calls of a week, the first first."""
    return list(between(monday, monday + WEEK).order_by("at", "pk"))


def between(first: datetime.date, end: datetime.date) -> Any:
    """Return the logged calls from one day until before another."""
    return CallLog.objects.filter(at__gte=midnight(first), at__lt=midnight(end))


def charts(calls: list[CallLog], monday: datetime.date) -> list[Chart]:
    """Return the charts of a week."""
    names = municipality_names()
    words = labels.REPORT
    waits = [call.waited_minutes for call in calls if call.waited_minutes is not None]
    return [
        chart(words["by_topic"], _most(calls, lambda call: str(Topic(call.topic).label))),
        chart(words["by_language"], _most(calls, lambda call: language_label(call.language))),
        chart(
            words["by_municipality"],
            _most(calls, lambda call: names.get(call.municipality, call.municipality) or _("not known")),
        ),
        chart(words["by_waiting"], _waiting(waits)),
        chart(words["by_outcome"], _outcomes(monday)),
        chart(words["by_week"], _weeks(monday)),
    ]


def _most(calls: list[CallLog], name: Callable[[CallLog], str]) -> list[tuple[str, int]]:
    return sorted(Counter(map(name, calls)).items(), key=lambda pair: (-pair[1], pair[0]))


def _waiting(waits: list[int]) -> list[tuple[str, int]]:
    counted: Counter[str] = Counter()
    for minutes in waits:
        counted[next(str(label) for most, label in WAITS if most is None or minutes < most)] += 1
    return [(str(label), counted[str(label)]) for _most_minutes, label in WAITS] if waits else []


def _outcomes(monday: datetime.date) -> list[tuple[str, int]]:
    booked = Booking.objects.filter(slot__local_date__gte=monday, slot__local_date__lt=monday + WEEK)
    counted = Counter(booked.values_list("status", flat=True))
    return [(str(status.label), counted[status]) for status in BookingStatus if counted[status]]


def _weeks(monday: datetime.date) -> list[tuple[str, int]]:
    mondays = [monday - WEEK * number for number in reversed(range(WEEKS_SHOWN))]
    moments = between(mondays[0], monday + WEEK).values_list("at", flat=True)
    days = [timezone.localdate(moment) for moment in moments]
    counted = Counter(day - datetime.timedelta(days=day.weekday()) for day in days)
    return [(written_week(one), counted[one]) for one in mondays]


def wait_in_words(calls: list[CallLog]) -> str:
    """Return how long people waited for a booked call on average."""
    waits = [call.waited_minutes for call in calls if call.waited_minutes is not None]
    if not waits:
        return "–"
    hours = round(sum(waits) / len(waits) / 60)
    if hours < 48:
        return ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours}
    days = round(hours / 24)
    return ngettext("%(count)s day", "%(count)s days", days) % {"count": days}


def table(calls: Iterable[CallLog]) -> bytes:
    """Return the calls as a file for spreadsheets: one row for each, with nothing about who called."""
    names, file = municipality_names(), io.StringIO()
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    headings = [_("Date"), _("How"), _("Topic"), _("Language"), _("Municipality"), _("Minutes")]
    writer.writerow([*headings, _("Minutes waited"), _("Solved")])
    for call in calls:
        solved = {True: _("yes"), False: _("no"), None: ""}[call.solved]
        waited = "" if call.waited_minutes is None else call.waited_minutes
        place = names.get(call.municipality, call.municipality)
        about = [Channel(call.channel).label, Topic(call.topic).label, language_label(call.language), place]
        writer.writerow([timezone.localdate(call.at).isoformat(), *about, call.minutes, waited, solved])
    return file.getvalue().encode("utf-8-sig")


class ReportMixin:
    """Lets those in who may see the log, which names nobody."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse everybody else."""
        if not request.user.has_perm("hotline.view_calllog"):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return response


class WeekReportView(ReportMixin, WagtailAdminTemplateMixin, TemplateView):
    """The report of a week."""

    template_name = "hotline/desk/report.html"
    page_title = gettext_lazy("Hotline: weekly report")
    header_icon = "mobile-alt"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way over the reports."""
        return [*WagtailAdminTemplateMixin.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the numbers."""
        monday = read_week(self.request.GET.get("week", ""))
        calls = calls_of_week(monday)
        asked = UnansweredQuestion.objects.filter(
            created_at__gte=midnight(monday), created_at__lt=midnight(monday + WEEK)
        )
        words = labels.REPORT
        numbers = [
            (words["calls"], len(calls)),
            (words["solved"], sum(call.solved is True for call in calls)),
            (words["not_solved"], sum(call.solved is False for call in calls)),
            (words["minutes"], sum(call.minutes for call in calls)),
            (words["waited"], wait_in_words(calls)),
            (words["questions"], asked.count()),
        ]
        return {
            **super().get_context_data(**kwargs),
            "words": words,
            "week": written_week(monday),
            "days": f"{monday:%d.%m.%Y} – {monday + WEEK - datetime.timedelta(days=1):%d.%m.%Y}",
            "previous": written_week(monday - WEEK),
            "next": written_week(monday + WEEK),
            "numbers": numbers,
            "charts": charts(calls, monday),
            "widest": WIDEST,
        }


class WeekTableView(ReportMixin, View):
    """The calls of a week as a file."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Return it."""
        monday = read_week(request.GET.get("week", ""))
        response = HttpResponse(table(calls_of_week(monday)), content_type="text/csv; charset=utf-8")
        response.headers["Content-Disposition"] = f'attachment; filename="hotline-{written_week(monday)}.csv"'
        return response


class ReportMenuItem(MenuItem):
    """The entry in the menu of reports."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Show it to those who may open it."""
        return bool(request.user.has_perm("hotline.view_calllog"))


def report_menu_item() -> MenuItem:
    """Return it, for the hook `register_reports_menu_item`."""
    return ReportMenuItem(
        _("Hotline: weekly report"),
        reverse("hotline_report"),
        name="hotline-report",
        icon_name="mobile-alt",
        order=230,
    )
