"""The link by which somebody without an account reaches their sign-up.

Its secret is made of the reference and the key of the site, so that every later mail can have the link again although the
database holds its hash only.
"""

import base64

from django.conf import settings
from django.utils.crypto import salted_hmac

from portal.pages.rows import relative_path
from portal.visitor_tokens import token_hash

from ..models import ActivityPage, SignUp

SALT = "events_calendar.sign_up.link"
PATH = "tilmelding"


def secret_of(sign_up: SignUp) -> str:
    """Return the secret of the link: 256 bits, of letters that stand in addresses as they are."""
    digest = salted_hmac(SALT, str(sign_up.ref), algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def stored_hash(sign_up: SignUp) -> str:
    """Return what is stored of it."""
    return token_hash(secret_of(sign_up))


def page_for(activity: ActivityPage, language: str) -> ActivityPage:
    """Return the activity in a person's language; the Danish page where there is none."""
    pages = ActivityPage.objects.filter(translation_key=activity.translation_key, live=True).select_related("locale")
    by_language = {page.locale.language_code: page for page in pages}
    return by_language.get(language) or by_language.get(settings.LANGUAGE_CODE) or activity


def path_of(page: ActivityPage) -> str:
    """Return the address of an activity in the language of the page, without the host."""
    return f"/{page.locale.language_code}/{relative_path(page.url_path)}"


def manage_url(sign_up: SignUp, page: ActivityPage) -> str:
    """Return the whole address at which the sign-up is shown and changed."""
    return f"{settings.BASE_URL}{path_of(page)}{PATH}/{secret_of(sign_up)}/"
