"""The addresses of single dates, below the address of their activity."""

import datetime
import re
from typing import TYPE_CHECKING, cast

from django.http import Http404
from wagtail.contrib.routable_page.models import RoutablePageMixin

if TYPE_CHECKING:
    from .activities import ActivityPage
    from .occurrences import Occurrence

SLUG = re.compile(r"(?P<day>\d{4}-\d{2}-\d{2})(?:-(?P<hour>\d{2})(?P<minute>\d{2}))?", re.ASCII)


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
