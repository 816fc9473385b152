"""The words by which calls are described: fixed lists, so that nobody has to write about themselves."""

from babel import Locale
from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

CALL_LANGUAGES = ["da", "en", "de", "pl", "ru", "uk", "ro", "lt", "bg", "ar", "fa", "ti", "so"]
"""What newcomers here speak, beyond the languages of the site; the order is that of the lists."""


class Topic(models.TextChoices):
    """What a call is about. The values stand in addresses that lead to the booking."""

    FORMS = "forms", _("Help to fill in a Danish form")
    ARRIVAL = "arrival", _("Moving here, CPR number and MitID")
    WORK = "work", _("Work")
    TAX = "tax", _("Tax and money")
    HOUSING = "housing", _("A place to live")
    FAMILY = "family", _("Children, school and family")
    HEALTH = "health", _("Doctors and the health system")
    DANISH = "danish", _("Learning Danish")
    TRANSPORT = "transport", _("Cars and transport")
    LEAVING = "leaving", _("Moving away from Denmark")
    COMPANY = "company", _("I have a company or employees")
    OTHER = "other", _("Something else")


class Help(models.TextChoices):
    """How two people talk where nobody at the hotline speaks the caller's language."""

    NONE = "none", _("I can speak this language myself")
    SOMEONE = "someone", _("Someone helps me during the call")
    INTERPRETER = "interpreter", _("I need an interpreter")


class Channel(models.TextChoices):
    """How a call came about."""

    BOOKED = "booked", _("booked call")
    WALK_IN = "walk_in", _("called without booking")


def language_label(code: str) -> str:
    """Return the name of a language in the reader's language, as it stands alone in a list: "Polsk" for "pl"."""
    name = Locale.parse(get_language() or settings.LANGUAGE_CODE).languages.get(code, code)
    return name[:1].upper() + name[1:]


def call_language_choices() -> list[tuple[str, str]]:
    """Return the languages in which somebody may ask for a call."""
    return [(code, language_label(code)) for code in CALL_LANGUAGES]
