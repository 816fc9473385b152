"""Lengths of time in the words of five languages, with the plural forms that numbers take there."""

import pytest

from portal.facts import durations

FORMS = {
    "da": {
        "D": "1 dag, 2 dage, 5 dage, 22 dage",
        "W": "1 uge, 2 uger, 5 uger, 22 uger",
        "M": "1 måned, 2 måneder, 5 måneder, 22 måneder",
        "Y": "1 år, 2 år, 5 år, 22 år",
    },
    "en": {
        "D": "1 day, 2 days, 5 days, 22 days",
        "W": "1 week, 2 weeks, 5 weeks, 22 weeks",
        "M": "1 month, 2 months, 5 months, 22 months",
        "Y": "1 year, 2 years, 5 years, 22 years",
    },
    "de": {
        "D": "1 Tag, 2 Tage, 5 Tage, 22 Tage",
        "W": "1 Woche, 2 Wochen, 5 Wochen, 22 Wochen",
        "M": "1 Monat, 2 Monate, 5 Monate, 22 Monate",
        "Y": "1 Jahr, 2 Jahre, 5 Jahre, 22 Jahre",
    },
    "pl": {
        "D": "1 dzień, 2 dni, 5 dni, 22 dni",
        "W": "1 tydzień, 2 tygodnie, 5 tygodni, 22 tygodnie",
        "M": "1 miesiąc, 2 miesiące, 5 miesięcy, 22 miesiące",
        "Y": "1 rok, 2 lata, 5 lat, 22 lata",
    },
    "ru": {
        "D": "1 день, 2 дня, 5 дней, 22 дня",
        "W": "1 неделя, 2 недели, 5 недель, 22 недели",
        "M": "1 месяц, 2 месяца, 5 месяцев, 22 месяца",
        "Y": "1 год, 2 года, 5 лет, 22 года",
    },
}
CASES = [
    pytest.param(f"P{number}{unit}", language, expected, id=f"{language}-P{number}{unit}")
    for language, units in FORMS.items()
    for unit, forms in units.items()
    for number, expected in zip((1, 2, 5, 22), forms.split(", "), strict=True)
]


@pytest.mark.parametrize(("value", "language", "expected"), CASES)
def test_a_length_takes_the_form_that_its_number_asks_for(value, language, expected):
    assert durations.in_words(value, language) == expected


@pytest.mark.parametrize(
    ("value", "language", "expected"),
    [
        ("P12D", "pl", "12 dni"),
        ("P12W", "pl", "12 tygodni"),
        ("P11D", "ru", "11 дней"),
        ("P21D", "ru", "21 день"),
        ("P112W", "pl", "112 tygodni"),
    ],
)
def test_the_teens_are_an_exception_in_polish_and_russian(value, language, expected):
    assert durations.in_words(value, language) == expected


def test_a_length_is_a_number_and_a_unit():
    assert durations.parse("P8W") == (8, "W")


@pytest.mark.parametrize(
    "value",
    [
        "",
        "5 dage",
        "5",
        "P5",
        "PD",
        "P0D",
        "P00D",
        "P5d",
        "p5D",
        "P-5D",
        "P1.5D",
        "P1Y2M",
        "PT5H",
        "P5D\n",
        " P5D",
        "P٥D",
    ],
)
def test_anything_else_is_refused_with_an_example(value):
    with pytest.raises(ValueError, match="is not like 'P5D'") as refused:
        durations.parse(value)
    assert repr(value) in str(refused.value)
