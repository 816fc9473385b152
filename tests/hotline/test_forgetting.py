"""After 31 days nobody is found in the database any more, whatever became of the mails that were written to them."""

import datetime
import io
from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from events_calendar.models import Occurrence
from events_calendar.sign_up import service
from events_calendar.sign_up.links import secret_of as secret_of_sign_up
from hotline import bookings
from hotline.held import hold
from hotline.links import secret_of
from hotline.models import Booking
from portal.mail.models import OutgoingMail
from portal.mail.sending import LEASE
from tests.events_calendar.calendar_site import add_activity, add_overview
from tests.events_calendar.sign_up.crowd import party
from tests.hotline.hotline_site import at, clock_at, next_monday, open_hotline, wish

pytestmark = [pytest.mark.django_db, pytest.mark.storage]

DAY = datetime.timedelta(days=1)
NAME, PHONE, EMAIL = "Xanthippa", "+4520394857", "xanthippa@example.org"
PERSONAL = [NAME.lower(), PHONE.removeprefix("+45"), EMAIL.split("@", maxsplit=1)[0]]


def stored_values() -> Iterator[tuple[str, str]]:
    """Every value of every column of every table that could hold a text, with where it stands."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            names = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for name, value in zip(names, row, strict=True):
                    if isinstance(value, bytes | memoryview):
                        yield f"{table}.{name}", bytes(value).decode(errors="replace")
                    elif value is not None and not isinstance(value, int | float | datetime.date):
                        yield f"{table}.{name}", str(value)


def found(*texts: str) -> set[str]:
    """The columns in which one of these texts stands."""
    return {place for place, value in stored_values() if any(text.lower() in value.lower() for text in texts)}


@pytest.fixture
def everything(tree) -> list[str]:
    """Somebody books two calls and cancels one, signs up for an activity and for another; no mail has gone out."""
    open_hotline(weeks=1)
    person = {"name": NAME, "email": EMAIL}
    cancelled = bookings.book(wish(at(next_monday(), 13), phone=PHONE, **person))
    bookings.cancel(cancelled.pk)
    kept = bookings.book(wish(at(next_monday(), 13, 20), phone=PHONE, **person))
    hold(wish(at(next_monday(), 14), phone=PHONE, **person))
    day = timezone.localdate() + 3 * DAY
    activity = add_activity(
        add_overview(tree.herning), frequency="once", weekdays=[], start_date=day, registration="here", capacity=2
    )
    date = Occurrence.objects.get(activity=activity)
    sign_up = service.sign_up(date.pk, party("x", phone=PHONE, **person))
    secrets = [secret_of(cancelled), secret_of(kept), secret_of_sign_up(sign_up)]
    assert len(found(NAME)) > 2
    assert found(*secrets)
    return [*PERSONAL, *secrets]


def test_nobody_is_found_31_days_after_the_call_although_no_mail_was_ever_sent(everything):
    late = OutgoingMail.objects.order_by("pk")[0]
    OutgoingMail.objects.filter(pk=late.pk).update(state="sending", lease_until=timezone.now() + LEASE, attempts=1)
    with clock_at(at(next_monday(), 15) + 31 * DAY):
        call_command("anonymise_expired", stdout=io.StringIO())
        assert found(*everything) == set()
        call_command("anonymise_expired", stdout=io.StringIO())
    assert set(OutgoingMail.objects.values_list("state", flat=True)) == {"failed", "unknown"}
    assert Booking.objects.count() == 2


def test_what_is_still_to_be_sent_is_kept(everything):
    before = list(OutgoingMail.objects.order_by("pk").values("recipient", "text", "state"))
    call_command("anonymise_expired", stdout=io.StringIO())
    assert list(OutgoingMail.objects.order_by("pk").values("recipient", "text", "state")) == before


def test_no_mail_about_a_call_is_sent_days_after_it(everything):
    assert not OutgoingMail.objects.filter(not_after=None).exists()
