"""Who sees the calls: members of a group that may change bookings, and nobody for being a superuser alone."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from portal.municipalities.roles import HOTLINE_STAFF

from ..models import Booking, HeldBooking, StaffMember


def is_hotline_staff(user: Any) -> bool:
    """Say whether one of the user's groups may change bookings. One query per request and user."""
    if not (user.is_authenticated and user.is_active):
        return False
    if not hasattr(user, "_is_hotline_staff"):
        groups = user.groups.filter(
            permissions__codename="change_booking", permissions__content_type__app_label="hotline"
        )
        user._is_hotline_staff = groups.exists()
    return bool(user._is_hotline_staff)


def staff_of(user: Any) -> StaffMember:
    """Return the colleague that a user is. Whoever has no entry yet gets one with what they do first."""
    found = StaffMember.objects.filter(user=user).first()
    if found is None:
        name = user.get_full_name() or user.get_username()
        found, _created = StaffMember.objects.get_or_create(user=user, defaults={"name": name[:100]})
    return found


def note_access(booking: Booking | HeldBooking, user: Any, action: str = "seen") -> None:
    """Write into the log that somebody saw or changed personal data: who, when, and the reference of the call."""
    log(instance=booking, action=f"hotline.{action}", user=user)


class DeskMixin:
    """Refuses everybody but the staff of the hotline, and lets nothing that is shown be kept by a browser."""

    request: HttpRequest
    header_icon = "mobile-alt"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Check who asks."""
        if not is_hotline_staff(request.user):
            words = _("Only members of the group “%(group)s” see booked calls. Administrators choose them.")
            messages.error(request, words % {"group": HOTLINE_STAFF.group_name()})
            return redirect("wagtailadmin_home")
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        response.headers["Cache-Control"] = "private, no-store"
        return response

    @cached_property
    def staff(self) -> StaffMember:
        """Return the colleague who is logged in. Ask for it where something is written only."""
        return staff_of(self.request.user)

    @cached_property
    def staff_id(self) -> int | None:
        """Return who is logged in, without writing anything."""
        return StaffMember.objects.filter(user=self.request.user).values_list("pk", flat=True).first()
