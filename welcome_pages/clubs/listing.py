"""What the list of clubs shows for an address: those that fit, by kind, those in the reader's language first; the filters."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from portal.facts import register
from portal.facts.models import Confidence
from portal.facts.rendering import in_language
from portal.facts.rows import FactRow
from portal.languages.spoken import SPOKEN_LANGUAGES, language_label
from portal.pages.base import chosen_facts
from portal.pages.context import Link
from portal.pages.link_scope import LinkScope
from portal.pages.rows import relative_path

from ..filters import Filter, Option, chosen_value
from ..listings import STATE, row_language
from ..models import ClubPage, ContactPerson, GuidePage
from .choices import ClubKind, country_name

if TYPE_CHECKING:
    from ..models import ClubsPage

FILTERS = ("spoken", "kind")
LEGENDS = {"spoken": _("Languages spoken"), "kind": _("Kind")}
GUIDES = ["T55-international-clubs", "T54-associations", "T56-volunteering"]
"""The guides that help whoever finds nothing here, in this order."""


@dataclass(frozen=True)
class ClubEntry:
    """One club in the list."""

    slug: str
    """Names the entry on the page: a link from elsewhere can lead to it."""
    url: str
    name: str
    name_language: str
    kind: str
    country: str
    codes: tuple[str, ...]
    """The languages spoken, by code."""
    spoken: list[str]
    summary: str
    meets: str
    language: str
    """The language that summary and meeting times are really in."""
    contacts: list[FactRow]
    place: Link | None
    """The municipality that it belongs to, where that is another one."""
    is_certain: bool
    overdue_since: datetime.date | None
    """When somebody last looked, where somebody should have looked again by now."""
    is_in_readers_language: bool

    def fits(self, name: str, value: str) -> bool:
        """Say whether one filter lets the club through."""
        return not value or value in (self.codes if name == "spoken" else (self.kind,))


@dataclass
class ClubGroup:
    """The clubs of one kind."""

    kind: str
    title: str
    clubs: list[ClubEntry] = field(default_factory=list)


@dataclass(frozen=True)
class PersonEntry:
    """One contact person in the list."""

    name: str
    codes: tuple[str, ...]
    spoken: list[str]
    phone: str
    phone_address: str
    email: str
    is_in_readers_language: bool

    def fits(self, name: str, value: str) -> bool:
        """Say whether one filter lets the person through. A person is no club of any kind."""
        return not value or (name == "spoken" and value in self.codes)


Entry = ClubEntry | PersonEntry
Asked = Mapping[str, str]
"""Filter → the chosen value, "" for none."""


def clubs_context(request: HttpRequest, scope: LinkScope, page: "ClubsPage") -> dict[str, Any]:
    """Return what the template shows. Six queries at most, whatever the number of clubs."""
    asked = {
        "spoken": chosen_value(request.GET, "spoken", SPOKEN_LANGUAGES),
        "kind": chosen_value(request.GET, "kind", ClubKind.values),
    }
    clubs, people = clubs_in(scope, page), people_in(scope)
    everything: list[Entry] = [*clubs, *people]
    shown = [club for club in clubs if _fits(club, asked)]
    base = scope.path_for(page.url_path)
    contact = scope.municipality.main_contact.raw_data if scope.municipality else []
    register.current().want(facts=chosen_facts(contact))
    own = own_language(scope)
    return {
        "base_url": base,
        "filters": [found for name in FILTERS if len((found := _filter(name, everything, asked, scope)).options) > 1],
        "chips": [
            (base + _query({**asked, name: ""}), _label(name, asked[name]), scope.language)
            for name in FILTERS
            if asked[name]
        ],
        "groups": _groups(shown),
        "people": [person for person in people if _fits(person, asked)],
        "total": len(shown),
        "has_clubs": bool(clubs),
        "contact": contact,
        "own_language_words": capfirst(in_language(own)) if own else "",
        "help_guides": help_guides(scope),
    }


def own_language(scope: LinkScope) -> str:
    """Return the reader's language where it is worth saying that a club speaks it: not for readers of Danish."""
    is_worth_saying = scope.language != settings.LANGUAGE_CODE and scope.language in SPOKEN_LANGUAGES
    return scope.language if is_worth_saying else ""


def _label(name: str, value: str) -> str:
    return language_label(value) if name == "spoken" else str(ClubKind(value).label)


def _query(asked: Asked) -> str:
    pairs = [(name, asked[name]) for name in FILTERS if asked[name]]
    return f"?{urlencode(pairs)}" if pairs else ""


def _fits(entry: Entry, asked: Asked) -> bool:
    return all(entry.fits(name, asked[name]) for name in FILTERS)


def _filter(name: str, entries: Sequence[Entry], asked: Asked, scope: LinkScope) -> Filter:
    """Return a filter with the number of entries that each choice would leave, the other one being as it is."""
    others = [entry for entry in entries if _fits(entry, {**asked, name: ""})]
    options = []
    for value in SPOKEN_LANGUAGES if name == "spoken" else ClubKind.values:
        count = sum(entry.fits(name, value) for entry in others)
        if count or value == asked[name]:
            options.append(Option(value, _label(name, value), scope.language, count, value == asked[name]))
    return Filter(name, str(LEGENDS[name]), options)


def _groups(clubs: list[ClubEntry]) -> list[ClubGroup]:
    groups = {kind.value: ClubGroup(kind.value, str(kind.label)) for kind in ClubKind}
    for club in clubs:
        groups[club.kind].clubs.append(club)
    return [group for group in groups.values() if group.clubs]


# Clubs ----------------------------------------------------------------------------------------------------------------


def clubs_in(scope: LinkScope, page: "ClubsPage") -> list[ClubEntry]:
    """Return the published clubs below a page, and those of other municipalities that are for people here too.

    Two queries for the clubs, their Danish pages for what is the same in all languages, and one for their facts.
    """
    here = scope.municipality.slug if scope.municipality else ""
    pages = ClubPage.objects.filter(locale_id=page.locale_id).live().public()
    found = list(
        pages.filter(Q(path__startswith=page.path) | Q(also_in__has=here))
        .select_related("text_state")
        .order_by("title")
    )
    danish = ClubPage.objects.filter(locale__language_code=settings.LANGUAGE_CODE, live=True)
    sources = {
        row.translation_key: row for row in danish.filter(translation_key__in=[row.translation_key for row in found])
    }
    for row in found:
        row.danish = sources.get(row.translation_key, row)
    open_places = {row.slug for row in scope.municipalities}
    found = [row for row in found if _place_of(row) in open_places and row.danish.kind in ClubKind.values]
    keys = {key for row in found for key in row.danish.contact_keys()}
    register.current().want(*(text for row in found for text in (row.summary, row.meets)), facts=keys)
    entries = [entry_of_page(row, scope) for row in found]
    return sorted(entries, key=lambda entry: (not entry.is_in_readers_language, entry.name.casefold()))


def entry_of_page(page: ClubPage, scope: LinkScope) -> ClubEntry:
    """Return a club as readers see it. Its facts must have been read."""
    danish, facts = page.danish, register.current().facts
    slug, here = _place_of(page), scope.municipality.slug if scope.municipality else ""
    elsewhere = next((row for row in scope.municipalities if row.slug == slug), None) if slug != here else None
    return ClubEntry(
        slug=page.slug,
        url=scope.path_for(page.url_path) if page.url_path else "",
        name=danish.title,
        name_language=danish.name_language,
        kind=danish.kind,
        country=country_name(danish.country) if danish.country else "",
        codes=tuple(danish.spoken_languages),
        spoken=[language_label(code) for code in danish.spoken_languages],
        summary=page.summary,
        meets=page.meets,
        language=_text_language(page, scope),
        contacts=[fact for key in danish.contact_keys() if (fact := facts.get(key))],
        place=Link(scope.path_for(elsewhere.url_path), elsewhere.title, scope.language_of(elsewhere))
        if elsewhere
        else None,
        is_certain=danish.confidence == Confidence.HIGH,
        overdue_since=danish.reviewed_on if _is_overdue(danish) else None,
        is_in_readers_language=own_language(scope) in danish.spoken_languages,
    )


def _is_overdue(page: ClubPage) -> bool:
    return page.review_again_on is not None and page.review_again_on < timezone.localdate()


def _place_of(page: ClubPage) -> str:
    """Return the slug of the municipality below which a club stands; empty for the preview of a new one."""
    return relative_path(page.url_path).split("/", 1)[0] if page.url_path else ""


def _text_language(page: ClubPage, scope: LinkScope) -> str:
    state = getattr(page, "text_state", None)
    is_danish = page.alias_of_id is not None or bool(state and state.is_untranslated)
    return settings.LANGUAGE_CODE if is_danish else scope.language


# People, and where else to ask ----------------------------------------------------------------------------------------


def people_in(scope: LinkScope) -> list[PersonEntry]:
    """Return the contact persons of the reader's municipality who have agreed to be shown. One query."""
    if scope.municipality is None:
        return []
    own = own_language(scope)
    people = ContactPerson.objects.filter(municipality=scope.municipality.slug, is_public=True)
    entries = [
        PersonEntry(
            name=person.name,
            codes=tuple(person.languages),
            spoken=[language_label(code) for code in person.languages],
            phone=person.phone_in_words(scope.language) if person.phone else "",
            phone_address=person.phone_address if person.phone else "",
            email=person.email,
            is_in_readers_language=own in person.languages,
        )
        for person in people
    ]
    return sorted(entries, key=lambda entry: (not entry.is_in_readers_language, entry.name.casefold()))


def help_guides(scope: LinkScope) -> list[Link]:
    """Return the guides about clubs and volunteering. One query."""
    if scope.home is None:
        return []
    pages = GuidePage.objects.filter(locale_id=scope.home.locale_id, live=True, key__in=GUIDES)
    rows = sorted(
        pages.values_list("key", "url_path", "title", *STATE),
        key=lambda row: GUIDES.index(row[0]),
    )
    return [Link(scope.path_for(url_path), title, row_language(scope, state)) for _key, url_path, title, *state in rows]
