"""What the page of a date says about its sign-up."""

import datetime
from dataclasses import dataclass

from django.utils import timezone

from ..models import ActivityPage, Occurrence
from .mails import moment_in_words
from .rules import Closed, closes_at, list_is_over, opens_at, why_closed


@dataclass(frozen=True)
class SignUpState:
    """Whether one can sign up, and how full it is."""

    is_open: bool
    is_here: bool
    is_over: bool
    opens: str
    """When it opens, where it has not yet."""
    closes: str
    """When it closes, where that is before the beginning."""
    free: int | None
    """How many places are left; None for no limit."""
    has_waiting_list: bool

    @property
    def is_full(self) -> bool:
        """Say whether no place is left."""
        return self.free == 0

    @property
    def takes_nobody(self) -> bool:
        """Say whether it is full and nobody can wait either."""
        return self.is_full and not self.has_waiting_list


def sign_up_state(occurrence: Occurrence, activity: ActivityPage, language: str) -> SignUpState:
    """Return it for a reader. No query of its own."""
    now = timezone.now()
    reason = why_closed(occurrence, activity, now)
    opens, closes = opens_at(occurrence, activity), closes_at(occurrence, activity)

    def words(moment: datetime.datetime | None) -> str:
        return moment_in_words(moment, occurrence, language) if moment else ""

    return SignUpState(
        is_open=reason is None,
        is_here=reason is not Closed.NOT_HERE,
        is_over=reason is Closed.OVER,
        opens=words(opens) if reason is Closed.NOT_YET else "",
        closes=words(closes) if reason is None and closes < occurrence.starts_at else "",
        free=None if occurrence.capacity is None else max(0, occurrence.capacity - occurrence.taken),
        has_waiting_list=activity.waiting_places > 0 and not list_is_over(occurrence, now),
    )
