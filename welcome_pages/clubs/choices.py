"""The words by which clubs are sorted and described."""

from babel import Locale
from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.facts.models import Kind

REACHABLE = (Kind.PHONE, Kind.EMAIL, Kind.LINK)
"""The kinds of facts by which a club can be reached."""
CONTACT_KINDS = (*REACHABLE, Kind.ADDRESS)


class ClubKind(models.TextChoices):
    """What kind of club it is, in the order of the list. The values are part of the address of a filtered list."""

    INTERNATIONAL = "international", _("International clubs")
    COMMUNITY = "community", _("National communities")
    FAMILY = "family", _("Parents and small children")
    VOLUNTEERING = "volunteering", _("Volunteering")
    CULTURE = "culture", _("Culture and hobbies")
    SPORT = "sport", _("Sport")
    FAITH = "faith", _("Faith communities")
    NETWORK = "network", _("Other clubs and networks")


def country_name(code: str) -> str:
    """Return the name of a country in the reader's language: "Polen" for "PL"."""
    return _territories().get(code, code)


def country_choices() -> list[tuple[str, str]]:
    """Return all countries by their names in the reader's language."""
    countries = ((code, name) for code, name in _territories().items() if len(code) == 2 and code.isalpha())
    return sorted(countries, key=lambda country: country[1])


def _territories() -> dict[str, str]:
    return dict(Locale.parse(get_language() or settings.LANGUAGE_CODE).territories)
