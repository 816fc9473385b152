"""What the file of a starter activity must contain: nothing missing, nothing misspelt, and a schedule with dates."""

import datetime
import re

from django.utils.translation import override

from portal.starter.located import Mapping, Place
from portal.starter.shapes import Check, body, choice, flag, text, word, words
from portal.starter.texts import check_same_words, check_text, texts

from ..choices import SPOKEN_LANGUAGES, ActivityType, Audience, Registration
from ..schedule_checks import problems
from ..schedules import Frequency
from .days import NTHS, WEEKDAYS
from .fields import schedule_of

PAGE = {"title", "summary", "owner"}
ACTIVITY = {*PAGE, "type", "starts", "sign_up", "body"}
OPTIONAL = {
    "all_day",
    "time",
    "days",
    "repeats",
    "further_dates",
    "venue",
    "venue_note",
    "online",
    "organiser",
    "spoken",
    "interpreters",
    "audiences",
    "also_in",
    "price",
    "bring",
}
TIME = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d-(?:[01]\d|2[0-3]):[0-5]\d")
LINES = {
    "start_date": "starts",
    "start_time": "time",
    "end_time": "time",
    "end_day_offset": "days",
    "extra_dates": "further_dates",
}
"""Where the file says what a field of the schedule holds; all others are said under `repeats`."""
MOST_WEEKS, MOST_PLACES = 150, 10_000


def check_page(place: Place) -> None:
    """Raise Problem unless it is a page of the calendar that has only a title and a summary."""
    for name, part in place.fields(PAGE).items():
        CHECKS[name](part)


def check_activity(place: Place) -> None:
    """Raise Problem unless it is an activity that can be published."""
    fields = place.fields(ACTIVITY, OPTIONAL)
    for name, part in fields.items():
        CHECKS[name](part)
    if ("time" in fields) == ("all_day" in fields):
        fields["starts"].refuse("needs either “time” or “all_day”")
    if not {"venue", "online"} & fields.keys():
        place.refuse("needs “venue” or “online”: where is it?")
    for versions, line in texts(place.value):
        check_text(Place(place.path, line, "text", versions), is_plain=True)
    check_same_words(place)
    if {"repeats", "further_dates"} <= fields.keys():
        fields["further_dates"].refuse("has no place beside “repeats”")
    with override(None):  # in English, as all that is said of content files
        found = problems(schedule_of(place.value, datetime.date.today()))
    for field, reason in found.items():
        fields.get(LINES.get(field, "repeats"), fields["starts"]).refuse(f"makes no schedule: {reason}")


def _day(place: Place) -> None:
    fields = place.fields({"weekday"}, {"week", "month"})
    if len(fields) != 2:
        place.refuse("needs “weekday”, and either “week” or “month”")
    choice(list(WEEKDAYS))(fields["weekday"])
    if "week" in fields:
        _number(1, MOST_WEEKS)(fields["week"])
    else:
        _number(1, 12)(fields["month"])


def _days(place: Place) -> None:
    for item in place.items(at_least=1):
        _day(item)


def _time(place: Place) -> None:
    if not TIME.fullmatch(place.word()):
        place.refuse('must be like "19:00-21:30"')


def _number(least: int, most: int) -> Check:
    def check(place: Place) -> None:
        if type(place.value) is not int or not least <= place.value <= most:
            place.refuse(f"must be a number from {least} to {most}")

    return check


def _address(place: Place) -> None:
    if not place.word(500).startswith("https://example.org/"):
        place.refuse("must begin with https://example.org/: an example must lead nobody anywhere")


def _parts(required: set[str], optional: set[str]) -> Check:
    """Return a check for a mapping whose parts are checked by their names."""

    def check(place: Place) -> None:
        for name, part in place.fields(required, optional).items():
            PART_CHECKS[name](part)

    return check


def _sign_up(place: Place) -> None:
    _parts({"how"}, {"address", "places", "waiting_places", "opens_days_before", "closes_hours_before"})(place)
    how = place.value["how"]
    if ("address" in place.value) != (how == Registration.EXTERNAL):
        place.refuse("needs “address” where people sign up elsewhere, and only there")
    if how != Registration.HERE and set(place.value) - {"how", "address"}:
        place.refuse("has places only where people sign up here")


def _body(place: Place) -> None:
    body(place)
    for block in place.items(at_least=1):
        if isinstance(block.value, Mapping) and "contact" in block.value:
            block.refuse("of an example names no contact: nobody could answer for it")


PART_CHECKS: dict[str, Check] = {
    "how": lambda place: None,
    "interval": _number(1, 12),
    "weekdays": words(1, choice(list(WEEKDAYS))),
    "nth": words(1, choice(list(NTHS))),
    "until": _day,
    "count": _number(1, 400),
    "skip_holidays": flag,
    "name": word(120),
    "address": word(200),
    "places": _number(1, MOST_PLACES),
    "waiting_places": _number(0, MOST_PLACES),
    "opens_days_before": _number(0, 365),
    "closes_hours_before": _number(0, 24 * 60),
}


def _repeats(place: Place) -> None:
    _parts({"how"}, {"interval", "weekdays", "nth", "until", "count", "skip_holidays"})(place)
    choice([value for value in Frequency.values if value not in {Frequency.ONCE, Frequency.DATES}])(
        Place(place.path, place.value.lines["how"], "how", place.value["how"])
    )


def _sign_up_kind(place: Place) -> None:
    _sign_up(place)
    choice(Registration.values)(Place(place.path, place.value.lines["how"], "how", place.value["how"]))
    if place.value["how"] == Registration.EXTERNAL:
        _address(Place(place.path, place.value.lines["address"], "address", place.value["address"]))


CHECKS: dict[str, Check] = {
    "title": text(120, is_plain=True),
    "summary": text(300, is_plain=True),
    "owner": word(100),
    "type": choice(ActivityType.values),
    "starts": _day,
    "all_day": flag,
    "time": _time,
    "days": _number(1, 31),
    "repeats": _repeats,
    "further_dates": _days,
    "venue": _parts({"name"}, {"address"}),
    "venue_note": text(is_plain=True),
    "online": _address,
    "organiser": word(120),
    "spoken": words(1, choice(SPOKEN_LANGUAGES)),
    "interpreters": words(1, choice(SPOKEN_LANGUAGES)),
    "audiences": words(1, choice(Audience.values)),
    "also_in": words(1),
    "price": text(is_plain=True),
    "bring": text(is_plain=True),
    "sign_up": _sign_up_kind,
    "body": _body,
}
