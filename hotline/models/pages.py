"""The page of the hotline: when it is open, how to reach it, and the steps by which a call is booked."""

from http import HTTPMethod
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.fields import StreamField
from wagtail.search import index

from portal.blocks import BodyBlock
from portal.pages.base import BasePage

SLUG = "hotline"


class HotlinePage(RoutablePageMixin, BasePage):
    """One shared page, read in every municipality, with the booking below it."""

    body = StreamField(BodyBlock(), blank=True, verbose_name=_("text"))

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("summary"),
        FieldPanel("body"),
        *BasePage.review_panels,
    ]
    promote_panels = [MultiFieldPanel(["show_in_menus", "seo_title", "search_description"])]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]
    parent_page_types = ["portal.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    show_in_menus_default = True
    allowed_http_methods = [*BasePage.allowed_http_methods, HTTPMethod.POST]
    template = "hotline/hotline_page.html"

    class Meta:
        verbose_name = _("hotline page")
        verbose_name_plural = _("hotline pages")

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """Settle the slug before everything else is checked: the address of the hotline is fixed."""
        self.slug = SLUG
        super().full_clean(*args, **kwargs)
