"""The report of facts that somebody should check again soon."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.contrib.admin.utils import quote
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page, ReferenceIndex
from wagtail.permissions import policy_registry

from .models import Fact
from .viewsets import FactFilterSet

SOON = datetime.timedelta(days=30)


def edit_url(fact: Fact) -> str:
    """Return the address of the form of a fact."""
    return reverse(Fact.snippet_viewset.get_url_name("edit"), args=[quote(fact.pk)])


class FactsToCheckView(ReportView):
    """Facts whose next check has passed or is due within a month, for those who may change them."""

    model = Fact
    page_title = _("Facts to check")
    header_icon = "clipboard-list"
    index_url_name = "portal_facts_to_check"
    index_results_url_name = "portal_facts_to_check_results"
    filterset_class = FactFilterSet
    any_permission_required = ["change"]
    default_ordering = "check_again_on"
    list_export = [
        "key",
        "__str__",
        "kind",
        "value",
        "municipality",
        "owner",
        "checked_on",
        "check_again_on",
        "citing_pages",
    ]
    export_headings = {"__str__": _("Label"), "citing_pages": _("Pages that cite it")}
    columns = [
        TitleColumn("label", label=_("Fact"), accessor=str, get_url=edit_url),
        Column("value", label=_("Value")),
        Column("municipality", label=_("Municipality"), sort_key="municipality"),
        Column("owner", label=_("Owner"), sort_key="owner"),
        Column("check_again_on", label=_("Check again on"), sort_key="check_again_on"),
        Column("is_overdue", label=_("Overdue"), accessor=lambda fact: _("Yes") if fact.is_overdue else ""),
        Column("citing_pages", label=_("Pages that cite it")),
    ]

    def get_base_queryset(self) -> QuerySet[Fact]:
        """Return the facts that are due and that this user may change: a list of what there is to do."""
        mine = self.permission_policy.instances_user_has_any_permission_for(self.request.user, {"change"})
        return mine.filter(check_again_on__lte=timezone.localdate() + SOON)

    def decorate_paginated_queryset(self, object_list: Iterable[Fact]) -> Sequence[Fact]:
        """Add to each fact on the screen how many pages cite it."""
        facts = list(object_list)
        counts = count_citing_pages(facts)
        for fact in facts:
            fact.citing_pages = counts.get(fact.pk, 0)
        return facts


def count_citing_pages(facts: Iterable[Fact]) -> dict[str, int]:
    """Return, by key, how many pages cite a fact. A page counts once, however many languages it is in. Two queries."""
    references = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(Fact),
        to_object_id__in=[fact.pk for fact in facts],
        base_content_type=ContentType.objects.get_for_model(Page),
    )
    cited = set(references.values_list("to_object_id", "object_id"))
    keys = dict(Page.objects.filter(pk__in={pk for _fact, pk in cited}).values_list("pk", "translation_key"))
    pages = defaultdict(set)
    for fact_key, page_id in cited:
        pages[fact_key].add(keys.get(int(page_id)))
    return {fact_key: len(found - {None}) for fact_key, found in pages.items()}


class FactsToCheckMenuItem(MenuItem):
    """The entry in the menu of reports."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Show it to those who may change facts."""
        return bool(policy_registry.get_by_type(Fact).user_has_any_permission(request.user, {"change"}))


def facts_to_check_menu_item() -> MenuItem:
    """Return the menu item, for the hook `register_reports_menu_item`."""
    return FactsToCheckMenuItem(
        _("Facts to check"),
        reverse("portal_facts_to_check"),
        name="facts-to-check",
        icon_name="clipboard-list",
        order=200,
    )
