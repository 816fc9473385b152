"""The calendar over all municipalities: one page that asks for dates, shared, and read in every municipality."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import path

from portal.pages.base import BasePage

from .submission_routes import SubmissionRoutes

SLUG = "kalender"


class CalendarPage(SubmissionRoutes, BasePage):
    """The list of all dates to come, with filters, as a month, and as a feed."""

    content_panels = [*BasePage.content_panels, FieldPanel("summary"), *BasePage.review_panels]
    promote_panels = [MultiFieldPanel(["show_in_menus", "seo_title", "search_description"])]
    parent_page_types = ["portal.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    show_in_menus_default = True
    fixed_slug = SLUG
    template = "events_calendar/calendar_page.html"

    class Meta:
        verbose_name = _("calendar")
        verbose_name_plural = _("calendars")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the dates that the address asks for."""
        from ..calendar_view import calendar_context  # it reads the dates through the models

        context = super().get_context(request, *args, **kwargs)
        return {**context, **calendar_context(request, context, self.url_path)}

    @path("")
    def calendar(self, request: HttpRequest) -> HttpResponse:
        """Show the list or a month. What is typed for a date and is none comes back with a message, as 400."""
        request.is_preview = getattr(request, "is_preview", False)  # type: ignore[attr-defined]
        context = self.get_context(request)
        status = 400 if context["filters"].has_nonsense else 200
        return TemplateResponse(request, self.get_template(request), context, status=status)

    @path("feed.ics/")
    def feed(self, request: HttpRequest) -> HttpResponse:
        """Answer with the same filters as a calendar to subscribe to."""
        from ..subscriptions import feed_of_calendar

        return feed_of_calendar(request, self)
