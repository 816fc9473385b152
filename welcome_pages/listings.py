"""Lists of guides and forms as rows: one query for a list, whatever its length."""

from dataclasses import dataclass, field
from uuid import UUID

from django.conf import settings
from django.db.models import Subquery
from wagtail.models import Page

from portal.pages.link_scope import LinkScope


@dataclass(frozen=True)
class GuideRow:
    """One guide in a list."""

    url: str
    title: str
    summary: str
    language: str
    """The language that title and summary are really in."""


@dataclass
class SituationRow:
    """One life situation with its guides."""

    url: str
    title: str
    summary: str
    language: str
    guides: list[GuideRow] = field(default_factory=list)


COLUMNS = ("path", "url_path", "title", "summary", "alias_of_id", "text_state__is_untranslated")


def row_language(scope: LinkScope, alias_of: int | None, is_untranslated: bool | None) -> str:
    """Return the language that the title of a row is really in."""
    return settings.LANGUAGE_CODE if alias_of is not None or is_untranslated else scope.language


def guides_below(path: str, scope: LinkScope) -> list[GuideRow]:
    """Return the published guides below a tree path, in the order of the tree."""
    from .models import GuidePage  # the models import this module

    rows = GuidePage.objects.filter(path__startswith=path, live=True).order_by("path").values_list(*COLUMNS)
    return [
        GuideRow(scope.path_for(url_path), title, summary, row_language(scope, alias_of, untranslated))
        for _path, url_path, title, summary, alias_of, untranslated in rows
    ]


def forms_about(guide_key: UUID, scope: LinkScope) -> list[GuideRow]:
    """Return the published forms that name a guide, in the order of their numbers. Editors keep only the way from the form."""
    from .models import FormPage

    if scope.home is None:
        return []
    danish = Page.objects.filter(translation_key=guide_key, locale__language_code=settings.LANGUAGE_CODE)
    rows = (
        FormPage.objects.filter(path__startswith=scope.home.path, live=True)
        .annotate(guide_id=Subquery(danish.values("pk")[:1]))
        .order_by("key")
        .values_list("related", "guide_id", *COLUMNS[1:])
    )
    return [
        GuideRow(scope.path_for(url_path), title, summary, row_language(scope, alias_of, untranslated))
        for related, guide_id, url_path, title, summary, alias_of, untranslated in rows
        if any(block["type"] == "guide" and block["value"] == guide_id for block in related.raw_data)
    ]


def situations_below(path: str, scope: LinkScope, *, with_guides: bool = True) -> list[SituationRow]:
    """Return the published life situations below a tree path with their published guides, in the order of the tree."""
    from .models import GuidePage, SituationPage

    situations: dict[str, SituationRow] = {}
    rows = SituationPage.objects.filter(path__startswith=path, live=True).order_by("path").values_list(*COLUMNS)
    for own, url_path, title, summary, alias_of, untranslated in rows:
        situations[own] = SituationRow(
            scope.path_for(url_path), title, summary, row_language(scope, alias_of, untranslated)
        )
    if with_guides:
        guides = GuidePage.objects.filter(path__startswith=path, live=True).order_by("path").values_list(*COLUMNS)
        for own, url_path, title, summary, alias_of, untranslated in guides:
            parent = situations.get(own[: -Page.steplen])
            if parent is not None:
                parent.guides.append(
                    GuideRow(scope.path_for(url_path), title, summary, row_language(scope, alias_of, untranslated))
                )
    return list(situations.values())
