"""Lists of guides and forms as rows: one query for a list, whatever its length."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import UUID

from django.conf import settings
from django.db import connection
from wagtail.models import Page

from portal.facts import register
from portal.pages.link_scope import LinkScope
from portal.pages.rows import PAGES, decode, is_danish_text


@dataclass(frozen=True)
class GuideRow:
    """One guide in a list."""

    url: str
    title: str
    summary: str
    language: str
    """The language that the title is really in."""
    summary_language: str


@dataclass
class SituationRow:
    """One life situation with its guides."""

    url: str
    title: str
    summary: str
    language: str
    summary_language: str
    guides: list[GuideRow] = field(default_factory=list)


STATE = ("alias_of_id", "text_state__is_untranslated", "text_state__parts")
"""The columns by which `row_language` tells in which language a text of a page is."""
COLUMNS = ("path", "url_path", "title", "summary", *STATE)
Row = TypeVar("Row", GuideRow, SituationRow)


def row_language(scope: LinkScope, state: Sequence[Any], name: str = "title") -> str:
    """Return the language that a text of a row is really in."""
    alias_of, is_untranslated, parts = state
    is_danish = alias_of is not None or is_untranslated or is_danish_text(parts, name)
    return settings.LANGUAGE_CODE if is_danish else scope.language


def rows_of(kind: type[Row], scope: LinkScope, stored: Iterable[Sequence[Any]]) -> list[Row]:
    """Return rows as lists show them, of values that begin with address, title and summary and end with the state.

    What the summaries cite is read at once, whatever the length of the list.
    """
    stored = list(stored)
    register.current().want(*(summary for _url_path, _title, summary, *_state in stored))
    return [
        kind(
            scope.path_for(url_path),
            title,
            summary,
            row_language(scope, state),
            row_language(scope, state, "summary"),
        )
        for url_path, title, summary, *state in stored
    ]


def guides_below(path: str, scope: LinkScope) -> list[GuideRow]:
    """Return the published guides below a tree path, in the order of the tree."""
    from .models import GuidePage  # the models import this module

    rows = GuidePage.objects.filter(path__startswith=path, live=True).order_by("path").values_list(*COLUMNS[1:])
    return rows_of(GuideRow, scope, rows)


FORMS = f"""
    SELECT f.related, g.id, p.url_path, p.title, f.summary, p.alias_of_id, s.is_untranslated, s.parts
    FROM {PAGES} JOIN welcome_pages_formpage f ON f.page_ptr_id = p.id
    JOIN wagtailcore_page g ON g.translation_key = %s
    JOIN wagtailcore_locale l ON l.id = g.locale_id AND l.language_code = %s
    WHERE p.path LIKE %s AND p.live AND CAST(f.related AS text) LIKE '%%' || g.id || '%%'
    ORDER BY f.key
"""  # noqa: S608  a constant
"""Forms whose field has the number of the Danish guide somewhere; which of them name the guide is seen in the field itself."""


def forms_about(guide_key: UUID, scope: LinkScope) -> list[GuideRow]:
    """Return the published forms that name a guide, in the order of their numbers. Editors keep only the way from the form.

    In SQL, because every guide asks: docs/departures/rows-in-sql.md.
    """
    if scope.home is None:
        return []
    key = Page._meta.get_field("translation_key").get_db_prep_value(guide_key, connection)
    with connection.cursor() as cursor:
        cursor.execute(FORMS, [key, settings.LANGUAGE_CODE, f"{scope.home.path}%"])
        found = cursor.fetchall()
    return rows_of(GuideRow, scope, [row for related, guide_id, *row in found if _names(decode(related), guide_id)])


def _names(blocks: list[dict[str, Any]], guide_id: int) -> bool:
    return any(block["type"] == "guide" and block["value"] == guide_id for block in blocks)


def situations_below(path: str, scope: LinkScope, *, with_guides: bool = True) -> list[SituationRow]:
    """Return the published life situations below a tree path with their published guides, in the order of the tree."""
    from .models import GuidePage, SituationPage

    stored = list(SituationPage.objects.filter(path__startswith=path, live=True).order_by("path").values_list(*COLUMNS))
    rows = rows_of(SituationRow, scope, (row[1:] for row in stored))
    situations = {row[0]: situation for row, situation in zip(stored, rows, strict=True)}
    if with_guides:
        found = GuidePage.objects.filter(path__startswith=path, live=True).order_by("path").values_list(*COLUMNS)
        below = [row for row in found if row[0][: -Page.steplen] in situations]
        for row, guide in zip(below, rows_of(GuideRow, scope, (row[1:] for row in below)), strict=True):
            situations[row[0][: -Page.steplen]].guides.append(guide)
    return rows
