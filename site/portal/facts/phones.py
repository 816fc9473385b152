"""Danish phone numbers: checked, written as readers expect them, and as an address that a phone can dial."""

import phonenumbers

SHORT_NUMBER_DIGITS = 6
REGION = "DK"


def digits(value: str) -> str:
    """Return a number without the white space people type into it."""
    return "".join(value.split())


def is_short(value: str) -> bool:
    """Say whether this is a number such as 112 or 116 111, which works only inside the country."""
    return len(digits(value)) <= SHORT_NUMBER_DIGITS


def check(value: str) -> None:
    """Raise ValueError unless the number can exist in Denmark; short numbers need only be digits."""
    number = digits(value)
    if is_short(value) and number.isdigit():
        return
    try:
        parsed = phonenumbers.parse(number, REGION)
    except phonenumbers.NumberParseException as error:
        raise ValueError(f"{value!r} is no phone number") from error
    if not phonenumbers.is_possible_number(parsed):
        raise ValueError(f"{value!r} is no possible phone number")


def in_words(value: str, language: str) -> str:
    """Return the number as it is written: without the country code for Danish readers, with it for all others."""
    if is_short(value):
        return value
    style = phonenumbers.PhoneNumberFormat.NATIONAL if language == "da" else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(phonenumbers.parse(digits(value), REGION), style)


def address(value: str) -> str:
    """Return the `tel:` address (RFC 3966): global where the number works from abroad."""
    if is_short(value):
        return f"tel:{digits(value)}"
    return "tel:" + phonenumbers.format_number(
        phonenumbers.parse(digits(value), REGION), phonenumbers.PhoneNumberFormat.E164
    )
