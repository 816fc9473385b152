"""The words by which activities are described and filtered."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.languages.spoken import SPOKEN_LANGUAGES, language_label, language_word, spoken_language_choices

__all__ = [
    "SPOKEN_LANGUAGES",
    "ActivityType",
    "Audience",
    "Registration",
    "language_label",
    "language_word",
    "municipality_choices",
    "spoken_language_choices",
    "text_language_choices",
]


class ActivityType(models.TextChoices):
    """What kind of activity it is. The values are part of the address of a filtered calendar."""

    INFORMATIVE = "informative", _("Information")
    CULTURAL = "cultural", _("Culture and leisure")
    SPORT = "sport", _("Sport")
    LANGUAGE = "language", _("Language")
    FAMILY = "family", _("Family")
    WORK = "work", _("Work")


class Audience(models.TextChoices):
    """Whom an activity is meant for; an activity for everybody names nobody."""

    NEWCOMERS = "newcomers", _("Newcomers")
    FAMILIES = "families", _("Families")
    CHILDREN = "children", _("Children")
    YOUNG = "young", _("Young people")
    SENIORS = "seniors", _("Older people")
    WOMEN = "women", _("Women")
    STUDENTS = "students", _("Students")
    JOBSEEKERS = "jobseekers", _("People looking for work")
    EMPLOYERS = "employers", _("Employers")


class Registration(models.TextChoices):
    """How people sign up."""

    NONE = "none", _("Just come, no sign-up")
    EXTERNAL = "external", _("Sign-up on another website")
    HERE = "here", _("Sign-up on this website")


def text_language_choices() -> list[tuple[str, Any]]:
    """Return the languages in which the texts of this site are written."""
    return list(settings.LANGUAGES)


def municipality_choices() -> list[tuple[str, str]]:
    """Return slug and title of every municipality, in the order of the tree."""
    from portal.facts import viewsets  # its views need all models, and the models of this room need these choices

    return viewsets.municipality_choices()
