"""The link by which somebody without an account reaches their call.

Its secret is made of the reference and the key of the site, so that every later mail can have the link again although the
database holds its hash only.
"""

import base64

from django.conf import settings
from django.utils.crypto import salted_hmac

from portal.visitor_tokens import token_hash

from .models import Booking
from .models.pages import SLUG

SALT = "hotline.link"


def secret_of(booking: Booking) -> str:
    """Return the secret of the link: 256 bits, of letters that stand in addresses as they are."""
    digest = salted_hmac(SALT, str(booking.ref), algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def stored_hash(booking: Booking) -> str:
    """Return what is stored of it."""
    return token_hash(secret_of(booking))


def page_path(booking: Booking) -> str:
    """Return the address of the hotline as the person reads it, without the host."""
    return "/".join(["", *filter(None, [booking.language, booking.municipality, SLUG]), ""])


def manage_url(booking: Booking) -> str:
    """Return the whole address at which the call is shown and changed."""
    return f"{settings.BASE_URL}{page_path(booking)}call/{secret_of(booking)}/"
