"""The calendar with 100 dates and with 150,000, on a PostgreSQL of its own, in one run.

python -m bench.calendar OUT [DATES]    `make bench ONLY=calendar` sees to it

Requests go through Django's whole stack in this process: what counts is how long a reader waits, and how much of that is
the database. The small calendar fills its page too, so that the two pages show the same number of dates.
"""

import datetime
import itertools
import json
import os
import statistics
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

import django

DATES = 150_000
FEW = 100
ACTIVITIES = 400
REQUESTS, WARM_UP = 120, 20
MONTHS = 18
LISTS = [
    "/pl/kalender/?m=herning",
    "/pl/kalender/?type=sport&spoken=pl",
    "/pl/herning/kalender/?audience=women",
    "/da/kalender/?m=holstebro&type=language&type=work",
    "/pl/kalender/?spoken=pl&audience=families&m=herning",
]
PAGE = "/pl/kalender/"
FEED = "/pl/kalender/feed.ics?m=herning&type=sport"
WHOLE_FEED = "/pl/kalender/feed.ics"


@dataclass
class Measured:
    """What requests cost, one entry each."""

    seconds: list[float] = field(default_factory=list)
    database: list[float] = field(default_factory=list)
    queries: list[int] = field(default_factory=list)

    def as_result(self) -> dict[str, float]:
        """Return medians and 95th percentiles in milliseconds."""
        return {
            "milliseconds": round(statistics.median(self.seconds) * 1000, 1),
            "p95_milliseconds": p95(self.seconds),
            "p95_database_milliseconds": p95(self.database),
            "most_queries": max(self.queries),
        }


def p95(times: list[float]) -> float:
    """Return the 95th percentile in milliseconds."""
    return round(statistics.quantiles(times, n=20)[18] * 1000, 1)


@contextmanager
def timed() -> Iterator[tuple[list[float], Callable[[], float]]]:
    """Note how long each query takes, its rows included, and how long everything takes."""
    from django.db import connection

    queries: list[float] = []

    def note(execute: Any, sql: str, parameters: Any, many: bool, context: Any) -> Any:
        start = time.perf_counter()
        try:
            return execute(sql, parameters, many, context)
        finally:
            queries.append(time.perf_counter() - start)

    start = time.perf_counter()
    with connection.execute_wrapper(note):
        yield queries, lambda: time.perf_counter() - start


def measure(addresses: list[str], requests: int = REQUESTS, warm_up: int = WARM_UP, **headers: str) -> Measured:
    """Ask for addresses in turn; every answer must be 200, or 304 where a mark is sent along."""
    from django.test import Client

    browser, measured, wanted = Client(), Measured(), 304 if headers else 200
    for number, address in zip(range(warm_up + requests), itertools.cycle(addresses), strict=False):
        with timed() as (queries, elapsed):
            answer = browser.get(address, headers=headers)
            seconds = elapsed()
        if answer.status_code != wanted:
            raise RuntimeError(f"{address} answered {answer.status_code}")
        if number >= warm_up:
            measured.seconds.append(seconds)
            measured.database.append(sum(queries))
            measured.queries.append(len(queries))
    return measured


# The site ---------------------------------------------------------------------------------------------------------------


def build() -> list[Any]:
    """Make a site with two municipalities and some hundred activities in Danish and Polish, and return these."""
    from django.core.management import call_command
    from django.utils import timezone
    from wagtail.models import Page

    from events_calendar.choices import ActivityType, Audience
    from events_calendar.models import ActivityIndexPage, ActivityPage
    from tests.events_calendar.calendar_page import add_calendar
    from tests.factories import add_page, build_tree, translate

    call_command("migrate", verbosity=0)
    tree = build_tree(aliases=False)
    translate(add_calendar(tree.home), "pl")
    overviews = [add_page(place, ActivityIndexPage, "aktiviteter") for place in (tree.herning, tree.holstebro)]
    languages = ["da", "en", "pl", "ru", "uk", "ar"]
    made = []
    for number in range(ACTIVITIES):
        parent = Page.objects.get(pk=overviews[number % 2].pk)
        page = ActivityPage(
            title=f"Aktivitet {number}",
            slug=f"aktivitet-{number}",
            summary="Kom og vær med.",
            content_owner="Redaktion",
            locale=tree.locales["da"],
            activity_type=ActivityType.values[number % len(ActivityType.values)],
            spoken_languages=sorted({languages[number % 6], languages[number // 7 % 6]}),
            interpreter_languages=[languages[number // 3 % 6]] if number % 3 == 0 else [],
            audiences=[Audience.values[number % len(Audience.values)]] if number % 2 else [],
            also_in=["herning"] if number % 10 == 1 else [],
            start_date=timezone.localdate(),
            start_time=datetime.time(19),
            end_time=datetime.time(21),
            venue_name="Biblioteket",
            venue_address="Østergade 8",
            last_published_at=timezone.now(),
        )
        parent.add_child(instance=page)
        page.copy_for_translation(tree.locales["pl"], copy_parents=True, alias=True)
        made.append(page)
    return made


def add_dates(activities: list[Any], start: int, end: int, days: int) -> None:
    """Add dates up to a number, spread evenly over activities, days and hours."""
    from django.utils import timezone

    from events_calendar.models import Occurrence

    now = timezone.now().replace(minute=0, second=0, microsecond=0)
    rows = []
    for number in range(start, end):
        # A day further with every round of the activities, so that no activity has one moment twice.
        turn, place = divmod(number, len(activities))
        day = (turn + place * 7) % days
        starts_at = now + datetime.timedelta(days=1 + day, hours=(turn // days + place) % 12)
        rows.append(
            Occurrence(
                uid=uuid.uuid5(uuid.NAMESPACE_OID, str(number)),
                activity_id=activities[place].pk,
                original_date=starts_at.date(),
                original_time=datetime.time(number % 24, number // 24 % 60, number // 1440 % 60),
                starts_at=starts_at,
                ends_at=starts_at + datetime.timedelta(hours=2),
                local_date=timezone.localdate(starts_at),
                place="Biblioteket, Østergade 8",
                changed_at=now,
            )
        )
    Occurrence.objects.bulk_create(rows, batch_size=5000)
    vacuum()


def vacuum() -> None:
    """Bring the statistics of the database up to date, as its own housekeeping does within a minute."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def run(dates: int) -> dict[str, Any]:
    """Measure with few dates and with many."""
    from django.test import Client

    activities = build()
    add_dates(activities, 0, FEW, days=50)
    results: dict[str, Any] = {"dates": dates, "few": FEW}
    small = measure([PAGE])
    results["page, few dates"] = small.as_result()
    add_dates(activities, FEW, dates, days=MONTHS * 30)
    large = measure([PAGE])
    results["page"] = large.as_result()
    results["lists with filters"] = measure(LISTS).as_result()
    results["month"] = measure([f"{PAGE}?view=month"], 40, 4).as_result()
    results["feed"] = measure([FEED], 10, 2).as_result()
    results["whole feed"] = measure([WHOLE_FEED], 10, 2).as_result()
    results["events in the feed"] = Client().get(FEED).content.count(b"BEGIN:VEVENT")
    results["events in the whole feed"] = Client().get(WHOLE_FEED).content.count(b"BEGIN:VEVENT")
    mark = Client().get(WHOLE_FEED).headers["ETag"]
    results["whole feed, not modified"] = measure([WHOLE_FEED], **{"if-none-match": mark}).as_result()
    results["growth"] = round(statistics.median(large.seconds) / statistics.median(small.seconds), 2)
    return results


def main() -> None:
    """Start a PostgreSQL, measure, and write the results."""
    os.environ.pop("DATABASE_URL", None)
    os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings.test"
    import_module("tests.database")  # starts it
    django.setup()
    results = run(int(sys.argv[2]) if len(sys.argv) > 2 else DATES)
    Path(sys.argv[1]).write_text(json.dumps(results), encoding="utf-8")


if __name__ == "__main__":
    main()
