"""What every page shows of the hotline: when it is open, its number, and the way to a booked call."""

import datetime
import json
from dataclasses import dataclass
from functools import lru_cache

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from django.utils.translation import gettext

from portal.facts import phones
from portal.pages.context import Link
from portal.pages.link_scope import LinkScope

from .choices import Topic
from .models import HotlinePage
from .state import Hours, hours
from .words import rule_in_words

TOPICS = {
    "foer-du-kommer": Topic.ARRIVAL,
    "ankomst": Topic.ARRIVAL,
    "foerste-maaned": Topic.ARRIVAL,
    "arbejde": Topic.WORK,
    "familie": Topic.FAMILY,
    "bolig": Topic.HOUSING,
    "sundhed": Topic.HEALTH,
    "penge-og-skat": Topic.TAX,
    "transport": Topic.TRANSPORT,
    "udrejse": Topic.LEAVING,
    "blanketter": Topic.FORMS,
    "virksomheder": Topic.COMPANY,
}
"""What a call is about that is booked from a page below these."""


@dataclass(frozen=True)
class HotlineBar:
    """What the line about the hotline says."""

    rule: str
    """When it is open as a rule; empty where no rule is stored."""
    intervals: str
    """The coming opening times, for the script: JSON, in minutes since 1970."""
    phone: str
    phone_address: str
    url: str
    booking_url: str
    carried: list[tuple[str, str]]
    """What a booking takes along from this page. Sent by a form: an address for each page would be one more to crawl."""


def hotline_bar(scope: LinkScope | None, page: object = None) -> HotlineBar | None:
    """Return it from where the reader is; None where there is no hotline. No query, but for one read a minute."""
    if scope is None or scope.home is None:
        return None
    kind = ContentType.objects.get_for_model(HotlinePage).pk
    row = next((row for row in scope.top if row.content_type_id == kind), None)
    known = hours() if row is not None else None
    if row is None or known is None or not known.lines:
        return None
    url = scope.path_for(row.url_path)
    number = next((line.phone_fact.value for line in known.lines if line.phone_fact), "")
    today = timezone.localdate()
    return HotlineBar(
        rule=_rules(known, scope.language, today),
        intervals=_intervals(known),
        phone=phones.in_words(number, scope.language) if number else "",
        phone_address=phones.address(number) if number else "",
        url=url,
        booking_url=f"{url}book/",
        carried=_carried(page),
    )


@lru_cache(maxsize=32)
def _rules(known: Hours, language: str, today: datetime.date) -> str:
    return "; ".join(filter(None, (rule_in_words(line, language, today) for line in known.lines)))


@lru_cache(maxsize=4)
def _intervals(known: Hours) -> str:
    pairs = [[int(one.starts.timestamp() // 60), int(one.ends.timestamp() // 60)] for one in known.opening]
    return json.dumps(pairs, separators=(",", ":"))


def _carried(page: object) -> list[tuple[str, str]]:
    """Return the topic of a page, and the page itself."""
    path, pk = getattr(page, "url_path", "") or "", getattr(page, "pk", None)
    topic = next((TOPICS[slug] for slug in path.split("/") if slug in TOPICS), None)
    return [("topic", topic.value), ("about", str(pk))] if topic and pk else []


def help_link(scope: LinkScope) -> list[Link]:
    """Offer a booked call where the search found nothing."""
    bar = hotline_bar(scope)
    return [Link(bar.booking_url, gettext("Book a call"), scope.language)] if bar else []
