"""The websites of organisers, which stand on the pages of their activities, for the list of external addresses."""

from collections.abc import Iterator

from portal.external_addresses.sources import AddressUse

from .models import ActivityPage


def organiser_address_uses() -> Iterator[AddressUse]:
    """Yield the website of the organiser of every public activity. One query."""
    pages = ActivityPage.objects.filter(live=True, organiser__isnull=False).exclude(organiser__website="")
    for page_id, website in pages.values_list("pk", "organiser__website"):
        yield AddressUse(page_id, address=website)
