"""Model fields for what a page lists: values out of a set, and dates."""

import datetime
import re
from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.admin.widgets import AdminAutoHeightTextInput

from .sql import has

Choices = Iterable[tuple[Any, Any]]


class ChoiceListField(models.JSONField):
    """A list of values out of a set that may change, edited as tick boxes and filtered with `field__has=value`."""

    def __init__(
        self, *args: Any, offered: Callable[[], Choices] = tuple, coerce: Callable[[str], Any] = str, **kwargs: Any
    ) -> None:
        """`offered` is asked for the choices whenever they are needed; `coerce` makes a value of what a form sends."""
        self.offered, self.coerce = offered, coerce
        kwargs.setdefault("default", list)
        super().__init__(*args, **kwargs)

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        """Refuse what is not offered."""
        super().validate(value, model_instance)
        offered = [choice for choice, _label in self.offered()]
        if not isinstance(value, list) or not all(one in offered for one in value):
            raise ValidationError(_("Choose from the list."))

    def formfield(self, **kwargs: Any) -> forms.Field:
        """Offer tick boxes."""
        return forms.TypedMultipleChoiceField(
            choices=self.offered,
            coerce=self.coerce,
            widget=forms.CheckboxSelectMultiple,
            required=not self.blank,
            label=capfirst(self.verbose_name),
            help_text=self.help_text,
        )


@ChoiceListField.register_lookup
class Has(models.Lookup):
    """`languages__has="pl"`: a list in which a value stands."""

    lookup_name = "has"
    prepare_rhs = False

    def as_postgresql(self, compiler: Any, connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:
        """Ask whether the list contains a list of the one value."""
        return self._as_sql(compiler, connection)

    def as_sqlite(self, compiler: Any, connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:
        """Look through the values of the list."""
        return self._as_sql(compiler, connection)

    def _as_sql(self, compiler: Any, connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:
        column, parameters = self.process_lhs(compiler, connection)
        text, values = has(column, self.rhs, connection.vendor)
        return text, [*parameters, *values]


# Dates ----------------------------------------------------------------------------------------------------------------

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
