"""The page of a booked call, behind its link: to see it, to move it and to cancel it; and the way to it without a link.

GET shows, POST acts, and every POST ends in a redirect to what it led to. Programs that follow the links of mails change
nothing.
"""

import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.pages.views import bad_request
from portal.throttle import seconds_to_wait
from portal.visitor_tokens import token_hash, unlogged

from .. import bookings
from ..choices import Help, language_label
from ..links import secret_of
from ..mails import calendar_file
from ..models import Booking
from ..words import call_in_words, own_time_in_words
from .answers import read_moment
from .context import CONFLICT, TOO_MANY, UNPROCESSABLE, errors_of, path_of, private, redirect, step_context
from .days import days_of
from .forms import RecallForm
from .steps import too_many

if TYPE_CHECKING:
    from ..models import HotlinePage

SHOWN_FOR = datetime.timedelta(days=7)
"""After the call."""
RESULTS = {
    "booked": gettext_lazy("Your call is booked."),
    "moved": gettext_lazy("The time of your call is changed."),
    "cancelled": gettext_lazy("Your call is cancelled. Nobody will call you."),
    "late": gettext_lazy("It is too late for that. Nothing was changed."),
    "wait": gettext_lazy("Too much has come from your connection in a short time. Try again in a few minutes."),
}
"""What the page says after something was sent to it; the name stands in the address."""
PROBLEMS = {"late", "wait"}


def booking_of(secret: str) -> Booking:
    """Return the call of a link. Raises Http404 for a link that is forged, or too old."""
    found = Booking.objects.select_related("slot", "line").filter(token_hash=token_hash(secret)).first()
    if found is None or found.slot.ends_at + SHOWN_FOR < timezone.now():
        raise Http404("no such call")
    return found


def can_change(booking: Booking) -> bool:
    """Say whether its owner can still move or cancel it."""
    return booking.is_live and booking.taken_by_id is None and booking.slot.starts_at > timezone.now()


def call_page(page: "HotlinePage", request: HttpRequest, secret: str) -> HttpResponse:
    """Show a call to whoever has its link, or cancel it."""
    booking = booking_of(secret)
    result, wait = request.GET.get("result", ""), 0
    if request.method == "POST":
        if request.POST.get("action") != "cancel":
            return unlogged(private(bad_request(request, BadRequest("nothing to do"))))
        wait = seconds_to_wait("hotline_booking", request)
        if not wait:
            return redirect(f"{request.path}?result={_cancel(booking)}")
        result = "wait"
    context = step_context(page, request, f"call/{secret}/")
    language = context["language"]
    is_coming = booking.is_live and booking.slot.ends_at > timezone.now()
    if result in {"booked", "moved"} and not is_coming:
        result = ""
    context |= {
        "booking": booking,
        "is_coming": is_coming,
        "when": call_in_words(booking.slot.starts_at, booking.slot.ends_at, language),
        "own_when": own_time_in_words(booking.slot.starts_at, booking.visitor_zone, language),
        "call_language": language_label(booking.call_language),
        "help_words": Help(booking.help).label if booking.help != Help.NONE else "",
        "can_change": can_change(booking),
        "result": RESULTS.get(result, ""),
        "is_problem": result in PROBLEMS,
        "address": f"{context['path']}call/{secret}/",
    }
    response = private(TemplateResponse(request, "hotline/call.html", context, status=TOO_MANY if wait else 200))
    if wait:
        response.headers["Retry-After"] = str(max(wait, 60))
    return unlogged(response)


def _cancel(booking: Booking) -> str:
    """Cancel a call, and return the name of what came of it."""
    try:
        bookings.cancel(booking.pk)
    except bookings.TooLate:
        return "late"
    return "cancelled"


def move_page(page: "HotlinePage", request: HttpRequest, secret: str) -> HttpResponse:
    """Offer other times for a call, or move it. Where the time was taken meanwhile, the call keeps the one that it has."""
    booking = booking_of(secret)
    address = f"{path_of(page, request)}call/{secret}/"
    if not can_change(booking):
        return redirect(f"{address}?result=late")
    problem, status, wait = "", 200, 0
    if request.method == "POST":
        at = request.POST.get("at", "")
        wait = seconds_to_wait("hotline_booking", request)
        if wait:
            problem, status = too_many(), TOO_MANY
        elif not at:
            problem, status = _("Choose a time."), UNPROCESSABLE
        else:
            try:
                bookings.move(booking.pk, read_moment(at), known=booking)
                return redirect(f"{address}?result=moved")
            except bookings.TooLate:
                return redirect(f"{address}?result=late")
            except bookings.Taken:
                problem, status = _taken_for_move(), CONFLICT
    context = step_context(page, request, f"call/{secret}/move/")
    language = context["language"]
    context |= {
        "booking": booking,
        "when": call_in_words(booking.slot.starts_at, booking.slot.ends_at, language),
        "days": days_of(bookings.free_times(booking.call_language), booking.visitor_zone, language),
        "call_language": language_label(booking.call_language),
        "problem": problem,
        "address": address,
        "method": "post",
        "carried": [],
        "chosen": None,
    }
    response = private(TemplateResponse(request, "hotline/move.html", context, status=status))
    if wait:
        response.headers["Retry-After"] = str(max(wait, 60))
    return unlogged(response)


def _taken_for_move() -> str:
    return _("Somebody else has just booked this time. Your call keeps the time that it has. Choose another one.")


def calendar(page: "HotlinePage", request: HttpRequest, secret: str) -> HttpResponse:
    """Return the call as a file for a calendar: for those who get no mail."""
    booking = booking_of(secret)
    if not booking.is_live:
        raise Http404("the call is over")
    response = HttpResponse(calendar_file(booking), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="hotline.ics"'
    return private(response)


def find_page(page: "HotlinePage", request: HttpRequest) -> HttpResponse:
    """Lead who has a reference and the phone number to their call."""
    form, status, wait = RecallForm(), 200, 0
    if request.method == "POST":
        form, status = RecallForm(request.POST), UNPROCESSABLE
        if form.is_valid():
            wait = seconds_to_wait("hotline_recall", request)
            found = None if wait else _find(form)
            if found:
                return redirect(f"{path_of(page, request)}call/{secret_of(found)}/")
            status = TOO_MANY if wait else UNPROCESSABLE
            form.add_error(
                None, too_many() if wait else _("There is no booked call with this reference and phone number.")
            )
    context = step_context(page, request, "find/")
    context |= {"form": form, "fields": list(form), "errors": errors_of(form)}
    response = private(TemplateResponse(request, "hotline/find.html", context, status=status))
    if wait:
        response.headers["Retry-After"] = str(max(wait, 60))
    return response


def _find(form: RecallForm) -> Booking | None:
    values = form.cleaned_data
    found = Booking.objects.filter(code=values["code"], phone=values["phone"]).select_related("slot").first()
    return found if found and found.slot.ends_at + SHOWN_FOR >= timezone.now() else None
