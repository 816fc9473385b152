"""Danish phone numbers: checked, written as readers expect them, and as an address that a phone can dial."""

import re
from functools import lru_cache

import phonenumbers

SHORT_NUMBER_DIGITS = 6
REGION = "DK"
DANISH_COUNTRY_CODE = 45
SHORT_NUMBER = re.compile(r"1[0-9]+")  # every Danish short number begins with 1; "70 11 31" is a number cut short
NUMBER = re.compile(r"\+?[0-9]+")


def digits(value: str) -> str:
    """Return a number without the white space people type into it."""
    return "".join(value.split())


def is_short(value: str) -> bool:
    """Say whether this is a number such as 112 or 116 111, which works only inside the country."""
    return len(digits(value)) <= SHORT_NUMBER_DIGITS


def check(value: str) -> None:
    """Raise ValueError unless the number can be dialled from Denmark. One number, without letters or an extension."""
    number = digits(value)
    if is_short(value) and SHORT_NUMBER.fullmatch(number):
        return
    if not NUMBER.fullmatch(number):
        raise ValueError(f"{value!r} is no phone number")
    try:
        parsed = phonenumbers.parse(number, REGION)
    except phonenumbers.NumberParseException as error:
        raise ValueError(f"{value!r} is no phone number") from error
    if not phonenumbers.is_possible_number(parsed):
        raise ValueError(f"{value!r} is no possible phone number")


@lru_cache(maxsize=4096)
def in_words(value: str, language: str) -> str:
    """Return the number as it is written: a Danish one without country code for Danish readers, any other with it."""
    if is_short(value):
        return value
    number = phonenumbers.parse(digits(value), REGION)
    is_home = language == "da" and number.country_code == DANISH_COUNTRY_CODE
    style = phonenumbers.PhoneNumberFormat.NATIONAL if is_home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, style)


@lru_cache(maxsize=4096)
def address(value: str) -> str:
    """Return the `tel:` address (RFC 3966): global where the number works from abroad."""
    if is_short(value):
        return f"tel:{digits(value)}"
    return "tel:" + phonenumbers.format_number(
        phonenumbers.parse(digits(value), REGION), phonenumbers.PhoneNumberFormat.E164
    )
