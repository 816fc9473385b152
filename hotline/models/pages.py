"""The page of the hotline: when it is open, how to reach it, and the steps by which a call is booked."""

from collections.abc import Iterator
from http import HTTPMethod
from importlib import import_module
from types import ModuleType
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path, re_path
from wagtail.fields import StreamField
from wagtail.search import index

from portal.blocks import BodyBlock
from portal.pages.base import BasePage

SLUG = "hotline"
IN_ADDRESS = r"(?P<secret>[A-Za-z0-9_-]{20,64})"


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
    fixed_slug = SLUG
    template = "hotline/hotline_page.html"

    class Meta:
        verbose_name = _("hotline page")
        verbose_name_plural = _("hotline pages")

    def cited_facts(self) -> Iterator[str]:
        """Yield the phone numbers of the hotlines too."""
        from ..state import hours  # it reads the models of this package

        yield from super().cited_facts()
        yield from hours().phones

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add when it is open and how to reach it."""
        from ..visitors.page import hotline_context

        context = super().get_context(request, *args, **kwargs)
        return {**context, **hotline_context(context["language"], context["scope"].path_for(self.url_path))}

    def check_request_method(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse | None:
        """Take what is sent to the forms, and nothing that is sent elsewhere."""
        match = getattr(request, "routable_resolver_match", None)
        view = getattr(match.func, "__name__", "") if match else ""
        if request.method == HTTPMethod.POST and view in {"", "overview", "calendar"}:
            return HttpResponseNotAllowed([method.value for method in BasePage.allowed_http_methods])
        return super().check_request_method(request, *args, **kwargs)

    @path("")
    def overview(self, request: HttpRequest) -> HttpResponse:
        """Show the page."""
        request.is_preview = getattr(request, "is_preview", False)  # type: ignore[attr-defined]
        return TemplateResponse(request, self.get_template(request), self.get_context(request))

    @path("book/")
    def language_step(self, request: HttpRequest) -> HttpResponse:
        """Ask for the language of the call."""
        return steps().language_step(self, request)

    @path("book/times/")
    def times_step(self, request: HttpRequest) -> HttpResponse:
        """Ask for a time."""
        return steps().times_step(self, request)

    @path("book/details/")
    def details_step(self, request: HttpRequest) -> HttpResponse:
        """Ask whom we call."""
        return steps().details_step(self, request)

    @path("book/check/")
    def check_step(self, request: HttpRequest) -> HttpResponse:
        """Show everything once more."""
        return steps().check_step(self, request)

    @path("book/confirm/")
    def confirm(self, request: HttpRequest) -> HttpResponse:
        """Book the call."""
        return steps().confirm(self, request)

    @path("find/")
    def find(self, request: HttpRequest) -> HttpResponse:
        """Find a call by its reference."""
        return calls().find_page(self, request)

    @re_path(rf"^call/{IN_ADDRESS}/$")
    def call(self, request: HttpRequest, secret: str) -> HttpResponse:
        """Show a call, or cancel it."""
        return calls().call_page(self, request, secret)

    @re_path(rf"^call/{IN_ADDRESS}/move/$")
    def move(self, request: HttpRequest, secret: str) -> HttpResponse:
        """Move a call."""
        return calls().move_page(self, request, secret)

    @re_path(rf"^call/{IN_ADDRESS}/hotline\.ics/$")
    def calendar(self, request: HttpRequest, secret: str) -> HttpResponse:
        """Return a call for a calendar."""
        return calls().calendar(self, request, secret)


def steps() -> ModuleType:
    """Return the steps of booking, which read the models of this package."""
    return import_module("hotline.visitors.steps")


def calls() -> ModuleType:
    """Return the pages of a booked call, which read the models of this package."""
    return import_module("hotline.visitors.calls")
