"""Phone numbers as people write them: understood by the rules of their country, stored as they are dialled from anywhere."""

from functools import lru_cache

import phonenumbers
from babel import Locale
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from phonenumbers import PhoneNumberType

from portal.cpr_numbers import CPR_NUMBER

HOME = "DK"
FREQUENT = ["DK", "PL", "DE", "UA", "RO", "LT", "BG", "LV", "SE", "NO", "GB", "NL"]
"""Where callers come from most; they stand first in the list."""
LONGEST_SHORT_NUMBER = 6
COSTLY = {
    PhoneNumberType.PREMIUM_RATE,
    PhoneNumberType.SHARED_COST,
    PhoneNumberType.UAN,
    PhoneNumberType.PAGER,
    PhoneNumberType.VOICEMAIL,
}


@lru_cache(maxsize=32)
def country_choices(language: str) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """Return the countries with their codes, in two groups: those that are chosen most, and all others by name."""
    names = Locale.parse(language).territories
    codes = phonenumbers.SUPPORTED_REGIONS

    def choice(region: str) -> tuple[str, str]:
        return region, f"{names.get(region, region)} (+{phonenumbers.country_code_for_region(region)})"

    others = sorted((choice(region) for region in codes if region not in FREQUENT), key=lambda pair: pair[1].casefold())
    return ("", tuple(map(choice, FREQUENT))), (_("All other countries"), tuple(others))


def is_country(region: str) -> bool:
    """Say whether numbers of this country are understood."""
    return region in phonenumbers.SUPPORTED_REGIONS


def read_number(typed: str, country: str) -> str:
    """Return a number as E.164. Raises ValidationError that says what to do."""
    text = " ".join(typed.split())
    digits = [character for character in text if character.isdigit()]
    if len(digits) <= LONGEST_SHORT_NUMBER and digits and not text.startswith(("+", "00")):
        raise ValidationError(
            _("This is a short number, such as 112. Write the whole number on which we can call you.")
        )
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException as error:
        raise ValidationError(_not_understood(text, country)) from error
    if number.extension:
        raise ValidationError(_("Leave out the extension. Write a number on which we can call you directly."))
    if not phonenumbers.is_valid_number(number):
        raise ValidationError(_not_understood(text, country))
    if phonenumbers.number_type(number) in COSTLY:
        raise ValidationError(_("Calls to this number cost extra, so we cannot call it. Write an ordinary number."))
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _not_understood(text: str, country: str) -> str:
    if CPR_NUMBER.search(text):
        return _("This looks like a CPR number. Do not write it here. Write the phone number on which we can call you.")
    if text.startswith(("+", "00")):
        return _("This number is too long, too short or mistyped. Check every digit after the country code.")
    if country == HOME:
        return _(
            "This is no Danish phone number: those have eight digits. If yours is from another country, choose the "
            "country, or begin with + and the country code."
        )
    return _(
        "This is no phone number of the country that you chose. Check the country and every digit, or begin with + and "
        "the country code."
    )
