"""Where municipalities add to guides, for the sitemap."""

from portal.pages.rows import relative_path
from portal.pages.sitemap import real_public_pages

from .models import LocalNotePage


def guides_with_notes() -> dict[tuple[object, int], list[str]]:
    """Return the municipalities whose real, public note completes a guide: (translation key, locale id) → slugs."""
    found: dict[tuple[object, int], list[str]] = {}
    notes = LocalNotePage.objects.filter(pk__in=real_public_pages().values("pk"))
    for url_path, key, locale_id in notes.values_list("url_path", "guide__translation_key", "locale_id"):
        found.setdefault((key, locale_id), []).append(relative_path(url_path).split("/", 1)[0])
    return found
