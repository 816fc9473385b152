"""One booked call: who it is, what can be done, and the search beside it. Whoever opens it is noted in the log."""

from typing import Any

import phonenumbers
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import View

from .. import bookings
from ..bookings import BookedAlready, Wish
from ..choices import language_label
from ..models import Booking, Outcome
from ..models.calls import MOST_ATTEMPTS
from . import labels, service
from .access import DeskMixin, note_access
from .agenda import rows
from .forms import AboutForm, FollowUpForm, HandOverForm, OutcomeForm
from .offers import choices_for, free
from .pages import reading_language
from .views import DeskView, finding_context

MOST_SUGGESTED = 120
SAME = (
    "call_language",
    "topic",
    "name",
    "phone",
    "language",
    "email",
    "help",
    "own_language",
    "municipality",
    "visitor_zone",
)
"""What a follow-up has in common with the call before it."""


class CallMixin(DeskMixin):
    """The call that the address names. Who it was is gone 30 days after."""

    kwargs: dict[str, Any]

    def calls(self) -> QuerySet[Booking]:
        """Return the calls that can be opened."""
        return Booking.objects.filter(anonymised_at=None).select_related(
            "slot__staff", "line", "taken_by", "about_page", "follow_up_of"
        )

    @cached_property
    def booking(self) -> Booking:
        """Return the call."""
        return get_object_or_404(self.calls(), pk=self.kwargs["pk"])


class CallView(CallMixin, DeskView):
    """Everything about one call."""

    template_name = "hotline/desk/call.html"

    def get_page_title(self) -> str:
        """Name the call by its reference."""
        return _("Call %(code)s") % {"code": self.booking.readable_code}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show it, and note that somebody saw it."""
        note_access(self.booking, request.user)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what can be done."""
        booking, now = self.booking, timezone.now()
        language = reading_language(
            self.request.GET.get("language", ""), booking.call_language, booking.own_language, booking.language
        )
        attempts = list(booking.attempts.select_related("staff"))
        number = len(attempts) + 1
        action = reverse("hotline_call", args=[booking.pk])
        return {
            **super().get_context_data(**kwargs),
            **finding_context(self.request, action, language, booking.municipality, booking.email, booking.topic),
            "booking": booking,
            "row": rows([booking], now)[0],
            "phone": readable(booking.phone),
            "phone_address": f"tel:{booking.phone}",
            "page_language": language_label(booking.language),
            "attempts": attempts,
            "number": number,
            "is_last": number >= MOST_ATTEMPTS,
            "is_mine": booking.taken_by_id is not None and booking.taken_by_id == self.staff_id,
            "follow_ups": list(booking.follow_ups.select_related("slot")),
            **self._forms(booking, now, number),
        }

    def _forms(self, booking: Booking, now: Any, number: int) -> dict[str, Any]:
        if not booking.is_live:
            return {"follow_up_form": FollowUpForm(booking=booking)}
        spent = int((now - booking.taken_at).total_seconds() // 60) if booking.taken_at else booking.line.slot_minutes
        about = {
            "topic": booking.topic,
            "language": booking.call_language,
            "municipality": booking.municipality,
            "minutes": min(max(spent, 1), MOST_SUGGESTED),
        }
        return {
            "about_form": AboutForm(auto_id="about_%s", initial=about),
            "outcome_form": OutcomeForm(booking=booking, initial={"number": number}),
            "move_choices": choices_for(booking, free(now), now),
            "hand_over_form": HandOverForm(without=self.staff_id),
            "outcomes": [(Outcome.WRONG_NUMBER, labels.OUTCOMES["wrong"]), (Outcome.NO_SHOW, labels.OUTCOMES["show"])],
        }


class CallActionView(CallMixin, View):
    """Something that is done with a call: POST only, and then back to the call or to the list."""

    http_method_names = ["post"]
    log_action = "changed"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do it, or say why it cannot be done."""
        try:
            said = self.act(request)
        except service.Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("hotline_call", self.booking.pk)
        note_access(self.booking, request.user, self.log_action)
        messages.success(request, said)
        return self.then()

    def act(self, request: HttpRequest) -> str:
        """Carry it out, and return what is said then. Raises service.Refused."""
        raise NotImplementedError

    def then(self) -> HttpResponse:
        """Go back to the call."""
        return redirect("hotline_call", self.booking.pk)


class TakeView(CallActionView):
    """Takes a call."""

    log_action = "taken"

    def act(self, request: HttpRequest) -> str:
        """Take it from nobody, or from whoever was seen to have it."""
        holder = request.POST.get("holder", "")
        service.take(self.booking.pk, self.staff, int(holder) if holder.isascii() and holder.isdigit() else None)
        return _("The call is yours.")


class GiveBackView(CallActionView):
    """Lets somebody else take a call."""

    def act(self, request: HttpRequest) -> str:
        """Give it back."""
        service.give_back(self.booking.pk, self.staff)
        return _("Anybody can take the call now.")

    def then(self) -> HttpResponse:
        """Go back to the list."""
        return redirect("hotline_desk")


class HandOverView(CallActionView):
    """Gives a call to a colleague."""

    log_action = "handed_over"

    def act(self, request: HttpRequest) -> str:
        """Hand it over."""
        form = HandOverForm(request.POST, without=self.staff.pk)
        if not form.is_valid():
            raise service.Refused(_("Choose a colleague."))
        colleague = form.cleaned_data["colleague"]
        service.hand_over(self.booking.pk, self.staff, colleague)
        if self.booking.call_language not in colleague.languages:
            words = _("%(name)s does not speak the language of this call: %(language)s.")
            language = language_label(self.booking.call_language)
            messages.warning(request, words % {"name": colleague.name, "language": language})
        return _("%(name)s has the call now.") % {"name": colleague.name}

    def then(self) -> HttpResponse:
        """Go back to the list."""
        return redirect("hotline_desk")


class OutcomeView(CallActionView):
    """Notes what came of an attempt."""

    log_action = "outcome"

    def act(self, request: HttpRequest) -> str:
        """Note it."""
        form = OutcomeForm(request.POST, booking=self.booking)
        if not form.is_valid():
            raise service.Refused(problems(form))
        values, about = form.cleaned_data, None
        if values["outcome"] == Outcome.ANSWERED:
            counted = AboutForm(request.POST)
            if not counted.is_valid():
                raise service.Refused(problems(counted))
            about = counted.about()
        self.noted = service.note(
            self.booking.pk,
            self.staff,
            values["number"],
            Outcome(values["outcome"]),
            next_try_at=form.moments.get(values["next_try_at"]),
            about=about,
        )
        return _("Noted.")

    def then(self) -> HttpResponse:
        """Go back to the list, or stay where a follow-up can be booked."""
        return redirect("hotline_desk" if self.noted.is_live else "hotline_call", *self._pk())

    def _pk(self) -> list[int]:
        return [] if self.noted.is_live else [self.noted.pk]


class FollowUpView(CallActionView):
    """Books another call with the same person."""

    log_action = "follow_up"

    def act(self, request: HttpRequest) -> str:
        """Book it, with the person's usual mails."""
        booking = self.booking
        form = FollowUpForm(request.POST, booking=booking)
        if not form.is_valid() or booking.is_live:
            raise service.Refused(problems(form) or _("This call is not over yet. Move it instead."))
        wish = Wish(
            starts_at=form.moments[form.cleaned_data["at"]],
            form_key=form.cleaned_data["form_key"],
            about_page_id=booking.about_page_id,
            **{name: getattr(booking, name) for name in SAME},
        )
        try:
            made = bookings.book(wish, by_staff=True, follow_up_of=booking.pk)
        except BookedAlready as other:
            words = _("A call with this number is booked already: %(code)s.")
            raise service.Refused(words % {"code": other.booking.readable_code}) from other
        except bookings.Refused as refusal:
            raise service.Refused(_("This time is no longer free. Choose another one.")) from refusal
        return _("Booked. The reference is %(code)s.") % {"code": made.readable_code}


def readable(number: str) -> str:
    """Return a number as it is read out: with its country code and spaces."""
    try:
        parsed = phonenumbers.parse(number, None)
    except phonenumbers.NumberParseException:
        return number
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def problems(form: Any) -> str:
    """Return what is wrong with a form, on one line."""
    return " ".join(
        f"{form.fields[name].label or ''}: {error}".lstrip(": ") if name in form.fields else str(error)
        for name, errors in form.errors.items()
        for error in errors
    )
