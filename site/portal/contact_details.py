"""Keeps e-mail addresses and phone numbers out of texts that are kept, and that others read."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

EMAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+\.\w{2,}")
DATE = re.compile(r"(?<!\d)(?:\d{1,2}[./-] ?\d{1,2}[./-] ?(?:\d{4}|\d{2})|\d{4}-\d{2}-\d{2})(?!\d)")
LONG_NUMBER = re.compile(r"(?<!\d)\d(?:[ \u00a0()./\u2010-\u2015-]{0,3}\d){7,}")
"""Eight digits or more, however they are grouped: a phone number, of whatever country, or the number of a case."""


def refuse_contact_details(text: str) -> None:
    """Raise ValidationError where a text seems to have an e-mail address or a phone number in it. Dates are none."""
    if EMAIL.search(text):
        raise ValidationError(_("There is an e-mail address in this text. Please remove it: the text is kept."))
    if LONG_NUMBER.search(DATE.sub(" | ", text)):
        raise ValidationError(
            _("This looks like a phone number or another long number. Please remove it: the text is kept.")
        )
