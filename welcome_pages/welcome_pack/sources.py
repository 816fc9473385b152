"""The published pages that a pack is made of, read with the same number of queries for every municipality."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from wagtail.query import PageQuerySet

from portal.facts.tokens import texts_in
from portal.municipalities.models import MunicipalityPage
from portal.pages.base import BasePage, chosen_facts
from portal.pages.link_scope import LinkScope
from portal.texts.models import TextState

from ..listings import SituationRow, situations_below
from ..models import GuidePage, LocalNotePage, LocalPage, SituationPage

DANISH = settings.LANGUAGE_CODE
FIRST_SITUATIONS = ("ankomst", "foerste-maaned")
"""The life situations that are printed in full: the first week, the first month."""


@dataclass(frozen=True)
class Source:
    """One page of the pack, with the truth about its language."""

    page: Any
    language: str
    """The language that the page is really in."""
    parts: dict[str, Any]
    """What is not current in it: see `portal.texts.states`."""
    danish_url: str
    danish_title: str = ""
    """Empty where it says the same."""


@dataclass(frozen=True)
class GuideSource(Source):
    """A guide with what the municipality adds to it."""

    notes: list[Source] = field(default_factory=list)


@dataclass
class SituationSource:
    """A life situation that is printed in full."""

    source: Source
    guides: list[GuideSource]


@dataclass(frozen=True)
class Card:
    """A contact card as it is stored, and the topic about which one asks there."""

    source: Source
    path: str
    """Where the card stands in the page, for the marks on its heading."""
    block: dict[str, Any]
    topic: str
    """The title of the local page it is from; empty where its own heading says what it is about."""

    @property
    def facts(self) -> list[str]:
        """Return the keys of its facts."""
        return [item["value"] for item in self.block["value"]["facts"] if item["value"]]


@dataclass
class Sources:
    """Everything that goes into one pack."""

    municipality: Source
    situations: list[SituationSource]
    local: list[Source]
    all_guides: list[SituationRow]
    cards: list[Card]

    def __iter__(self) -> Iterator[Source]:
        """Yield every page whose words stand in the pack."""
        yield self.municipality
        yield from self.local
        for situation in self.situations:
            yield situation.source
            for guide in situation.guides:
                yield guide
                yield from guide.notes

    def texts(self) -> Iterator[str]:
        """Yield every text with citations or links that the pack shows."""
        page = self.municipality.page
        yield page.welcome
        yield from _words(page.body)
        for situation in self.situations:
            for guide in situation.guides:
                yield guide.page.need_to_know or guide.page.summary
                for note in guide.notes:
                    yield from _words(note.page.body)

    def facts(self) -> Iterator[str]:
        """Yield the keys of the facts that are shown as rows."""
        for card in self.cards:
            yield from card.facts
        for situation in self.situations:
            for guide in situation.guides:
                yield from chosen_facts(guide.page.deadlines.raw_data)

    def changed_on(self) -> datetime.date | None:
        """Return the day on which one of these pages was last published."""
        moments = [source.page.last_published_at for source in self if source.page.last_published_at]
        return timezone.localdate(max(moments)) if moments else None


def _words(body: Any) -> Iterator[str]:
    return texts_in([block["value"] for block in body.raw_data if block["type"] != "contact"])


def read_sources(scope: LinkScope, *, public_only: bool) -> Sources:
    """Return the pages of the pack of the reader's municipality, in the reader's language.

    `public_only` leaves out what only some may see; ask for it only where restrictions exist at all.
    """
    place = scope.municipality
    if scope.home is None or place is None:
        raise LookupError("a pack is of one municipality")
    state = TextState.objects.filter(page_id=place.pk).first()
    municipality = _source(place, state, scope)
    local = [_source(page, _state(page), scope) for page in _below(LocalPage, place, public_only)]
    notes: dict[UUID, list[Source]] = {}
    for page in _below(LocalNotePage, place, public_only).select_related("text_state", "guide"):
        notes.setdefault(page.guide.translation_key, []).append(_source(page, _state(page), scope))
    return Sources(
        municipality=municipality,
        situations=_situations(scope, notes, public_only),
        local=local,
        all_guides=situations_below(scope.home.path, scope),
        cards=_cards(municipality, local),
    )


def _below(model: type[BasePage], place: MunicipalityPage, public_only: bool) -> PageQuerySet:
    pages = model.objects.child_of(place).live().select_related("text_state").order_by("path")
    return pages.public() if public_only else pages


def _situations(scope: LinkScope, notes: dict[UUID, list[Source]], public_only: bool) -> list[SituationSource]:
    assert scope.home is not None  # noqa: S101  `read_sources` has looked
    found = SituationPage.objects.live().filter(path__startswith=scope.home.path, slug__in=FIRST_SITUATIONS)
    situations = list(found.select_related("text_state").order_by("path"))
    below = reduce(or_, (Q(path__startswith=page.path) for page in situations), Q(pk__in=[]))
    guides = GuidePage.objects.live().filter(below).select_related("text_state").order_by("path")
    if public_only:
        guides = guides.public()
    pages = list(guides)
    titles = dict(
        GuidePage.objects.live()
        .filter(translation_key__in=[page.translation_key for page in pages], locale__language_code=DANISH)
        .values_list("translation_key", "title")
    )
    rows = [_guide(page, scope, titles, notes) for page in pages]
    return [
        SituationSource(
            _source(page, _state(page), scope), [row for row in rows if row.page.path.startswith(page.path)]
        )
        for page in situations
    ]


def _guide(page: GuidePage, scope: LinkScope, titles: dict[UUID, str], notes: dict[UUID, list[Source]]) -> GuideSource:
    source = _source(page, _state(page), scope)
    danish = titles.get(page.translation_key, "") if source.language != DANISH else ""
    return GuideSource(
        page,
        source.language,
        source.parts,
        source.danish_url,
        "" if danish == page.title else danish,
        notes.get(page.translation_key, []),
    )


def _state(page: Any) -> TextState | None:
    """Return what is known about the texts of a page that was read together with it."""
    return getattr(page, "text_state", None)


def _source(page: Any, state: TextState | None, scope: LinkScope) -> Source:
    is_danish = page.alias_of_id is not None or (state is not None and state.is_untranslated)
    _empty, _language, rest = scope.path_for(page.url_path).split("/", 2)
    return Source(
        page,
        DANISH if is_danish else scope.language,
        {} if is_danish or state is None else state.parts,
        f"/{DANISH}/{rest}",
    )


def _cards(municipality: Source, local: Iterable[Source]) -> list[Card]:
    """Return the contact cards of the municipality and its pages, none of which another one holds whole."""
    own = municipality.page
    found = [Card(municipality, "main_contact", block, "") for block in own.main_contact.raw_data]
    found += [Card(municipality, "body", block, "") for block in own.body.raw_data if block["type"] == "contact"]
    for source in local:
        blocks = [block for block in source.page.body.raw_data if block["type"] == "contact"]
        found += [Card(source, "body", block, source.page.title) for block in blocks]
    return [card for place, card in enumerate(found) if not _is_held(card, found[:place], found[place + 1 :])]


def _is_held(card: Card, before: list[Card], after: list[Card]) -> bool:
    facts = set(card.facts)
    return any(facts <= set(other.facts) for other in before) or any(facts < set(other.facts) for other in after)
