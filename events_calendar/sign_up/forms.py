"""The forms that visitors send: to sign up, and to find a sign-up again without an e-mail."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.reference_codes import LENGTH, typed_code
from portal.visitor_forms import VisitorForm

from ..models.sign_ups import MOST_SEATS
from .contacts import phone_number

CPR = re.compile(r"\d{6}[-\s]?\d{4}")
LONGEST_TYPED = 200


def clean_phone(typed: str) -> str:
    """Return a number as it is dialled; raise what is shown at the field."""
    if not typed:
        return ""
    try:
        return phone_number(typed)
    except ValueError as error:
        text = _("This is no phone number that we can call. Begin a number from abroad with + and the country code.")
        raise ValidationError(text) from error


class SignUpForm(VisitorForm):
    """Who comes, with how many, and how to reach them: an e-mail address or a phone number is enough."""

    name = forms.CharField(
        label=gettext_lazy("First name"),
        max_length=60,
        widget=forms.TextInput({"autocomplete": "given-name"}),
        error_messages={"required": gettext_lazy("Write your first name.")},
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        required=False,
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email", "spellcheck": "false"}),
        help_text=gettext_lazy("You get a confirmation, a reminder, and a link to change or cancel."),
        error_messages={"invalid": gettext_lazy("This is no e-mail address. It looks like name@example.com.")},
    )
    phone = forms.CharField(
        label=gettext_lazy("Phone"),
        required=False,
        max_length=LONGEST_TYPED,
        widget=forms.TextInput({"type": "tel", "autocomplete": "tel"}),
        help_text=gettext_lazy("If you have no e-mail. Outside Denmark begin with + and the country code."),
    )
    seats = forms.IntegerField(
        label=gettext_lazy("How many people come?"),
        min_value=1,
        max_value=MOST_SEATS,
        initial=1,
        widget=forms.NumberInput({"inputmode": "numeric", "class": "input--short"}),
        help_text=gettext_lazy("Count yourself and your children."),
        error_messages={
            name: gettext_lazy("Write a number from 1 to 10.")
            for name in ("required", "invalid", "min_value", "max_value")
        },
    )

    def clean_name(self) -> str:
        """Keep it on one line, and without a number that nobody should write into a form."""
        name = " ".join(self.cleaned_data["name"].split())
        if CPR.search(name):
            raise ValidationError(_("Do not write your CPR number here. Your first name is enough."))
        return name

    def clean_phone(self) -> str:
        """Accept what can be called."""
        return clean_phone(self.cleaned_data["phone"])

    def clean(self) -> dict[str, Any]:
        """Ask for one way of reaching the person."""
        super().clean()
        values = self.cleaned_data
        if not {"email", "phone"} & self.errors.keys() and not values.get("email") and not values.get("phone"):
            self.add_error("email", _("Write an e-mail address or a phone number."))
        return values


class RecallForm(forms.Form):
    """Finds a sign-up by its reference and the phone number of the person."""

    code = forms.CharField(
        label=gettext_lazy("Reference"),
        max_length=LONGEST_TYPED,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false", "class": "input--short"}),
        error_messages={"required": gettext_lazy("Write the reference that you got.")},
    )
    phone = forms.CharField(
        label=gettext_lazy("Phone"),
        max_length=LONGEST_TYPED,
        widget=forms.TextInput({"type": "tel", "autocomplete": "tel"}),
        error_messages={"required": gettext_lazy("Write the phone number that you signed up with.")},
    )

    def clean_code(self) -> str:
        """Return it as it is stored."""
        return typed_code(self.cleaned_data["code"])[: LENGTH + 1]

    def clean_phone(self) -> str:
        """Accept what can be called."""
        return clean_phone(self.cleaned_data["phone"])
