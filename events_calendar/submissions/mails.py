"""The mails to clubs, each in the language in which the club read the form."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from portal import outbox

from ..models import ActivityPage, Submission
from ..models.submissions import DAYS_AFTER_LAST_DATE, HOURS_TO_CONFIRM
from ..outside_texts import path_below_home

PLACE = "kalender/indsend"
"""Where clubs write, below a language."""


def link_to(submission: Submission, token: str) -> str:
    """Return the address of an entry, which only its club knows."""
    return f"{settings.BASE_URL}/{submission.mail_language}/{PLACE}/{token}/"


def ask_to_confirm(submission: Submission, token: str) -> None:
    """Ask whether the club itself has written, before anybody else is bothered."""
    with override(submission.mail_language):
        subject = _("Please confirm: %(title)s") % {"title": submission.title}
        text = _(
            "Hello\n\n"
            "Somebody has entered “%(title)s” for the calendar of newcomers with this e-mail address.\n\n"
            "If that was you, confirm it here within %(hours)d hours:\n%(link)s\n\n"
            "The municipality (%(municipality)s) then looks at it before it is published.\n\n"
            "If it was not you, do nothing. Everything is then deleted."
        ) % {
            "title": submission.title,
            "hours": HOURS_TO_CONFIRM,
            "link": link_to(submission, token),
            "municipality": submission.municipality_title,
        }
        _send(submission, "confirm", subject, text)


def tell_approved(submission: Submission, page: ActivityPage, occasion: str, token: str) -> None:
    """Say where the activity stands."""
    language = submission.mail_language
    address = f"{settings.BASE_URL}/{language}/{path_below_home(page)}"
    with override(language):
        subject = _("In the calendar: %(title)s") % {"title": submission.title}
        text = _(
            "Hello\n\n"
            "“%(title)s” is now in the calendar:\n%(address)s\n\n"
            "You can change it here. The municipality looks at each change first:\n%(link)s\n\n"
            "The link works until %(days)d days after the last date. Do not pass it on."
        ) % {
            "title": submission.title,
            "address": address,
            "link": link_to(submission, token),
            "days": DAYS_AFTER_LAST_DATE,
        }
        _send(submission, f"approved:{occasion}", subject, text)


def tell_returned(submission: Submission, occasion: str, token: str) -> None:
    """Say what the municipality asks for."""
    with override(submission.mail_language):
        subject = _("Please change: %(title)s") % {"title": submission.title}
        reason = submission.reason or _("No reason was given. Please look through your entry again.")
        text = _(
            "Hello\n\n"
            "The municipality (%(municipality)s) has looked at “%(title)s” and asks you to change something:\n\n"
            "%(reason)s\n\n"
            "You can change your entry and send it again here:\n%(link)s"
        ) % {
            "title": submission.title,
            "municipality": submission.municipality_title,
            "reason": reason,
            "link": link_to(submission, token),
        }
        _send(submission, f"returned:{occasion}", subject, text)


def _send(submission: Submission, occasion: str, subject: str, text: str) -> None:
    outbox.enqueue(
        key=f"submission:{submission.pk}:{occasion}",
        to=submission.email,
        language=submission.mail_language,
        subject=subject,
        text=text,
    )
