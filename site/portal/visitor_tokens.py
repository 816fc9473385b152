"""Links by which somebody without an account reaches what is theirs: the link holds a secret, the database its hash only."""

import hashlib
import secrets

from django.http import HttpResponse

OCTETS = 24
"""192 random bits: nobody guesses them, so the hash needs neither salt nor many rounds."""


def new_token() -> str:
    """Return the secret of a new link, of letters that stand in addresses as they are."""
    return secrets.token_urlsafe(OCTETS)


def token_hash(token: str) -> str:
    """Return what is stored of a secret, and by which it is found."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def unlogged(response: HttpResponse) -> HttpResponse:
    """Keep a refusal on a page with a secret out of the log of failed requests, which names the path."""
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response
