"""The versions of a page in the languages of the site, and what each of them honestly is."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import timezone
from wagtail.models import Page

from portal.pages.rows import VersionRow, decode, relative_path, versions_of


@dataclass(frozen=True)
class Version:
    """One published language version of a page."""

    language: str
    relative_path: str
    title: str
    is_real: bool
    """False where the reader of this language gets the Danish text."""
    stored_parts: str | None = None
    stored_change: Any = None

    @property
    def parts(self) -> dict[str, Any]:
        """Return what is not current, by content path: see `portal.texts.states`."""
        return decode(self.stored_parts) or {}

    @property
    def source_changed_on(self) -> datetime.date | None:
        """Return the day in Denmark on which the Danish text was last published."""
        moment = self.stored_change
        if isinstance(moment, str):
            moment = datetime.datetime.fromisoformat(moment)
        if moment is None:
            return None
        return timezone.localdate(moment if timezone.is_aware(moment) else timezone.make_aware(moment, datetime.UTC))

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


def versions(page: Page, place: Page | None = None, *, public_only: bool = False) -> dict[str, Version]:
    """Return the published versions by language code, in the order of the settings. One query.

    `place` is the municipality in which the page is read; a language in which that is closed has no version to offer.
    `public_only` leaves out what only some may see; ask for it only where restrictions exist at all.
    """
    place_key = place.translation_key if place is not None else None
    public = None
    if public_only:
        keys = {page.translation_key, place_key or page.translation_key}
        public = Page.objects.filter(translation_key__in=keys).public().values_list("pk", flat=True)
    found = {row.language: row for row in versions_of(page.translation_key, place_key, public)}
    return {code: _version(found[code]) for code, _name in settings.LANGUAGES if code in found}


def _version(row: VersionRow) -> Version:
    is_real = row.alias_of_id is None and not row.is_untranslated
    return Version(row.language, relative_path(row.url_path), row.title, is_real, row.parts, row.source_changed_at)
