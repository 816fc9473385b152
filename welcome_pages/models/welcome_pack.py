"""The welcome pack of each municipality: a page to read and print, and the same as a PDF."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from portal.pages.base import BasePage

SLUG = "velkomstpakke"
FILE = "velkomstpakke.pdf"


class WelcomePackPage(RoutablePageMixin, BasePage):
    """Outside a municipality the choice of one; inside it the pack. Its texts are those of the pages, never its own."""

    content_panels = [*BasePage.content_panels, FieldPanel("summary"), *BasePage.review_panels]
    promote_panels = [MultiFieldPanel(["show_in_menus", "seo_title", "search_description"])]
    parent_page_types = ["portal.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    fixed_slug = SLUG
    template = "welcome_pages/welcome_pack_page.html"

    pack_texts: tuple[str, ...] = ()
    """The texts that the pack takes from other pages; their facts, terms and links are read with those of this one."""
    pack_facts: tuple[str, ...] = ()

    class Meta:
        verbose_name = _("welcome pack")
        verbose_name_plural = _("welcome packs")

    def raw_texts(self) -> Iterator[str]:
        """Yield the texts of this page, and those of the pack that is shown."""
        yield from super().raw_texts()
        yield from self.pack_texts

    def cited_facts(self) -> Iterator[str]:
        """Yield the facts of the pack that is shown."""
        yield from super().cited_facts()
        yield from self.pack_facts

    @path("")
    def pack(self, request: HttpRequest) -> HttpResponse:
        """Show the pack of this municipality, or the municipalities to choose from."""
        from ..welcome_pack.view import pack_page  # it reads pages through the models

        return pack_page(request, self)

    @path(f"{FILE}/")
    def file(self, request: HttpRequest) -> HttpResponse:
        """Answer with the pack of this municipality as a PDF."""
        from ..welcome_pack.view import pack_file

        return pack_file(request, self)
