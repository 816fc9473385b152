"""The facts in the words of the plan, for the list of external addresses: they stand in files and in no page."""

from collections.abc import Iterator

from portal.external_addresses.sources import AddressUse
from portal.facts.tokens import citations

from ..models import PlanPage
from .texts import Texts, shipped


def plan_address_uses() -> Iterator[AddressUse]:
    """Yield every fact that some plan cites, on the page of the plan in each language."""
    _rules, texts = shipped()
    keys = sorted({key for words in _words(texts) for prefix, key in citations(words) if not prefix})
    for page_id in PlanPage.objects.live().values_list("pk", flat=True):
        for key in keys:
            yield AddressUse(page_id, fact=key)


def _words(texts: Texts) -> Iterator[str]:
    for by_key in (*texts.named.values(), *texts.steps.values()):
        for text in by_key.values():
            yield from text.values()
