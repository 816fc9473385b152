"""A visitor in a browser without a script: opens forms, fills them in, sends them, follows redirects."""

from typing import Any

from bs4 import BeautifulSoup, Tag
from django.core import signing
from django.http import HttpResponse
from django.test import Client

from events_calendar.models import Occurrence, SignUp
from events_calendar.sign_up.links import secret_of
from portal import visitor_forms


class Visitor:
    """One person with one browser."""

    def __init__(self, language: str = "da", address: str = "203.0.113.9") -> None:
        self.client = Client(REMOTE_ADDR=address)
        self.language = language

    def path(self, occurrence: Occurrence) -> str:
        slug = occurrence.activity.slug
        return f"/{self.language}/herning/aktiviteter/{slug}/{occurrence.slug}/tilmelding/"

    def link(self, sign_up: SignUp) -> str:
        return (
            f"/{self.language}/herning/aktiviteter/{sign_up.occurrence.activity.slug}/tilmelding/{secret_of(sign_up)}/"
        )

    def open(self, address: str) -> BeautifulSoup:
        self.response = self.client.get(address)
        return BeautifulSoup(self.response.content, "html.parser")

    def filled(self, occurrence: Occurrence, **values: Any) -> dict[str, Any]:
        """Return the form as a person sends it, who took a minute to fill it in."""
        form = self.open(self.path(occurrence)).select_one("main form")
        assert isinstance(form, Tag)
        fields = {tag["name"]: tag.get("value", "") for tag in form.select("input[name]")}
        fields["opened_at"] = opened_before(60)
        return {**fields, "name": "Anna", "email": "anna@example.dk", **values}

    def send(self, occurrence: Occurrence, **values: Any) -> HttpResponse:
        """Fill the form in and send it."""
        self.response = self.client.post(self.path(occurrence), self.filled(occurrence, **values))
        return self.response

    def act(self, sign_up: SignUp, action: str, **values: Any) -> BeautifulSoup:
        """Press a button on the page behind the link, and return what is shown then."""
        response = self.client.post(self.link(sign_up), {"action": action, **values})
        assert response.status_code == 303, response.status_code
        return self.open(response.headers["Location"])


def opened_before(seconds: int) -> str:
    """Return the signed time of a form that was opened some seconds ago."""
    signed = visitor_forms.signed_now()
    moment = int(signing.Signer(salt=visitor_forms.SALT).unsign(signed)) - seconds
    return signing.Signer(salt=visitor_forms.SALT).sign(str(moment))


def text_of(soup: BeautifulSoup) -> str:
    """Return what is written on a page."""
    main = soup.select_one("main")
    return " ".join(main.get_text(" ").split()) if main else ""
