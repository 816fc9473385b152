"""The dates of an activity in the admin: the list, and a form for each change of one of them."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.generic import FormView
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.base import BaseListingView, WagtailAdminTemplateMixin

from ..changes import NotPossible, is_changed_by_hand
from ..choices import Registration
from ..listings import remark_for
from ..materialise import danish_activities
from ..models import ActivityPage, Occurrence
from ..models.occurrences import OccurrenceQuerySet
from ..schedule_words import date_in_words
from ..sign_up.service import NOTED_UNTIL
from .forms import FORMS, DateForm
from .preview import schedule_preview


def words_of(occurrence: Occurrence) -> str:
    """Return when a date is, in the language of the admin."""
    language = get_language() or settings.LANGUAGE_CODE
    return date_in_words(occurrence.local_start, occurrence.local_end, occurrence.all_day, language)


def state_of(occurrence: Occurrence) -> str:
    """Return what has happened to a date."""
    if occurrence.removed_at is not None:
        return _("no longer in the schedule")
    if occurrence.cancelled_at is not None:
        return _("cancelled")
    return _("moved") if occurrence.is_override else ""


def remark_of(occurrence: Occurrence) -> str:
    """Return what readers are told, in Danish."""
    return remark_for(occurrence.remark, settings.LANGUAGE_CODE)[0]


def places_of(occurrence: Occurrence) -> SafeString | str:
    """Return how many places are taken, as the way to who took them."""
    if not getattr(occurrence, "shows_sign_ups", False):
        return str(occurrence.taken or "")
    places = occurrence.taken if occurrence.capacity is None else f"{occurrence.taken} / {occurrence.capacity}"
    return format_html('<a href="{}">{}</a>', reverse("events_calendar_sign_ups", args=[occurrence.pk]), places)


def buttons_of(occurrence: Occurrence) -> SafeString:
    """Return the links to the forms that make sense for a date and that the user may send."""
    return format_html_join(
        " ",
        '<a class="button button-small button-secondary" href="{}">{}</a>',
        (
            (reverse("events_calendar_change_date", args=[occurrence.pk, action]), label)
            for action, label in getattr(occurrence, "offered", ())
        ),
    )


def offered_changes(occurrence: Occurrence) -> list[tuple[str, str]]:
    """Return the changes that make sense for a date: name and label."""
    if occurrence.removed_at is not None or occurrence.ends_at <= timezone.now():
        return []
    offered = []
    if occurrence.cancelled_at is None:
        offered = [("cancel", _("Cancel the date")), ("move", _("Move")), ("place", _("Change place"))]
    return [*offered, ("undo", _("Undo changes"))] if is_changed_by_hand(occurrence) else offered


def tree_breadcrumbs(activity: ActivityPage) -> list[dict[str, Any]]:
    """Return the way to an activity and its dates."""
    return [
        *WagtailAdminTemplateMixin.breadcrumbs_items,
        {"url": reverse("wagtailadmin_pages:edit", args=[activity.pk]), "label": activity.get_admin_display_title()},
        {"url": reverse("events_calendar_dates", args=[activity.pk]), "label": _("Dates")},
    ]


class ActivityDatesView(BaseListingView):
    """The dates of one activity that are not over, for those who may edit it; buttons for those who may publish it."""

    model = Occurrence
    page_title = gettext_lazy("Dates")
    header_icon = "date"
    paginate_by = 50
    default_ordering = ("starts_at", "pk")
    columns = [
        Column("when", label=gettext_lazy("When"), accessor=words_of),
        Column("state", label=gettext_lazy("State"), accessor=state_of),
        Column("place", label=gettext_lazy("Place")),
        Column("remark", label=gettext_lazy("What readers are told"), accessor=remark_of),
        Column("taken", label=gettext_lazy("Sign-ups"), accessor=places_of),
        Column("changes", label=gettext_lazy("Changes"), accessor=buttons_of),
    ]

    @cached_property
    def activity(self) -> ActivityPage:
        """Return the Danish page."""
        return get_object_or_404(danish_activities(), pk=self.kwargs["page_id"])

    @cached_property
    def permissions(self) -> Any:
        """Return what the user may do with the page."""
        return self.activity.permissions_for_user(self.request.user)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse those who may not edit the page."""
        if not self.permissions.can_edit():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        """Name the activity."""
        return self.activity.get_admin_display_title()

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way from the page."""
        return tree_breadcrumbs(self.activity)

    def get_index_url(self) -> str:
        """Return the address of the list, for its further pages."""
        return reverse("events_calendar_dates", args=[self.activity.pk])

    def get_base_queryset(self) -> OccurrenceQuerySet:
        """Return what is not over, and for a week what was: until then staff note who was there."""
        return self.activity.occurrences.filter(
            Q(ends_at__gt=timezone.now()) | Q(ends_at__gt=timezone.now() - NOTED_UNTIL, taken__gt=0)
        )

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add to each date on the screen what may be done with it."""
        context = super().get_context_data(*args, **kwargs)
        if self.permissions.can_publish():
            is_here = self.activity.registration == Registration.HERE
            for occurrence in context["object_list"]:
                occurrence.offered = offered_changes(occurrence)
                occurrence.shows_sign_ups = is_here or occurrence.taken > 0
        return context


class ChangeDateView(WagtailAdminTemplateMixin, FormView):
    """The form of one change, for those who may publish the activity: readers see it at once."""

    template_name = "wagtailadmin/generic/form.html"
    header_icon = "date"

    @cached_property
    def occurrence(self) -> Occurrence:
        """Return the date."""
        return get_object_or_404(Occurrence.objects.select_related("activity"), pk=self.kwargs["pk"])

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse those who may not publish the page, and changes that do not exist."""
        if not self.occurrence.activity.permissions_for_user(request.user).can_publish():
            raise PermissionDenied
        if self.kwargs["action"] not in FORMS:
            raise Http404("no such change of a date")
        return super().dispatch(request, *args, **kwargs)

    def get_form_class(self) -> type[DateForm]:
        """Return the form of the change that the address names."""
        return FORMS[self.kwargs["action"]]

    def get_form_kwargs(self) -> dict[str, Any]:
        """Hand the date to the form."""
        return {**super().get_form_kwargs(), "occurrence": self.occurrence}

    def get_page_title(self) -> str:
        """Name the change."""
        return str(self.get_form_class().title)

    def get_page_subtitle(self) -> str:
        """Say which date it is."""
        return f"{self.get_page_title()}: {words_of(self.occurrence)}"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way from the page over its dates."""
        return [*tree_breadcrumbs(self.occurrence.activity), {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what the template of Wagtail shows."""
        context = super().get_context_data(**kwargs)
        form = context["form"]
        return {**context, "media": form.media, "action_url": self.request.path, "submit_button_label": form.title}

    def form_valid(self, form: DateForm) -> HttpResponse:
        """Make the change, or say why it cannot be made."""
        try:
            occurrence = form.apply(self.request.user)
        except NotPossible as error:
            messages.error(self.request, str(error))
            return super().form_invalid(form)
        messages.success(self.request, _("Saved: %(date)s") % {"date": words_of(occurrence)})
        return redirect("events_calendar_dates", occurrence.activity_id)

    def form_invalid(self, form: DateForm) -> HttpResponse:
        """Say at the top that something below is wrong."""
        messages.error(self.request, _("The date was not changed. Look at what is marked below."))
        return super().form_invalid(form)


def date_urls() -> list[URLPattern]:
    """Return the addresses of these views, for the hook `register_admin_urls`."""
    dates: Any = ActivityDatesView
    return [
        path("activities/<int:page_id>/dates/", dates.as_view(), name="events_calendar_dates"),
        path("activities/dates/<int:pk>/<slug:action>/", ChangeDateView.as_view(), name="events_calendar_change_date"),
        path("activities/preview/<int:page_id>/", schedule_preview, name="events_calendar_schedule_preview"),
    ]
