"""Bookings that look as if a machine had filled in the form: who works at the desk says what becomes of them."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View

from .. import held
from ..bookings import BookedAlready, Taken, free_times
from ..choices import language_label
from ..models import HeldBooking
from ..visitors.answers import read_moment, written
from .access import DeskMixin, note_access
from .agenda import danish_time, municipality_names
from .views import DeskView

MOST_SHOWN = 20
OTHER_TIMES = 12


class HeldView(DeskView):
    """The short list of them, with the times that each can have. Whoever opens it is noted in the log."""

    template_name = "hotline/desk/held.html"
    page_title = gettext_lazy("Held: looks like a machine filled this in")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add those that somebody has to decide about; the wished time stands first where it is still free."""
        now, names = timezone.now(), municipality_names()
        found = list(HeldBooking.objects.all()[:MOST_SHOWN])
        free = {code: free_times(code, now=now, by_staff=True) for code in {one.call_language for one in found}}
        rows = []
        for one in found:
            note_access(one, self.request.user)
            times = free[one.call_language]
            others = [moment for moment in times if moment != one.starts_at][:OTHER_TIMES]
            rows.append(
                {
                    "held": one,
                    "time": danish_time(one.starts_at, now),
                    "is_free": one.starts_at in times,
                    "language": language_label(one.call_language),
                    "municipality": names.get(one.municipality, one.municipality),
                    "choices": [
                        (written(moment), danish_time(moment, now))
                        for moment in ([one.starts_at] if one.starts_at in times else []) + others
                    ],
                }
            )
        return {**super().get_context_data(**kwargs), "rows": rows, "more": HeldBooking.objects.count() - len(rows)}


class HeldActionView(DeskMixin, View):
    """Accepts a held booking, or throws it away."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do it; what a colleague has decided already is only said."""
        one = HeldBooking.objects.filter(pk=kwargs["pk"]).first()
        if one is None:
            messages.info(request, _("Somebody has decided about this already."))
        elif request.POST.get("action") == "discard":
            held.discard(one)
            note_access(one, request.user, "held_discarded")
            messages.success(request, _("Thrown away. Nothing of it is kept."))
        else:
            self._accept(one)
        return redirect("hotline_held")

    def _accept(self, one: HeldBooking) -> None:
        try:
            booking = held.accept(one, read_moment(self.request.POST.get("at", "")))
        except BadRequest:
            messages.error(self.request, _("Choose a time."))
        except BookedAlready as other:
            words = _("A call with this number is booked already: %(code)s.")
            messages.error(self.request, words % {"code": other.booking.readable_code})
        except Taken:
            messages.error(self.request, _("This time is no longer free. Choose another one."))
        else:
            note_access(booking, self.request.user, "held_accepted")
            messages.success(self.request, _("Booked. The reference is %(code)s.") % {"code": booking.readable_code})
            if not booking.email:
                messages.warning(self.request, _("There is no e-mail: please call and tell the time."))
