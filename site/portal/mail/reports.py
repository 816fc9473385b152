"""The report of mails that were not sent, or perhaps not, for administrators; each can be sent again by hand."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from portal.outbox import wake
from portal.reports import report_urls

from .models import OutgoingMail, State
from .sending import send_again

policy = ModelPermissionPolicy(OutgoingMail)


def send_again_link(mail: OutgoingMail) -> SafeString | str:
    """Return the way to the question whether it shall be sent again; a mail whose text is deleted cannot be."""
    if not mail.recipient:
        return ""
    address = reverse("portal_send_mail_again", args=[mail.pk])
    return format_html('<a class="button button-small button-secondary" href="{}">{}</a>', address, _("Send again"))


def masked_recipient(mail: OutgoingMail) -> str:
    """Return to whom a mail goes, without saying who that is: who reads the report is not who may see people's data."""
    name, _at, domain = mail.recipient.rpartition("@")
    return f"{name[:1]}…@{domain}" if domain else ""


class UnsentMailsView(ReportView):
    """The mails that did not go out, or may not have, the newest first."""

    model = OutgoingMail
    page_title = gettext_lazy("Mails that were not sent")
    header_icon = "mail"
    index_url_name = "portal_unsent_mails"
    index_results_url_name = "portal_unsent_mails_results"
    permission_policy = policy
    any_permission_required = ["change"]
    default_ordering = "-due_at"
    columns = [
        Column("recipient", label=gettext_lazy("To"), accessor=masked_recipient),
        Column("subject", label=gettext_lazy("Subject")),
        Column("state", label=gettext_lazy("State"), accessor="get_state_display"),
        Column("error", label=gettext_lazy("Reason")),
        DateColumn("due_at", label=gettext_lazy("Last attempt")),
        Column("again", label=gettext_lazy("Remedy"), accessor=send_again_link),
    ]

    def get_base_queryset(self) -> QuerySet[OutgoingMail]:
        """Return what somebody has to look at."""
        return OutgoingMail.objects.filter(state__in=(State.FAILED, State.UNKNOWN))


class SendAgainView(WagtailAdminTemplateMixin, FormView):
    """Asks whether a mail shall be sent again, and does it on POST."""

    template_name = "wagtailadmin/generic/form.html"
    form_class = forms.Form
    page_title = gettext_lazy("Send again")
    header_icon = "mail"

    @cached_property
    def mail(self) -> OutgoingMail:
        """Return the mail."""
        unsent = OutgoingMail.objects.filter(state__in=(State.FAILED, State.UNKNOWN)).exclude(recipient="")
        return get_object_or_404(unsent, pk=self.kwargs["pk"])

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse those who may not see the report."""
        if not policy.user_has_permission(request.user, "change"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        """Say what would happen, and what may have happened already."""
        question = _("Send “%(subject)s” to %(address)s again?")
        if self.mail.state == State.UNKNOWN:
            question = _("Send “%(subject)s” to %(address)s again? The first may have arrived.")
        return question % {"subject": self.mail.subject, "address": masked_recipient(self.mail)}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way from the report."""
        return [
            *WagtailAdminTemplateMixin.breadcrumbs_items,
            {"url": reverse("portal_unsent_mails"), "label": UnsentMailsView.page_title},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what the template of Wagtail shows."""
        context = super().get_context_data(**kwargs)
        media = context["form"].media
        return {**context, "media": media, "action_url": self.request.path, "submit_button_label": self.page_title}

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Let it be sent; whoever was faster has done so already."""
        if send_again(self.mail.pk):
            wake(timezone.now())
            messages.success(self.request, _("The mail will be sent in a moment."))
        return redirect("portal_unsent_mails")


class UnsentMailsMenuItem(MenuItem):
    """The entry in the menu of reports."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Show it to those who may do something about it."""
        return bool(policy.user_has_permission(request.user, "change"))


def unsent_mails_menu_item() -> MenuItem:
    """Return the menu item, for the hook `register_reports_menu_item`."""
    return UnsentMailsMenuItem(
        gettext_lazy("Mails that were not sent"),
        reverse("portal_unsent_mails"),
        name="unsent-mails",
        icon_name="mail",
        order=220,
    )


def unsent_mails_urls() -> list[URLPattern]:
    """Return the addresses of the report, for the hook `register_admin_urls`."""
    return [
        *report_urls(UnsentMailsView, "unsent-mails"),
        path("reports/unsent-mails/<int:pk>/send/", SendAgainView.as_view(), name="portal_send_mail_again"),
    ]
