"""What the page of one date shows beyond its activity, to readers and to programs (schema.org)."""

import datetime
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from portal.facts.rendering import plain
from portal.pages.context import Head, LanguageLink, Link
from portal.pages.link_scope import LinkScope
from portal.qr_code import svg

from .agenda import full_date
from .listings import remark_for
from .schedule_words import date_in_words

if TYPE_CHECKING:
    from .models import ActivityPage, Occurrence

FREE = frozenset({"gratis", "0", "0 kr"})
"""What editors write as the Danish price of what is free. Any other price is not a number and is not claimed to be one."""
ESCAPED = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def occurrence_context(page: "ActivityPage", occurrence: "Occurrence", context: dict[str, Any]) -> dict[str, Any]:
    """Return what the template of a date shows, over the context of its activity. No query of its own."""
    scope: LinkScope = context["scope"]
    path = scope.path_for(page.url_path)
    url = f"{settings.BASE_URL}{path}{occurrence.slug}/"
    remark, remark_language = remark_for(occurrence.remark, scope.language)
    words = _words(occurrence, scope.language)
    is_over = occurrence.ends_at <= timezone.now()
    return {
        "occurrence": occurrence,
        "date_words": words,
        "moved_from": full_date(occurrence.original_date, scope.language) if occurrence.is_override else "",
        "place": "" if occurrence.place.startswith(("https://", "http://")) else occurrence.place,
        "is_over": is_over,
        "date_remark": remark,
        "date_remark_language": remark_language,
        "file_url": f"{path}{occurrence.slug}.ics",
        "date_url": url,
        "mail_url": f"mailto:?subject={quote(page.title)}&body={quote(f'{page.title}, {words}: {url}')}",
        "qr_code": svg(url, _("Address of this page")),
        "json_ld": event_data(page, occurrence, url, context["text_language"]),
        "switcher": [replace(link, url=_below(link.url, occurrence.slug)) for link in context["switcher"]],
        "danish_url": _below(context["danish_url"], occurrence.slug) if context["danish_url"] else "",
        "head": _head(context["head"], occurrence.slug, url, is_shown=not is_over and occurrence.removed_at is None),
        "breadcrumbs": [*context["breadcrumbs"], Link(path, page.title, context["text_language"])],
    }


def _words(occurrence: "Occurrence", language: str) -> str:
    return date_in_words(occurrence.local_start, occurrence.local_end, occurrence.all_day, language)


def _below(address: str, slug: str) -> str:
    path, mark, query = address.partition("?")
    return f"{path}{slug}/{mark}{query}"


def _head(head: Head, slug: str, url: str, *, is_shown: bool) -> Head:
    """Return the head of the activity for one of its dates: its own canonical address, which search engines may show.

    They list events by their own addresses and dates. Once a date is over, or not in the schedule any more, it is not
    indexed: nobody shall find an invitation to the past. The activity is indexed all the time.
    """
    alternates: list[LanguageLink] = [replace(link, url=_below(link.url, slug)) for link in head.alternates]
    default = _below(head.default_url, slug) if head.default_url else ""
    if not is_shown:
        return Head(url, [], "", is_indexed=False)
    return Head(url, alternates, default, is_indexed=head.is_indexed)


# For programs -------------------------------------------------------------------------------------------------------------


def event_data(page: "ActivityPage", occurrence: "Occurrence", url: str, language: str) -> SafeString:
    """Return the date as schema.org describes events, safe inside a script element. What is not known is left out.

    An example is no event: nothing is returned.
    """
    activity = page.danish
    if activity.is_example:
        return mark_safe("")
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Event",
        "@id": f"urn:uuid:{occurrence.uid}",
        "name": page.title,
        "description": plain(page.summary),
        "url": url,
        "startDate": _moment(occurrence.starts_at, occurrence.local_start, occurrence.all_day, activity.zone),
        "endDate": _moment(
            occurrence.ends_at,
            occurrence.local_end - datetime.timedelta(days=1) if occurrence.all_day else occurrence.local_end,
            occurrence.all_day,
            activity.zone,
        ),
        "eventStatus": f"https://schema.org/{_status(occurrence)}",
        "eventAttendanceMode": f"https://schema.org/{_attendance(activity)}",
        "location": _locations(occurrence),
        "inLanguage": activity.spoken_languages,
        "organizer": _organiser(activity),
    }
    if occurrence.is_override:
        data["previousStartDate"] = occurrence.original_date.isoformat()
    if activity.price.strip(" .,-").lower() in FREE:
        data["isAccessibleForFree"] = True
    if occurrence.capacity is not None:
        data["maximumAttendeeCapacity"] = occurrence.capacity
        data["remainingAttendeeCapacity"] = max(0, occurrence.capacity - occurrence.taken)
    known = {name: value for name, value in data.items() if value not in ("", [], None)}
    return mark_safe(json.dumps(known, ensure_ascii=False).translate(ESCAPED))  # nothing in it can end the element


def _moment(moment: datetime.datetime, local: datetime.datetime, is_all_day: bool, zone: str) -> str:
    return local.date().isoformat() if is_all_day else moment.astimezone(ZoneInfo(zone)).isoformat(timespec="minutes")


def _status(occurrence: "Occurrence") -> str:
    if occurrence.is_cancelled:
        return "EventCancelled"
    return "EventRescheduled" if occurrence.is_override else "EventScheduled"


def _attendance(activity: "ActivityPage") -> str:
    if not activity.online_url:
        return "OfflineEventAttendanceMode"
    return "MixedEventAttendanceMode" if activity.venue_name else "OnlineEventAttendanceMode"


def _locations(occurrence: "Occurrence") -> Any:
    activity = occurrence.activity
    found: list[dict[str, str]] = []
    if occurrence.override_place:
        found.append({"@type": "Place", "name": occurrence.override_place, "address": occurrence.override_place})
    elif activity.venue_name or activity.venue_address:
        address = activity.venue_address or activity.venue_name
        found.append({"@type": "Place", "name": activity.venue_name or address, "address": address})
    if activity.online_url:
        found.append({"@type": "VirtualLocation", "url": activity.online_url})
    return found[0] if len(found) == 1 else found


def _organiser(activity: "ActivityPage") -> dict[str, str] | None:
    if activity.organiser is None:
        return None
    found = {"@type": "Organization", "name": activity.organiser.name}
    return {**found, "url": activity.organiser.website} if activity.organiser.website else found
