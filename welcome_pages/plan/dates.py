"""From a length of time to a day."""

import datetime
from calendar import monthrange

from portal.facts.durations import parse


def day_after(start: datetime.date, duration: str) -> datetime.date | None:
    """Return the day a duration such as `P3M` after another; None where nobody can tell.

    Three months after 30 November is the last of February, as people count.
    """
    try:
        number, unit = parse(duration)
        if unit in "DW":
            return start + datetime.timedelta(days=number * (7 if unit == "W" else 1))
        months = start.month - 1 + number * (12 if unit == "Y" else 1)
        year, month = start.year + months // 12, months % 12 + 1
        return datetime.date(year, month, min(start.day, monthrange(year, month)[1]))
    except (ValueError, OverflowError):
        return None
