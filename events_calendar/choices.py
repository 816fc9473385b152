"""The words by which activities are described and filtered."""

from typing import Any

from babel import Locale
from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

SPOKEN_LANGUAGES = ["da", "en", "de", "pl", "ru", "uk", "ro", "lt", "bg", "ar", "fa", "ti", "so"]
"""What newcomers here speak, beyond the languages of the site; the order is that of the filters."""


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


def language_label(code: str) -> str:
    """Return the name of a spoken language in the reader's language: "polsk" for "pl"."""
    name = language_word(code)
    return name[:1].upper() + name[1:]


def language_word(code: str) -> str:
    """Return the same name as it stands within a sentence: "polsk", "Polish"."""
    return Locale.parse(get_language() or settings.LANGUAGE_CODE).languages.get(code, code)


def text_language_choices() -> list[tuple[str, Any]]:
    """Return the languages in which the texts of this site are written."""
    return list(settings.LANGUAGES)


def spoken_language_choices() -> list[tuple[str, str]]:
    """Return the languages that may be spoken at an activity."""
    return [(code, language_label(code)) for code in SPOKEN_LANGUAGES]


def municipality_choices() -> list[tuple[str, str]]:
    """Return slug and title of every municipality, in the order of the tree."""
    from portal.facts import viewsets  # its views need all models, and the models of this room need these choices

    return viewsets.municipality_choices()
