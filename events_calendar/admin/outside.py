"""What clubs entered and which calendars are connected, in the admin, to the people of the municipality."""

from typing import Any

import django_filters  # type: ignore[import-untyped]
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.permissions import policy_registry
from wagtail.snippets.views import snippets as views
from wagtail.snippets.views.snippets import SnippetViewSet

from portal.facts.viewsets import InstancePermissionMixin, municipality_choices

from ..choices import text_language_choices
from ..imports.problems import SKIPPED, words_for
from ..models import FeedSource, Submission
from ..models.submissions import SubmissionState
from ..policies import EVERYWHERE, OrganiserPermissionPolicy


class DraftColumn(Column):
    """Leads to the page that was made of an entry."""

    def get_value(self, instance: Submission) -> Any:
        """Return a link, empty where there is no page."""
        if instance.activity_id is None:
            return ""
        address = reverse("wagtailadmin_pages:edit", args=[instance.activity_id])
        return format_html('<a href="{}">{}</a>', address, _("Open the activity"))


class SubmissionFilterSet(WagtailFilterSet):
    """Narrows the entries."""

    municipality = django_filters.ChoiceFilter(label=gettext_lazy("Municipality"), choices=municipality_choices)
    text_language = django_filters.ChoiceFilter(
        label=gettext_lazy("language of the text"), choices=text_language_choices
    )
    state = django_filters.ChoiceFilter(label=gettext_lazy("state"), choices=SubmissionState.choices)

    class Meta:
        """The fields with a choice."""

        model = Submission
        fields = ["state", "text_language", "municipality"]


class SubmissionInspectView(InstancePermissionMixin, views.InspectView):
    """Shows one entry to the editors of its municipality."""

    instance_permission = "view"


class SubmissionHistoryView(InstancePermissionMixin, views.HistoryView):
    """Refuses entries of other municipalities."""

    instance_permission = "view"


class OwnMunicipalitiesMixin:
    """Lists only what belongs to the municipalities of the user."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Return what the user may see."""
        found: QuerySet[Any] = self.permission_policy.instances_user_has_any_permission_for(  # type: ignore[attr-defined]
            request.user, ["view", "change"]
        )
        return found


class SubmissionViewSet(OwnMunicipalitiesMixin, SnippetViewSet):
    """What clubs entered. It is only looked at here: the club changes it in its form, an editor in the page."""

    model = Submission
    icon = "mail"
    menu_label = gettext_lazy("Entries of clubs")
    add_to_admin_menu = True
    menu_order = 231
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_class = SubmissionInspectView
    history_view_class = SubmissionHistoryView
    inspect_view_fields = ["title", "state", "reason", "text_language", "municipality", "email", "created_at"]
    list_display = [
        "title",
        Column("state", label=gettext_lazy("state"), accessor="get_state_display", sort_key="state"),
        Column("text_language", label=gettext_lazy("language of the text"), accessor="get_text_language_display"),
        Column("municipality", label=gettext_lazy("municipality"), accessor="municipality", sort_key="municipality"),
        "email",
        "created_at",
        DraftColumn("activity", label=gettext_lazy("activity")),
    ]
    list_per_page = 50
    filterset_class = SubmissionFilterSet
    ordering = ["-created_at"]
    search_fields = ["title", "email"]


class FeedForm(WagtailAdminModelForm):
    """The form of a connected calendar, narrowed to the municipalities of its user."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        policy: OrganiserPermissionPolicy = policy_registry.get_by_type(FeedSource)
        places = policy.places(self.for_user or AnonymousUser())
        choices = [(slug, title) for slug, title in municipality_choices() if EVERYWHERE in places or slug in places]
        self.fields["municipality"] = forms.ChoiceField(choices=choices, label=self.fields["municipality"].label)

    def clean_url(self) -> str:
        """Take only addresses that will be asked."""
        from ..imports.fetch import FetchError, checked

        url: str = self.cleaned_data["url"].strip()
        try:
            checked(url, frozenset())
        except FetchError as error:
            raise forms.ValidationError(words_for(str(error))) from error
        return url


class ProblemColumn(Column):
    """Says in words what is wrong with a calendar, and what was left out of it."""

    def get_value(self, instance: FeedSource) -> str:
        """Return the problem, empty where there is none."""
        parts = [words_for(instance.error)] if instance.error else []
        parts += [f"“{one['title']}” {SKIPPED.get(one['reason'], one['reason'])}" for one in instance.skipped[:5]]
        return "; ".join(parts)


class FeedEditView(InstancePermissionMixin, views.EditView):
    """Refuses calendars of other municipalities."""


class FeedDeleteView(InstancePermissionMixin, views.DeleteView):
    """Refuses calendars of other municipalities. The activities stay, and follow nothing any more."""

    instance_permission = "delete"


class FeedHistoryView(InstancePermissionMixin, views.HistoryView):
    """Refuses calendars of other municipalities."""


class FeedSourceViewSet(OwnMunicipalitiesMixin, SnippetViewSet):
    """The connected calendars."""

    model = FeedSource
    icon = "link"
    menu_label = gettext_lazy("Connected calendars")
    add_to_admin_menu = True
    menu_order = 232
    copy_view_enabled = False
    list_display = [
        "name",
        "municipality",
        "is_active",
        "last_ok",
        ProblemColumn("error", label=gettext_lazy("problem")),
    ]
    list_filter = ["municipality", "is_active"]
    list_per_page = 50
    ordering = ["name"]
    edit_view_class = FeedEditView
    delete_view_class = FeedDeleteView
    history_view_class = FeedHistoryView
    edit_handler = ObjectList(
        [
            MultiFieldPanel(["name", "url", "owner_email", "is_active"], heading=gettext_lazy("The calendar")),
            MultiFieldPanel(
                ["municipality", "organiser", "activity_type", "spoken_languages"],
                heading=gettext_lazy("What its activities are"),
            ),
            MultiFieldPanel(
                ["publishes_directly", "accepts_shrinking"], heading=gettext_lazy("How they are taken over")
            ),
        ],
        base_form_class=FeedForm,
    )
