"""The words by which guides are sorted: for whom, and at which level of government."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


class Audience(models.TextChoices):
    """Whom a guide applies to. The first four are mutually exclusive legal situations."""

    NORDIC = "nordic", _("Nordic citizens")
    EU = "eu", _("EU, EEA and Swiss citizens")
    PERMIT = "permit", _("People with a residence permit")
    COMMUTER = "commuter", _("Cross-border commuters")
    FAMILY = "family", _("Families")
    STUDENT = "student", _("Students")
    EMPLOYER = "employer", _("Employers")


class Level(models.TextChoices):
    """Who sets the rules of a guide."""

    NATIONAL = "national", _("The same in all of Denmark")
    REGIONAL = "regional", _("Holds in the Central Denmark Region")
    LOCAL = "local", _("Differs between municipalities")


class ChoicesField(models.JSONField):
    """A list of values out of a set of choices, edited as tick boxes."""

    def __init__(self, *args: Any, values: type[models.TextChoices] | None = None, **kwargs: Any) -> None:
        self.values = values
        kwargs.setdefault("default", list)
        super().__init__(*args, **kwargs)

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        """Refuse what is not among the choices."""
        super().validate(value, model_instance)
        if self.values and (not isinstance(value, list) or not set(value) <= set(self.values.values)):
            raise ValidationError(_("Choose from the list."))

    def formfield(self, **kwargs: Any) -> forms.Field:
        """Offer tick boxes."""
        choices = self.values.choices if self.values else []
        kwargs.pop("encoder", None)
        kwargs.pop("decoder", None)
        return forms.MultipleChoiceField(
            choices=choices,
            widget=forms.CheckboxSelectMultiple,
            required=not self.blank,
            label=self.verbose_name,
            help_text=self.help_text,
        )
