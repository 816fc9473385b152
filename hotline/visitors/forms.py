"""The forms that visitors send: how to reach them and about what, and to find a call again by its reference."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from portal.cpr_numbers import refuse_cpr_number
from portal.reference_codes import LENGTH, typed_code
from portal.visitor_forms import UNSEEN, VisitorForm

from ..choices import Topic
from .phones import HOME, country_choices, is_country, read_number

LONGEST_TYPED = 200
DETAILS = ("name", "country", "phone", "email", "topic")
SEEN = ("name", "country", "phone", "email", "topic")


def countries() -> Any:
    """Return the countries in the reader's language."""
    return country_choices((get_language() or "da").split("-")[0])


class PhoneFields(forms.Form):
    """A country and a number, read together."""

    country = forms.ChoiceField(
        label=gettext_lazy("Country of the phone number"),
        choices=countries,
        initial=HOME,
        required=False,
        widget=forms.Select({"autocomplete": "country"}),
        error_messages={"invalid_choice": gettext_lazy("Choose a country from the list.")},
    )
    phone = forms.CharField(
        label=gettext_lazy("Phone number on which we call you"),
        max_length=LONGEST_TYPED,
        widget=forms.TextInput({"type": "tel", "autocomplete": "tel"}),
        help_text=gettext_lazy("Write it as you are used to. It need not be a Danish number."),
        error_messages={
            "required": gettext_lazy("Write the phone number on which we call you."),
            "max_length": gettext_lazy("Write one phone number, and nothing else."),
        },
    )

    def clean_phone(self) -> str:
        """Return it as it is dialled. What was typed stays in the form as it was."""
        country = self.cleaned_data.get("country") or HOME
        return read_number(self.cleaned_data["phone"], country if is_country(country) else HOME)


class DetailsForm(PhoneFields, VisitorForm):
    """Whom we call, and about what: asked for sparingly, and nothing in free words but a name."""

    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=60,
        widget=forms.TextInput({"autocomplete": "given-name"}),
        help_text=gettext_lazy("Your first name is enough."),
        error_messages={
            "required": gettext_lazy("Write your name, so that we know whom to ask for."),
            "max_length": gettext_lazy("Write only your first name."),
        },
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail (not required)"),
        required=False,
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email", "spellcheck": "false"}),
        help_text=gettext_lazy("You get a confirmation, a reminder, and a link to change or cancel."),
        error_messages={"invalid": gettext_lazy("This is no e-mail address. It looks like name@example.com.")},
    )
    topic = forms.ChoiceField(
        label=gettext_lazy("What is it about?"),
        choices=lambda: [("", _("Choose a topic")), *Topic.choices],
        error_messages={
            "required": gettext_lazy("Choose what the call is about."),
            "invalid_choice": gettext_lazy("Choose what the call is about."),
        },
    )

    field_order = ["name", "country", "phone", "email", "topic"]
    looks_like_a_machine = False
    """Somebody at the desk then decides about the booking (`hotline.held`)."""

    def clean(self) -> dict[str, Any]:
        """Take also what a program seems to have sent, and remember that it seems so."""
        self.looks_like_a_machine = UNSEEN in self.errors or bool(self.cleaned_data.get(UNSEEN))
        if not self.looks_like_a_machine or "form_key" in self.errors:
            return super().clean()
        self.errors.pop(UNSEEN, None)
        return self.cleaned_data

    def clean_name(self) -> str:
        """Keep it on one line, and without a number that nobody should write into a form."""
        name = " ".join(self.cleaned_data["name"].split())
        refuse_cpr_number(name)
        if sum(character.isdigit() for character in name) > 4:
            raise ValidationError(_("Write only your name here, without numbers."))
        return name

    def clean_email(self) -> str:
        """Refuse an address with a CPR number in it too."""
        refuse_cpr_number(self.cleaned_data["email"])
        return str(self.cleaned_data["email"])


class RecallForm(PhoneFields):
    """Finds a call by its reference and the phone number."""

    code = forms.CharField(
        label=gettext_lazy("Reference"),
        max_length=LONGEST_TYPED,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false", "class": "input--short"}),
        error_messages={"required": gettext_lazy("Write the reference that you got.")},
    )

    field_order = ["code", "country", "phone"]

    def clean_code(self) -> str:
        """Return it as it is stored."""
        return typed_code(self.cleaned_data["code"])[: LENGTH + 1]
