"""A schedule as people say it, in five languages."""

import datetime

import pytest

from events_calendar.schedule_words import date_in_words, in_words
from events_calendar.schedules import Schedule

START = datetime.date(2026, 10, 15)
EVENING = {"start_time": datetime.time(19), "end_time": datetime.time(22)}


def said(language: str, **fields: object) -> str:
    """Return the words, with ordinary spaces where the language puts thin ones."""
    words = in_words(Schedule(**{"start_date": START, **EVENING, **fields}), language)
    return " ".join(words.split())


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("da", "hver anden torsdag kl. 19–22 fra 15. oktober 2026"),
        ("en", "every other week on Thursdays, 7 PM–10 PM, from October 15, 2026"),
        ("de", "jeden zweiten Donnerstag, 19–22 Uhr, ab dem 15. Oktober 2026"),
        ("pl", "co dwa tygodnie w czwartki w godz. 19–22, od 15 października 2026"),
        ("ru", "раз в две недели по четвергам с 19 до 22 ч., с 15 октября 2026 г."),
    ],
)
def test_every_other_thursday(language, words):
    assert said(language, frequency="weekly", interval=2, weekdays=(3,)) == words


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("da", "tirsdag og torsdag i ulige uger kl. 09.30–11.00 fra 15. oktober 2026, ikke på helligdage"),
        ("de", "in ungeraden Wochen am Dienstag und Donnerstag, 09:30–11:00 Uhr, ab dem 15. Oktober 2026, "
               "nicht an Feiertagen"),
        ("pl", "w tygodnie nieparzyste we wtorki i w czwartki w godz. 09:30–11:00, od 15 października 2026, "
               "z wyjątkiem dni świątecznych"),
        ("ru", "по нечётным неделям по вторникам и по четвергам с 09:30 до 11:00, с 15 октября 2026 г., "
               "кроме праздничных дней"),
    ],
)  # fmt: skip
def test_odd_weeks(language, words):
    morning = {"start_time": datetime.time(9, 30), "end_time": datetime.time(11)}
    assert said(language, frequency="odd_weeks", weekdays=(3, 1), skip_holidays=True, **morning) == words


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("da", "den første søndag og den tredje søndag i måneden"),
        ("de", "am ersten Sonntag und am dritten Sonntag im Monat"),
        ("pl", "w pierwszą niedzielę i w trzecią niedzielę miesiąca"),
        ("ru", "в первое воскресенье и в третье воскресенье месяца"),
    ],
)
def test_ordinals_agree_with_their_weekday(language, words):
    assert said(language, frequency="monthly_nth", weekdays=(6,), nth=(3, 1)).startswith(words)


@pytest.mark.parametrize(
    ("language", "by_number"),
    [
        ("da", {1: "1 gang ", 2: "2 gange ", 5: "5 gange "}),
        ("pl", {1: "1 raz ", 2: "2 razy ", 5: "5 razy "}),
        ("ru", {1: "1 раз ", 2: "2 раза ", 5: "5 раз ", 22: "22 раза ", 25: "25 раз "}),
    ],
)
def test_numbers_of_times_have_the_right_plural(language, by_number):
    for number, words in by_number.items():
        assert words in said(language, frequency="weekly", weekdays=(0,), count=number)


@pytest.mark.parametrize(
    ("language", "by_number"),
    [
        ("pl", {3: "co 3 tygodnie", 5: "co 5 tygodni ", 12: "co 12 tygodni "}),
        ("ru", {3: "раз в 3 недели", 5: "раз в 5 недель", 12: "раз в 12 недель"}),
        ("da", {3: "hver 3. uge mandag"}),
    ],
)
def test_numbers_of_weeks_have_the_right_plural(language, by_number):
    for number, words in by_number.items():
        assert said(language, frequency="weekly", weekdays=(0,), interval=number).startswith(words)


def test_a_last_day_a_list_and_further_dates_are_named():
    assert said("da", frequency="weekly", weekdays=(3,), until=datetime.date(2027, 5, 1)).endswith("til 1. maj 2027")
    extra = (datetime.date(2026, 12, 1), datetime.date(2026, 11, 10))
    listed = said("da", frequency="dates", extra_dates=extra)
    assert listed == "15. oktober 2026, 10. november 2026 og 1. december 2026 kl. 19–22"
    text = said("da", frequency="weekly", weekdays=(3,), extra_dates=extra[:1])
    assert text.endswith("og desuden: 1. december 2026")


def test_many_dates_are_counted():
    extra = tuple(START + datetime.timedelta(days=number) for number in range(1, 9))
    assert said("pl", frequency="dates", extra_dates=extra).startswith("9 terminów od 15 października 2026 do ")


@pytest.mark.parametrize(
    ("start", "end", "all_day", "words"),
    [
        ("2026-10-15 19:00", "2026-10-15 22:00", False, "torsdag den 15. oktober 2026 kl. 19–22"),
        ("2026-10-16 22:00", "2026-10-17 02:00", False, "fredag den 16. oktober 2026 kl. 22–2"),
        ("2026-10-16 00:00", "2026-10-17 00:00", True, "fredag den 16. oktober 2026"),
        ("2026-10-16 00:00", "2026-10-19 00:00", True,
         "fra fredag den 16. oktober 2026 til søndag den 18. oktober 2026"),
        ("2026-10-16 18:00", "2026-10-18 15:00", False,
         "fra fredag den 16. oktober 2026 kl. 18.00 til søndag den 18. oktober 2026 kl. 15.00"),
    ],
)  # fmt: skip
def test_single_dates(start, end, all_day, words):
    start, end = datetime.datetime.fromisoformat(start), datetime.datetime.fromisoformat(end)
    assert date_in_words(start, end, all_day, "da") == words
