"""What is stored about people for a time only, and the registry in which every room says how its own is removed."""

from collections.abc import Callable

_expiries: dict[str, Callable[[], int]] = {}


def register_expiry(name: str, remove: Callable[[], int]) -> None:
    """Let a room remove what has expired, once a day. Called in `AppConfig.ready`.

    The function deletes or anonymises what is too old, and returns how many records that were.
    """
    _expiries[name] = remove


def expiries() -> dict[str, Callable[[], int]]:
    """Return the registered functions by name."""
    return dict(_expiries)
