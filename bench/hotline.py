"""The booking of the hotline with 100 free times and with 100,000, on a PostgreSQL of its own, in one run.

python -m bench.hotline OUT [TIMES]    `make bench ONLY=hotline` sees to it

Requests go through Django's whole stack in this process. What counts is how long the list of free times keeps the database
busy, and how many queries each page of a booking takes.
"""

import datetime
import json
import os
import re
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any
from unittest.mock import patch
from urllib.parse import urlencode

import django

from bench.calendar import Measured, timed, vacuum

TIMES = 100_000
FEW = 100
STAFF = 40
"""Far more than there are: the list reads a row for each of them and each time."""
BOOKED = 500
CALL = datetime.timedelta(minutes=20)
REQUESTS, WARM_UP = 120, 20
BOOK = "/en/hotline/book/"


# The site -------------------------------------------------------------------------------------------------------------


def build() -> list[Any]:
    """Make a site with a hotline and its colleagues, and return these."""
    from django.core.management import call_command

    from hotline.models import HotlinePage
    from tests.factories import build_tree
    from tests.hotline.hotline_site import add_line, add_staff

    call_command("migrate", verbosity=0)
    tree = build_tree(aliases=False)
    page = HotlinePage(title="Hotline", show_in_menus=True, locale=tree.home.locale, content_owner="Redaktion")
    tree.home.add_child(instance=page)
    page.save_revision().publish()
    page.copy_for_translation(tree.locales["en"], copy_parents=True, alias=True)
    add_line()
    return [add_staff(f"Colleague {number}", "en", "da") for number in range(STAFF)]


def add_times(staff: list[Any], start: int, end: int) -> None:
    """Add times up to a number: one for every colleague every twenty minutes, from tomorrow on."""
    from django.utils import timezone

    from hotline.models import Slot
    from tests.hotline.hotline_site import add_line

    line, first = add_line(), timezone.now().replace(minute=0, second=0, microsecond=0) + datetime.timedelta(days=1)
    rows = []
    for number in range(start, end):
        turn, place = divmod(number, len(staff))
        starts_at = first + turn * CALL
        rows.append(
            Slot(
                line=line,
                staff=staff[place],
                starts_at=starts_at,
                ends_at=starts_at + CALL,
                local_date=timezone.localdate(starts_at),
            )
        )
    Slot.objects.bulk_create(rows, batch_size=5000)
    vacuum()


def book_the_first(number: int) -> None:
    """Let the times that come first be taken, as they are in life: the list has to go past them."""
    from hotline.bookings import book
    from hotline.models import Slot
    from tests.hotline.hotline_site import wish

    for count, starts_at in enumerate(Slot.objects.order_by("starts_at").values_list("starts_at", flat=True)[:number]):
        book(wish(starts_at, phone=f"+4521{count:06d}"))
    vacuum()


# A booking ------------------------------------------------------------------------------------------------------------


class Steps:
    """Somebody who goes through all pages of a booking, again and again; each is measured under its name."""

    def __init__(self) -> None:
        from django.test import Client

        self.browser = Client()
        self.measured: dict[str, Measured] = {}

    def ask(self, name: str, request: Callable[[], Any], status: int = 200) -> Any:
        """Do one request and note what it took."""
        from django.core.cache import cache

        cache.clear()  # one visitor may not do this so often
        with timed() as (queries, elapsed):
            answer = request()
            seconds = elapsed()
        if answer.status_code != status:
            raise RuntimeError(f"{name} answered {answer.status_code}")
        measured = self.measured.setdefault(name, Measured())
        measured.seconds.append(seconds)
        measured.database.append(sum(queries))
        measured.queries.append(len(queries))
        return answer

    def go(self) -> None:
        """Book a call, look at it, move it and cancel it."""
        get, post = self.browser.get, self.browser.post
        self.ask("language", lambda: get(BOOK))
        times = self.ask("times", lambda: get(f"{BOOK}times/?call=en"))
        first, second = _moments(times)[:2]
        answers = {"call": "en", "at": first, "topic": "tax"}
        details = self.ask("details", lambda: get(f"{BOOK}details/?{urlencode(answers)}"))
        sent = {**answers, **_hidden(details), "name": "Anna", "country": "DK", "email": "anna@example.com"}
        sent["phone"] = "20 30 40 01"
        self.ask("check", lambda: post(f"{BOOK}check/", sent))
        call = self.ask("confirm", lambda: post(f"{BOOK}confirm/", sent), 303).headers["Location"].split("?")[0]
        self.ask("call", lambda: get(call))
        self.ask("move, the times", lambda: get(f"{call}move/"))
        self.ask("move", lambda: post(f"{call}move/", {"at": second}), 303)
        self.ask("cancel", lambda: post(call, {"action": "cancel"}), 303)


def _moments(answer: Any) -> list[str]:
    return re.findall(r'value="(\d{8}T\d{4}Z)"', answer.content.decode())


def _hidden(answer: Any) -> dict[str, str]:
    fields = re.findall(r'<input[^>]*name="(form_key|opened_at)"[^>]*value="([^"]*)"', answer.content.decode())
    return dict(fields)


def measure_pages() -> dict[str, Measured]:
    """Go through all pages of a booking some times; the first time does not count."""
    steps = Steps()
    with patch("portal.visitor_forms.FASTEST", -1):
        steps.go()
        steps.measured.clear()
        for _time in range(5):
            steps.go()
    return steps.measured


def measure_list() -> Measured:
    """Ask for the list of free times."""
    steps = Steps()
    for _time in range(WARM_UP):
        steps.ask("times", lambda: steps.browser.get(f"{BOOK}times/?call=en"))
    steps.measured.clear()
    for _time in range(REQUESTS):
        steps.ask("times", lambda: steps.browser.get(f"{BOOK}times/?call=en"))
    return steps.measured["times"]


def run(times: int) -> dict[str, Any]:
    """Measure with few times and with many."""
    staff = build()
    add_times(staff, 0, FEW)
    results: dict[str, Any] = {"times": times, "few": FEW, "colleagues": STAFF, "load_before": os.getloadavg()}
    results["list, few times"] = measure_list().as_result()
    few = measure_pages()
    add_times(staff, FEW, times)
    book_the_first(BOOKED)
    results["list"] = measure_list().as_result()
    many = measure_pages()
    results["queries"] = {name: [max(few[name].queries), max(many[name].queries)] for name in many}
    results["pages"] = {name: measured.as_result() for name, measured in many.items()}
    results["load_after"] = os.getloadavg()
    return results


def main() -> None:
    """Start a PostgreSQL, measure, and write the results."""
    os.environ.pop("DATABASE_URL", None)
    os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings.test"
    import_module("tests.database")  # starts it
    django.setup()
    results = run(int(sys.argv[2]) if len(sys.argv) > 2 else TIMES)
    Path(sys.argv[1]).write_text(json.dumps(results), encoding="utf-8")


if __name__ == "__main__":
    main()
