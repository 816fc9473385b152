"""The addresses of single dates, below the address of their activity."""

import datetime
import re
from typing import TYPE_CHECKING, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from wagtail.contrib.routable_page.models import RoutablePageMixin, re_path

if TYPE_CHECKING:
    from .activities import ActivityPage
    from .occurrences import Occurrence

SLUG = re.compile(r"(?P<day>\d{4}-\d{2}-\d{2})(?:-(?P<hour>\d{2})(?P<minute>\d{2}))?", re.ASCII)
IN_ADDRESS = r"(?P<slug>[0-9]{4}-[0-9]{2}-[0-9]{2}(?:-[0-9]{4})?)"


class OccurrenceRoutes(RoutablePageMixin):
    """Answers the addresses of an activity's dates: `2026-12-03-1900/`, or `2026-12-03/` where it begins at midnight.

    Date and time are those of the schedule, whatever the date was moved to: the address never changes.
    """

    def occurrence_at(self, slug: str) -> "Occurrence":
        """Return the public date with this slug. Raises Http404.

        What the schedule no longer has is found too, as cancelled: people have its address.
        """
        activity = cast("ActivityPage", self).danish
        match = SLUG.fullmatch(slug)
        try:
            day = datetime.date.fromisoformat(match["day"] if match else "")
            first = datetime.time(int(match["hour"] or 0), int(match["minute"] or 0)) if match else datetime.time(0)
        except ValueError as error:
            raise Http404("no date at this address") from error
        in_this_minute = (first, first.replace(second=59, microsecond=999_999))
        dates = activity.occurrences.filter(published=True, original_date=day, original_time__range=in_this_minute)
        occurrence: Occurrence | None = dates.order_by("pk").first()
        if occurrence is None or occurrence.slug != slug:
            raise Http404("the activity has no such date")
        occurrence.activity = activity
        return occurrence

    @re_path(rf"^{IN_ADDRESS}/$")
    def date_page(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Show one date."""
        from ..occurrence_view import occurrence_context  # it reads models of this package

        page = cast("ActivityPage", self)
        occurrence = self.occurrence_at(slug)
        context = page.get_context(request)
        context.update(occurrence_context(page, occurrence, context))
        return TemplateResponse(request, "events_calendar/occurrence_page.html", context)

    @re_path(rf"^{IN_ADDRESS}\.ics/$")
    def date_file(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Answer with one date as a calendar file."""
        from ..subscriptions import file_of_date

        return file_of_date(request, cast("ActivityPage", self), self.occurrence_at(slug))

    @re_path(r"^feed\.ics/$")
    def feed(self, request: HttpRequest) -> HttpResponse:
        """Answer with all dates of the activity as a calendar to subscribe to."""
        from ..subscriptions import feed_of_activity

        return feed_of_activity(request, cast("ActivityPage", self))
