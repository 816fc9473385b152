"""The public holidays of Denmark, on which a schedule may skip its dates."""

import datetime
from functools import lru_cache

import holidays


def public_holidays(first: datetime.date, last: datetime.date) -> frozenset[datetime.date]:
    """Return the public holidays of all years between two days. 24 and 31 December, 1 May and 5 June are none."""
    return frozenset().union(*(_of_year(year) for year in range(first.year, last.year + 1)))


@lru_cache(maxsize=256)
def _of_year(year: int) -> frozenset[datetime.date]:
    return frozenset(holidays.country_holidays("DK", years=year))
