"""The languages that people here speak, and their names in the reader's language. More than the site is written in."""

from babel import Locale
from django.conf import settings
from django.utils.translation import get_language

SPOKEN_LANGUAGES = ["da", "en", "de", "pl", "ru", "uk", "ro", "lt", "bg", "ar", "fa", "ti", "so"]
"""What newcomers here speak, beyond the languages of the site; the order is that of the filters."""


def language_label(code: str) -> str:
    """Return the name of a spoken language in the reader's language: "Polsk" for "pl"."""
    name = language_word(code)
    return name[:1].upper() + name[1:]


def language_word(code: str) -> str:
    """Return the same name as it stands within a sentence: "polsk", "Polish"."""
    return Locale.parse(get_language() or settings.LANGUAGE_CODE).languages.get(code, code)


def spoken_language_choices() -> list[tuple[str, str]]:
    """Return the languages that may be spoken somewhere."""
    return [(code, language_label(code)) for code in SPOKEN_LANGUAGES]
