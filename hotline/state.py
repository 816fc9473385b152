"""Whether the hotline is open, as every page says it: read once a minute by each process, and by no request more often."""

import datetime
import time
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from .closed_days import closed_dates
from .hours import DAY, Interval, opening
from .models import Closure, HotlineLine, StaffLanguage
from .models.lines import ClosureState

KEPT_SECONDS = 60
AHEAD = 35 * DAY
"""How far the pages know the opening times: longer than any page is kept anywhere."""

_kept: dict[str, Any] = {}


@dataclass(frozen=True, eq=False)
class Hours:
    """What is known of all hotlines for the coming weeks."""

    lines: list[HotlineLine]
    closures: list[Closure]
    languages: list[str]
    opening: list[Interval]

    @property
    def phones(self) -> list[str]:
        """Return the keys of the facts with the phone numbers."""
        return [line.phone_fact_id for line in self.lines if line.phone_fact_id]


def forget() -> None:
    """Read it anew with the next request."""
    _kept.clear()


def hours() -> Hours:
    """Return it as it was at most a minute ago."""
    now = time.monotonic()
    found = _kept.get("hours")
    if found is None or now - found[0] > KEPT_SECONDS:
        found = _kept["hours"] = (now, read())
    return found[1]


def read(now: datetime.datetime | None = None) -> Hours:
    """Read it from the database."""
    now = now or timezone.now()
    today = timezone.localdate(now)
    lines = list(
        HotlineLine.objects.filter(is_active=True).select_related("phone_fact").prefetch_related("opening_rules")
    )
    if not lines:
        return Hours([], [], [], [])
    last = today + AHEAD
    confirmed = Closure.objects.filter(state=ClosureState.CONFIRMED, date_to__gte=today, date_from__lte=last)
    closures = list(confirmed.order_by("date_from"))
    spoken = StaffLanguage.objects.filter(staff__is_active=True).values_list("language", flat=True).distinct()
    found = [
        one
        for line in lines
        for one in opening(
            line.opening_rules.all(),
            closed_dates(closures, line.pk, today, last, undecided=False),
            today,
            last,
            line.clock,
        )
        if one.ends > now
    ]
    return Hours(lines, closures, sorted(spoken), sorted(found))
