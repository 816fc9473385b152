"""A municipality: a branch of the tree, and the place inside which shared pages are read."""

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from portal.blocks import BodyBlock
from portal.facts.fields import INLINE_FEATURES, CitingRichTextField
from portal.pages.base import BasePage
from portal.pages.home import featured_ids, featured_targets
from portal.pages.link_scope import current_scope


class MunicipalityPage(BasePage):
    """The home of one municipality, with the contact that stands in every guide read inside it."""

    name = models.CharField(
        _("short name"),
        max_length=60,
        help_text=_("The place as the language calls it: Herning, Хернинг. Used in “In Herning”."),
    )
    welcome = CitingRichTextField(_("welcome"), blank=True, features=INLINE_FEATURES)
    main_contact = StreamField(
        [("contact", BodyBlock().child_blocks["contact"])],
        blank=True,
        max_num=1,
        verbose_name=_("contact in every guide"),
        help_text=_("Stands beside every guide that is read inside this municipality."),
    )
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("text"))

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("name"),
        FieldPanel("summary"),
        FieldPanel("welcome"),
        FieldPanel("main_contact"),
        FieldPanel("body"),
        *BasePage.review_panels,
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("welcome"), index.SearchField("body")]
    parent_page_types = ["portal.HomePage"]
    template = "portal/municipality_page.html"
    is_local = True

    class Meta:
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")

    def linked_pages(self) -> Iterator[int]:
        """Yield the most needed pages, which the home page of the language names."""
        scope = current_scope()
        return iter(featured_ids(scope) if scope is not None else ())

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the most needed pages."""
        context = super().get_context(request, *args, **kwargs)
        return {**context, "featured": featured_targets(context["scope"])}
