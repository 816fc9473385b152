"""Phone numbers as people write them."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from hotline.visitors.phones import country_choices, read_number


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("typed", "country", "dialled"),
    [
        ("20 12 34 56", "DK", "+4520123456"),
        ("0045 20 12 34 56", "DK", "+4520123456"),
        ("+45 20-12-34-56", "PL", "+4520123456"),
        ("(+45) 20123456", "DK", "+4520123456"),
        ("٢٠١٢٣٤٥٦", "DK", "+4520123456"),
        ("601 234 567", "PL", "+48601234567"),
        ("+48 601 234 567", "DK", "+48601234567"),
        ("8 (912) 345-67-89", "RU", "+79123456789"),
        ("0171 2345678", "DE", "+491712345678"),
        ("  20\u00a012\u00a034\u00a056 ", "DK", "+4520123456"),
    ],
)
def test_what_people_write_is_understood(typed: str, country: str, dialled: str):
    assert read_number(typed, country) == dialled


@pytest.mark.parametrize(
    ("typed", "country", "says"),
    [
        ("601 234 567", "DK", "begin with + and the country code"),
        ("8 (912) 345-67-89", "DK", "begin with + and the country code"),
        ("12 34 56", "PL", "short number"),
        ("601 234 5678", "PL", "Check the country"),
        ("+45 20 12 34", "DK", "every digit"),
        ("112", "DK", "short number"),
        ("114", "DK", "short number"),
        ("999", "GB", "short number"),
        ("90 12 34 56", "DK", "cost extra"),
        ("0900 1234567", "DE", "cost extra"),
        ("20 12 34 56 ext. 12", "DK", "extension"),
        ("010190-1234", "DK", "CPR number"),
        ("call me", "DK", "no Danish phone number"),
        ("+", "DK", "every digit"),
    ],
)
def test_what_cannot_be_called_is_refused_with_what_to_do(typed: str, country: str, says: str):
    with pytest.raises(ValidationError) as refused:
        read_number(typed, country)
    assert says in refused.value.messages[0]


def test_denmark_and_poland_stand_first_and_all_countries_are_there():
    (_first, frequent), (_second, others) = country_choices("pl")
    assert frequent[:2] == (("DK", "Dania (+45)"), ("PL", "Polska (+48)"))
    assert len(frequent) + len(others) > 200
