"""The facts in the words of the plan, for the list of external addresses: they stand in files and in no page."""

from collections.abc import Iterator
from functools import lru_cache

from portal.external_addresses.sources import AddressUse
from portal.facts.tokens import citations

from ..models import PlanPage
from .texts import Texts, shipped


def plan_address_uses() -> Iterator[AddressUse]:
    """Yield every fact that some plan cites, on the page of the plan in each language."""
    keys = sorted(cited_by_plan())
    for page_id in PlanPage.objects.live().values_list("pk", flat=True):
        for key in keys:
            yield AddressUse(page_id, fact=key)


@lru_cache(maxsize=1)
def cited_by_plan() -> frozenset[str]:
    """Return the facts that the words of the plan cite, read once per process like these."""
    _rules, texts = shipped()
    return frozenset(key for words in _words(texts) for prefix, key in citations(words) if not prefix)


def _words(texts: Texts) -> Iterator[str]:
    for by_key in (*texts.named.values(), *texts.steps.values()):
        for text in by_key.values():
            yield from text.values()
