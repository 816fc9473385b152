"""A pack as its template shows it: the sections, the numbers, the addresses, the Danish words."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from posixpath import commonpath
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import override

from portal import qr_code
from portal.facts import register
from portal.facts.models import Kind
from portal.facts.rows import FactRow
from portal.pages.context import home_url
from portal.pages.link_scope import LinkScope
from portal.pages.registers import DANISH_ORDER, Word

from ..listings import GuideRow, SituationRow
from .plan_steps import PaperPhase, PaperPlan
from .sources import DANISH, Card, SituationSource, Source, Sources


@dataclass(frozen=True)
class Topic:
    """What one can ask about, with the cards of those who answer."""

    heading: str
    language: str
    card: Card
    """The card that gave the heading."""
    cards: list[Card]
    is_card: bool
    """Whether the heading is that of the card itself."""


@dataclass(frozen=True)
class Place:
    """An address to go to, with the opening hours that stand on the same card."""

    address: FactRow
    hours: list[FactRow]


@dataclass(frozen=True)
class ShortGuide:
    """A guide with the last part of its address."""

    row: GuideRow
    short: str


@dataclass(frozen=True)
class ShortSituation:
    """A life situation with its guides."""

    row: SituationRow
    guides: list[ShortGuide]


@dataclass(frozen=True)
class Pack:
    """Everything that the template of the pack shows."""

    welcome: Source
    numbers: list[FactRow]
    situations: list[SituationSource]
    phases: list[PaperPhase]
    plan_address: str
    topics: list[Topic]
    places: list[Place]
    asking_the_way: tuple[str, str]
    """The question in the reader's language and in Danish."""
    first_part: str
    """How the address of every guide begins, without https://."""
    guides: list[ShortSituation]
    words: list[Word]
    site_address: str
    code: SafeString
    """A QR code with the address of the site."""
    code_label: str
    as_of: datetime.date | None
    has_machine_text: bool


def present(sources: Sources, plan: PaperPlan, scope: LinkScope, plan_url: str) -> Pack:
    """Return the pack. Everything that it cites must have been read already."""
    first_part, guides = _short(sources.all_guides)
    site_address = f"{settings.BASE_URL}{home_url(scope)}"
    code_label = _("QR code that leads to %(address)s") % {"address": site_address}
    return Pack(
        welcome=sources.municipality,
        numbers=_numbers(sources),
        situations=[situation for situation in sources.situations if situation.guides],
        phases=plan.phases(),
        plan_address=f"{settings.BASE_URL}{plan_url}" if plan_url else "",
        topics=list(_topics(sources.cards)),
        places=_places(sources),
        asking_the_way=_asking_the_way(),
        first_part=first_part,
        guides=guides,
        words=_words(scope.language),
        site_address=site_address,
        code=qr_code.svg(site_address, code_label),
        code_label=code_label,
        as_of=_as_of(sources),
        has_machine_text=any(_has_flag(source.parts, "machine") for source in sources),
    )


def _numbers(sources: Sources) -> list[FactRow]:
    """Return the emergency numbers, and those under which the municipality itself answers."""
    facts = register.current().facts
    own = [key for card in sources.cards if card.path == "main_contact" for key in card.facts]
    rows = [*register.current().footer_facts(), *(facts.get(key) for key in own)]
    return list(dict.fromkeys(row for row in rows if row is not None and row.kind == Kind.PHONE))


def _topics(cards: list[Card]) -> Iterable[Topic]:
    topics: dict[str, Topic] = {}
    for card in cards:
        heading = card.topic or card.block["value"]["heading"]
        topic = topics.setdefault(heading, Topic(heading, card.source.language, card, [], not card.topic))
        topic.cards.append(card)
    return topics.values()


def _places(sources: Sources) -> list[Place]:
    facts = register.current().facts
    found: dict[str, Place] = {}
    for card in sources.cards:
        rows = [row for key in card.facts if (row := facts.get(key)) is not None]
        hours = [row for row in rows if row.kind == Kind.HOURS]
        for row in rows:
            if row.kind == Kind.ADDRESS:
                found.setdefault(row.key, Place(row, hours))
    return list(found.values())


def _asking_the_way() -> tuple[str, str]:
    def words() -> str:
        return _("Excuse me, how do I get to this address?")

    own = words()
    with override(DANISH):
        return own, words()


def _short(situations: list[SituationRow]) -> tuple[str, list[ShortSituation]]:
    urls = [guide.url for row in situations for guide in row.guides]
    prefix = f"{commonpath(urls)}/" if len(urls) > 1 else ""
    host = settings.BASE_URL.partition("://")[2]
    return f"{host}{prefix}", [
        ShortSituation(row, [ShortGuide(guide, guide.url[len(prefix) :]) for guide in row.guides])
        for row in situations
        if row.guides
    ]


def _words(language: str) -> list[Word]:
    """Return the Danish words that the pack cites."""
    found = []
    for term in filter(None, register.current().terms.values()):
        translated = "" if language == DANISH else term.words.get(language, "")
        meaning_language = language if term.meanings.get(language) else DANISH
        found.append(
            Word(
                term.key,
                term.danish_word,
                "" if translated == term.danish_word else translated,
                term.meanings.get(meaning_language, ""),
                meaning_language,
            )
        )
    return sorted(found, key=lambda word: word.danish.lower().translate(DANISH_ORDER))


def _as_of(sources: Sources) -> datetime.date | None:
    """Return the day of the youngest text or fact."""
    days = [row.checked_on for row in register.current().facts.values() if row is not None]
    changed = sources.changed_on()
    return max([*days, *([changed] if changed else [])], default=None)


def _has_flag(parts: dict[str, Any], flag: str) -> bool:
    entries = (by_text for by_text in parts.values() if isinstance(by_text, dict))
    return any(flag in entry["flags"] for by_text in entries for entry in by_text.values())
