"""Opening hours in the words of five languages, and what is refused as opening hours."""

import datetime

import pytest

from portal.facts import opening_hours

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
        (
            "en",
            f"Monday, Wednesday: 10:00{NARROW}AM–12:00{NARROW}PM, 1:00{NARROW}PM–5:30{NARROW}PM; "
            f"Thursday: 10:00{NARROW}AM–6:00{NARROW}PM",
        ),
        ("de", "Montag, Mittwoch: 10:00–12:00, 13:00–17:30; Donnerstag: 10:00–18:00"),
        ("pl", "poniedziałek, środa: 10:00–12:00, 13:00–17:30; czwartek: 10:00–18:00"),
        ("ru", "понедельник, среда: 10:00–12:00, 13:00–17:30; четверг: 10:00–18:00"),
    ],
)
def test_several_days_times_and_rules_stay_in_their_order(language, expected):
    assert opening_hours.in_words("Mo,We 10:00-12:00,13:00-17:30; Th 10:00-18:00", language) == expected


@pytest.mark.parametrize(
    ("language", "value", "expected"),
    [
        ("da", "Sa off", "lukket: lørdag"),
        ("en", "Sa off", "closed: Saturday"),
        ("de", "Sa off", "geschlossen: Samstag"),
        ("pl", "Sa off", "nieczynne: sobota"),
        ("ru", "Sa off", "закрыто: суббота"),
        ("da", "Sa-Su,PH off", "lukket: lørdag–søndag, helligdage"),
        ("en", "Sa-Su,PH off", "closed: Saturday–Sunday, public holidays"),
        ("de", "Sa-Su,PH off", "geschlossen: Samstag–Sonntag, Feiertage"),
        ("pl", "Sa-Su,PH off", "nieczynne: sobota–niedziela, święta"),
        ("ru", "Sa-Su,PH off", "закрыто: суббота–воскресенье, праздничные дни"),
        ("da", "Su 00:00-24:00", "søndag: døgnet rundt"),
        ("en", "Su 00:00-24:00", "Sunday: day and night"),
        ("de", "Su 00:00-24:00", "Sonntag: rund um die Uhr"),
        ("pl", "Su 00:00-24:00", "niedziela: całą dobę"),
        ("ru", "Su 00:00-24:00", "воскресенье: круглосуточно"),
        ("da", "24/7", "døgnet rundt, alle ugens dage"),
        ("en", "24/7", "day and night, all week"),
        ("de", "24/7", "rund um die Uhr, an allen Tagen"),
        ("pl", "24/7", "całą dobę, przez cały tydzień"),
        ("ru", "24/7", "круглосуточно, без выходных"),
    ],
)
def test_closed_days_holidays_and_the_whole_day_are_said_in_words(catalogues, language, value, expected):
    assert opening_hours.in_words(value, language) == expected


def test_the_hours_of_the_out_of_hours_doctor_read_as_one_line(catalogues):
    value = "Mo-Fr 16:00-08:00; Sa-Su,PH 00:00-24:00"
    assert opening_hours.in_words(value, "da") == "mandag–fredag: 16.00–08.00; lørdag–søndag, helligdage: døgnet rundt"


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
        ("", ""),
        (";", ";"),
        ("Mo-Fr", "Mo-Fr"),
        ("Mo-Fr 9-15", "Mo-Fr 9-15"),
        ("man-fre 09:00-15:00", "man-fre 09:00-15:00"),
        ("Mo-Fr 25:00-26:00", "Mo-Fr 25:00-26:00"),
        ("Mo-Fr 09:60-10:00", "Mo-Fr 09:60-10:00"),
        ("Mo-Fr 24:30-25:00", "Mo-Fr 24:30-25:00"),
        ("Mo-Fr 09:00-15:00,", "Mo-Fr 09:00-15:00,"),
        ("Mo–Fr 09:00–15:00", "Mo–Fr 09:00–15:00"),
        ("Mo, We 09:00-15:00", "Mo, We 09:00-15:00"),
        ("PH", "PH"),
        ("Mo-Fr 09:00-15:00; Sat off", "Sat off"),
        ("24/7; PH off", "24/7"),
        ("hele dagen", "hele dagen"),
        ("Mo-Fr ٠٩:00-15:00", "Mo-Fr ٠٩:00-15:00"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_wrong_part_and_an_example(value, wrong):
    with pytest.raises(ValueError, match="is not like 'Mo-Fr 09:00-15:00; Sa off'") as refused:
        opening_hours.parse(value)
    assert repr(wrong) in str(refused.value)
