"""A club that fills in forms and reads its mail, as a browser and a mail program would."""

import datetime
import re
import time
import uuid
from typing import Any

from bs4 import BeautifulSoup
from django.core import signing
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from portal.mail.models import OutgoingMail
from portal.visitor_forms import SALT


def day(days: int) -> str:
    """Return a day from today on as people type it."""
    return f"{timezone.localdate() + datetime.timedelta(days=days):%d.%m.%Y}"


def opened(seconds: int = 60) -> str:
    """Return the signed time of a form that was opened a while ago."""
    return signing.Signer(salt=SALT).sign(str(int(time.time()) - seconds))


def filled(**changed: Any) -> dict[str, Any]:
    """Return the answers of a chess club in Herning, and whatever a test wants changed about them."""
    return {
        "form_key": str(uuid.uuid4()),
        "opened_at": opened(),
        "second_nickname": "",
        "organiser": "Herning Skakklub",
        "email": "skak@example.dk",
        "website": "www.skak.example.dk",
        "municipality": "herning",
        "activity_type": "sport",
        "text_language": "da",
        "title": "Skakaften",
        "summary": "Vi spiller skak og drikker kaffe.",
        "text": "Alle kan være med.\nVi lærer dig reglerne.",
        "start_date": day(10),
        "start_time": "19",
        "end_time": "21.30",
        "repeats": "once",
        "venue_name": "Biblioteket",
        "venue_address": "Østergade 8, 7400 Herning",
        "spoken_languages": ["da", "en"],
        "audiences": ["newcomers"],
        "price": "Gratis",
        "what_to_bring": "",
        "registration": "none",
        **changed,
    }


class Club:
    """A browser without an account, and a mailbox."""

    def __init__(self, browser: Client, language: str = "da") -> None:
        self.browser, self.language = browser, language
        self.url = f"/{language}/kalender/indsend/"

    def send(self, step: str = "send", **changed: Any) -> HttpResponse:
        """Send the form."""
        return self.browser.post(self.url, {**filled(**changed), "step": step})

    def mails(self) -> list[OutgoingMail]:
        """Return the mails of this club, oldest first."""
        return list(OutgoingMail.objects.order_by("pk"))

    def link(self) -> str:
        """Return the path of the link in the newest mail."""
        found = re.findall(r"http://testserver(/\S+/indsend/\S+/)", self.mails()[-1].text)
        return found[-1]

    def confirm(self) -> HttpResponse:
        """Open the link of the newest mail and press the button."""
        return self.browser.post(self.link(), follow=True)


def page_of(response: HttpResponse) -> BeautifulSoup:
    """Return a page to look at."""
    return BeautifulSoup(response.content, "html.parser")


def mistakes(response: HttpResponse) -> list[str]:
    """Return the mistakes at the top of a form."""
    return [item.get_text(strip=True) for item in page_of(response).select(".form-errors li")]
