"""The look-ups of every request, in SQL: the ORM takes ten times as long to write these queries as a database to answer.

Measured in docs/departures/rows-in-sql.md. Each returns plain rows; nothing here decides anything.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from wagtail.models import Page

IS_DANISH = "(p.alias_of_id IS NOT NULL OR COALESCE(s.is_untranslated, FALSE))"
ROW = f"p.id, p.title, p.slug, p.url_path, p.content_type_id, p.live, p.show_in_menus, {IS_DANISH}, s.parts"
PAGES = "wagtailcore_page p LEFT JOIN portal_textstate s ON s.page_id = p.id"


class PageRow(NamedTuple):
    """What navigation needs of a page."""

    pk: int
    title: str
    slug: str
    url_path: str
    content_type_id: int
    live: bool
    show_in_menus: bool
    is_danish: bool
    """Whether the title is Danish, in whichever tree the page stands: an alias, or a title that is not translated."""

    @property
    def relative_path(self) -> str:
        """Return the path below the language's root."""
        return relative_path(self.url_path)


class HomeRow(NamedTuple):
    """What navigation needs of the home page of a language."""

    pk: int
    title: str
    url_path: str
    path: str
    live: bool
    locale_id: int
    language: str
    any_restrictions: bool
    """Whether any page of the site may be seen by some people only."""
    featured: str
    """The stream of most needed pages as it is stored."""
    title_is_danish: bool


class VersionRow(NamedTuple):
    """One language version of a page, with the state of its texts."""

    language: str
    url_path: str
    title: str
    alias_of_id: int | None
    is_untranslated: bool | None
    parts: str | None
    source_changed_at: Any


def relative_path(url_path: str) -> str:
    """Return what follows the root's slug: "/forside/guide/x/" becomes "guide/x/"."""
    return url_path.split("/", 2)[2]


def is_danish_text(parts: Any, name: str) -> bool:
    """Say whether a text of a translated page is still Danish, by the stored state of its texts."""
    if isinstance(parts, str) and f'"{name}"' not in parts:
        return False  # most titles of most pages: nothing to decode
    entries = (decode(parts) or {}).get(name) or {}
    return any("danish" in entry["flags"] for entry in entries.values())


def _page_row(values: Sequence[Any]) -> PageRow:
    *row, is_danish, parts = values
    return PageRow._make((*row, bool(is_danish) or is_danish_text(parts, "title")))


def _fetch(sql: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


def _marks(values: Sequence[Any]) -> str:
    return ", ".join(["%s"] * len(values))


HOME = f"""
    SELECT p.id, p.title, p.url_path, p.path, p.live, p.locale_id, l.language_code,
           EXISTS (SELECT 1 FROM wagtailcore_pageviewrestriction), h.featured, {IS_DANISH}, s.parts
    FROM {PAGES}
    JOIN portal_homepage h ON h.page_ptr_id = p.id
    JOIN wagtailcore_locale l ON l.id = p.locale_id
"""  # noqa: S608  constants


def _home_row(values: Sequence[Any]) -> HomeRow:
    *row, is_danish, parts = values
    return HomeRow._make((*row, bool(is_danish) or is_danish_text(parts, "title")))


def home_of_language(language: str) -> HomeRow | None:
    """Return the published home page of a language: the translation of the root of the default site."""
    found = _fetch(
        f"""{HOME} WHERE l.language_code = %s AND p.depth = 2 AND p.live AND p.translation_key = (
            SELECT r.translation_key FROM wagtailcore_site s JOIN wagtailcore_page r ON r.id = s.root_page_id
            WHERE s.is_default_site
        )""",  # noqa: S608  a constant
        [language],
    )
    return _home_row(found[0]) if found else None


def home_of_locale(locale_id: int) -> HomeRow | None:
    """Return the home page of a locale, published or not: the place of a preview."""
    found = _fetch(f"{HOME} WHERE p.depth = 2 AND p.locale_id = %s ORDER BY p.path", [locale_id])
    return _home_row(found[0]) if found else None


TOP = f"SELECT {ROW}, p.path FROM {PAGES} WHERE p.path LIKE %s AND p.depth = 3 AND p.live"  # noqa: S608  constants


def top_level(home: HomeRow) -> list[PageRow]:
    """Return the published children of a home page: sections, pages about the site, and municipalities."""
    return [_page_row(row[:-1]) for row in _fetch(f"{TOP} ORDER BY p.path", [f"{home.path}%"])]


def top_level_and_pages_at(home: HomeRow, url_paths: Sequence[str]) -> tuple[list[PageRow], dict[str, PageRow]]:
    """Return the published children of a home page, and the pages at these paths by path, in one query.

    `url_path` has no index: the slugs narrow the search (1 ms instead of 19 ms among 196,000 pages).
    """
    slugs = sorted({path.rstrip("/").rpartition("/")[2] for path in url_paths})
    sql = (
        f"{TOP} UNION ALL SELECT {ROW}, NULL FROM {PAGES} "  # noqa: S608  constants and placeholders
        f"WHERE p.slug IN ({_marks(slugs)}) AND p.url_path IN ({_marks(url_paths)})"
    )
    top, pages = {}, {}
    for *row, path in _fetch(sql, [f"{home.path}%", *slugs, *url_paths]):
        found = _page_row(row)
        if path is None:
            pages[found.url_path] = found
        else:
            top[path] = found
    return [top[path] for path in sorted(top)], pages


def ancestors_of(page: Page) -> list[PageRow]:
    """Return the pages between the home page and this one, from the top."""
    paths = [page.path[:end] for end in range(3 * Page.steplen, len(page.path), Page.steplen)]
    if not paths:
        return []
    sql = f"SELECT {ROW} FROM {PAGES} WHERE p.path IN ({_marks(paths)}) ORDER BY p.path"  # noqa: S608
    return [_page_row(row) for row in _fetch(sql, paths)]


def versions_of(
    translation_key: UUID, place_key: UUID | None = None, public_ids: Iterable[int] | None = None
) -> list[VersionRow]:
    """Return the versions of a page that can be read: published, and so are their home page and their place.

    `place_key` is the translation key of the municipality in which the page is read. With `public_ids` both the page
    and its place must be among these.
    """
    field = Page._meta.get_field("translation_key")
    keys = [field.get_db_prep_value(key, connection) for key in (place_key or translation_key, translation_key)]
    sql = """
        SELECT l.language_code, p.url_path, p.title, p.alias_of_id, s.is_untranslated, s.parts, s.source_changed_at, p.id, m.id
        FROM wagtailcore_page p
        JOIN wagtailcore_page m ON m.locale_id = p.locale_id AND m.translation_key = %s AND m.live
        JOIN wagtailcore_locale l ON l.id = p.locale_id
        LEFT JOIN portal_textstate s ON s.page_id = p.id
        WHERE p.translation_key = %s AND p.live
        AND EXISTS (SELECT 1 FROM wagtailcore_page h WHERE h.locale_id = p.locale_id AND h.depth = 2 AND h.live)
    """
    allowed = None if public_ids is None else set(public_ids)
    return [VersionRow(*row[:-2]) for row in _fetch(sql, keys) if allowed is None or allowed.issuperset(row[-2:])]


def targets_of(page_ids: Sequence[int], locale_id: int) -> dict[int, PageRow]:
    """Return the published versions of these pages in a locale, by the id of the page asked for."""
    sql = f"""
        SELECT o.id, {ROW}
        FROM {PAGES} JOIN wagtailcore_page o ON o.translation_key = p.translation_key
        WHERE p.locale_id = %s AND p.live AND o.id IN ({_marks(page_ids)})
    """  # noqa: S608  constants and placeholders
    return {row[0]: _page_row(row[1:]) for row in _fetch(sql, [locale_id, *page_ids])}


def decode(value: Any) -> Any:
    """Return a JSON column as Python values; SQLite and psycopg hand it over as text."""
    return json.loads(value) if isinstance(value, str) else value


def municipality_type_id() -> int:
    """Return the id of the content type of municipality pages; Django keeps it in memory."""
    from portal.municipalities.models import MunicipalityPage  # that model imports this module

    return ContentType.objects.get_for_model(MunicipalityPage).pk
