"""References that people write down and read out on the phone: no letter in them looks like another."""

import secrets

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
LENGTH = 8


def new_code() -> str:
    """Return a reference that can be read out on the phone."""
    return "".join(secrets.choice(LETTERS) for _letter in range(LENGTH))


def typed_code(text: str) -> str:
    """Return a reference as somebody typed it, without the spaces and hyphens that make it readable."""
    return "".join(text.split()).replace("-", "").upper()
