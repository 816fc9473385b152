"""Danish phone numbers as readers see and dial them, and what is refused as a number."""

import pytest

from portal.facts import phones

FOREIGN_READERS = ["en", "de", "pl", "ru"]


@pytest.mark.parametrize(
    "typed", ["70 11 31 31", "70113131", " 7011 3131 ", "+45 70 11 31 31", "+4570113131", "0045 70113131"]
)
def test_danes_read_a_danish_number_in_pairs_without_country_code(typed):
    assert phones.in_words(typed, "da") == "70 11 31 31"


@pytest.mark.parametrize("language", FOREIGN_READERS)
def test_all_others_read_a_danish_number_with_its_country_code_because_their_phone_is_foreign(language):
    assert phones.in_words("70 11 31 31", language) == "+45 70 11 31 31"


@pytest.mark.parametrize("language", ["da", *FOREIGN_READERS])
@pytest.mark.parametrize("short", ["112", "114", "1813", "116 111"])
def test_short_numbers_stand_as_they_are_in_every_language(short, language):
    assert phones.in_words(short, language) == short


@pytest.mark.parametrize("language", ["da", *FOREIGN_READERS])
def test_a_foreign_number_keeps_its_country_code_even_for_danes(language):
    assert phones.in_words("+49 30 123456", language) == "+49 30 123456"


@pytest.mark.parametrize(
    ("value", "address"),
    [
        ("70 11 31 31", "tel:+4570113131"),
        ("0045 70 11 31 31", "tel:+4570113131"),
        ("+48 22 525 11 11", "tel:+48225251111"),
        ("112", "tel:112"),
        ("116 111", "tel:116111"),
    ],
)
def test_the_address_dials_from_abroad_except_for_short_numbers(value, address):
    assert phones.address(value) == address


@pytest.mark.parametrize("value", ["112", "114", "1813", "116 111", "70 11 31 31", "+45 70113131", "+48 22 525 11 11"])
def test_numbers_that_can_be_dialled_from_denmark_are_accepted(value):
    phones.check(value)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "   ",
        "ring nu",
        "70 11 31 3",
        "70 11 31",
        "70 11 31 31 1",
        "1",
        "+45 112",
        "+45 70 11 31 3",
        "70 11 31 31, 70 11 31 32",
        "70 11 31 31 / 70 11 31 32",
        "70 11 31 31 lok. 5",
        "ring 70 11 31 31",
        "7011DOKT",
        "٧٠ ١١ ٣١ ٣١",
        "¹¹²",
        "+999 12345678",
        "<b>112</b>",
        "70-11-31-31",
    ],
)
def test_what_is_no_single_number_is_refused_and_named(value):
    with pytest.raises(ValueError, match=r"is no (possible )?phone number") as refused:
        phones.check(value)
    assert repr(value) in str(refused.value)
