"""What the home pages, which belong to the project package, show of this room."""

from django.conf import settings

from portal.pages.link_scope import LinkScope

from .listings import GuideRow, SituationRow, situations_below
from .models import LocalPage


def life_situations(scope: LinkScope) -> list[SituationRow]:
    """Return the life situations as seen from where the reader is."""
    return situations_below(scope.home.path, scope, with_guides=False) if scope.home else []


def local_pages(scope: LinkScope) -> list[GuideRow]:
    """Return the published local pages of the reader's municipality."""
    if scope.municipality is None:
        return []
    rows = (
        LocalPage.objects.child_of(scope.municipality)
        .live()
        .order_by("path")
        .values_list("url_path", "title", "summary", "alias_of_id", "text_state__is_untranslated")
    )
    return [
        GuideRow(
            scope.path_for(url_path),
            title,
            summary,
            settings.LANGUAGE_CODE if alias_of or untranslated else scope.language,
        )
        for url_path, title, summary, alias_of, untranslated in rows
    ]
