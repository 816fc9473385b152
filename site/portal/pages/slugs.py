"""Slugs: ASCII, the same in every language, and never one that hides a shared section below a municipality."""

import re
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail_localize.models import Translation

if TYPE_CHECKING:
    from .base import BasePage

ASCII_SLUG = re.compile(r"^[a-z0-9]+(?:-[a-z0-9]+)*$")
RESERVED = frozenset({"plan", "search", "admin", "api"})
"""First parts of addresses that the site itself answers; only a page whose address is fixed in code may have one."""


def check_slug(page: "BasePage") -> None:
    """Raise ValidationError if the slug is not ASCII, or if the page would hide another one.

    Every language has the slug of the Danish page, also where a translation was stopped and the page is edited by itself.

    A page `herning/guide/` would take the place of the guide inside Herning. A new section `sprogcenter/` would be hidden
    by Herning's language centre, and a new municipality of that name would hide it.
    """
    if page.depth is None or page.depth > 2:
        if not ASCII_SLUG.match(page.slug or ""):
            raise ValidationError(
                {"slug": _("Use only a-z, 0-9 and hyphens: ringkoebing-skjern, not Ringkøbing-Skjern.")}
            )
        _check_same_as_danish(page)
        parent = page.standing_below()
        if parent is None:
            return
        if parent.depth == 2:
            _check_section(page, parent)
        elif parent.depth == 3 and page.is_local:
            _check_local(page, parent)


def _check_same_as_danish(page: "BasePage") -> None:
    if Translation.objects.filter(
        source__object_id=page.translation_key, target_locale_id=page.locale_id, enabled=True
    ).exists():
        return  # it is written anew out of the Danish page, slug and all
    danish = Page.objects.filter(
        translation_key=page.translation_key, locale__language_code=settings.LANGUAGE_CODE
    ).exclude(pk=page.pk)
    slug = danish.values_list("slug", flat=True).first()
    if slug is not None and page.slug != slug:
        raise ValidationError(
            {
                "slug": _(
                    "The address is the same in every language. The Danish page has “%(slug)s”; change it there, and all follow."
                )
                % {"slug": slug}
            }
        )


def _check_section(page: "BasePage", home: Page) -> None:
    if page.slug in RESERVED and page.slug != page.fixed_slug:
        raise ValidationError({"slug": _("This word is taken: the site itself answers at this address.")})
    from portal.municipalities.models import MunicipalityPage  # that model imports this module

    for municipality in MunicipalityPage.objects.child_of(home):
        if (
            Page.objects.child_of(municipality)
            .filter(slug=page.slug)
            .exclude(translation_key=page.translation_key)
            .exists()
        ):
            raise ValidationError(
                {
                    "slug": _(
                        "%(municipality)s already has a page with this word, which would hide this section there."
                    )
                    % {"municipality": municipality.title}
                }
            )


def _check_local(page: "BasePage", municipality: Page) -> None:
    home = municipality.get_parent()
    if page.slug in RESERVED or Page.objects.child_of(home).filter(slug=page.slug).exists():
        raise ValidationError(
            {"slug": _("This word is the address of a section or of a municipality. Choose another one.")}
        )
