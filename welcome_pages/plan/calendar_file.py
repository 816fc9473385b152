"""The deadlines of a plan as an iCalendar file: one whole day each, with a reminder."""

import datetime
from html import unescape
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from django.utils.html import strip_tags

from portal.icalendar.content_lines import escape, fold, quote_address

from .presenting import DANISH, Beside

if TYPE_CHECKING:
    from ..models.plan import PlanPage

REMINDER = "-P2D"
"""Two days before."""


def calendar_file(context: dict[str, Any], page: "PlanPage") -> bytes:
    """Return the file, empty where the plan has no dates."""
    if not context["dated"]:
        return b""
    stamp = f"{timezone.now().astimezone(datetime.UTC):%Y%m%dT%H%M%SZ}"
    host = urlsplit(settings.BASE_URL).hostname or "localhost"
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//portal//arrival plan//EN", "CALSCALE:GREGORIAN"]
    lines.append(f"X-WR-CALNAME:{escape(page.title)}")
    for step in context["dated"]:
        title = _both(step.title)
        guide = [f"{settings.BASE_URL}{step.guide.url}"] if step.guide else []
        description = "\n".join([_plain(step.why), _plain(step.place), *guide])
        lines += [
            "BEGIN:VEVENT",
            f"UID:plan-{step.key}-{step.deadline:%Y%m%d}@{host}",
            f"DTSTAMP:{stamp}",
            f"DTSTART;VALUE=DATE:{step.deadline:%Y%m%d}",
            f"DTEND;VALUE=DATE:{step.deadline + datetime.timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{escape(title)}",
            f"DESCRIPTION:{escape(description)}",
            "TRANSP:TRANSPARENT",
            *(f"URL:{quote_address(address)}" for address in guide),
            "BEGIN:VALARM",
            "ACTION:DISPLAY",
            f"DESCRIPTION:{escape(title)}",
            f"TRIGGER:{REMINDER}",
            "END:VALARM",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return b"".join(fold(line) for line in lines)


def _plain(text: Beside) -> str:
    return unescape(strip_tags(text.own))


def _both(text: Beside) -> str:
    """Return a title in the reader's language with the Danish one, which is what staff say."""
    own = _plain(text)
    return own if text.language == DANISH else f"{own} ({unescape(strip_tags(text.danish))})"
