"""Forms that anybody may send: without an account, without a cookie, and with nothing asked of a third party.

They act for nobody who is logged in, so no token in a cookie has to protect them. Programs that fill in forms are kept out
by a signed time, by a field that people do not see, and by `portal.throttle`. A form that was sent twice is known by its key.
Nobody is turned away in silence: whatever is refused comes back with everything that was written, and can be sent again.
"""

import time
import uuid
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

SALT = "portal.visitor_forms"
FASTEST = 3
"""Seconds. Nobody reads and fills in a form in less."""
LONGEST = 2 * 60 * 60
UNSEEN = "second_nickname"
"""A field that only programs fill in. Its name means nothing to browsers that complete addresses."""


class UnseenInput(forms.TextInput):
    """A field that is neither seen nor reached by keyboard nor read out; `components/visitor_form.html` hides it."""

    def __init__(self) -> None:
        super().__init__({"autocomplete": "off", "tabindex": "-1"})


class VisitorForm(forms.Form):
    """A form with what every one of them needs. `components/visitor_form.html` renders these three fields."""

    form_key = forms.UUIDField(widget=forms.HiddenInput)
    """The same whenever this form is sent again: what it led to is stored under it, once."""
    opened_at = forms.CharField(widget=forms.HiddenInput, max_length=200, required=False)
    second_nickname = forms.CharField(widget=UnseenInput, required=False, max_length=1000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["form_key"].initial = uuid.uuid4
        self.fields["opened_at"].initial = signed_now

    def clean(self) -> dict[str, Any]:
        """Refuse what a program sent, or what was opened too long ago; sent again by a person it passes."""
        super().clean()
        problem = self._problem()
        if problem:
            raise ValidationError(problem)
        return self.cleaned_data

    def _problem(self) -> str:
        if UNSEEN in self.errors or self.cleaned_data.get(UNSEEN):
            self._replace(UNSEEN, "")
            return _("Your browser filled in a field that people do not see. It is empty again: please send once more.")
        if "form_key" in self.errors:
            self.renew_key()
            return _("Please check what you wrote and send it again.")
        seconds = _seconds_open(self.cleaned_data.get("opened_at", ""))
        if seconds is None or seconds > LONGEST:
            self._replace("opened_at", signed_now())
            return _("The form was open for a long time. Please check what you wrote and send it again.")
        if seconds < FASTEST:
            return _("That was very quick. Please check what you wrote and send it again.")
        return ""

    def renew_key(self) -> None:
        """Make it another form, with all that was written: what was sent with the old key has its answer already."""
        self._replace("form_key", str(uuid.uuid4()))

    def _replace(self, name: str, value: str) -> None:
        """Give the form that is shown again what it needs in order to pass."""
        self.errors.pop(name, None)
        typed: Any = self.data
        self.data = typed = typed.copy()
        typed[self.add_prefix(name)] = value


def signed_now() -> str:
    """Return the time at which a form is opened, so that nobody can make up another."""
    return signing.Signer(salt=SALT).sign(str(int(time.time())))


def _seconds_open(signed: str) -> float | None:
    """Return for how long a form was open; None where we did not sign that."""
    try:
        return time.time() - int(signing.Signer(salt=SALT).unsign(signed))
    except (signing.BadSignature, ValueError):
        return None
