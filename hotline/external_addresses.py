"""What the privacy notice of a booking links to, for the list of external addresses."""

from collections.abc import Iterator

from portal.external_addresses.sources import AddressUse

from .models import HotlinePage

DATA_PROTECTION_AGENCY = "https://www.datatilsynet.dk/"


def privacy_address_uses() -> Iterator[AddressUse]:
    """Yield the agency to which people can complain, on the page in every language. One query."""
    for page_id in HotlinePage.objects.filter(live=True).values_list("pk", flat=True):
        yield AddressUse(page_id, address=DATA_PROTECTION_AGENCY)
