"""When somebody can be tried again: inside the opening hours, on no closed day, while a colleague with the language is there."""

import datetime

from django.utils import timezone

from ..closed_days import closed_dates
from ..hours import DAY, interval, opening
from ..models import Closure, HotlineLine, Shift

SOONEST = datetime.timedelta(minutes=5)
GRID = 5
AHEAD = 15 * DAY
MOST = 12


def retry_times(line: HotlineLine, language: str, now: datetime.datetime | None = None) -> list[datetime.datetime]:
    """Return the next moments, a call apart, on a grid of five minutes: none that is chosen goes out of the list at once."""
    now = now or timezone.now()
    today = timezone.localdate(now)
    last = today + AHEAD
    closures = list(Closure.objects.filter(date_to__gte=today, date_from__lte=last))
    closed = closed_dates(closures, line.pk, today, last, undecided=True)
    shifts = Shift.objects.filter(line=line, date__gte=today, date__lte=last, staff__is_active=True)
    spoken = shifts.filter(staff__spoken__language=language).values_list("date", "start", "end")
    present = [time for shift in spoken if (time := interval(*shift, line.clock))]
    step = datetime.timedelta(minutes=max(GRID, line.slot_minutes // 2 // GRID * GRID))
    found: list[datetime.datetime] = []
    for window in opening(line.opening_rules.all(), closed, today, last, line.clock):
        moment = window.starts
        while moment <= window.ends - SOONEST and len(found) < MOST:
            if moment > now and any(one.starts <= moment <= one.ends - SOONEST for one in present):
                found.append(moment)
            moment += step
    return found
