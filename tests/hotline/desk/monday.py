"""A Monday at the hotline: two colleagues, calls that were booked, and the clock at one."""

import io
from dataclasses import dataclass
from typing import Any

from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from wagtail.users.models import UserProfile

from hotline.bookings import book
from hotline.models import Booking, HotlineLine, StaffMember
from hotline.slots import extend_all
from portal.municipalities.setup import create_roles
from tests.hotline.hotline_site import add_line, add_shift, add_staff, at, next_monday, wish
from tests.portal.role_fixtures import make_person

GROUP = "consortium: hotline staff"


@dataclass
class Monday:
    """Who is there, and who has to be called."""

    line: HotlineLine
    mette: StaffMember
    jens: StaffMember
    people: dict[str, User]

    def book(self, hour: int = 13, minute: int = 0, **values: Any) -> Booking:
        """Somebody books a call."""
        return book(wish(at(next_monday(), hour, minute), **values), by_staff=True)

    def browser(self, name: str = "mette") -> Client:
        """The browser of somebody who is logged in."""
        client = Client()
        client.force_login(self.people[name])
        return client


def make_monday() -> Monday:
    """Mette and Jens are there from 13 to 15 on two Mondays; both speak English."""
    create_roles(io.StringIO())
    line = add_line()
    mette, jens = add_staff("Mette", "da", "en"), add_staff("Jens", "en", "pl")
    people = {name: make_person(name, GROUP) for name in ("mette", "jens")}
    for person in people.values():
        UserProfile.objects.create(user=person, preferred_language="en")
    for staff, name in ((mette, "mette"), (jens, "jens")):
        staff.user = people[name]
        staff.save()
        for week in range(2):
            add_shift(staff, line, next_monday(week))
    extend_all()
    return Monday(line, mette, jens, people)


def again(booking: Booking) -> Booking:
    """A booking as it is in the database now."""
    return Booking.objects.get(pk=booking.pk)


def written(response: HttpResponse) -> str:
    """What stands on a page."""
    soup = BeautifulSoup(response.content, "html.parser")
    return " ".join((soup.select_one("main") or soup).get_text(" ").split())


def url(name: str, *args: Any) -> str:
    """The address of a view of the desk."""
    return reverse(f"hotline_{name}", args=args)
