"""The notes of municipalities on a guide, as rows: which there are, in which languages, and how true these are."""

from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from wagtail.models import Page

from portal.pages.rows import decode, relative_path


class NoteRow(NamedTuple):
    """One published note in one language."""

    pk: int
    language: str
    municipality: str
    is_danish: bool
    """Whether the text is Danish, in whichever tree the note stands."""
    stored_parts: str | None

    @property
    def parts(self) -> dict[str, Any]:
        """Return what is not current in the note, by content path."""
        return decode(self.stored_parts) or {}


def note_rows(guide_key: UUID) -> list[NoteRow]:
    """Return the published notes of all municipalities on a guide, in all languages. One query."""
    key = Page._meta.get_field("translation_key").get_db_prep_value(guide_key, connection)
    sql = """
        SELECT p.id, l.language_code, p.url_path, (p.alias_of_id IS NOT NULL OR COALESCE(s.is_untranslated, FALSE)), s.parts
        FROM welcome_pages_localnotepage n
        JOIN wagtailcore_page p ON p.id = n.page_ptr_id
        JOIN wagtailcore_locale l ON l.id = p.locale_id
        JOIN wagtailcore_page g ON g.id = n.guide_id
        LEFT JOIN portal_textstate s ON s.page_id = p.id
        WHERE g.translation_key = %s AND p.live
        ORDER BY p.path
    """
    with connection.cursor() as cursor:
        cursor.execute(sql, [key])
        return [
            NoteRow(pk, language, relative_path(url_path).split("/", 1)[0], bool(is_danish), parts)
            for pk, language, url_path, is_danish, parts in cursor.fetchall()
        ]
