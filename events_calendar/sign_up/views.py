"""The pages of sign-up: the form of a date, and what somebody with the link sees and changes.

GET shows, POST acts, and a POST that did something ends in a redirect to what it led to. Nothing of this is cached, indexed,
or passed on as a referrer. Failed requests are logged with their address, but for those on the page with the secret.
"""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.core.exceptions import BadRequest, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.pages.context import Head, Link
from portal.pages.views import bad_request
from portal.throttle import seconds_to_wait
from portal.visitor_tokens import token_hash, unlogged

from ..models import Occurrence, SignUp
from ..models.sign_ups import MOST_SEATS
from ..schedule_words import date_in_words
from . import mails, service
from .contacts import contact_key
from .forms import RecallForm, SignUpForm
from .links import PATH, secret_of
from .mails import moment_in_words
from .rules import list_is_over, takes_place_later, why_closed
from .state import sign_up_state

if TYPE_CHECKING:
    from ..models import ActivityPage

SEE_OTHER, CONFLICT, UNPROCESSABLE, TOO_MANY = 303, 409, 422, 429
ACTIONS = {"accept", "cancel", "seats"}
RESULTS = {
    "changed": gettext_lazy("Your change is saved."),
    "full": gettext_lazy("There are not so many places left. Nothing was changed."),
    "closed": gettext_lazy("Sign-up is closed: you can come with fewer people, not with more. Nothing was changed."),
    "late": gettext_lazy("It is too late for that. Nothing was changed."),
    "number": gettext_lazy("Write a number from 1 to 10. Nothing was changed."),
    "wait": gettext_lazy("Too much has come from your connection in a short time. Try again in a few minutes."),
}
"""What the page says after something was sent to it; the name stands in the address."""


def form_page(page: "ActivityPage", request: HttpRequest, occurrence: Occurrence) -> HttpResponse:
    """Show the form of a date, or act on it."""
    if not sign_up_state(occurrence, page.danish, "da").is_here:
        raise Http404("one does not sign up here")
    form, recall = SignUpForm(), RecallForm(prefix="find")
    status, wait = 200, 0
    if request.method == "POST":
        wait = seconds_to_wait("sign_up", request)
        if "find" in request.POST:
            recall = RecallForm(request.POST, prefix="find")
            outcome = _find(page, request, recall, occurrence, wait)
        else:
            form = SignUpForm(request.POST)
            outcome = _sign_up(page, request, form, occurrence, wait)
        if isinstance(outcome, HttpResponse):
            return outcome
        status = outcome
        occurrence.refresh_from_db(fields=["taken", "capacity", "status", "starts_at"])
    context = _context(page, request, occurrence, f"{occurrence.slug}/{PATH}")
    path = context["activity_path"]
    response = TemplateResponse(
        request,
        "events_calendar/sign_up_form.html",
        {
            **context,
            "form": form,
            "recall": recall,
            "errors": _errors(form) + _errors(recall),
            "fields": [form[name] for name in ("name", "email", "phone", "seats")],
            "state": sign_up_state(occurrence, page.danish, context["language"]),
            "date_path": f"{path}{occurrence.slug}/",
        },
        status=status,
    )
    if status == TOO_MANY:
        response.headers["Retry-After"] = str(max(wait, 60))
    return _private(response)


def _sign_up(
    page: "ActivityPage", request: HttpRequest, form: SignUpForm, occurrence: Occurrence, wait: int
) -> HttpResponse | int:
    """Return the redirect to the new sign-up, or the status with which the form comes back."""
    if not form.is_valid():
        return UNPROCESSABLE
    values = form.cleaned_data
    contact = contact_key(values["email"], values["phone"])
    if wait or seconds_to_wait("sign_up_contact", request, contact):
        form.add_error(None, RESULTS["wait"])
        return TOO_MANY
    party = service.Party(
        seats=values["seats"],
        name=values["name"],
        email=values["email"],
        phone=values["phone"],
        language=page.locale.language_code,
        form_key=values["form_key"],
    )
    try:
        made = service.sign_up(occurrence.pk, party)
    except service.Refused as refusal:
        if isinstance(refusal, service.UsedForm):
            form.renew_key()
        form.add_error(*_explain(refusal))
        return CONFLICT
    return _to(page, request, made)


def _explain(refusal: service.Refused) -> tuple[str | None, ValidationError]:
    """Return at which field a refusal is shown, and what it says."""
    if isinstance(refusal, service.SignedUpAlready):
        if not refusal.sign_up.email:
            text = _("There is a sign-up with this phone number already. Find it below with your reference.")
            return "phone", ValidationError(text)
        mails.link_again(refusal.sign_up)
        text = _("There is a sign-up with this address already. We have sent the link to it again.")
        return "email", ValidationError(text)
    if isinstance(refusal, service.Full):
        text = _("All places are taken, and the waiting list is full.")
        if refusal.list_is_over:
            text = _("All places are taken, and so shortly before it begins nobody can wait for one.")
        if refusal.left:
            text = ngettext("Only %(number)s place is left.", "Only %(number)s places are left.", refusal.left) % {
                "number": refusal.left
            }
        return "seats", ValidationError(text)
    if isinstance(refusal, service.UsedForm):
        text = _("You have signed up for another date with this form. Please check what you wrote and send it again.")
        return None, ValidationError(text)
    return None, ValidationError(_("Nobody can sign up for this date now."))


def _find(
    page: "ActivityPage", request: HttpRequest, form: RecallForm, occurrence: Occurrence, wait: int
) -> HttpResponse | int:
    """Lead who has a reference and the phone number to their sign-up."""
    if not form.is_valid():
        return UNPROCESSABLE
    if wait or seconds_to_wait("sign_up_recall", request):
        form.add_error(None, RESULTS["wait"])
        return TOO_MANY
    values = form.cleaned_data
    found = SignUp.objects.filter(code=values["code"], phone=values["phone"], occurrence=occurrence).first()
    if found is None:
        form.add_error(None, _("There is no sign-up with this reference and phone number for this date."))
        return UNPROCESSABLE
    return _to(page, request, found)


def _to(page: "ActivityPage", request: HttpRequest, sign_up: SignUp, result: str = "") -> HttpResponse:
    """Redirect to the page of a sign-up."""
    path = request.links.path_for(page.url_path)  # type: ignore[attr-defined]
    address = f"{path}{PATH}/{secret_of(sign_up)}/" + (f"?result={result}" if result else "")
    return _private(HttpResponseRedirect(address, status=SEE_OTHER))


# The page behind the link -------------------------------------------------------------------------------------------------


def manage_page(page: "ActivityPage", request: HttpRequest, secret: str) -> HttpResponse:
    """Show a sign-up to whoever has its link, or change it."""
    found = SignUp.objects.select_related("occurrence__activity").filter(token_hash=token_hash(secret)).first()
    if found is None or found.occurrence.activity.translation_key != page.translation_key:
        raise Http404("no such sign-up")
    if found.occurrence.ends_at + service.NOTED_UNTIL < timezone.now():
        raise Http404("the link has expired")
    result, wait = request.GET.get("result", ""), 0
    if request.method == "POST":
        if request.POST.get("action") not in ACTIONS:
            return unlogged(_private(bad_request(request, BadRequest("nothing to do"))))
        wait = seconds_to_wait("sign_up", request)
        if not wait:
            address = f"{request.path}?result={_act(found, request)}"
            return _private(HttpResponseRedirect(address, status=SEE_OTHER))
        result = "wait"
    response = _private(TemplateResponse(request, "events_calendar/sign_up.html", _shown(page, request, found, result)))
    if wait:
        response.status_code = TOO_MANY
        response.headers["Retry-After"] = str(max(wait, 60))
    return unlogged(response)


def _shown(page: "ActivityPage", request: HttpRequest, found: SignUp, result: str) -> dict[str, Any]:
    """Return what the page behind the link shows, and what it offers to change."""
    occurrence, now = found.occurrence, timezone.now()
    secret = secret_of(found)
    context = _context(page, request, occurrence, f"{PATH}/{secret}")
    language = context["language"]
    until = found.offer_expires_at
    waits, can_change = found.status == "waiting", found.is_live and takes_place_later(occurrence, now)
    ahead = service.waiting_list(occurrence).filter(queue_no__lt=found.queue_no or 0)
    is_open = why_closed(occurrence, occurrence.activity, now) is None
    return {
        **context,
        "sign_up": found,
        "code": f"{found.code[:4]}-{found.code[4:]}",
        "result": RESULTS.get(result, ""),
        "is_problem": result != "changed",
        "can_change": can_change,
        "can_take": can_change and service.can_take(found, occurrence, now),
        "is_open": is_open,
        "list_is_over": list_is_over(occurrence, now),
        "is_too_large": waits and occurrence.capacity is not None and found.seats > occurrence.capacity,
        "offer_until": moment_in_words(until, occurrence, language) if until else "",
        "ahead": ahead.count() if waits else 0,
        "most_seats": MOST_SEATS if is_open and found.status == "confirmed" else found.seats,
        "form_path": f"{context['activity_path']}{occurrence.slug}/{PATH}/",
    }


def _act(found: SignUp, request: HttpRequest) -> str:
    """Carry out what was sent, and return the name of what came of it."""
    action = request.POST["action"]
    try:
        if action == "accept":
            service.accept(found.pk)
        elif action == "cancel":
            service.cancel(found.pk)
        else:
            seats = forms.IntegerField(min_value=1, max_value=MOST_SEATS).clean(request.POST.get("seats"))
            service.change_seats(found.pk, seats)
    except ValidationError:
        return "number"
    except service.Full:
        return "full"
    except service.NotOpen:
        return "closed"
    except service.TooLate:
        return "late"
    return "changed"


# Both ---------------------------------------------------------------------------------------------------------------------


def _context(page: "ActivityPage", request: HttpRequest, occurrence: Occurrence, below: str) -> dict[str, Any]:
    """Return what both templates need: the reader's place, and the date in words."""
    context = page.get_context(request)
    scope, language = context["scope"], context["language"]
    path = scope.path_for(page.url_path)
    text_language = context["text_language"]
    words = date_in_words(occurrence.local_start, occurrence.local_end, occurrence.all_day, language)
    date = Link(f"{path}{occurrence.slug}/", words, language)
    return {
        **context,
        "occurrence": occurrence,
        "date_words": words,
        "activity_path": path,
        "title_language": text_language,
        "text_language": language,
        "notices": [],
        "switcher": [replace(link, url=f"{link.url}{below}/") for link in context["switcher"]],
        "head": Head(f"{settings.BASE_URL}{path}", [], "", is_indexed=False),
        "breadcrumbs": [*context["breadcrumbs"], Link(path, page.title, text_language), date],
    }


def _errors(form: forms.Form) -> list[tuple[str, str]]:
    """Return what is wrong, in the order of the fields, each with the id of its field."""
    names = [name for name in form.fields if name in form.errors]
    found = [(form[name].id_for_label, str(text)) for name in names for text in form.errors[name]]
    return [("", str(text)) for text in form.non_field_errors()] + found


def _private(response: HttpResponse) -> HttpResponse:
    """Keep an answer out of caches, search engines and the logs of other sites."""
    patch_cache_control(response, private=True, no_store=True)
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
