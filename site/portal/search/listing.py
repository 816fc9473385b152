"""What the search page shows: results as rows, the choices that narrow them, and the way through the pages."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from portal.facts import register
from portal.facts.rendering import fact_html
from portal.pages.link_scope import LinkScope

from .addresses import path_of, search_path
from .answers import Hit
from .best_bets import BestBetRow
from .documents import Kind, audience_names
from .parameters import Parameters
from .service import Results

KINDS = {
    Kind.GUIDE: _("Guides"),
    Kind.FORM: _("Forms"),
    Kind.PLAN: _("Steps of the plan"),
    Kind.ACTIVITY: _("Activities"),
    Kind.CONTACT: _("Contacts"),
    Kind.LOCAL: _("Local pages"),
    Kind.TERM: _("Danish words"),
}
"""The kinds as they are chosen from, in the order of the choice."""
FEW = 2
"""Audiences that are named with a result; what applies to more is for nearly everybody, and its page names them."""
LEVELS = {"regional": _("Holds in the Central Denmark Region"), "local": _("Differs between municipalities")}
"""What is said of a shared page; that something is the same in all of Denmark is what everybody expects."""


@dataclass(frozen=True)
class Row:
    """One result."""

    hit: Hit
    url: str
    kind: str
    level: str
    place: str
    place_language: str
    is_danish: bool
    """Whether the reader gets a Danish text because theirs does not exist."""
    value_html: str = ""
    """What a contact is: the number to call, the address."""
    audience: str = ""
    """Whom it applies to, where these are few."""

    @property
    def excerpt_language(self) -> str:
        """Return the language in which the excerpt has to be read out."""
        return self.hit.excerpt_language or self.hit.language


@dataclass(frozen=True)
class Choice:
    """One way to narrow or widen the results."""

    url: str
    text: str
    language: str
    count: int | None
    is_current: bool
    leaves: bool = False
    """Whether it leads out of the municipality in which the reader is."""


def rows(results: Results, scope: LinkScope, asked: Parameters) -> list[Row]:
    """Return the results as they are seen from where the reader is. One query for all contacts together."""
    here = place_of(scope, asked)
    names = {row.slug: (row.title, scope.language_of(row)) for row in scope.municipalities}
    contacts = {hit.uid: fact_key(hit) for hit in results.hits if hit.kind == Kind.CONTACT}
    facts = register.current().want(facts=contacts.values()).facts
    found = []
    for hit in results.hits:
        place, place_language = names.get(hit.municipality, ("", ""))
        found.append(
            Row(
                hit,
                path_of(hit, scope.language, here),
                str(Kind(hit.kind).label),
                "" if hit.municipality else str(LEVELS.get(hit.level, "")),
                place,
                place_language,
                hit.language != scope.language,
                fact_html(fact) if (fact := facts.get(contacts.get(hit.uid, ""))) else "",
                ", ".join(audience_names(hit.audiences)) if len(hit.audiences) <= FEW else "",
            )
        )
    return found


def without(shown: Iterable[BestBetRow], found: list[Row]) -> list[Row]:
    """Return the results that do not stand above them already."""
    urls = {bet.url for bet in shown if not bet.value_html}
    values = {bet.value_html for bet in shown if bet.value_html}
    return [row for row in found if row.url not in urls and row.value_html not in values]


def fact_key(hit: Hit) -> str:
    """Return the key of the fact that a contact is."""
    return hit.key.partition(":")[2]


def place_of(scope: LinkScope, asked: Parameters) -> str:
    """Return the municipality in which results are read: the reader's own, or the one that is asked for."""
    return scope.municipality.slug if scope.municipality else asked.municipality


def address(scope: LinkScope, asked: Parameters) -> Callable[..., str]:
    """Return what makes addresses of this same search with some of its parameters changed."""
    inside = scope.municipality.slug if scope.municipality else ""

    def changed(**changes: str | int) -> str:
        parameters: dict[str, str | int] = {"q": asked.text, "m": asked.municipality, "kind": asked.kind, **changes}
        if inside:
            parameters["m"] = ""
        return search_path(scope.language, inside, **parameters)

    return changed


def kind_choices(results: Results, scope: LinkScope, asked: Parameters) -> list[Choice]:
    """Return the kinds that lead to something, and the one that is chosen; nothing where there is no choice."""
    changed = address(scope, asked)
    found = [
        Choice(changed(kind=kind.value), str(name), scope.language, results.kinds.get(kind, 0), kind == asked.kind)
        for kind, name in KINDS.items()
        if results.kinds.get(kind) or kind == asked.kind
    ]
    if len(found) < 2 and not asked.kind:
        return []
    everything = Choice(
        changed(kind=""), str(_("Everything")), scope.language, sum(results.kinds.values()), not asked.kind
    )
    return [everything, *found]


def municipality_choices(results: Results, scope: LinkScope, asked: Parameters) -> list[Choice]:
    """Return the municipalities that have texts of their own on this, and the one that is chosen."""
    here = place_of(scope, asked)
    found = [
        Choice(
            search_path(scope.language, q=asked.text, m=row.slug, kind=asked.kind)
            if row.slug != here
            else address(scope, asked)(),
            row.title,
            scope.language_of(row),
            results.municipalities.get(row.slug, 0),
            row.slug == here,
            scope.municipality is not None and row.slug != here,
        )
        for row in scope.municipalities
        if results.municipalities.get(row.slug) or row.slug == here
    ]
    if not found:
        return []
    everywhere = Choice(
        search_path(scope.language, q=asked.text, kind=asked.kind),
        str(_("All municipalities")),
        scope.language,
        None,
        not here,
        scope.municipality is not None,
    )
    return [everywhere, *found]


def turn_pages(results: Results, scope: LinkScope, asked: Parameters) -> dict[str, str]:
    """Return the addresses of the page before and of the page after, where these exist."""
    changed = address(scope, asked)

    def neighbours() -> Iterator[tuple[str, str]]:
        if asked.page > 1:
            yield "prev", changed(page=asked.page - 1 if asked.page > 2 else "")
        if asked.page < results.pages:
            yield "next", changed(page=asked.page + 1)

    return dict(neighbours())
