"""The desk: the list of today, walk-in calls, and finding a page without a booked call."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from ..bookings import to_reassign
from ..models import HeldBooking, UnansweredQuestion
from . import labels, mails, service
from .access import DeskMixin
from .agenda import calls_of_today
from .forms import QuestionForm, SendPageForm, WalkInForm
from .pages import OpenedPage, find, open_page, reading_language

LAST = "hotline_last_walk_in"
"""Where the language and the municipality of the last walk-in call are kept: the next one is often the same."""


class DeskView(DeskMixin, WagtailAdminTemplateMixin, TemplateView):
    """A page of the desk."""

    labels = labels.DESK

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way from the desk."""
        desk = {"url": reverse("hotline_desk"), "label": _("Hotline desk")}
        here = {"url": "", "label": self.get_page_title()}
        return [*WagtailAdminTemplateMixin.breadcrumbs_items, desk, here]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the words of the template."""
        return {**super().get_context_data(**kwargs), "words": self.labels}


class TodayView(DeskView):
    """Today's calls in order, and the form for walk-in calls."""

    template_name = "hotline/desk/today.html"
    page_title = gettext_lazy("Hotline desk")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Stand at the top."""
        return [*WagtailAdminTemplateMixin.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the calls."""
        now = timezone.now()
        found = calls_of_today(now)
        return {
            **super().get_context_data(**kwargs),
            "to_do": [row for row in found if row.is_live],
            "missed": [row for row in found if row.is_missed],
            "done": [row for row in found if not row.is_live and not row.is_missed],
            "my_id": self.staff_id,
            "to_reassign": to_reassign().filter(slot__starts_at__gt=now).count(),
            "held": HeldBooking.objects.count(),
            "form": kwargs.get("form") or WalkInForm(initial=self.request.session.get(LAST, {"language": "da"})),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Log a walk-in call."""
        form = WalkInForm(request.POST)
        if not form.is_valid():
            messages.error(request, _("The call was not logged. Choose a topic."))
            return self.render_to_response(self.get_context_data(form=form))
        service.log_walk_in(form.cleaned_data["form_key"], form.cleaned_data["line"], form.about())
        request.session[LAST] = {name: form.cleaned_data[name] for name in ("language", "municipality", "minutes")}
        messages.success(request, _("The call is logged."))
        return redirect("hotline_desk")


class FindPageView(DeskView):
    """Finds a page for somebody who called without booking."""

    template_name = "hotline/desk/find.html"
    page_title = gettext_lazy("Find a page")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what was found."""
        asked = self.request.GET
        language = reading_language(asked.get("language", ""), "en")
        context = super().get_context_data(**kwargs)
        return {
            **context,
            **finding_context(self.request, reverse("hotline_find"), language),
            "languages": SendPageForm.base_fields["language"].choices,  # type: ignore[attr-defined]
        }


def finding_context(
    request: HttpRequest, action: str, language: str, municipality: str = "", email: str = "", topic: str = ""
) -> dict[str, Any]:
    """Return what the search beside a call shows: results, and the page that is opened in both languages."""
    question, opened_at = request.GET.get("q", "").strip()[:200], request.GET.get("open", "")
    opened = open_page(opened_at, language) if opened_at else None
    results = find(question, municipality) if question else []
    return {
        "finding": {
            "action": action,
            "question": question,
            "language": language,
            "opened": opened,
            "nothing_opened": bool(opened_at) and opened is None,
            "results": [(one, _link(action, question, language, one.address)) for one in results],
            "is_empty": bool(question) and not results,
            "send_form": _send_form(opened, email) if opened else None,
            "question_form": QuestionForm(
                auto_id="ask_%s",
                initial={
                    "text": question if not results else "",
                    "topic": topic,
                    "language": language,
                    "municipality": municipality,
                },
            ),
            "back": request.get_full_path(),
        }
    }


def _link(action: str, question: str, language: str, address: str) -> str:
    return f"{action}?{urlencode({'q': question, 'language': language, 'open': address})}#opened"


def _send_form(opened: OpenedPage, email: str) -> SendPageForm:
    values = {"page": opened.danish_address, "language": opened.language, "email": email}
    return SendPageForm(auto_id="send_%s", initial=values)


class BackMixin(DeskMixin):
    """What is sent from the search, and goes back to it."""

    def back(self, request: HttpRequest) -> HttpResponse:
        """Return to where it was sent from, below the desk only."""
        address, desk = request.POST.get("back", ""), reverse("hotline_desk")
        return redirect(address if address.startswith(desk) else desk)


class SendPageView(BackMixin, TemplateView):
    """Sends a page by mail."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Write the mail."""
        form = SendPageForm(request.POST)
        if not form.is_valid():
            messages.error(request, _("Nothing was sent. Check the e-mail address."))
            return self.back(request)
        values = form.cleaned_data
        opened = open_page(values["page"], values["language"])
        if opened is None:
            messages.error(request, _("Nothing was sent: this page is no longer published."))
            return self.back(request)
        mails.send_page(values["form_key"], values["email"], opened.language, opened.title, opened.url)
        messages.success(request, _("The page is on its way to %(address)s.") % {"address": values["email"]})
        return self.back(request)


class AskView(BackMixin, TemplateView):
    """Makes a task for the editors of a question that no page answers."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Store the question, once."""
        form = QuestionForm(request.POST)
        if not form.is_valid():
            problems = " ".join(str(error) for errors in form.errors.values() for error in errors)
            messages.error(request, _("The question was not stored.") + f" {problems}")
            return self.back(request)
        values = form.cleaned_data
        UnansweredQuestion.objects.get_or_create(form_key=values.pop("form_key"), defaults=values)
        messages.success(request, _("The editors find the question in their list."))
        return self.back(request)
