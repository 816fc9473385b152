"""The pages on which clubs write: form, answers to check, and the entry behind its link."""

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from portal.pages.base import BasePage
from portal.pages.context import Head
from portal.throttle import seconds_to_wait

from ..models.submissions import Submission, SubmissionState, submission_of
from ..moderation import NoOverview, overviews
from ..outside_texts import path_below_home
from . import service
from .check_answers import rows
from .forms import INVISIBLE, ActivityForm, SubmissionForm
from .service import NotPossible

MOST_UNCONFIRMED = 5
"""Entries that wait for one e-mail address: more would make the form a way to send mail to strangers."""
PLACE = "indsend/"


def new_entry(page: BasePage, request: HttpRequest) -> HttpResponse:
    """Show the form, then the answers to check, then store them."""
    language, municipalities = page.locale.language_code, _municipalities()
    if not municipalities:
        return _page(page, request, "submission_closed.html", PLACE, {})
    if request.method != "POST":
        inside = page.municipality.slug if page.municipality is not None else ""
        initial = {"text_language": language, "municipality": inside, "repeats": "once", "registration": "none"}
        form = SubmissionForm(initial=initial, municipalities=municipalities)
        return _form_page(page, request, form, PLACE)
    form = SubmissionForm(request.POST, municipalities=municipalities)
    refused = _step(page, request, form, PLACE)
    if refused is not None:
        return refused
    email = form.cleaned_data["email"]
    waiting = Submission.objects.filter(email__iexact=email, state=SubmissionState.UNCONFIRMED)
    if waiting.exclude(form_key=form.cleaned_data["form_key"]).count() >= MOST_UNCONFIRMED:
        form.add_error(
            "email", _("Several entries wait for this address already. Confirm them first: look into your mail.")
        )
        return _form_page(page, request, form, PLACE)
    service.submit(form, language)
    return HttpResponseRedirect(_address(page, "sendt/"))


def sent(page: BasePage, request: HttpRequest) -> HttpResponse:
    """Say that a mail is on its way."""
    return _page(page, request, "submission_sent.html", PLACE + "sendt/", {})


def entry(page: BasePage, request: HttpRequest, token: str) -> HttpResponse:
    """Show an entry to whoever has its link. To confirm it takes a button: programs follow links too."""
    submission, place = _found(request, token), f"{PLACE}{token}/"
    if request.method == "POST" and submission.state == SubmissionState.UNCONFIRMED:
        try:
            service.confirm(submission.pk)
        except NoOverview:
            problem = _("The municipality takes no entries at the moment. Your entry is kept; try again later.")
            return _page(page, request, "submission_entry.html", place, _entry_context(submission, problem), status=503)
        return HttpResponseRedirect(_address(page, f"{token}/"))
    return _page(page, request, "submission_entry.html", place, _entry_context(submission))


def change_entry(page: BasePage, request: HttpRequest, token: str) -> HttpResponse:
    """Show the form with what the club wrote last, and put what it changes into moderation."""
    submission, place = _found(request, token), f"{PLACE}{token}/ret/"
    if submission.state == SubmissionState.UNCONFIRMED or submission.activity is None:
        return HttpResponseRedirect(_address(page, f"{token}/"))
    extra = {"submission": submission, "entry_url": _address(page, f"{token}/")}
    if request.method != "POST":
        return _form_page(page, request, ActivityForm(initial=submission.answers), place, extra)
    form = ActivityForm(request.POST)
    refused = _step(page, request, form, place, extra)
    if refused is not None:
        return refused
    try:
        service.change(submission.pk, form)
    except NotPossible:
        form.add_error(None, _("This cannot be saved. Please write to the municipality."))
        return _form_page(page, request, form, place, extra)
    return HttpResponseRedirect(_address(page, f"{token}/"))


def _step(
    page: BasePage, request: HttpRequest, form: ActivityForm, place: str, extra: dict[str, Any] | None = None
) -> HttpResponse | None:
    """Return the page that comes before the answers are stored, None where they may be."""
    wait = seconds_to_wait("submission", request)
    is_valid = form.is_valid()
    if wait:
        form.add_error(
            None, _("Too much has come from your connection in a short time. Wait a few minutes and send again.")
        )
        response = _form_page(page, request, form, place, extra, status=429)
        response.headers["Retry-After"] = str(wait)
        return response
    step = request.POST.get("step", "check")
    if not is_valid or step == "edit":
        return _form_page(page, request, form, place, extra)
    if step == "send":
        return None
    hidden = [(name, value) for name in form.fields if name not in INVISIBLE for value in request.POST.getlist(name)]
    answers = rows(form, page.locale.language_code)
    context = {"form": form, "hidden": hidden, "answer_sections": answers, **(extra or {})}
    return _page(page, request, "submission_check.html", place, context)


def _found(request: HttpRequest, token: str) -> Submission:
    """Return the entry behind a link. Whoever tries out many links finds none of them."""
    if seconds_to_wait("submission_link", request):
        raise Http404("too many links were tried from this address")
    submission = submission_of(token)
    if submission is None:
        raise Http404("no such entry")
    return submission


def _municipalities() -> list[tuple[str, str]]:
    from ..choices import municipality_choices

    open_for_entries = overviews()
    return [(slug, title) for slug, title in municipality_choices() if slug in open_for_entries]


def _entry_context(submission: Submission, problem: str = "") -> dict[str, Any]:
    activity = submission.activity
    return {
        "submission": submission,
        "problem": problem,
        "is_removed": activity is None and submission.state != SubmissionState.UNCONFIRMED,
        "public_path": path_below_home(activity) if activity and activity.live else "",
    }


def _form_page(
    page: BasePage,
    request: HttpRequest,
    form: ActivityForm,
    place: str,
    extra: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    sections = [(title, [name for name in names if name in form.fields]) for title, names in form.sections]
    in_order = [name for _title, names in sections for name in names if name in form.errors]
    errors = [("", str(text)) for text in form.non_field_errors()]
    errors += [(_first_id(form, name), _with_label(form, name, str(form.errors[name][0]))) for name in in_order]
    context = {"form": form, "form_sections": sections, "errors": errors, **(extra or {})}
    if status == 200 and errors:
        status = 422
    return _page(page, request, "submission_form.html", place, context, status)


def _first_id(form: ActivityForm, name: str) -> str:
    """Return the id of the first input of a field, to which its message leads."""
    return form[name].id_for_label or f"{form[name].auto_id}_0"


def _with_label(form: ActivityForm, name: str, text: str) -> str:
    """Return a message as it is understood away from its field."""
    label = str(form[name].label)
    return f"{label} {text}" if label.endswith(("?", ".")) else f"{label}: {text}"


def _address(page: BasePage, rest: str) -> str:
    """Return an address below the calendar in the language of the page; inside a municipality one reads the same."""
    return f"/{page.locale.language_code}/{page.slug}/{PLACE}{rest}"


def _page(
    page: BasePage, request: HttpRequest, template: str, place: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """Answer with a page that nobody stores. Search engines find the empty form only: others hold what a club wrote."""
    around = BasePage.get_context(page, request)
    head: Head = around["head"]
    # A link with a secret stands in no other address of the page.
    switcher = [replace(link, url=link.url.split("?")[0] + place) for link in around["switcher"]]
    is_empty_form = template == "submission_form.html" and place == PLACE
    alternates = [replace(link, url=link.url + PLACE) for link in head.alternates] if is_empty_form else []
    default = head.default_url + PLACE if alternates else ""
    around |= {
        "head": Head(head.canonical + PLACE, alternates, default, is_indexed=is_empty_form and head.is_indexed),
        "switcher": switcher,
        "notices": [],
        "text_language": page.locale.language_code,
        "form_url": _address(page, place.removeprefix(PLACE)),
        "calendar_url": f"/{page.locale.language_code}/{page.slug}/",
    }
    response = TemplateResponse(request, f"events_calendar/{template}", {**around, **context}, status=status)
    add_never_cache_headers(response)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
