"""When people may sign up, and when a free place is offered to whom."""

import datetime
from enum import Enum

from ..choices import Registration
from ..models import ActivityPage, Occurrence

HOUR = datetime.timedelta(hours=1)
ASKED_FROM = 24 * HOUR
"""From this time before the beginning on, nobody gets a place without being asked: they may have other plans by now."""
LAST_OFFER = 3 * HOUR
LONG_OFFER, SHORT_OFFER = 12 * HOUR, 2 * HOUR


class Closed(Enum):
    """Why nobody can sign up for a date."""

    NOT_HERE = "not here"
    OFF = "off"
    NOT_YET = "not yet"
    OVER = "over"


def opens_at(occurrence: Occurrence, activity: ActivityPage) -> datetime.datetime | None:
    """Return when sign-up opens, None where it always was."""
    if activity.opens_days_before is None:
        return None
    return occurrence.starts_at - datetime.timedelta(days=activity.opens_days_before)


def closes_at(occurrence: Occurrence, activity: ActivityPage) -> datetime.datetime:
    """Return when sign-up closes: at the latest when it begins."""
    return occurrence.starts_at - activity.closes_hours_before * HOUR


def is_listed(activity: ActivityPage) -> bool:
    """Say whether places are given out here at all."""
    return activity.registration == Registration.HERE


def why_closed(occurrence: Occurrence, activity: ActivityPage, now: datetime.datetime) -> Closed | None:
    """Return why nobody can sign up now, None where everybody can."""
    if not is_listed(activity):
        return Closed.NOT_HERE
    if occurrence.is_cancelled or not occurrence.published:
        return Closed.OFF
    opens = opens_at(occurrence, activity)
    if opens is not None and now < opens:
        return Closed.NOT_YET
    return Closed.OVER if now >= closes_at(occurrence, activity) else None


def takes_place_later(occurrence: Occurrence, now: datetime.datetime) -> bool:
    """Say whether anything can still change for those who signed up."""
    return occurrence.published and not occurrence.is_cancelled and occurrence.starts_at > now


def list_is_over(occurrence: Occurrence, now: datetime.datetime) -> bool:
    """Say whether nobody moves up from the waiting list any more: in the last hours a free place is for whoever comes."""
    return occurrence.starts_at - now <= LAST_OFFER


def gives_places(occurrence: Occurrence, activity: ActivityPage, now: datetime.datetime) -> bool:
    """Say whether free places go to the waiting list now. An activity without sign-up keeps its list as it is."""
    return is_listed(activity) and takes_place_later(occurrence, now) and not list_is_over(occurrence, now)


def offer_until(
    occurrence: Occurrence, activity: ActivityPage, now: datetime.datetime, *, can_answer: bool
) -> datetime.datetime | None:
    """Return until when a place is offered, None where it is simply given. Who gets no mail cannot answer one."""
    left = occurrence.starts_at - now
    if not can_answer:
        return None
    if left <= ASKED_FROM:
        return now + SHORT_OFFER
    return now + min(LONG_OFFER, left - LAST_OFFER) if activity.offers_places else None


def has_room(occurrence: Occurrence, seats: int) -> bool:
    """Say whether so many people more fit."""
    return occurrence.capacity is None or occurrence.taken + seats <= occurrence.capacity
