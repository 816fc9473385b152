"""Clubs and contact persons for tests."""

import datetime
from typing import Any

from bs4 import BeautifulSoup
from django.core.management import call_command
from django.test import Client
from wagtail.models import Page

from tests.factories import add_page, block, make_fact
from welcome_pages.models import ClubPage, ClubsPage, ContactPerson

TODAY = datetime.date.today()
LATER = TODAY + datetime.timedelta(days=100)
HERNING = "/da/herning/foreninger/"


def add_list(municipality: Page) -> ClubsPage:
    """Add the list of clubs of a municipality."""
    return add_page(municipality, ClubsPage, "foreninger", title=f"Foreninger i {municipality.title}")


def contact(*keys: str) -> list[dict[str, Any]]:
    """Return a contact of facts."""
    return [block("fact", key, f"c-{key}") for key in keys]


def club_values(**fields: Any) -> dict[str, Any]:
    """Return what every club needs; it is reached by a phone number."""
    return {
        "kind": "international",
        "summary": "Vi mødes og spiser sammen.",
        "contacts": contact("club-phone"),
        "source_name": "klubben selv",
        "confidence": "H",
        "reviewed_on": TODAY,
        "review_again_on": LATER,
        **fields,
    }


def add_club(clubs: ClubsPage, slug: str, **fields: Any) -> ClubPage:
    """Add a published club."""
    return add_page(clubs, ClubPage, slug, **club_values(**fields))


def add_facts() -> None:
    """Save the facts by which the clubs of these tests are reached."""
    make_fact("club-phone", "20 30 40 50")
    make_fact("club-email", "klub@example.dk", "email")
    make_fact("club-web", "https://klub.example.dk/", "link", target_language="en")
    make_fact("club-deadline", "P5D", "deadline")


def add_person(**fields: Any) -> ContactPerson:
    """Save a contact person who has agreed to be shown."""
    values = {
        "name": "Agnieszka",
        "languages": ["pl"],
        "municipality": "herning",
        "phone": "20 30 40 51",
        "consent_on": TODAY,
        "is_public": True,
        **fields,
    }
    person = ContactPerson(**values)
    person.full_clean()
    person.save()
    return person


def follow_danish() -> None:
    """Give pages that were added by code their aliases in the other languages, as a task does every hour."""
    call_command("sync_locale_trees")


def read(client: Client, address: str, status: int = 200) -> BeautifulSoup:
    """Return a page as it was answered."""
    response = client.get(address)
    assert response.status_code == status, address
    return BeautifulSoup(response.content, "html.parser")


def names(page: BeautifulSoup) -> list[str]:
    """Return the names of the clubs and people in the list, in order."""
    return [(found := heading.find(["a", "span"])) and found.get_text() for heading in page.select(".club h3")]
