"""Fields of the form in which clubs write: they take dates and times as people type them."""

import datetime
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.cpr_numbers import refuse_cpr_number

from ..fields import read_date

TIME = re.compile(r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?", re.ASCII)


class PlainTextField(forms.CharField):
    """A text without a CPR number. Double square brackets would cite a fact, which a club does not mean."""

    def __init__(self, *, is_long: bool = False, **kwargs: Any) -> None:
        self.is_long = is_long
        if is_long:
            kwargs["widget"] = forms.Textarea({"rows": 5})
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Set no limit in the browser: it would cut off the rest of what is pasted without a word."""
        return {}

    def to_python(self, value: Any) -> str:
        """Return the text in lines without control characters; a short one in one line."""
        text = super().to_python(value) or ""
        text = text.replace("\r\n", "\n").replace("\r", "\n").replace("[[", "[").replace("]]", "]")
        text = "".join(sign for sign in text if sign == "\n" or sign.isprintable() or sign in "\t\u200d\ufe0f")
        return text.strip() if self.is_long else " ".join(text.split())

    def validate(self, value: Any) -> None:
        """Refuse a CPR number."""
        super().validate(value)
        refuse_cpr_number(value)


class DayField(forms.Field):
    """A day such as 24.12.2026, typed: a date picker would lose what it does not understand."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.TextInput({"autocomplete": "off"}), **kwargs)

    def to_python(self, value: Any) -> Any:
        """Return the day."""
        text = (value or "").strip()
        if not text:
            return None
        try:
            return read_date(re.sub(r"\s", "", text).rstrip("."))
        except ValueError as error:
            raise ValidationError(_("This is not a date. Write day, month and year, such as 24.12.2026.")) from error

    def prepare_value(self, value: Any) -> Any:
        """Show a day as it is typed."""
        return f"{value:%d.%m.%Y}" if isinstance(value, datetime.date) else value


class ClockField(forms.Field):
    """A time such as 19, 19.30 or 19:30."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, widget=forms.TextInput({"autocomplete": "off"}), **kwargs)

    def to_python(self, value: Any) -> Any:
        """Return the time."""
        text = (value or "").strip()
        if not text:
            return None
        match = TIME.fullmatch(text)
        if match is None or int(match["hour"]) > 23 or int(match["minute"] or 0) > 59:
            raise ValidationError(_("This is not a time. Write hours and minutes, such as 19:30."))
        return datetime.time(int(match["hour"]), int(match["minute"] or 0))

    def prepare_value(self, value: Any) -> Any:
        """Show a time as it is typed."""
        return f"{value:%H:%M}" if isinstance(value, datetime.time) else value


class LinkField(forms.URLField):
    """An address on the web; without https:// in front of it is meant all the same."""

    default_error_messages = {
        "invalid": gettext_lazy("This is not a web address. It looks like https://www.example.com.")
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            required=False,
            max_length=500,
            assume_scheme="https",
            widget=forms.TextInput({"inputmode": "url"}),
            **kwargs,
        )

    def validate(self, value: Any) -> None:
        """Take only addresses that a browser opens as a page."""
        super().validate(value)
        if value and not value.startswith(("https://", "http://")):
            raise ValidationError(self.error_messages["invalid"])
