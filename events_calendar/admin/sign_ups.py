"""The sign-ups of one date in the admin: who comes, who was there, and what staff do about it.

For those who may publish the activity: they act for it, and nobody else sees whom to reach how.
"""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Case, When
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.base import BaseListingView, WagtailAdminTemplateMixin
from wagtail.log_actions import log

from portal.facts.per_language import language_name

from ..models import Occurrence, SignUp
from ..models.sign_ups import HOLDING, LIVE, SignUpStatus
from ..sign_up import mails, service
from .attendance_list import attendance_csv
from .dates import tree_breadcrumbs, words_of
from .sign_up_forms import AddForm, CapacityForm, MessageForm

MARKS = {"attended": SignUpStatus.ATTENDED, "no-show": SignUpStatus.NO_SHOW, "undo": SignUpStatus.CONFIRMED}
ORDER = [*HOLDING, SignUpStatus.WAITING, SignUpStatus.EXPIRED, SignUpStatus.CANCELLED]


def contact_of(sign_up: SignUp) -> str:
    """Return how a person is reached."""
    return ", ".join(filter(None, [sign_up.email, sign_up.phone]))


def status_of(sign_up: SignUp) -> str:
    """Return where a sign-up stands, and whether somebody has to call."""
    status = str(sign_up.get_status_display())
    if sign_up.promoted_at and sign_up.status == SignUpStatus.CONFIRMED and not sign_up.email:
        return _("%(status)s (moved up: please call)") % {"status": status}
    return status


def buttons_of(sign_up: SignUp) -> SafeString:
    """Return the links to what may be done with a sign-up."""
    return format_html_join(
        " ",
        '<a class="button button-small button-secondary" href="{}">{}</a>',
        (
            (reverse("events_calendar_change_sign_up", args=[sign_up.occurrence_id, sign_up.pk, action]), label)
            for action, label in offered(sign_up)
        ),
    )


def offered(sign_up: SignUp) -> list[tuple[str, str]]:
    """Return what makes sense for a sign-up: name and label."""
    found = []
    now = timezone.now()
    occurrence = sign_up.occurrence
    can_note = occurrence.starts_at <= now < occurrence.ends_at + service.NOTED_UNTIL
    if can_note and sign_up.status == SignUpStatus.CONFIRMED:
        found = [("attended", _("Was there")), ("no-show", _("Was not there"))]
    elif can_note and sign_up.status in {SignUpStatus.ATTENDED, SignUpStatus.NO_SHOW}:
        found = [("undo", _("Undo"))]
    if sign_up.status in LIVE:
        found.append(("cancel", _("Cancel the sign-up")))
    return found


class OccurrenceMixin:
    """The date that the address names, and the guard before it."""

    request: HttpRequest
    kwargs: dict[str, Any]
    header_icon = "group"

    @cached_property
    def occurrence(self) -> Occurrence:
        """Return the date."""
        return get_object_or_404(Occurrence.objects.select_related("activity"), pk=self.kwargs["pk"])

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse those who may not publish the activity."""
        if not self.occurrence.activity.permissions_for_user(request.user).can_publish():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]

    @property
    def list_url(self) -> str:
        """Return the address of the list."""
        return reverse("events_calendar_sign_ups", args=[self.occurrence.pk])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way from the page over its dates."""
        return [*tree_breadcrumbs(self.occurrence.activity), {"url": self.list_url, "label": _("Sign-ups")}]


class SignUpsView(OccurrenceMixin, BaseListingView):
    """Who comes on one date."""

    model = SignUp
    page_title = gettext_lazy("Sign-ups")
    paginate_by = 100
    default_ordering = ("place", "queue_no", "pk")
    template_name = "events_calendar/admin/sign_ups.html"
    columns = [
        Column("name", label=gettext_lazy("First name")),
        Column("seats", label=gettext_lazy("People")),
        Column("status", label=gettext_lazy("State"), accessor=status_of),
        Column("contact", label=gettext_lazy("Contact"), accessor=contact_of),
        Column("language", label=gettext_lazy("Language"), accessor=lambda one: language_name(one.language)),
        Column("code", label=gettext_lazy("Reference")),
        Column("changes", label=gettext_lazy("Changes"), accessor=buttons_of),
    ]

    def get_page_subtitle(self) -> str:
        """Say which date it is, and how full."""
        date = self.occurrence
        places = "∞" if date.capacity is None else date.capacity
        return _("%(date)s: %(taken)s of %(places)s places taken") % {
            "date": words_of(date),
            "taken": date.taken,
            "places": places,
        }

    def get_index_url(self) -> str:
        """Return the address of the list, for its further pages."""
        return self.list_url

    def get_base_queryset(self) -> Any:
        """Return all sign-ups of the date: those who come, before those who wait, before those who cancelled."""
        place = Case(*(When(status=status, then=number) for number, status in enumerate(ORDER)))
        return self.occurrence.sign_ups.annotate(place=place)

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the ways to what can be done with the date."""
        context = super().get_context_data(*args, **kwargs)
        for one in context["object_list"]:
            one.occurrence = self.occurrence
        names = {
            "events_calendar_add_sign_up": _("Add a sign-up"),
            "events_calendar_capacity": _("Change the number of places"),
            "events_calendar_message": _("Write to all"),
            "events_calendar_attendance": _("Download as a table"),
        }
        links = [(reverse(name, args=[self.occurrence.pk]), label) for name, label in names.items()]
        return {**context, "actions": links, "places_in_words": self.get_page_subtitle()}


class AttendanceView(OccurrenceMixin, FormView):
    """The list as a table for a spreadsheet."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Return the file, and note who took it."""
        found = self.occurrence.sign_ups.filter(status__in=[*HOLDING, SignUpStatus.WAITING]).order_by("status", "pk")
        log(
            instance=self.occurrence.activity, action="events_calendar.attendance", user=request.user, data=self._data()
        )
        response = HttpResponse(attendance_csv(found), content_type="text/csv; charset=utf-8")
        name = f"{self.occurrence.activity.slug}-{self.occurrence.slug}.csv"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return response

    def _data(self) -> dict[str, str]:
        return {"date": self.occurrence.original_date.isoformat(), "reason": ""}


class SignUpFormView(OccurrenceMixin, WagtailAdminTemplateMixin, FormView):
    """A form about the sign-ups of a date."""

    template_name = "wagtailadmin/generic/form.html"
    title: Any = ""
    submit_label: Any = gettext_lazy("Save")

    def get_page_title(self) -> str:
        """Name what is done."""
        return str(self.title)

    def get_page_subtitle(self) -> str:
        """Say for which date."""
        return f"{self.get_page_title()}: {words_of(self.occurrence)}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what the template of Wagtail shows."""
        context = super().get_context_data(**kwargs)
        media = context["form"].media
        return {
            **context,
            "media": media,
            "action_url": self.request.path,
            "submit_button_label": self.submit_label,
        }

    def form_valid(self, form: Any) -> HttpResponse:
        """Do it, or say why it cannot be done."""
        try:
            said = self.act(form.cleaned_data)
        except service.Refused as refusal:
            if isinstance(refusal, service.UsedForm):
                form.renew_key()
            messages.error(self.request, self.explain(refusal))
            return self.render_to_response(self.get_context_data(form=form))
        messages.success(self.request, said)
        return redirect(self.list_url)

    def act(self, values: dict[str, Any]) -> str:
        """Carry it out, and return what is said then."""
        raise NotImplementedError

    def explain(self, refusal: service.Refused) -> str:
        """Return why it cannot be done."""
        if isinstance(refusal, service.Full):
            return _("There are not so many places left. Change the number of places first.")
        if isinstance(refusal, service.SignedUpAlready):
            return _("This person has signed up for this date already.")
        if isinstance(refusal, service.TooFew):
            return _("More places than that are taken.")
        if isinstance(refusal, service.Changed):
            return _("Somebody else has changed this date in the meantime. Look at it again.")
        if isinstance(refusal, service.UsedForm):
            return _("Somebody was signed up for another date with this form. Please check it and send it again.")
        return _("Nobody can sign up for this date now.")

    def log(self, action: str) -> None:
        """Write it into the history of the page, without who it was about."""
        data = {"date": self.occurrence.original_date.isoformat(), "reason": ""}
        log(instance=self.occurrence.activity, action=f"events_calendar.{action}", user=self.request.user, data=data)


class AddView(SignUpFormView):
    """Notes somebody who called or came by."""

    form_class = AddForm
    title = gettext_lazy("Add a sign-up")

    def act(self, values: dict[str, Any]) -> str:
        """Sign the person up; after the beginning they are there."""
        party = service.Party(**values)
        made = service.sign_up(self.occurrence.pk, party, by_staff=True)
        self.log("sign_up_added")
        if made.status == SignUpStatus.WAITING:
            return _("All places are taken: %(name)s is on the waiting list.") % {"name": made.name}
        return _("%(name)s has a place.") % {"name": made.name}


class CapacityView(SignUpFormView):
    """Gives one date another number of places."""

    form_class = CapacityForm
    title = gettext_lazy("Change the number of places")

    def get_initial(self) -> dict[str, Any]:
        """Begin with what it is."""
        return {"capacity": self.occurrence.capacity, "seen": self.occurrence.capacity}

    def act(self, values: dict[str, Any]) -> str:
        """Change it; who waits moves up."""
        service.set_capacity(self.occurrence.pk, values["capacity"], seen=values["seen"])
        self.log("capacity")
        return _("This date has %(places)s places now.") % {"places": values["capacity"]}


class MessageView(SignUpFormView):
    """Writes to all who signed up."""

    form_class = MessageForm
    title = gettext_lazy("Write to all")
    submit_label = gettext_lazy("Send")

    def act(self, values: dict[str, Any]) -> str:
        """Put a mail for each into the outbox, in their language or else in Danish."""
        statuses = [*HOLDING, *([SignUpStatus.WAITING] if values["also_waiting"] else [])]
        reached = self.occurrence.sign_ups.filter(status__in=statuses).exclude(email="")
        danish = settings.LANGUAGE_CODE
        with transaction.atomic():
            for one in reached.select_related("occurrence__activity"):
                subject = values["subject"].get(one.language) or values["subject"][danish]
                text = values.get(f"text_{one.language}") or values[f"text_{danish}"]
                mails.message(one, str(values["form_key"]), subject, text)
            self.log("message")
        unreached = self.occurrence.sign_ups.filter(status__in=statuses, email="").count()
        return _("Mails written: %(mails)s. Without an e-mail, to be called: %(calls)s.") % {
            "mails": reached.count(),
            "calls": unreached,
        }


class ChangeSignUpView(SignUpFormView):
    """Asks before a sign-up is cancelled; notes who was there. GET shows, POST acts."""

    form_class = forms.Form

    @cached_property
    def sign_up(self) -> SignUp:
        """Return the sign-up of this date."""
        return get_object_or_404(
            self.occurrence.sign_ups.select_related("occurrence__activity"), pk=self.kwargs["sign_up"]
        )

    @property
    def title(self) -> str:
        """Name what is done, and with whom."""
        label = dict(offered(self.sign_up)).get(self.kwargs["action"], _("Sign-up"))
        return f"{label}: {self.sign_up.name or self.sign_up.code}"

    def act(self, values: dict[str, Any]) -> str:
        """Carry it out, where it still makes sense."""
        action = self.kwargs["action"]
        if action == "cancel":
            service.cancel(self.sign_up.pk, by_staff=True)
            self.log("sign_up_cancelled")
        elif not (action in MARKS and service.mark(self.sign_up.pk, MARKS[action])):
            return _("Nothing was changed.")
        return _("Saved.")


def sign_up_urls() -> list[URLPattern]:
    """Return the addresses of these views, for the hook `register_admin_urls`."""
    start = "activities/sign-ups/<int:pk>/"
    listing: Any = SignUpsView
    return [
        path(start, listing.as_view(), name="events_calendar_sign_ups"),
        path(f"{start}add/", AddView.as_view(), name="events_calendar_add_sign_up"),
        path(f"{start}places/", CapacityView.as_view(), name="events_calendar_capacity"),
        path(f"{start}message/", MessageView.as_view(), name="events_calendar_message"),
        path(f"{start}table/", AttendanceView.as_view(), name="events_calendar_attendance"),
        path(f"{start}<int:sign_up>/<slug:action>/", ChangeSignUpView.as_view(), name="events_calendar_change_sign_up"),
    ]
