"""Collects the external addresses of all public pages. The number of queries grows with the kinds of pages, not the pages."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast
from wagtail.fields import StreamField
from wagtail.models import Page, ReferenceIndex, get_page_models

from portal.facts.models import Fact, Kind
from portal.facts.rows import FactRow
from portal.pages.base import BasePage
from portal.pages.sitemap import public_pages

from .sources import AddressSource, address_uses

ADDRESS = re.compile(r"https?://[^\s\"'<>\\\]\[]+")
BEHIND = ".,;:!?)”“’»"
"""What ends a sentence and not an address."""


@dataclass(frozen=True)
class CitingPage:
    """A page that leads to an address, once for all its languages: the Danish one where that is public."""

    pk: int
    title: str
    url: str


@dataclass
class ExternalAddress:
    """One address by one way to know it: a fact, or the text of pages."""

    address: str
    fact: str
    """Key of the fact; empty for an address that is typed into a page."""
    label: str
    source: AddressSource | None
    """None where nobody has written down when it was checked."""
    language: str
    """The language of the target; empty where nobody has said."""
    pages: list[CitingPage] = field(default_factory=list)


@dataclass(frozen=True)
class _PublicPage:
    language: str
    shown: CitingPage


Found = dict[tuple[str, str], ExternalAddress]


def external_addresses() -> list[ExternalAddress]:
    """Return every external address that a reader can meet on a public page, by address."""
    pages = _public_pages()
    found: Found = {}
    _collect_facts(pages, found)
    _collect_texts(pages, found)
    for one in found.values():
        one.pages.sort(key=lambda page: page.title.casefold())
    return sorted(found.values(), key=lambda one: (one.address, one.fact))


def _public_pages() -> dict[int, _PublicPage]:
    """Return the pages that everybody may read, each with the page that stands for all its languages."""
    columns = ("pk", "title", "url_path", "translation_key", "locale__language_code")
    rows = list(public_pages().order_by("path").values_list(*columns))
    shown: dict[object, CitingPage] = {}
    for pk, title, url_path, key, language in sorted(rows, key=lambda row: row[4] != settings.LANGUAGE_CODE):
        shown.setdefault(key, CitingPage(pk, title, f"/{language}/{url_path.split('/', 2)[2]}"))
    return {pk: _PublicPage(language, shown[key]) for pk, _title, _url_path, key, language in rows}


def _add(found: Found, row: ExternalAddress, page: CitingPage) -> None:
    kept = found.setdefault((row.address, row.fact), row)
    if page not in kept.pages:
        kept.pages.append(page)


# Facts ----------------------------------------------------------------------------------------------------------------


def _collect_facts(pages: dict[int, _PublicPage], found: Found) -> None:
    """Add the links of the register, each in the language in which a public page shows it."""
    facts = {fact.pk: fact for fact in Fact.objects.filter(kind=Kind.LINK)}
    rows = {key: fact.as_row() for key, fact in facts.items()}
    for key, page_id in _uses_of_facts(pages, found):
        fact, page = facts.get(key), pages.get(page_id)
        if fact is not None and page is not None:
            _add(found, _row_of_fact(fact, rows[key], page.language), page.shown)


def _uses_of_facts(pages: dict[int, _PublicPage], found: Found) -> Iterator[tuple[str, int]]:
    """Yield (key of a fact, id of a page); addresses that rooms name without a fact are added on the way."""
    references = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(Fact),
        base_content_type=ContentType.objects.get_for_model(Page),
    )
    for key, page_id in set(references.values_list("to_object_id", "object_id")):
        yield key, int(page_id)
    for use in address_uses():
        page = pages.get(use.page_id)
        if use.fact:
            yield use.fact, use.page_id
        elif use.address and page is not None:
            _add(found, ExternalAddress(use.address, "", "", None, ""), page.shown)


def _row_of_fact(fact: Fact, row: FactRow, language: str) -> ExternalAddress:
    address, target_language = row.value_in(language)
    source = AddressSource(fact.source_name, fact.checked_on, fact.check_again_on, fact.confidence)
    return ExternalAddress(address, fact.pk, str(fact), source, target_language)


# Texts ----------------------------------------------------------------------------------------------------------------


def _collect_texts(pages: dict[int, _PublicPage], found: Found) -> None:
    """Add what is typed into the texts and the link fields of pages. One query per kind of page."""
    for model in get_page_models():
        if not issubclass(model, BasePage):
            continue
        for page in _with_addresses(model):
            public = pages.get(page.pk)
            if public is None:
                continue
            for address in addresses_of(page):
                source = page.source_of_address(address)
                _add(found, ExternalAddress(address, "", "", source, ""), public.shown)


def _with_addresses(model: type[BasePage]) -> models.QuerySet[BasePage]:
    """Return the pages of a kind with an address in any of their texts: the database looks, so that few are read."""
    condition = Q(pk__in=[])
    casts = {}
    for number, model_field in enumerate(_text_fields(model)):
        casts[f"text_{number}"] = Cast(model_field.name, models.TextField())
        condition |= Q(**{f"text_{number}__contains": "://"})
    return model.objects.alias(**casts).filter(condition, live=True).order_by("path")


def _text_fields(model: type[BasePage]) -> list[models.Field]:
    kinds = (StreamField, models.TextField, models.URLField)
    own = (model_field for model_field in model._meta.concrete_fields if isinstance(model_field, kinds))
    return [model_field for model_field in own if model_field.model is not Page]


def addresses_of(page: BasePage) -> list[str]:
    """Return the external addresses in the texts and link fields of a page, in order and without repetition."""
    links = (getattr(page, each.attname) for each in page._meta.concrete_fields if isinstance(each, models.URLField))
    texts = (unescape(text) for text in [*page.raw_texts(), *links])
    found = (match[0].rstrip(BEHIND) for text in texts for match in ADDRESS.finditer(text))
    return list(dict.fromkeys(address for address in found if not address.startswith(f"{settings.BASE_URL}/")))
