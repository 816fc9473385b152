"""The home page of a language: the root of its tree, and the place where addresses are understood."""

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.blocks import PageChooserBlock
from wagtail.fields import StreamField
from wagtail.url_routing import RouteResult
from wagtail_localize.fields import SynchronizedField

from portal.facts.fields import INLINE_FEATURES, CitingRichTextField

from .base import BasePage
from .link_scope import LinkScope, Target
from .routing import resolve
from .rows import HomeRow, decode, home_of_locale


class HomePage(BasePage):
    """The first page of a language."""

    welcome = CitingRichTextField(_("welcome"), blank=True, features=INLINE_FEATURES)

    featured = StreamField(
        [("page", PageChooserBlock(label=_("Page")))],
        blank=True,
        verbose_name=_("most needed pages"),
        help_text=_("Shown on this page and on the home of every municipality."),
    )

    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        SynchronizedField("featured", overridable=False),
    ]
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("summary"),
        FieldPanel("welcome"),
        FieldPanel("featured"),
        *BasePage.review_panels,
    ]
    parent_page_types = ["wagtailcore.Page"]
    template = "portal/home_page.html"

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Resolve the whole path at once, in the shared tree or inside a municipality."""
        return resolve(self.as_row(), request, path_components)

    def linked_pages(self) -> Iterator[int]:
        """Yield the ids of the most needed pages."""
        return (block["value"] for block in self.featured.raw_data if block["value"])

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the most needed pages."""
        context = super().get_context(request, *args, **kwargs)
        return {**context, "featured": featured_targets(context["scope"])}

    def as_row(self) -> HomeRow:
        """Return this page as the row by which requests are resolved."""
        row = home_of_locale(self.locale_id)
        if row is None or row.pk != self.pk:
            raise Http404("this is not the home page of its language")
        return row

    def get_url_parts(self, request: HttpRequest | None = None) -> Any:
        """Return the language's first page, which is outside every municipality."""
        return super(BasePage, self).get_url_parts(request=request)


def featured_targets(scope: LinkScope) -> list[Target]:
    """Return the most needed pages as seen from where the reader is."""
    ids = featured_ids(scope)
    scope.prepare(ids)
    return [target for pk in ids if (target := scope.target(pk))]


def featured_ids(scope: LinkScope) -> list[int]:
    """Return the ids of the most needed pages, which the home page of the language names."""
    blocks = decode(scope.home.featured) if scope.home else []
    return [block["value"] for block in blocks if block["value"]]
