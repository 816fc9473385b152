"""The pages of the site that a plan leads to: guides, forms, and somebody who helps."""

from collections.abc import Sequence
from typing import NamedTuple

from django.contrib.contenttypes.models import ContentType

from portal.pages.link_scope import LinkScope
from portal.pages.registers import ContactsPage

from ..listings import STATE, row_language
from ..models import FieldGuidePage, FormLibraryPage, FormPage, GuidePage, LocalPage

HOTLINE = "hotline"


class Target(NamedTuple):
    """A page that a step leads to, inside the municipality of the plan."""

    url: str
    title: str
    language: str


def guide_targets(keys: Sequence[str], scope: LinkScope, municipality: str) -> dict[str, Target]:
    """Return the published guides with these keys."""
    return _targets(GuidePage, {"key__in": set(keys)}, scope, municipality)


def form_targets(keys: Sequence[str], scope: LinkScope, municipality: str) -> dict[str, Target]:
    """Return the published forms by the number at the front of their key: `F02`."""
    found = _targets(
        FormPage, {"key__regex": f"^({'|'.join(sorted(set(keys)))})-"} if keys else {}, scope, municipality
    )
    return {key.split("-", 1)[0]: target for key, target in found.items()}


def local_targets(slugs: Sequence[str], scope: LinkScope, municipality: str) -> dict[str, Target]:
    """Return the published pages of a municipality with these slugs."""
    if scope.home is None or not municipality:
        return {}
    above = f"{scope.home.url_path}{municipality}/"
    pages = LocalPage.objects.filter(
        locale_id=scope.home.locale_id, live=True, url_path__in={f"{above}{slug}/" for slug in slugs if slug}
    )
    return {
        slug: Target(scope.path_for(url_path, municipality=municipality), title, row_language(scope, state))
        for slug, url_path, title, *state in pages.values_list("slug", "url_path", "title", *STATE)
    }


def field_guide_addresses(scope: LinkScope, municipality: str) -> set[str]:
    """Return the addresses of all published field guides; each is that of its form and one word more."""
    if scope.home is None:
        return set()
    pages = FieldGuidePage.objects.filter(locale_id=scope.home.locale_id, live=True)
    return {scope.path_for(path, municipality=municipality) for path in pages.values_list("url_path", flat=True)}


def library_address(scope: LinkScope, municipality: str) -> str:
    """Return the address of the form library, "" where there is none."""
    kind = ContentType.objects.get_for_model(FormLibraryPage).pk
    found = (row for row in scope.top if row.content_type_id == kind)
    return next((scope.path_for(row.url_path, municipality=municipality) for row in found), "")


def _targets(
    model: type[GuidePage] | type[FormPage], conditions: dict[str, object], scope: LinkScope, municipality: str
) -> dict[str, Target]:
    if scope.home is None:
        return {}
    pages = model.objects.filter(locale_id=scope.home.locale_id, live=True, **conditions)
    return {
        key: Target(scope.path_for(url_path, municipality=municipality), title, row_language(scope, state))
        for key, url_path, title, *state in pages.values_list("key", "url_path", "title", *STATE)
    }


def help_page(scope: LinkScope) -> tuple[str, bool]:
    """Return where somebody helps, and whether that page takes a topic: the hotline's booking, or the contacts."""
    for row in scope.top:
        if row.slug == HOTLINE:
            return f"{scope.path_for(row.url_path)}book/", True
    kind = ContentType.objects.get_for_model(ContactsPage).pk
    contacts = (row for row in scope.top if row.content_type_id == kind)
    return next((scope.path_for(row.url_path) for row in contacts), ""), False
