"""From a row of the outbox to a mail: plain text, for a person, from a program."""

import hashlib
import re
from email.mime.text import MIMEText
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage

from .models import OutgoingMail

METHOD = re.compile(rb"^METHOD:([A-Z]+)\r?$", re.MULTILINE)


def message_id(key: str) -> str:
    """Return the id of the mail with this key: the same whenever it is sent, so that mail programs show it once."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:40]}@{domain}>"


def message_of(mail: OutgoingMail) -> EmailMessage:
    """Return the mail. `Auto-Submitted` keeps absence notes from answering it."""
    message = EmailMessage(
        subject=mail.subject,
        body=mail.text,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[mail.recipient],
        headers={
            "Message-ID": message_id(mail.key),
            "Auto-Submitted": "auto-generated",
            "Content-Language": mail.language,
        },
    )
    calendar = bytes(mail.calendar)
    if calendar:
        # An attachment and no alternative of the text: it is offered to the calendar and asks for no answer.
        part = MIMEText(calendar.decode(), "calendar", "utf-8")
        method = METHOD.search(calendar)
        if method:
            part.set_param("method", method[1].decode())
        part.add_header("Content-Disposition", "attachment", filename="activity.ics")
        message.attach(part)
    return message
