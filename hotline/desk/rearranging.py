"""Calls that get another time or colleague: those whose shift was removed, and those that somebody asks to move."""

import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import bookings
from ..bookings import to_reassign
from ..models import Booking
from . import service
from .agenda import rows
from .call_views import CallActionView
from .offers import choices_for, free
from .views import DeskView

OTHER_TIMES = 5


class ReassignView(DeskView):
    """The calls whose colleague is not there."""

    template_name = "hotline/desk/reassign.html"
    page_title = gettext_lazy("Calls to reassign")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add each call with the times that it can have."""
        now = timezone.now()
        calls = list(to_reassign().filter(slot__starts_at__gt=now).select_related("taken_by"))
        slots = free(now) if calls else []
        shown = rows(calls, now)
        return {
            **super().get_context_data(**kwargs),
            "calls": [(row, choices_for(row.booking, slots, now, OTHER_TIMES)) for row in shown],
        }


class MoveView(CallActionView):
    """Gives a call another time, another colleague, or both."""

    log_action = "moved"

    def act(self, request: HttpRequest) -> str:
        """Move it; the person gets a mail where the time is another one."""
        when, _space, staff = request.POST.get("slot", "").partition(" ")
        try:
            starts_at = datetime.datetime.strptime(when, "%Y%m%dT%H%MZ").replace(tzinfo=datetime.UTC)
            staff_id = int(staff)
        except ValueError as error:
            raise service.Refused(_("Choose a time.")) from error
        before = self.booking.slot.starts_at
        try:
            bookings.move(self.booking.pk, starts_at, by_staff=True, staff_id=staff_id)
        except bookings.TooLate as error:
            raise service.Refused(service.why(Booking.objects.get(pk=self.booking.pk))) from error
        except bookings.Refused as error:
            raise service.Refused(_("This time is no longer free. Choose another one.")) from error
        if starts_at != before and not self.booking.email:
            messages.warning(request, _("There is no e-mail: please call and tell the new time."))
        return _("The call is moved.")


class CancelView(CallActionView):
    """Cancels a call for somebody who asked for it."""

    log_action = "cancelled"

    def act(self, request: HttpRequest) -> str:
        """Cancel it."""
        try:
            bookings.cancel(self.booking.pk, by_staff=True)
        except bookings.Refused as error:
            raise service.Refused(service.why(Booking.objects.get(pk=self.booking.pk))) from error
        return _("The call is cancelled.")

    def then(self) -> HttpResponse:
        """Go back to the list."""
        return redirect("hotline_desk")
