"""What the calendar adds to Wagtail's admin."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import Page, PageLogEntry
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from .admin.dates import date_urls
from .admin.organisers import OrganiserViewSet
from .admin.outside import FeedSourceViewSet, SubmissionViewSet
from .admin.sign_ups import sign_up_urls
from .models import ActivityPage, FeedSource, Organiser, SignUp, Submission
from .policies import FeedPermissionPolicy, OrganiserPermissionPolicy, SubmissionPermissionPolicy

# Wagtail asks for this first: its own policy would be fixed by the first look at the snippet.
register_permission_policy(Organiser, OrganiserPermissionPolicy(Organiser))
register_snippet(OrganiserViewSet)
register_permission_policy(Submission, SubmissionPermissionPolicy(Submission))
register_snippet(SubmissionViewSet)
register_permission_policy(FeedSource, FeedPermissionPolicy(FeedSource))
register_snippet(FeedSourceViewSet)


@hooks.register("register_admin_urls")
def register_date_urls() -> list[URLPattern]:
    """Add the views of the dates and their sign-ups."""
    return [*date_urls(), *sign_up_urls()]


@hooks.register("register_page_header_buttons")
def register_dates_button(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """Lead from an activity in any language to its dates."""
    if not issubclass(page.specific_class or Page, ActivityPage):
        return
    danish = page.specific.danish
    if danish.permissions_for_user(user).can_edit():
        address = reverse("events_calendar_dates", args=[danish.pk])
        yield Button(_("Dates"), address, icon_name="date", priority=30)


class DateLogFormatter(LogFormatter):
    """Says in the history of a page which date was changed, and why."""

    def format_message(self, log_entry: PageLogEntry) -> str:
        """Return one line."""
        return f"{self.label}: {log_entry.data['date']}"

    def format_comment(self, log_entry: PageLogEntry) -> str:
        """Return the reason."""
        return str(log_entry.data["reason"])


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    """Give the changes of dates a name in the history."""
    for action, label in (
        ("cancel", _("Date cancelled")),
        ("move", _("Date moved")),
        ("change_place", _("Place of a date changed")),
        ("undo", _("Changes to a date undone")),
        ("capacity", _("Places of a date changed")),
        ("sign_up_added", _("Sign-up added")),
        ("sign_up_cancelled", _("Sign-up cancelled")),
        ("message", _("Message sent to all who signed up")),
        ("attendance", _("Attendance list downloaded")),
    ):
        formatter = type(f"{action}Formatter", (DateLogFormatter,), {"label": label})
        actions.register_action(f"events_calendar.{action}")(formatter)


@hooks.register("before_delete_page")
def keep_sign_ups(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuse to delete a page with activities for which people have signed up: they would hear nothing of it."""
    return _refuse_to_delete(request, [page])


@hooks.register("before_bulk_action")
def keep_sign_ups_of_many(
    request: HttpRequest, action_type: str, objects: Iterable[Page], action: Any
) -> HttpResponse | None:
    """Do the same where several pages are chosen in a list."""
    pages = [one for one in objects if isinstance(one, Page)] if action_type == "delete" else []
    return _refuse_to_delete(request, pages)


def _refuse_to_delete(request: HttpRequest, pages: list[Page]) -> HttpResponse | None:
    for page in pages:
        if SignUp.objects.filter(occurrence__activity__path__startswith=page.path).exists():
            text = _("People have signed up for “%(title)s”. Unpublish it instead: then they are told.")
            messages.error(request, text % {"title": page.get_admin_display_title()})
            return redirect("wagtailadmin_explore", page.get_parent().pk)
    return None
