"""Hotlines, closed days and staff in the admin."""

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from .choices import call_language_choices
from .desk.viewsets import QuestionViewSet, ShiftViewSet
from .models import Closure, HotlineLine, StaffMember


class HotlineViewSet(SnippetViewSet):
    """The hotlines with their opening hours."""

    model = HotlineLine
    icon = "site"
    menu_label = _("Opening hours")
    copy_view_enabled = False
    list_display = ["name", "is_active", "slot_minutes", "phone_fact"]
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("is_active"),
            FieldPanel("phone_fact"),
            InlinePanel(
                "opening_rules",
                heading=_("opening hours"),
                panels=[
                    FieldPanel("weekday"),
                    FieldRowPanel([FieldPanel("start"), FieldPanel("end")]),
                    FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_to")]),
                ],
            ),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("slot_minutes"), FieldPanel("gap_minutes")]),
                    FieldRowPanel([FieldPanel("lead_hours"), FieldPanel("horizon_weeks")]),
                ],
                heading=_("Booked calls"),
            ),
        ]
    )


class ClosureViewSet(SnippetViewSet):
    """Closed days: proposals stand first, so that they are decided."""

    model = Closure
    icon = "date"
    menu_label = _("Closed days")
    copy_view_enabled = False
    list_display = ["__str__", "danish_reason", "state", "line"]
    list_filter = ["state"]
    list_per_page = 50
    edit_handler = ObjectList(
        [
            FieldPanel("state"),
            FieldRowPanel([FieldPanel("date_from"), FieldPanel("date_to")]),
            FieldPanel("reason"),
            FieldPanel("line"),
        ]
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Closure]:
        """Return what is still to come."""
        return Closure.objects.filter(date_to__gte=timezone.localdate()).select_related("line").order_by("date_from")


class StaffViewSet(SnippetViewSet):
    """Who answers, in which languages."""

    model = StaffMember
    icon = "group"
    menu_label = _("Staff and languages")
    copy_view_enabled = False
    list_display = ["name", "is_active", "user"]
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("user"),
            FieldPanel("is_active"),
            InlinePanel(
                "spoken",
                heading=_("Languages"),
                label=_("language"),
                panels=[FieldPanel("language", widget=forms.Select(choices=call_language_choices))],  # type: ignore[arg-type]
            ),
        ]
    )


class HotlineGroup(SnippetViewSetGroup):
    """One entry of the menu for everything but the desk: the roster first, what is set up seldom last."""

    items = [ShiftViewSet, QuestionViewSet, StaffViewSet, ClosureViewSet, HotlineViewSet]
    menu_label = _("Hotline")
    menu_icon = "comment"
    menu_order = 240
