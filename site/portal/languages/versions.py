"""The versions of a page in the languages of the site, and what each of them honestly is."""

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from wagtail.models import Page

from portal.pages.link_scope import relative_path


@dataclass(frozen=True)
class Version:
    """One published language version of a page."""

    language: str
    relative_path: str
    title: str
    is_real: bool
    """False where the reader of this language gets the Danish text."""
    parts: dict[str, Any] = field(default_factory=dict)
    """What is not current, by content path: see `portal.texts.states`."""
    source_changed_at: datetime.datetime | None = None

    @property
    def is_source(self) -> bool:
        """Say whether this is the Danish text from which the others are made."""
        return self.language == settings.LANGUAGE_CODE

    @property
    def text_language(self) -> str:
        """Return the language that the text is in."""
        return self.language if self.is_real else settings.LANGUAGE_CODE

    def path(self, municipality: str = "") -> str:
        """Return the address of this version, inside a municipality if one is named."""
        prefix = f"{municipality}/" if municipality else ""
        return f"/{self.language}/{prefix}{self.relative_path}"


COLUMNS = (
    "locale__language_code", "url_path", "title", "alias_of_id", "text_state__is_untranslated", "text_state__parts",
    "text_state__source_changed_at",
)


def versions(page: Page, *, public_only: bool = False) -> dict[str, Version]:
    """Return the published versions by language code, in the order of the settings. One query.

    `public_only` leaves out what only some may see; ask for it only where restrictions exist at all.
    """
    pages = Page.objects.filter(translation_key=page.translation_key, live=True)
    if public_only:
        pages = pages.public()
    found = {}
    for language, url_path, title, alias_of, is_untranslated, parts, changed_at in pages.values_list(*COLUMNS):
        is_real = alias_of is None and not is_untranslated
        found[language] = Version(language, relative_path(url_path), title, is_real, parts or {}, changed_at)
    return {code: found[code] for code, _name in settings.LANGUAGES if code in found}
