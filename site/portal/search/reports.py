"""The report of searches that found nothing or nothing that anybody opened, with two clicks from each to a remedy."""

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlencode

import django_filters  # type: ignore[import-untyped]
from django.contrib.admin.utils import quote
from django.db.models import F, QuerySet, Sum
from django.db.models.functions import Greatest
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView
from wagtail.permissions import policy_registry

from portal.facts.per_language import language_name

from .learning import FEWEST_SEARCHES, first_of_month
from .models import BestBet, SearchCount, SearchSynonym
from .viewsets import language_choices

Row = dict[str, Any]
"""One question in one language, over all months of the period."""
PERIODS = [(1, _("This month")), (3, _("Three months")), (13, _("Thirteen months"))]


class UnansweredFilterSet(WagtailFilterSet):
    """Narrows the report to a language and a number of months."""

    language = django_filters.ChoiceFilter(label=_("Language"), choices=language_choices)
    months = django_filters.TypedChoiceFilter(
        label=_("Period"), choices=PERIODS, coerce=int, empty_value=None, method="filter_months"
    )

    class Meta:
        model = SearchCount
        fields = ["language"]

    def filter_months(self, queryset: QuerySet[SearchCount], name: str, months: int) -> QuerySet[SearchCount]:
        """Keep the current month and those before it."""
        return queryset.filter(month__gte=first_of_month(timezone.localdate(), months - 1))


def question_html(row: Row) -> SafeString:
    """Return a question, marked with its language."""
    return format_html('<span lang="{}">{}</span>', row["language"], row["question"])


def links_html(row: Row) -> SafeString:
    """Return the ways to a remedy as buttons."""
    return format_html_join(
        " ", '<a class="button button-small button-secondary" href="{}">{}</a>', row.get("links", ())
    )


def harmless_cell(question: str) -> str:
    """Return a question that no spreadsheet takes for a formula."""
    return f"'{question}" if question[:1] in {"=", "+", "-", "@"} else question


class QuestionPaginator(WagtailPaginator):
    """Counts items and not objects of a model: a row is a sum of several."""

    model = None


class UnansweredSearchesView(ReportView):
    """Questions by how often nobody opened a result, for those who may add synonyms. Rare questions are not shown."""

    model = SearchCount
    page_title = _("Searches without an answer")
    header_icon = "search"
    index_url_name = "portal_unanswered_searches"
    index_results_url_name = "portal_unanswered_searches_results"
    filterset_class = UnansweredFilterSet
    paginator_class = QuestionPaginator
    any_permission_required = ["add", "change"]
    default_ordering = ("-without_click", "-without_result", "question", "language")
    list_export = ["language", "question", "searches", "without_result", "without_click"]
    export_headings = {
        "language": _("Language"),
        "question": _("Question"),
        "searches": _("Searches"),
        "without_result": _("Without a result"),
        "without_click": _("Without a click"),
    }
    export_filename = "searches-without-an-answer"
    custom_field_preprocess = {"question": {"csv": harmless_cell, "xlsx": harmless_cell}}
    columns = [
        Column("question", label=_("Question"), accessor=question_html, sort_key="question"),
        Column("language", label=_("Language"), accessor=lambda row: language_name(row["language"])),
        Column("searches", label=_("Searches"), sort_key="searches"),
        Column("without_result", label=_("Without a result"), sort_key="without_result"),
        Column("without_click", label=_("Without a click"), sort_key="without_click"),
        Column("links", label=_("Remedy"), accessor=links_html),
    ]

    @cached_property
    def permission_policy(self) -> Any:
        """Return who may see the report: those who can do something about it."""
        return policy_registry.get_by_type(SearchSynonym)

    def get_base_queryset(self) -> QuerySet[SearchCount, Any]:
        """Return the questions with their sums; filters on language and month come before the sums."""
        sums = SearchCount.objects.order_by().values("language", "question")
        totals = sums.annotate(total=Sum("searches"), failed=Sum("without_result"), clicked=Sum("with_click"))
        return (
            totals.annotate(without_click=Greatest(F("total") - F("clicked"), 0))
            .filter(total__gte=FEWEST_SEARCHES, without_click__gt=0)
            .values("language", "question", "without_click", searches=F("total"), without_result=F("failed"))
        )

    def decorate_paginated_queryset(self, object_list: Iterable[Row]) -> Sequence[Row]:
        """Add to each question on the screen the links that this user may follow. One query."""
        rows = list(object_list)
        known = {
            (language, typed): pk
            for language, typed, pk in SearchSynonym.objects.filter(
                typed__in=[row["question"] for row in rows]
            ).values_list("language", "typed", "pk")
        }
        for row in rows:
            row["links"] = self._links(row, known.get((row["language"], row["question"])))
        return rows

    def _links(self, row: Row, synonym: int | None) -> list[tuple[str, Any]]:
        words = urlencode({"language": row["language"], "typed": row["question"]})
        links = []
        if synonym is not None and self._may(SearchSynonym, "change"):
            links.append((reverse(_url_name(SearchSynonym, "edit"), args=[quote(synonym)]), _("Change synonym")))
        if synonym is None and self._may(SearchSynonym, "add"):
            links.append((f"{reverse(_url_name(SearchSynonym, 'add'))}?{words}", _("Add synonym")))
        if self._may(BestBet, "add"):
            links.append((f"{reverse(_url_name(BestBet, 'add'))}?{words}", _("Add best bet")))
        return links

    def _may(self, model: type[SearchSynonym | BestBet], action: str) -> bool:
        return bool(policy_registry.get_by_type(model).user_has_permission(self.request.user, action))


def _url_name(model: type[SearchSynonym | BestBet], view: str) -> str:
    return str(model.snippet_viewset.get_url_name(view))  # type: ignore[union-attr]


class UnansweredSearchesMenuItem(MenuItem):
    """The entry in the menu of reports."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Show it to those who may add or change synonyms."""
        policy = policy_registry.get_by_type(SearchSynonym)
        return bool(policy.user_has_any_permission(request.user, {"add", "change"}))


def unanswered_searches_menu_item() -> MenuItem:
    """Return the menu item, for the hook `register_reports_menu_item`."""
    return UnansweredSearchesMenuItem(
        _("Searches without an answer"),
        reverse("portal_unanswered_searches"),
        name="unanswered-searches",
        icon_name="search",
        order=210,
    )
