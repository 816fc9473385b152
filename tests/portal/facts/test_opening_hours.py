"""Opening hours in the words of five languages, and what is refused as opening hours."""

import datetime

import pytest
from django.utils.translation import gettext, override

from portal.facts import opening_hours

LANGUAGES = ["da", "en", "de", "pl", "ru"]
NARROW = "\u202f"  # the space that English puts before AM and PM


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("da", "mandag–fredag: 09.00–15.00"),
        ("en", f"Monday–Friday: 9:00{NARROW}AM–3:00{NARROW}PM"),
        ("de", "Montag–Freitag: 09:00–15:00"),
        ("pl", "poniedziałek–piątek: 09:00–15:00"),
        ("ru", "понедельник–пятница: 09:00–15:00"),
    ],
)
def test_a_working_week_reads_as_people_write_it(language, expected):
    assert opening_hours.in_words("Mo-Fr 09:00-15:00", language) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("da", "mandag, onsdag: 10.00–12.00, 13.00–17.30; torsdag: 10.00–18.00"),
        ("en", f"Monday, Wednesday: 10:00{NARROW}AM–12:00{NARROW}PM, 1:00{NARROW}PM–5:30{NARROW}PM; "
               f"Thursday: 10:00{NARROW}AM–6:00{NARROW}PM"),
        ("de", "Montag, Mittwoch: 10:00–12:00, 13:00–17:30; Donnerstag: 10:00–18:00"),
        ("pl", "poniedziałek, środa: 10:00–12:00, 13:00–17:30; czwartek: 10:00–18:00"),
        ("ru", "понедельник, среда: 10:00–12:00, 13:00–17:30; четверг: 10:00–18:00"),
    ],
)
def test_several_days_times_and_rules_stay_in_their_order(language, expected):
    assert opening_hours.in_words("Mo,We 10:00-12:00,13:00-17:30; Th 10:00-18:00", language) == expected


@pytest.mark.parametrize(
    ("language", "day"), [("da", "lørdag"), ("en", "Saturday"), ("de", "Samstag"), ("pl", "sobota"), ("ru", "суббота")]
)
def test_a_closed_day_is_said_with_the_name_of_the_day(language, day):
    with override(language):
        expected = gettext("closed: %(days)s") % {"days": day}
    assert opening_hours.in_words("Sa off", language) == expected
    assert day in expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_public_holidays_are_named_in_the_language(language):
    with override(language):
        expected = gettext("closed: %(days)s") % {"days": gettext("public holidays")}
    assert opening_hours.in_words("PH off", language) == expected


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("value", ["Su 00:00-24:00", "Su 00:00-00:00"])
def test_a_whole_day_says_so_instead_of_midnight_to_midnight(value, language):
    words = opening_hours.in_words(value, language)
    assert not any(character.isdigit() for character in words)
    with override(language):
        assert gettext("%(days)s: day and night").partition("%(days)s")[2] in words


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_the_time_needs_no_days(language):
    with override(language):
        assert opening_hours.in_words("24/7", language) == gettext("day and night, all week")


@pytest.mark.parametrize(
    ("language", "expected"), [("da", "fredag–mandag: 16.00–08.00"), ("pl", "piątek–poniedziałek: 16:00–08:00")]
)
def test_a_range_may_pass_the_end_of_the_week_and_midnight(language, expected):
    assert opening_hours.in_words("Fr-Mo 16:00-08:00", language) == expected


def test_a_value_is_a_list_of_rules_with_days_and_times():
    rules = opening_hours.parse("Mo-Fr,PH 09:00-15:00; Sa off;")
    assert [(rule.days, rule.times) for rule in rules] == [
        (("Mo-Fr", "PH"), ((datetime.time(9), datetime.time(15)),)),
        (("Sa",), ()),
    ]


@pytest.mark.parametrize(
    ("value", "wrong"),
    [
        ("", ""), (";", ";"), ("Mo-Fr", "Mo-Fr"), ("Mo-Fr 9-15", "Mo-Fr 9-15"),
        ("man-fre 09:00-15:00", "man-fre 09:00-15:00"),
        ("Mo-Fr 25:00-26:00", "Mo-Fr 25:00-26:00"), ("Mo-Fr 09:60-10:00", "Mo-Fr 09:60-10:00"),
        ("Mo-Fr 24:30-25:00", "Mo-Fr 24:30-25:00"), ("Mo-Fr 09:00-15:00,", "Mo-Fr 09:00-15:00,"),
        ("Mo–Fr 09:00–15:00", "Mo–Fr 09:00–15:00"), ("Mo, We 09:00-15:00", "Mo, We 09:00-15:00"), ("PH", "PH"),
        ("Mo-Fr 09:00-15:00; Sat off", "Sat off"), ("24/7; PH off", "24/7"), ("hele dagen", "hele dagen"),
        ("Mo-Fr ٠٩:00-15:00", "Mo-Fr ٠٩:00-15:00"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_wrong_part_and_an_example(value, wrong):
    with pytest.raises(ValueError, match="is not like 'Mo-Fr 09:00-15:00; Sa off'") as refused:
        opening_hours.parse(value)
    assert repr(wrong) in str(refused.value)
