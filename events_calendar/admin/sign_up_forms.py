"""The forms by which staff change the sign-ups of a date."""

import uuid
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.facts.per_language import PerLanguageFormField, language_name, site_languages

from ..models.sign_ups import MOST_SEATS
from ..sign_up.forms import LONGEST_TYPED, clean_phone


def _languages() -> list[tuple[str, str]]:
    return [(code, language_name(code)) for code in site_languages()]


class KeyedForm(forms.Form):
    """A form that does what it does once, however often it is sent."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def renew_key(self) -> None:
        """Make it another form, with all that was written."""
        typed: Any = self.data
        self.data = typed = typed.copy()
        typed[self.add_prefix("form_key")] = str(uuid.uuid4())


class AddForm(KeyedForm):
    """Somebody who called or came by. Staff need no contact, and then nobody can be told of changes."""

    name = forms.CharField(label=_("First name"), max_length=60)
    seats = forms.IntegerField(label=_("People"), min_value=1, max_value=MOST_SEATS, initial=1)
    email = forms.EmailField(label=_("E-mail"), required=False)
    phone = forms.CharField(label=_("Phone"), required=False, max_length=LONGEST_TYPED)
    language = forms.ChoiceField(label=_("Language of the mails"), choices=_languages, initial=settings.LANGUAGE_CODE)

    def clean_phone(self) -> str:
        """Accept what can be called."""
        return clean_phone(self.cleaned_data["phone"])


class CapacityForm(forms.Form):
    """How many places one date has. The hidden number keeps two people from undoing each other's work unseen."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    capacity = forms.IntegerField(
        label=_("places"),
        min_value=1,
        max_value=100_000,
        help_text=_("For this date only. People on the waiting list move up by themselves."),
    )


class MessageForm(KeyedForm):
    """A message to all who signed up, in Danish and in whatever other languages somebody writes it."""

    also_waiting = forms.BooleanField(label=_("Also to those on the waiting list"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        to_whom = self.fields.pop("also_waiting")
        self.fields["subject"] = PerLanguageFormField(site_languages, label=_("Subject"))
        for code in site_languages():
            self.fields[f"text_{code}"] = forms.CharField(
                label=gettext("Text: %(language)s") % {"language": language_name(code)},
                required=code == settings.LANGUAGE_CODE,
                max_length=5000,
                widget=forms.Textarea({"rows": 4, "lang": code}),
                help_text="" if code == settings.LANGUAGE_CODE else _("Empty: these people get the Danish text."),
            )
        self.fields["also_waiting"] = to_whom

    def clean_subject(self) -> dict[str, str]:
        """Ask for the Danish subject: it is what every other language falls back to."""
        subject: dict[str, str] = self.cleaned_data["subject"]
        if not subject.get(settings.LANGUAGE_CODE):
            raise forms.ValidationError(_("Write at least the Danish text."))
        return subject
