"""The mails that the desk writes: that somebody was not reached, and a page that answers a question."""

import datetime
import uuid

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from portal import outbox

from ..links import page_path
from ..models import Booking, Outcome

LATEST = datetime.timedelta(days=7)


def not_reached(booking: Booking, outcome: Outcome) -> None:
    """Tell somebody who gave an address that they were called in vain, and how to book again."""
    if not booking.email:
        return
    with override(booking.language):
        reason = _("We called you at the time that you booked, but could not reach you.")
        if outcome == Outcome.WRONG_NUMBER:
            reason = _("We called the number that you gave us, but it is not yours or does not work.")
        again = _("You can book another call here:") + f"\n{settings.BASE_URL}{page_path(booking)}book/"
        hello = _("Hello %(name)s,") % {"name": booking.name} if booking.name else _("Hello,")
        outbox.enqueue(
            key=f"hotline/{booking.ref}/not-reached",
            to=booking.email,
            language=booking.language,
            subject=_("We could not reach you"),
            text="\n\n".join([hello, reason, again]) + "\n",
            not_after=timezone.now() + LATEST,
        )


def send_page(form_key: uuid.UUID, to: str, language: str, title: str, address: str) -> None:
    """Send the address of a page to somebody on the phone; the same form sent again sends nothing more."""
    with override(language):
        outbox.enqueue(
            key=f"hotline/page/{form_key}",
            to=to,
            language=language,
            subject=title,
            text="\n\n".join([_("Hello,"), _("Here is the page that we talked about:"), f"{title}\n{address}"]) + "\n",
            not_after=timezone.now() + LATEST,
        )
