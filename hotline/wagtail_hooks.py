"""What the hotline adds to Wagtail's admin."""

from django.http import HttpRequest
from django.urls import URLPattern, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry
from wagtail.snippets.models import register_snippet

from .admin_views import HotlineGroup
from .desk.access import is_hotline_staff
from .desk.report import report_menu_item
from .desk.urls import desk_urls

register_snippet(HotlineGroup)


class DeskMenuItem(MenuItem):
    """The way to the desk."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Show it to the staff of the hotline."""
        return is_hotline_staff(request.user)


@hooks.register("register_admin_urls")
def register_desk_urls() -> list[URLPattern]:
    """Add the views of the desk."""
    return desk_urls()


@hooks.register("register_admin_menu_item")
def register_desk_menu_item() -> MenuItem:
    """Put it before everything else: it is what its users come for."""
    return DeskMenuItem(
        _("Hotline desk"), reverse("hotline_desk"), name="hotline-desk", icon_name="mobile-alt", order=10
    )


@hooks.register("register_reports_menu_item")
def register_report() -> MenuItem:
    """Add the weekly report to the menu of reports."""
    return report_menu_item()


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    """Give what is done with personal data a name in the log of the site."""
    for action, label, message in (
        ("seen", _("Call opened"), _("Opened a booked call and saw who it is")),
        ("taken", _("Call taken"), _("Took a booked call")),
        ("handed_over", _("Call handed over"), _("Handed a booked call over")),
        ("outcome", _("Attempt noted"), _("Noted what came of an attempt")),
        ("moved", _("Call moved"), _("Moved a booked call")),
        ("cancelled", _("Call cancelled"), _("Cancelled a booked call")),
        ("follow_up", _("Follow-up booked"), _("Booked a follow-up")),
        ("held_accepted", _("Held booking accepted"), _("Booked a call that was held")),
        ("held_discarded", _("Held booking discarded"), _("Threw a held booking away")),
        ("changed", _("Call given back"), _("Gave a booked call back")),
    ):
        actions.register_action(f"hotline.{action}", label, message)
