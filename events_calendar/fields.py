"""Model fields for the dates that a page lists."""

import datetime
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.admin.widgets import AdminAutoHeightTextInput

from portal.choice_lists import ChoiceListField

__all__ = ["ChoiceListField", "DateListField", "dates_of", "read_date"]  # migrations name all fields here

DATE_FORMS = [
    re.compile(r"(?P<day>\d{1,2})[./-](?P<month>\d{1,2})[./-](?P<year>\d{4})"),
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"),
]


def read_date(text: str) -> datetime.date:
    """Return the date that somebody typed: 24.12.2026, 24/12/2026, 24-12-2026 or 2026-12-24. Raises ValueError."""
    for form in DATE_FORMS:
        match = form.fullmatch(text)
        if match:
            return datetime.date(int(match["year"]), int(match["month"]), int(match["day"]))
    raise ValueError(f"{text!r} is not a date such as 24.12.2026")


class DateListWidget(AdminAutoHeightTextInput):
    """One date a line."""

    def format_value(self, value: Any) -> str:
        """Return stored dates as people write them, and what was typed as it is."""
        if not isinstance(value, list):
            return value or ""
        return "\n".join(f"{datetime.date.fromisoformat(day):%d.%m.%Y}" for day in value)


class DateListFormField(forms.Field):
    """The form field of `DateListField`."""

    widget = DateListWidget

    def to_python(self, value: Any) -> list[str]:
        """Return the dates in order and without repetition, and name the lines that are none."""
        lines = [line.strip() for line in re.split(r"[\n,;]", value or "") if line.strip()]
        days, wrong = set(), []
        for line in lines:
            try:
                days.add(read_date(line).isoformat())
            except ValueError:
                wrong.append(line)
        if wrong:
            raise ValidationError(
                _("Not a date: %(lines)s. Write one date a line, such as 24.12.2026.") % {"lines": ", ".join(wrong[:5])}
            )
        return sorted(days)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare dates and not the ways to write them."""
        try:
            return (initial or []) != self.to_python(data)
        except ValidationError:
            return True


class DateListField(models.JSONField):
    """A list of dates, stored as ISO 8601 and typed one a line."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", list)
        super().__init__(*args, **kwargs)

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        """Refuse anything that is no list of dates."""
        super().validate(value, model_instance)
        try:
            dates_of(value)
        except (TypeError, ValueError) as error:
            raise ValidationError(_("A list of dates is needed, such as 24.12.2026.")) from error

    def formfield(self, **kwargs: Any) -> forms.Field:
        """Offer an input with a line per date."""
        return DateListFormField(required=not self.blank, label=capfirst(self.verbose_name), help_text=self.help_text)


def dates_of(value: list[str]) -> tuple[datetime.date, ...]:
    """Return stored dates as dates. Raises TypeError or ValueError."""
    return tuple(datetime.date.fromisoformat(day) for day in value)
