"""What the home pages, which belong to the project package, show of this room."""

from django.contrib.contenttypes.models import ContentType

from portal.facts import register
from portal.facts.rows import FactRow
from portal.pages.context import Link
from portal.pages.link_scope import LinkScope

from .listings import COLUMNS, GuideRow, SituationRow, rows_of, situations_below
from .models import ClubsPage, GuidePage, LocalPage, WelcomePackPage


def life_situations(scope: LinkScope) -> list[SituationRow]:
    """Return the life situations as seen from where the reader is."""
    return situations_below(scope.home.path, scope, with_guides=False) if scope.home else []


def local_pages(scope: LinkScope) -> list[GuideRow]:
    """Return the published local pages of the reader's municipality, its list of clubs among them. One query."""
    if scope.municipality is None:
        return []
    first, second = (
        model.objects.child_of(scope.municipality).live().order_by().values_list(*COLUMNS)
        for model in (LocalPage, ClubsPage)
    )
    rows = first.union(second, all=True).order_by("path")
    return rows_of(GuideRow, scope, (row[1:] for row in rows))


def deadlines_of(guide: GuidePage) -> list[FactRow | None]:
    """Return the deadlines of a guide, out of the facts that were read for the page."""
    facts = register.current().facts
    return [facts.get(block["value"]) for block in guide.deadlines.raw_data]


def welcome_pack(scope: LinkScope) -> Link | None:
    """Return the way to the welcome pack of the reader's municipality, None where the site has none."""
    kind = ContentType.objects.get_for_model(WelcomePackPage).pk
    rows = (row for row in scope.top if row.content_type_id == kind)
    return next((Link(scope.path_for(row.url_path), row.title, scope.language_of(row)) for row in rows), None)
