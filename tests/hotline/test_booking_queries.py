"""How often a booking asks the database: at most twelve times a page, with a hundred times to book and with thousands."""

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from hotline import bookings
from hotline.models import Booking, HotlinePage, Slot
from hotline.visitors.answers import written
from portal.mail.models import OutgoingMail
from tests.hotline.hotline_site import add_staff, at, next_monday, open_hotline, wish
from tests.hotline.visitors import Visitor

pytestmark = [pytest.mark.django_db, pytest.mark.storage]

MOST = 12
FEW, MANY = 100, 5000
BASE = "/en/herning/hotline/"
ANNA = {"name": "Anna", "country": "DK", "phone": "20 30 40 99", "email": "anna@example.com", "topic": "tax"}
OF_TRANSACTIONS = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK")
"""Beginning and ending a transaction asks nothing; the benchmark does not count it either."""


class CountingClient(Client):
    """A browser that notes what each page asks the database."""

    def __init__(self) -> None:
        super().__init__()
        self.counts: dict[str, int] = {}

    def request(self, **request: Any) -> Any:
        """Ask for a page, and note it under its method, the last part of its address and its status."""
        asked: list[str] = []

        def note(execute: Any, sql: str, *arguments: Any) -> Any:
            asked.append(sql)
            return execute(sql, *arguments)

        with connection.execute_wrapper(note):
            response = super().request(**request)
        name = request["PATH_INFO"].removeprefix(BASE)
        if name.startswith("call/"):
            name = "call/" + name.split("/", 2)[2]
        asked = [sql for sql in asked if not sql.startswith(OF_TRANSACTIONS)]
        name = f"{request['REQUEST_METHOD']} {name} {response.status_code}"
        self.counts[name] = max(len(asked), self.counts.get(name, 0))
        return response


def add_times(number: int) -> None:
    """Add times to book after those of the tests, for ten colleagues."""
    line = Slot.objects.earliest("pk").line
    staff = [add_staff(f"Colleague {place}", "en") for place in range(10)]
    call, first = datetime.timedelta(minutes=20), at(next_monday(2), 8)
    rows = []
    for count in range(number):
        turn, place = divmod(count, len(staff))
        starts_at = first + turn * call
        times = {"starts_at": starts_at, "ends_at": starts_at + call, "local_date": timezone.localdate(starts_at)}
        rows.append(Slot(line=line, staff=staff[place], **times))
    Slot.objects.bulk_create(rows)


def counts_of_a_booking(about: int) -> dict[str, int]:
    """Go through everything that can be done from a page in a municipality, once with luck and twice without."""
    client = CountingClient()
    visitor, first, second = Visitor(client), written(at(next_monday(1), 13)), written(at(next_monday(1), 14))

    def to_check(moment: str, **details: str) -> Visitor:
        visitor.open(f"{BASE}book/?topic=tax&about={about}").send(call="en")
        visitor.send(at=moment)
        return visitor.send(**{**ANNA, **details})

    to_check(first).send()
    link = visitor.address
    assert Booking.objects.latest("pk").about_page_id == about
    to_check(second).send()
    assert visitor.response.status_code == 409
    to_check(second, phone="20 30 40 98")
    bookings.book(wish(at(next_monday(1), 14), number=0))
    visitor.send()
    assert visitor.response.status_code == 409
    visitor.open(f"{link}move/").send("move/", at=written(at(next_monday(1), 14, 20)))
    assert "is changed" in visitor.html
    visitor.open(f"{BASE}find/").send("find/", code=Booking.objects.latest("sequence").code, **ANNA)
    assert visitor.address == link
    client.get(f"{link}hotline.ics")
    client.post(link, {"action": "cancel"})
    kinds = sorted(key.split("/")[2] for key in OutgoingMail.objects.values_list("key", flat=True))
    assert kinds == ["booked", "cancelled", "link", "moved"], "and a reminder, which was dropped with the call"
    Booking.objects.all().delete()
    OutgoingMail.objects.all().delete()
    return client.counts


def test_no_page_of_a_booking_asks_more_than_twelve_times_however_many_times_there_are(hotline_page: HotlinePage):
    open_hotline(weeks=2)
    counts_of_a_booking(hotline_page.pk)  # what a process keeps in memory is there from now on
    add_times(FEW)
    few = counts_of_a_booking(hotline_page.pk)
    add_times(MANY)
    many = counts_of_a_booking(hotline_page.pk)
    assert few == many
    assert {"POST book/confirm/ 303", "POST book/confirm/ 409", "POST call/move/ 303"} <= few.keys()
    assert {name: count for name, count in few.items() if count > MOST} == {}
