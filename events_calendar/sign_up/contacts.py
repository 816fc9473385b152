"""How people are reached: addresses and numbers as they are stored, compared and never shown again."""

import phonenumbers
from django.utils.crypto import salted_hmac
from phonenumbers import PhoneNumberType

REGION = "DK"
SALT = "events_calendar.sign_up"
COSTLY = {PhoneNumberType.PREMIUM_RATE, PhoneNumberType.SHARED_COST}


def phone_number(typed: str) -> str:
    """Return a number as it is dialled from anywhere. Raises ValueError where it is none, or one that costs extra."""
    try:
        parsed = phonenumbers.parse(typed, REGION)
    except phonenumbers.NumberParseException as error:
        raise ValueError("no phone number") from error
    if not phonenumbers.is_valid_number(parsed) or phonenumbers.number_type(parsed) in COSTLY:
        raise ValueError("no phone number that can be called")
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def contact_key(email: str, phone: str) -> str:
    """Return what tells one person from another: of the e-mail, or of the phone where there is none."""
    contact = email.strip().lower() or phone
    return salted_hmac(SALT, contact, algorithm="sha256").hexdigest() if contact else ""
