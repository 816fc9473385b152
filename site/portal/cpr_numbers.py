"""Keeps Danish personal identification numbers out of what visitors write."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

CPR_NUMBER = re.compile(
    r"(?<!\d)(0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])\d{2}[ \u00a0]?[-\u2010-\u2015]?[ \u00a0]?\d{4}(?!\d)"
)


def refuse_cpr_number(text: str) -> None:
    """Raise ValidationError where a text seems to have a CPR number in it: a birthday and four digits."""
    if CPR_NUMBER.search(text):
        raise ValidationError(
            _("This looks like a CPR number. Please remove it: we do not need it, and others would see it.")
        )
