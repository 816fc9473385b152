"""The words by which guides and forms are sorted and described."""

from babel import Locale
from django.conf import settings
from django.db import models
from django.utils.translation import get_language
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


class Moment(models.TextChoices):
    """When one needs a form. The order is that of the form library."""

    BEFORE = "before", _("Before you come")
    ARRIVAL = "arrival", _("When you arrive")
    FIRST_MONTHS = "first-months", _("In the first months")
    CHANGE = "change", _("When something changes")
    LEAVING = "leaving", _("When you leave Denmark")


class MitID(models.TextChoices):
    """Whether one can hand in a form without MitID, the Danish digital identity."""

    NEEDED = "needed", _("MitID is needed")
    POSSIBLE = "possible", _("With or without MitID")
    NOT_NEEDED = "not-needed", _("MitID is not needed")


class CPRNumber(models.TextChoices):
    """Whether one can hand in a form without a CPR number."""

    NEEDED = "needed", _("A CPR number is needed")
    POSSIBLE = "possible", _("With or without a CPR number")
    NOT_NEEDED = "not-needed", _("A CPR number is not needed")


class Evidence(models.TextChoices):
    """What we know of a form, said to its readers."""

    SEEN = "seen", _("Read on official pages or on the form itself")
    PARTLY = "partly", _("Read in part; the rest is general knowledge")
    GENERAL = "general", _("General knowledge; to be checked with the authority")


FORM_LANGUAGES = ["da", "en", "de", "pl", "ru", "ro", "lt"]
"""Languages in which official forms exist."""


def form_language_choices() -> list[tuple[str, str]]:
    """Return the languages of forms by their names in the reader's language."""
    names = Locale.parse(get_language() or settings.LANGUAGE_CODE).languages
    return [(code, names[code][:1].upper() + names[code][1:]) for code in FORM_LANGUAGES]


def topic_choices() -> list[tuple[str, str]]:
    """Return slug and title of every life situation, in the order of the tree."""
    from .models import SituationPage  # the models import this module

    pages = SituationPage.objects.filter(locale__language_code=settings.LANGUAGE_CODE).order_by("path")
    return list(pages.values_list("slug", "title"))
