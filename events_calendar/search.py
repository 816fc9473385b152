"""What the search finds of activities: those that still have a date to come."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from django.conf import settings
from django.utils import timezone

from portal.pages.base import BasePage
from portal.search.documents import Document, Kind
from portal.search.models import SearchDocument
from portal.search.page_source import PageSource, PageVersions
from portal.search.updates import request_update

from .models import ActivityPage, Occurrence
from .models.occurrences import Status

SOURCE = "activity"


class ActivitySource(PageSource):
    """Activities, by text, place and organiser."""

    def __init__(self) -> None:
        super().__init__(SOURCE, ActivityPage, Kind.ACTIVITY)

    def documents(self, origins: Sequence[str]) -> Iterator[Document]:
        """Yield the documents of those that are not over."""
        coming = with_dates_to_come()
        return super().documents([origin for origin in origins if origin in coming])

    def document(
        self, page: BasePage, versions: PageVersions, texts: dict[str, str], municipality: str | None = None
    ) -> Document:
        """Return the document of an activity, which says if it is only an example."""
        danish = versions.get(settings.LANGUAGE_CODE, page)
        is_example = isinstance(danish, ActivityPage) and danish.is_example
        return replace(super().document(page, versions, texts, municipality), is_example=is_example)


def with_dates_to_come() -> set[str]:
    """Return the origins of the activities that will take place."""
    dates = Occurrence.objects.public().not_over(timezone.now()).filter(status=Status.SCHEDULED).order_by()
    return {str(key) for key in dates.values_list("activity__translation_key", flat=True).distinct()}


def forget_what_is_over() -> None:
    """Let the search drop the activities whose last date has passed since somebody last looked."""
    found = set(SearchDocument.objects.filter(source=SOURCE).values_list("origin", flat=True))
    request_update(SOURCE, *sorted(found - with_dates_to_come()))
