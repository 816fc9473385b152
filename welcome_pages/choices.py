"""The words by which guides are sorted: for whom, and at which level of government."""

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
