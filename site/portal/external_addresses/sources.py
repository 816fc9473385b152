"""Where an external address comes from, and the registry in which rooms name those that stand in no text of a page."""

import datetime
from collections.abc import Callable, Iterable
from typing import NamedTuple


class AddressSource(NamedTuple):
    """Who says that an address is right, and when somebody last looked."""

    name: str
    checked_on: datetime.date | None
    check_again_on: datetime.date | None
    confidence: str


class AddressUse(NamedTuple):
    """An address, or a fact that is one, on a page that neither holds it in its texts nor chooses it."""

    page_id: int
    fact: str = ""
    address: str = ""


_from_rooms: list[Callable[[], Iterable[AddressUse]]] = []


def register_address_uses(uses: Callable[[], Iterable[AddressUse]]) -> None:
    """Let a room name what its pages show of other objects or of files. Called in `AppConfig.ready`.

    The number of queries must not depend on the number of pages.
    """
    _from_rooms.append(uses)


def address_uses() -> Iterable[AddressUse]:
    """Yield what the rooms name."""
    for uses in _from_rooms:
        yield from uses()
