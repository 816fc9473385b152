"""When somebody can be tried again: inside the opening hours, and on no closed day."""

import datetime

from django.utils import timezone

from ..closed_days import closed_dates
from ..hours import DAY, opening
from ..models import Closure, HotlineLine

SOONEST = datetime.timedelta(minutes=5)
GRID = 5
AHEAD = 15 * DAY
MOST = 12


def retry_times(line: HotlineLine, now: datetime.datetime | None = None) -> list[datetime.datetime]:
    """Return the next moments, a call apart, on a grid of five minutes: none that is chosen goes out of the list at once."""
    now = now or timezone.now()
    today = timezone.localdate(now)
    last = today + AHEAD
    closures = list(Closure.objects.filter(date_to__gte=today, date_from__lte=last))
    closed = closed_dates(closures, line.pk, today, last, undecided=True)
    step = datetime.timedelta(minutes=max(GRID, line.slot_minutes // 2 // GRID * GRID))
    found: list[datetime.datetime] = []
    for window in opening(line.opening_rules.all(), closed, today, last, line.clock):
        moment = window.starts
        while moment <= window.ends - SOONEST and len(found) < MOST:
            if moment > now:
                found.append(moment)
            moment += step
    return found
