"""A schedule as people say it: "hver anden torsdag kl. 19–22 fra 15. oktober 2026".

Languages decline weekdays and put them where they like, so the catalogues hold whole phrases: "on Mondays" is "mandag" in
Danish, because the sentence around it is "hver mandag", and "w poniedziałki" in Polish.
"""

import datetime
from collections.abc import Iterable
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, format_interval, format_time
from babel.lists import format_list
from django.utils.translation import gettext, ngettext, override
from django.utils.translation import gettext_lazy as _

from .schedules import DAY, MIDNIGHT, Frequency, Schedule

MOST_DATES_NAMED = 6

ON_WEEKDAYS = [
    _("on Mondays"),
    _("on Tuesdays"),
    _("on Wednesdays"),
    _("on Thursdays"),
    _("on Fridays"),
    _("on Saturdays"),
    _("on Sundays"),
]
ON_NTH = {
    1: [
        _("on the first Monday"),
        _("on the first Tuesday"),
        _("on the first Wednesday"),
        _("on the first Thursday"),
        _("on the first Friday"),
        _("on the first Saturday"),
        _("on the first Sunday"),
    ],
    2: [
        _("on the second Monday"),
        _("on the second Tuesday"),
        _("on the second Wednesday"),
        _("on the second Thursday"),
        _("on the second Friday"),
        _("on the second Saturday"),
        _("on the second Sunday"),
    ],
    3: [
        _("on the third Monday"),
        _("on the third Tuesday"),
        _("on the third Wednesday"),
        _("on the third Thursday"),
        _("on the third Friday"),
        _("on the third Saturday"),
        _("on the third Sunday"),
    ],
    4: [
        _("on the fourth Monday"),
        _("on the fourth Tuesday"),
        _("on the fourth Wednesday"),
        _("on the fourth Thursday"),
        _("on the fourth Friday"),
        _("on the fourth Saturday"),
        _("on the fourth Sunday"),
    ],
    -1: [
        _("on the last Monday"),
        _("on the last Tuesday"),
        _("on the last Wednesday"),
        _("on the last Thursday"),
        _("on the last Friday"),
        _("on the last Saturday"),
        _("on the last Sunday"),
    ],
}


@lru_cache(maxsize=4096)
def in_words(schedule: Schedule, language: str) -> str:
    """Return the whole schedule in one sentence, which begins with a small letter and has no full stop."""
    with override(language):
        if schedule.frequency == Frequency.ONCE:
            return _once(schedule, language)
        time = _times(schedule, language)
        if schedule.frequency == Frequency.DATES:
            days = _dates([schedule.start_date, *schedule.extra_dates], language)
            return gettext("%(dates)s, %(time)s") % {"dates": days, "time": time}
        words = gettext("%(days)s, %(time)s, %(period)s") % {
            "days": _days(schedule, language),
            "time": time,
            "period": _period(schedule, language),
        }
        if schedule.skip_holidays:
            words = gettext("%(sentence)s, not on public holidays") % {"sentence": words}
        if schedule.extra_dates:
            dates = _dates(schedule.extra_dates, language)
            words = gettext("%(sentence)s, and also: %(dates)s") % {"sentence": words, "dates": dates}
        return words


@lru_cache(maxsize=4096)
def date_in_words(start: datetime.datetime, end: datetime.datetime, is_all_day: bool, language: str) -> str:
    """Return when one date is, by what the clock on the wall shows: "torsdag den 15. oktober 2026 kl. 19–22"."""
    with override(language):
        last_day = (end - DAY).date() if is_all_day else end.date()
        first, last = _full_date(start.date(), language), _full_date(last_day, language)
        if is_all_day:
            if last_day == start.date():
                return first
            return gettext("from %(start)s to %(end)s") % {"start": first, "end": last}
        if last_day == start.date() or (last_day == start.date() + DAY and end.time() <= start.time()):
            times = _from_to(start.time(), end.time(), language)
            return gettext("%(day)s, %(time)s") % {"day": first, "time": times}
        return gettext("from %(start)s to %(end)s") % {
            "start": gettext("%(day)s at %(time)s") % {"day": first, "time": _clock(start.time(), language)},
            "end": gettext("%(day)s at %(time)s") % {"day": last, "time": _clock(end.time(), language)},
        }


@lru_cache(maxsize=4096)
def hours_in_words(start: datetime.datetime, end: datetime.datetime, is_all_day: bool, language: str) -> str:
    """Return when a date is on the day under which it stands: "kl. 19–22"; of several days from when to when."""
    with override(language):
        if is_all_day and end - start == DAY:
            return gettext("all day")
        if not is_all_day and (end.date() == start.date() or end - start < DAY):
            return _from_to(start.time(), end.time(), language)
    last_day = (end - DAY).date() if is_all_day else end.date()
    return str(format_interval(start.date(), last_day, "MMMd", locale=language))


def _once(schedule: Schedule, language: str) -> str:
    last_day = schedule.start_date + schedule.end_day_offset * DAY
    start = datetime.datetime.combine(schedule.start_date, schedule.start_time or MIDNIGHT)
    end = datetime.datetime.combine(last_day, schedule.end_time or MIDNIGHT)
    return date_in_words(start, end + DAY if schedule.is_all_day else end, schedule.is_all_day, language)


# The days -------------------------------------------------------------------------------------------------------------


def _days(schedule: Schedule, language: str) -> str:
    """Return the days of a rule with their interval: "every other week on Thursdays"."""
    values = {"n": schedule.interval, "days": _weekdays(schedule, language), "day": schedule.start_date.day}
    return _day_pattern(schedule.frequency, schedule.interval, len(schedule.weekdays) == 1) % values


def _weekdays(schedule: Schedule, language: str) -> str:
    weekdays = sorted(schedule.weekdays)
    if schedule.frequency == Frequency.MONTHLY_NTH:
        order = sorted(schedule.nth, key=lambda nth: nth if nth > 0 else 5)
        return format_list([str(ON_NTH[nth][weekday]) for nth in order for weekday in weekdays], locale=language)
    return format_list([str(ON_WEEKDAYS[weekday]) for weekday in weekdays], locale=language)


def _day_pattern(frequency: str, interval: int, is_one_weekday: bool) -> str:  # noqa: PLR0911  one answer per kind
    """Return the phrase of a rule, with places for its days and its interval."""
    match frequency, interval:
        case Frequency.DAILY, 1:
            return gettext("every day")
        case Frequency.DAILY, 2:
            return gettext("every other day")
        case Frequency.DAILY, _:
            return ngettext("every %(n)d day", "every %(n)d days", interval)
        case Frequency.WEEKLY, 1:
            return gettext("every week %(days)s")
        case Frequency.WEEKLY, 2:
            return gettext("every other week %(days)s") if is_one_weekday else gettext("every two weeks %(days)s")
        case Frequency.WEEKLY, _:
            return ngettext("every %(n)d week %(days)s", "every %(n)d weeks %(days)s", interval)
        case Frequency.ODD_WEEKS, _:
            return gettext("in odd weeks %(days)s")
        case Frequency.EVEN_WEEKS, _:
            return gettext("in even weeks %(days)s")
        case Frequency.MONTHLY_NTH, 1:
            return gettext("%(days)s of the month")
        case Frequency.MONTHLY_NTH, _:
            return ngettext("every %(n)d month %(days)s", "every %(n)d months %(days)s", interval)
        case _, 1:
            return gettext("on day %(day)d of the month")
        case _:
            return ngettext("every %(n)d month on day %(day)d", "every %(n)d months on day %(day)d", interval)


def _period(schedule: Schedule, language: str) -> str:
    """Return from when to when."""
    first = _long_date(schedule.start_date, language)
    if schedule.until is not None:
        return gettext("from %(date)s to %(until)s") % {"date": first, "until": _long_date(schedule.until, language)}
    if schedule.count is not None:
        times = ngettext("%(n)d time", "%(n)d times", schedule.count) % {"n": schedule.count}
        return gettext("%(times)s from %(date)s") % {"times": times, "date": first}
    return gettext("from %(date)s") % {"date": first}


def _dates(dates: Iterable[datetime.date], language: str) -> str:
    """Return dates one by one, or where they are many their number."""
    days = sorted(set(dates))
    if len(days) <= MOST_DATES_NAMED:
        return format_list([_long_date(day, language) for day in days], locale=language)
    text = ngettext("%(n)d date from %(first)s to %(last)s", "%(n)d dates from %(first)s to %(last)s", len(days))
    return text % {"n": len(days), "first": _long_date(days[0], language), "last": _long_date(days[-1], language)}


def _long_date(day: datetime.date, language: str) -> str:
    return format_date(day, "long", locale=language)


def _full_date(day: datetime.date, language: str) -> str:
    return format_date(day, "full", locale=language)


# The times ------------------------------------------------------------------------------------------------------------


def _times(schedule: Schedule, language: str) -> str:
    """Return the times of a repeating schedule: "kl. 19–22"."""
    later, start, end = schedule.end_day_offset, schedule.start_time, schedule.end_time
    if start is None or end is None:
        if later == 0:
            return gettext("all day")
        return ngettext("for %(n)d day", "for %(n)d days", later + 1) % {"n": later + 1}
    words = _from_to(start, end, language)
    if later == 0 or (later == 1 and end <= start):
        return words
    if later == 1:
        return gettext("%(time)s (ends the next day)") % {"time": words}
    return ngettext("%(time)s (ends %(n)d day later)", "%(time)s (ends %(n)d days later)", later) % {
        "time": words,
        "n": later,
    }


def _from_to(start: datetime.time, end: datetime.time, language: str) -> str:
    """Return two times, without minutes where both are full hours."""
    if start.minute or end.minute:
        return gettext("%(start)s to %(end)s") % {"start": _clock(start, language), "end": _clock(end, language)}
    return gettext("%(start)s–%(end)s") % {"start": _hour(start, language), "end": _hour(end, language)}


def _clock(time: datetime.time, language: str) -> str:
    return format_time(time, "short", locale=language)


def _hour(time: datetime.time, language: str) -> str:
    """Return a full hour as the language counts hours: 19, or 7 PM."""
    counts_to_twelve = "a" in Locale.parse(language).time_formats["short"].pattern
    return format_time(time, "h a" if counts_to_twelve else "H", locale=language)
