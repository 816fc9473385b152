"""Every address that search engines may show: real texts, in all languages, also where a municipality adds to a guide."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.conf import settings
from django.db.models import Q
from wagtail.models import Page
from wagtail.query import PageQuerySet

from .rows import municipality_type_id, relative_path


@dataclass(frozen=True)
class SitemapEntry:
    """One address and when its text was last published."""

    url: str
    changed_at: datetime | None


class Addition(Protocol):
    """Says in which municipalities a shared page has something of its own: (translation key, locale id) → slugs."""

    def __call__(self) -> dict[tuple[object, int], list[str]]:
        """Return the municipalities by page."""
        ...


_additions: list[Addition] = []
_without_address: list[type[Page]] = []
_unlisted: list[Callable[[], PageQuerySet]] = []


def register_addition(addition: Addition, page_model: type[Page]) -> None:
    """Let an app name the municipal addresses of shared pages; pages of `page_model` have no address of their own."""
    _additions.append(addition)
    _without_address.append(page_model)


def register_unlisted(find: Callable[[], PageQuerySet]) -> None:
    """Let an app name pages that are public and not for search engines."""
    _unlisted.append(find)


def public_pages() -> PageQuerySet:
    """Return the pages that everybody may read, in whichever language their text is."""
    return Page.objects.live().public().exclude(_closed()).filter(depth__gte=2)


def real_public_pages() -> PageQuerySet:
    """Return the pages whose text is in the language it claims and open to everybody."""
    untranslated = Q(alias_of__isnull=False) | Q(text_state__is_untranslated=True)
    return public_pages().exclude(untranslated)


def _closed() -> Q:
    """Match what stands below an unpublished home page or municipality: no address there is answered."""
    closed = Page.objects.filter(Q(depth=2) | Q(content_type_id=municipality_type_id()), live=False)
    found = Q(pk__in=[])
    for path in closed.values_list("path", flat=True):
        found |= Q(path__startswith=path)
    return found


def entries() -> Iterator[SitemapEntry]:
    """Yield all entries. The number of queries does not grow with the number of pages."""
    slugs: dict[tuple[object, int], list[str]] = {}
    for addition in _additions:
        for key, municipalities in addition().items():
            slugs.setdefault(key, []).extend(municipalities)
    pages = real_public_pages().not_type(*_without_address) if _without_address else real_public_pages()
    for find in _unlisted:
        pages = pages.exclude(pk__in=find().values("pk"))
    columns = ("locale__language_code", "locale_id", "url_path", "translation_key", "last_published_at")
    for language, locale_id, url_path, key, changed_at in pages.order_by("path").values_list(*columns):
        relative = relative_path(url_path)
        for place in ["", *(f"{slug}/" for slug in slugs.get((key, locale_id), []))]:
            yield SitemapEntry(f"{settings.BASE_URL}/{language}/{place}{relative}", changed_at)
