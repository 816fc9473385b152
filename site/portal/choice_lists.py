"""A model field for values out of a set, such as audiences or languages, and how to ask for one of them."""

import json
from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.text import capfirst
from django.utils.translation import gettext as _

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


def contains(column: str, value: str | int, vendor: str) -> tuple[str, list[Any]]:
    """Return the SQL that says whether a value stands in a list, and its values."""
    if vendor == "postgresql":
        return f"{column} @> %s::jsonb", [json.dumps([value])]
    return f"EXISTS (SELECT 1 FROM json_each({column}) WHERE value = %s)", [value]  # noqa: S608  a column of ours


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
        text, values = contains(column, self.rhs, connection.vendor)
        return text, [*parameters, *values]
