"""Best bets of the search: from an entry of the content file to the fields of a row, and what an entry must contain."""

from collections.abc import Callable
from typing import Any

from portal.search.models import BestBet
from portal.starter.located import Mapping, Place
from portal.starter.texts import LANGUAGES

from .rows import check_model

BET_KEYS = {"key", "urgent", "words"}
BET_OPTIONAL = {"fact", "page", "everywhere"}


def bet_values(item: Mapping, page_id: Callable[[str], int | None]) -> dict[str, Any]:
    """Return the fields of a best bet. Words that hold everywhere are written into every language."""
    words = {code: "; ".join(dict.fromkeys([*own, *item.get("everywhere", [])])) for code, own in item["words"].items()}
    page = item.get("page")
    return {
        "words": words,
        "is_urgent": item["urgent"],
        "fact_id": item.get("fact"),
        "page_id": page_id(page) if page else None,
    }


def check_bet(place: Place) -> None:
    """Raise Problem unless the entry can be saved as a best bet; what it leads to is checked with all files."""
    fields = place.fields(BET_KEYS, BET_OPTIONAL)
    fields["key"].word(80)
    if not isinstance(fields["urgent"].value, bool):
        fields["urgent"].refuse("must be true or false")
    for name in sorted({"fact", "page"} & fields.keys()):
        fields[name].word(80)
    if not {"fact", "page"} & fields.keys():
        fields["key"].refuse("leads nowhere: it needs a fact or a page")
    for words in fields["words"].fields(LANGUAGES).values():
        _check_words(words)
    if "everywhere" in fields:
        _check_words(fields["everywhere"])
    check_model(place, BestBet(key=place.value["key"], **bet_values(place.value, lambda _reference: None)))


def _check_words(place: Place) -> None:
    seen = set()
    for item in place.items(at_least=1):
        word = item.word(100)
        if ";" in word:
            item.refuse("must be a list: the semicolon separates words in the database")
        if word in seen:
            item.refuse(f"names “{word}” twice")
        seen.add(word)
