"""Pages about the site itself, such as the accessibility statement."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from portal.blocks import BodyBlock
from portal.pages.base import BasePage


class InformationPage(BasePage):
    """A page about the site, linked from the footer of every page."""

    body = StreamField(BodyBlock(), verbose_name=_("text"))

    content_panels = [*BasePage.content_panels, FieldPanel("summary"), FieldPanel("body"), *BasePage.review_panels]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]
    parent_page_types = ["portal.HomePage"]
    subpage_types: list[str] = []
    template = "welcome_pages/information_page.html"

    class Meta:
        verbose_name = _("page about the site")
        verbose_name_plural = _("pages about the site")
