"""The steps of booking: language, time, how to reach you, check, done. One question a page, and nothing is stored before the end.

The first steps are forms with GET, so that "back" and the change of the language work. From the contact on they are sent
with POST: then no address holds a name or a number, and every later step carries everything in hidden fields.
"""

import datetime
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from portal.throttle import seconds_to_wait_with_contact

from .. import bookings, held, mails
from ..choices import CALL_LANGUAGES, Help, Topic, language_label
from ..links import secret_of
from ..models import Booking
from ..state import hours
from ..words import languages_in_words
from .answers import Answers, read_answers
from .context import ACCEPTED, CONFLICT, TOO_MANY, UNPROCESSABLE, errors_of, path_of, private, redirect, step_context
from .days import days_of, times_of
from .forms import SEEN, DetailsForm

if TYPE_CHECKING:
    from ..models import HotlinePage

ALTERNATIVES = 3
CARRIED = (*SEEN, "form_key", "opened_at", "second_nickname")
"""The fields of the contact form that travel on."""


def sent_to(request: HttpRequest) -> Answers:
    """Return the answers so far."""
    return read_answers(request.POST if request.method == "POST" else request.GET)


def language_step(page: "HotlinePage", request: HttpRequest, *, is_missing: bool = False) -> HttpResponse:
    """Ask in which language the call is to be."""
    answers, free = sent_to(request), bookings.free_languages()
    context = _context(page, request, answers.without("call", "own", "help", "at"), "book/")
    language = context["language"]
    context |= {
        "languages": [(code, language_label(code)) for code in CALL_LANGUAGES if code in free],
        "other_languages": [(code, language_label(code)) for code in CALL_LANGUAGES if code not in free],
        "chosen": answers.own or answers.call or (language if language in free else ""),
        "is_missing": is_missing,
        "hours": hours(),
    }
    return _page(request, "hotline/book_language.html", context, UNPROCESSABLE if is_missing else 200)


def times_step(page: "HotlinePage", request: HttpRequest, *, problem: str = "", status: int = 200) -> HttpResponse:
    """Ask for a time; where nobody speaks the language, say so and ask what would help."""
    answers = sent_to(request)
    if not answers.call:
        return language_step(page, request, is_missing=True)
    moments = bookings.free_times(answers.call)
    if not moments:
        return _help_step(page, request, answers)
    context = _context(page, request, answers.without("at"), "book/times/")
    context |= {
        "days": days_of(moments, answers.zone, context["language"]),
        "chosen": answers.at if answers.at in moments else None,
        "call_language": language_label(answers.call),
        "problem": problem,
    }
    return _page(request, "hotline/book_times.html", context, status)


def _help_step(page: "HotlinePage", request: HttpRequest, answers: Answers) -> HttpResponse:
    free = bookings.free_languages()
    context = _context(page, request, answers.without("call", "own", "help", "at"), "book/times/")
    context |= {
        "own": answers.own or answers.call,
        "own_words": languages_in_words([answers.own or answers.call], context["language"]),
        "languages": [(code, language_label(code)) for code in CALL_LANGUAGES if code in free],
        "help_choices": Help.choices,
        "hours": hours(),
    }
    return _page(request, "hotline/book_help.html", context)


def details_step(page: "HotlinePage", request: HttpRequest) -> HttpResponse:
    """Ask how to reach the person, and about what."""
    answers = sent_to(request)
    if not answers.call or answers.at is None:
        return times_step(page, request, problem=_("Choose a time."), status=UNPROCESSABLE if answers.call else 200)
    if not is_free(answers):
        return times_step(page, request, problem=_taken(), status=CONFLICT)
    form = DetailsForm(initial={"topic": answers.topic})
    if "form_key" in request.POST:  # back from the last step: nothing is wrong, and nothing is lost
        form = DetailsForm(initial={name: request.POST.get(name, "") for name in CARRIED})
    return _details(page, request, answers, form, 200)


def _details(
    page: "HotlinePage", request: HttpRequest, answers: Answers, form: DetailsForm, status: int
) -> HttpResponse:
    context = _context(page, request, answers.without("topic"), "book/details/", carries_contact=False)
    context |= {
        **_summary(answers, context["language"]),
        "form": form,
        "fields": [form[name] for name in SEEN],
        "errors": errors_of(form),
    }
    return _page(request, "hotline/book_details.html", context, status)


def check_step(page: "HotlinePage", request: HttpRequest) -> HttpResponse:
    """Show everything once more. Nothing is stored yet."""
    ready = _ready(page, request)
    if isinstance(ready, HttpResponse):
        return ready
    answers, form = ready
    earlier = Booking.objects.filter(form_key=form.cleaned_data["form_key"]).first()
    if earlier:  # back from the page of the call
        return redirect(f"{path_of(page, request)}call/{secret_of(earlier)}/")
    return _check(page, request, answers, form, 200 if is_free(answers) else CONFLICT)


def _ready(page: "HotlinePage", request: HttpRequest) -> HttpResponse | tuple[Answers, DetailsForm]:
    """Return the answers when all are there and right, otherwise the step that asks for what is not."""
    answers = sent_to(request)
    if request.method != "POST":
        return redirect(f"{path_of(page, request)}book/{answers.query}")
    if not answers.call or answers.at is None:
        return times_step(page, request, problem=_("Choose a time."), status=UNPROCESSABLE)
    form = DetailsForm(request.POST)
    return (answers, form) if form.is_valid() else _details(page, request, answers, form, UNPROCESSABLE)


def _check(
    page: "HotlinePage", request: HttpRequest, answers: Answers, form: DetailsForm, status: int, wait: int = 0
) -> HttpResponse:
    """Show the answers; where the time was taken meanwhile, the next ones instead of it."""
    is_taken = status == CONFLICT
    kept = answers.without("at") if is_taken else answers
    context = _context(page, request, kept.without("topic"), "book/times/")
    language = context["language"]
    problems = []
    if is_taken:
        context["alternatives"] = times_of(next_free(answers), answers.zone, language)
        problems.append(("", _taken()))
    if wait:
        problems.append(("", too_many()))
    context |= {
        **_summary(answers, language),
        "is_taken": is_taken,
        "values": {**form.cleaned_data, "phone": request.POST.get("phone", "").strip()},
        "topic": Topic(form.cleaned_data["topic"]).label,
        "errors": problems,
    }
    response = _page(request, "hotline/book_check.html", context, status)
    if status == TOO_MANY:
        response.headers["Retry-After"] = str(max(wait, 60))
    return response


def confirm(page: "HotlinePage", request: HttpRequest) -> HttpResponse:
    """Book the call."""
    ready = _ready(page, request)
    if isinstance(ready, HttpResponse):
        return ready
    answers, form = ready
    phone = salted_hmac("hotline.phone", form.cleaned_data["phone"], algorithm="sha256").hexdigest()
    wait = seconds_to_wait_with_contact("hotline_booking", "hotline_contact", request, phone)
    if wait:
        return _check(page, request, answers, form, TOO_MANY, wait)
    if form.looks_like_a_machine:
        return _hold(page, request, answers, form)
    try:
        booking = bookings.book(_wish(page, request, answers, form))
    except bookings.Taken:
        return _check(page, request, answers, form, CONFLICT)
    except bookings.BookedAlready as refused:
        form.add_error("phone", _booked_already(refused.booking))
        return _details(page, request, answers, form, CONFLICT)
    return redirect(f"{path_of(page, request)}call/{secret_of(booking)}/?result=booked")


def _hold(page: "HotlinePage", request: HttpRequest, answers: Answers, form: DetailsForm) -> HttpResponse:
    """Keep aside what a program may have sent, and say so: a person who is mistaken for one is not lost."""
    if not is_free(answers):
        return _check(page, request, answers, form, CONFLICT)
    held.hold(_wish(page, request, answers, form))
    return _page(request, "hotline/book_held.html", _context(page, request, answers, "book/"), ACCEPTED)


def _wish(page: "HotlinePage", request: HttpRequest, answers: Answers, form: DetailsForm) -> bookings.Wish:
    values, scope = form.cleaned_data, request.links  # type: ignore[attr-defined]
    if answers.at is None:
        raise ValueError("a time is needed")
    return bookings.Wish(
        starts_at=answers.at,
        call_language=answers.call,
        own_language=answers.own if answers.own != answers.call else "",
        help=answers.help or Help.NONE,
        topic=values["topic"],
        name=values["name"],
        phone=values["phone"],
        email=values["email"],
        language=scope.language,
        municipality=scope.municipality.slug if scope.municipality else "",
        visitor_zone=answers.zone,
        form_key=values["form_key"],
        about_page_id=answers.about,
    )


def _booked_already(booking: Booking) -> str:
    if booking.email:
        mails.link_again(booking)
        return _("A call to this number is booked already. We have sent the link to change it by e-mail again.")
    return _(
        "A call to this number is booked already. To change it, use “Change or cancel a call” with your reference."
    )


def is_free(answers: Answers) -> bool:
    """Say whether the chosen time can still be booked."""
    return answers.at is not None and bool(bookings.free_at(answers.at, answers.call))


def next_free(answers: Answers) -> list[datetime.datetime]:
    """Return the next three times after the chosen one; where there are fewer, the first ones that are free."""
    after = bookings.free_times(answers.call, after=answers.at, limit=ALTERNATIVES)
    if len(after) < ALTERNATIVES:
        after = sorted({*after, *bookings.free_times(answers.call, limit=ALTERNATIVES)})[:ALTERNATIVES]
    return after


def too_many() -> str:
    """Say that somebody has to wait, and that nothing is lost."""
    return _("Too much has come from your connection in a short time. Try again in a few minutes.")


def _taken() -> str:
    return _("Somebody else has just booked this time. Your other answers are kept: choose another time.")


def _summary(answers: Answers, language: str) -> dict[str, Any]:
    """Return the answers in words."""
    words = times_of([answers.at], answers.zone, language)[0] if answers.at else None
    return {
        "answers": answers,
        "time": words,
        "call_language": language_label(answers.call),
        "help_words": Help(answers.help).label if answers.help else "",
        "own_language": language_label(answers.own) if answers.own and answers.own != answers.call else "",
    }


def _context(
    page: "HotlinePage", request: HttpRequest, answers: Answers, below: str, *, carries_contact: bool = True
) -> dict[str, Any]:
    """Return what a step needs: what travels on unseen, and how."""
    carried = answers.without("zone").pairs
    is_post = request.method == "POST" and "form_key" in request.POST
    if is_post and carries_contact:
        carried = [pair for pair in carried if pair[0] != "topic"]
        carried += [(name, request.POST.get(name, "")) for name in CARRIED]
    return {
        **step_context(page, request, below if request.method != "POST" else "book/", answers.query),
        "carried": carried,
        "zone": answers.zone,
        "method": "post" if is_post else "get",
    }


def _page(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    return private(TemplateResponse(request, template, context, status=status))
