"""What people who signed up are told: in their language, once, and of what really changed."""

import datetime
import re

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from icalendar import Calendar

from events_calendar import changes
from events_calendar.materialise import GRACE, materialise
from events_calendar.models import Occurrence, SignUp
from events_calendar.schedules import Schedule
from events_calendar.sign_up import service
from events_calendar.sign_up.links import secret_of
from portal.mail.models import OutgoingMail
from portal.mail.sending import send_due
from tests.events_calendar.feeds.checker import check
from tests.events_calendar.sign_up.crowd import again, party

pytestmark = pytest.mark.django_db

SICK = {"da": "Læreren er syg.", "pl": "Nauczyciel jest chory."}


@pytest.fixture
def editor(db) -> User:
    return User.objects.create_superuser("editor", "editor@example.dk", "x" * 20)


@pytest.fixture
def anna(date) -> SignUp:
    return service.sign_up(date.pk, party("anna", language="pl"))


def mails(sign_up: SignUp, kind: str = "") -> list[OutgoingMail]:
    return list(OutgoingMail.objects.filter(key__startswith=f"sign-up/{sign_up.ref}/{kind}").order_by("pk"))


def the_mail(sign_up: SignUp, kind: str) -> OutgoingMail:
    (mail,) = mails(sign_up, kind)
    return mail


def entry(mail: OutgoingMail):
    """Return the event of a mail's calendar file, after a strict look at the file."""
    content = bytes(mail.calendar)
    calendar = Calendar.from_ical(content)
    (event,) = calendar.walk("VEVENT")
    return calendar["METHOD"], event


def clock(date: Occurrence, hours: int) -> Schedule:
    start = date.local_start
    return Schedule(
        start_date=start.date(),
        start_time=(start + datetime.timedelta(hours=hours)).time(),
        end_time=(start + datetime.timedelta(hours=hours + 1)).time(),
        end_day_offset=0,
        zone=date.activity.zone,
    )


@pytest.mark.parametrize("language", ["da", "en", "de", "pl", "ru"])
def test_a_confirmation_has_the_date_the_link_and_an_entry_for_the_calendar(date, language):
    one = service.sign_up(date.pk, party("anna", language=language, seats=2))
    mail = the_mail(one, "confirmed")
    assert mail.language == language
    assert f"http://testserver/{language}/herning/aktiviteter/kursus/tilmelding/{secret_of(one)}/" in mail.text
    assert "Biblioteket" in mail.text
    assert "%(" not in mail.text + mail.subject
    method, event = entry(mail)
    assert (method, event["UID"], event["SEQUENCE"]) == ("PUBLISH", str(date.uid), date.sequence)
    assert event["DTSTART"].dt == date.starts_at
    assert event["ORGANIZER"] == "mailto:portal@localhost"


def test_the_calendar_file_is_a_sound_one_and_names_no_person_and_no_secret(date):
    one = service.sign_up(date.pk, party("anna", name="Zuzanna"))
    content = bytes(the_mail(one, "confirmed").calendar).decode()
    for secret in (secret_of(one), "Zuzanna", "panna@example.dk", one.code, str(one.ref)):
        assert secret not in content.replace("\r\n ", "")
    of_feeds_only = {"X-WR-CALNAME", "NAME", "REFRESH-INTERVAL", "X-PUBLISHED-TTL", "METHOD", "ORGANIZER"}
    assert [
        finding for finding in check(content.encode()) if finding.text not in of_feeds_only and finding.kind != "method"
    ] == []


def test_on_the_day_before_people_are_reminded(date, anna):
    mail = the_mail(anna, "reminder")
    before = date.starts_at - mail.due_at
    assert datetime.timedelta(hours=1) < before < datetime.timedelta(days=2)
    assert mail.not_after == date.starts_at
    method, event = entry(mail)
    assert (method, event["DTSTART"].dt, event["UID"]) == ("PUBLISH", date.starts_at, str(date.uid))
    assert "1 " in mail.text
    service.change_seats(anna.pk, 4)
    assert "4 osoby" in the_mail(anna, "reminder").text
    service.cancel(anna.pk)
    assert mails(anna, "reminder") == []


def test_a_cancelled_date_is_told_to_everybody_and_leaves_their_calendars(date, anna, editor):
    waiting = [service.sign_up(date.pk, party("group", seats=9)), service.sign_up(date.pk, party("late", seats=5))]
    changes.cancel(again(date), editor, SICK)
    for one in (anna, *waiting):
        method, event = entry(the_mail(one, "date"))
        assert (method, event["STATUS"], event["UID"]) == ("CANCEL", "CANCELLED", str(date.uid))
        assert event["SEQUENCE"] == 1
    assert "Nauczyciel jest chory." in the_mail(anna, "date").text
    assert mails(anna, "reminder") == []
    assert again(anna).status == "confirmed", "it may take place after all"


def test_a_moved_date_is_told_with_its_new_time_and_reminds_at_that(date, anna, editor):
    before = the_mail(anna, "reminder").key
    changes.move(again(date), editor, clock(date, -2), SICK)
    method, event = entry(the_mail(anna, "date"))
    moved = again(date)
    assert (method, event["DTSTART"].dt, event["SEQUENCE"]) == ("PUBLISH", moved.starts_at, 1)
    reminder = the_mail(anna, "reminder")
    assert reminder.key != before
    assert reminder.not_after == moved.starts_at


def test_what_is_undone_before_anybody_was_told_is_not_told(date, anna, editor):
    changes.move(again(date), editor, clock(date, -2), SICK)
    changes.undo(again(date), editor, "slip")
    assert mails(anna, "date") == []


def test_what_is_undone_after_people_were_told_is_told_too(date, anna, editor):
    changes.cancel(again(date), editor, SICK)
    send_due()
    changes.undo(again(date), editor, "well again")
    told = mails(anna, "date")
    assert len(told) == 2
    method, event = entry(told[-1])
    assert (method, event["STATUS"], event["SEQUENCE"]) == ("PUBLISH", "CONFIRMED", 2)
    send_due()
    assert {mail.state for mail in mails(anna, "date")} == {"sent"}


def test_a_schedule_that_changes_tells_after_a_while_and_only_of_what_is_different(activity, date, anna):
    activity.start_time, activity.end_time = datetime.time(18), datetime.time(21)
    activity.save_revision().publish()
    mail = the_mail(anna, "date")
    assert mail.due_at > timezone.now() + GRACE - datetime.timedelta(minutes=1)
    materialise(activity.pk)
    assert len(mails(anna, "date")) == 1
    activity.start_time, activity.end_time = datetime.time(19), datetime.time(22)
    activity.save_revision().publish()
    assert mails(anna, "date") == []


def test_a_page_that_is_withdrawn_by_mistake_tells_nobody_if_it_comes_back_in_time(activity, date, anna):
    activity.unpublish()
    method, _event = entry(the_mail(anna, "date"))
    assert method == "CANCEL"
    type(activity).objects.get(pk=activity.pk).save_revision().publish()
    assert mails(anna, "date") == []
    assert len(mails(anna, "reminder")) == 1


def test_without_sign_up_on_this_site_those_who_have_signed_up_keep_their_places(activity, date, anna):
    waiting = [service.sign_up(date.pk, party("group", seats=9)), service.sign_up(date.pk, party("late"))]
    activity.registration = "none"
    activity.save_revision().publish()
    assert [again(one).status for one in (anna, *waiting)] == ["confirmed", "confirmed", "waiting"]
    service.cancel(anna.pk)
    assert again(waiting[1]).status == "waiting", "nobody gets a place where no places are given out"


def test_more_places_for_the_activity_let_people_move_up_and_fewer_take_none_away(activity, date, anna):
    waiting = [service.sign_up(date.pk, party("group", seats=9)), service.sign_up(date.pk, party("late"))]
    activity.capacity = 12
    activity.save_revision().publish()
    assert again(waiting[1]).status == "confirmed"
    Occurrence.objects.filter(pk=date.pk).update(override_capacity=20, capacity=20)
    materialise(activity.pk)
    assert again(date).capacity == 20, "what staff gave this date stays"


def test_every_link_in_every_mail_leads_somewhere(date, anna, client, editor):
    changes.move(again(date), editor, clock(date, -2), SICK)
    service.cancel(anna.pk)
    for mail in mails(anna):
        for link in re.findall(r"http://testserver(\S+)", mail.text):
            assert client.get(link).status_code == 200, link


def test_who_signed_up_for_an_example_is_told_in_every_mail_that_it_does_not_take_place(activity, date):
    sign_up = service.sign_up(date.pk, party("anna", language="pl"))
    assert "To jest przykład" not in the_mail(sign_up, "confirmed").text
    activity.is_example = True
    activity.save_revision().publish()
    sign_up = service.sign_up(date.pk, party("olga", language="pl"))
    assert "To jest przykład" in the_mail(sign_up, "confirmed").text
