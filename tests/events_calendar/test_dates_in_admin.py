"""What editors and publishers do to single dates, and who may."""

import datetime
import io
import re

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry

from events_calendar.models import Occurrence
from portal.municipalities.setup import create_roles
from tests.events_calendar.calendar_site import coming
from tests.factories import translate
from tests.portal.role_fixtures import make_people, make_person

pytestmark = pytest.mark.django_db
SICK = {"remark_da": "Læreren er syg."}


@pytest.fixture
def people(tree, cafe) -> dict[str, User]:
    """One person of each role in Herning, where the café is, and a publisher of Holstebro."""
    create_roles(io.StringIO())
    return {**make_people(), "neighbours": make_person("neighbour", "holstebro: publishers")}


@pytest.fixture
def publisher(people) -> Client:
    return browser(people["publishers"])


def browser(person: User) -> Client:
    client = Client(raise_request_exception=True)
    client.force_login(person)
    return client


def form_address(occurrence: Occurrence, action: str) -> str:
    return reverse("events_calendar_change_date", args=[occurrence.pk, action])


def send(client: Client, occurrence: Occurrence, action: str, **values: object):
    """Open the form of a change, fill it in and send it."""
    address = form_address(occurrence, action)
    soup = BeautifulSoup(client.get(address).content.decode(), "html.parser")
    form = soup.select_one("#w-editor-form")
    typed = {
        field["name"]: field.get("value", "") for field in form.select("input[name]") if field.get("type") != "checkbox"
    }
    return client.post(address, {**typed, **values})


def again(occurrence: Occurrence) -> Occurrence:
    return Occurrence.objects.get(pk=occurrence.pk)


def said(response) -> str:
    assert response.status_code == 200, "the form was accepted"
    return " ".join(BeautifulSoup(response.content.decode(), "html.parser").get_text(" ").split())


# Changes --------------------------------------------------------------------------------------------------------------


def test_a_publisher_cancels_a_date_with_a_reason(publisher, cafe):
    first, second = coming(cafe)[:2]
    response = send(publisher, first, "cancel", **SICK)
    assert response.url == reverse("events_calendar_dates", args=[cafe.pk])
    cancelled = again(first)
    assert (cancelled.status, cancelled.sequence, cancelled.uid) == ("cancelled", 1, first.uid)
    assert cancelled.remark == {"da": "Læreren er syg."}
    assert cancelled.changed_at > first.changed_at
    assert again(second).changed_at == second.changed_at


def test_a_cancellation_needs_a_reason_in_danish(publisher, cafe):
    first = coming(cafe)[0]
    assert "dansk" in said(send(publisher, first, "cancel", remark_pl="Nauczyciel jest chory.")).lower()
    assert again(first).status == "scheduled"


def test_a_publisher_moves_a_date_and_it_keeps_its_identity(publisher, cafe):
    first = coming(cafe)[0]
    new_day = first.local_date + datetime.timedelta(days=1)
    send(publisher, first, "move", start_date=new_day.isoformat(), start_time="16:30", end_time="18:00", **SICK)
    moved = again(first)
    assert moved.local_start == datetime.datetime.combine(new_day, datetime.time(16, 30))
    assert moved.local_end == datetime.datetime.combine(new_day, datetime.time(18))
    assert (moved.local_date, moved.original_date, moved.uid) == (new_day, first.original_date, first.uid)
    assert (moved.is_override, moved.sequence) == (True, 1)


def test_the_form_of_a_move_begins_with_the_times_of_the_date(publisher, cafe):
    first = coming(cafe)[0]
    html = publisher.get(form_address(first, "move")).content.decode()
    form = BeautifulSoup(html, "html.parser").select_one("#w-editor-form")
    values = {field["name"]: field.get("value") for field in form.select("input[name]")}
    assert (values["start_date"], values["start_time"], values["end_time"]) == (
        first.local_date.isoformat(),
        "19:00",
        "22:00",
    )


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"start_time": "19:00", "end_time": "18:00"}, "Sluttidspunktet skal ligge efter starttidspunktet"),
        ({"start_time": "", "end_time": "18:00"}, "Hvornår begynder det"),
        ({"start_date": "2020-01-01"}, "Vælg et tidspunkt i fremtiden"),
        ({"start_date": "2027-03-28", "start_time": "02:30", "end_time": "05:00"}, "stilles urene frem"),
        ({"end_day_offset": "99"}, "30"),
        ({"start_date": "i morgen"}, "dato"),
    ],
)
def test_a_date_cannot_be_moved_to_a_time_that_is_none(publisher, cafe, values, words):
    first = coming(cafe)[0]
    assert words in said(send(publisher, first, "move", **{**SICK, **values}))
    assert again(first).sequence == 0


def test_a_publisher_changes_the_place_of_one_date(publisher, cafe):
    first, second = coming(cafe)[:2]
    send(publisher, first, "place", place="Medborgerhuset, Torvet 1")
    assert (again(first).place, again(first).sequence) == ("Medborgerhuset, Torvet 1", 1)
    assert again(second).place == "Biblioteket, Østergade 8, 7400 Herning"


def test_undoing_gives_back_what_the_schedule_says(publisher, cafe):
    first = coming(cafe)[0]
    send(publisher, first, "place", place="Medborgerhuset")
    new_day = first.local_date + datetime.timedelta(days=2)
    send(publisher, first, "move", start_date=new_day.isoformat(), **SICK)
    send(publisher, first, "cancel", **SICK)
    send(publisher, first, "undo", reason="Alle er raske")
    back = again(first)
    kept = ("starts_at", "ends_at", "local_date", "place", "status", "uid", "is_override", "cancelled_at", "remark")
    assert [getattr(back, name) for name in kept] == [getattr(first, name) for name in kept]
    assert back.sequence == 4


def test_nobody_undoes_what_somebody_else_has_just_done(publisher, cafe):
    first = coming(cafe)[0]
    address = form_address(first, "place")
    send(publisher, first, "cancel", **SICK)
    assert "i mellemtiden" in said(publisher.post(address, {"sequence": "0", "place": "Et andet sted"}))
    assert again(first).override_place == ""


@pytest.mark.parametrize("sequence", ["", "x", "-1", "99999999999999999999"])
def test_a_forged_version_is_answered_in_words(publisher, cafe, sequence):
    first = coming(cafe)[0]
    assert publisher.post(form_address(first, "undo"), {"sequence": sequence}).status_code == 200
    assert again(first).sequence == 0


def test_what_is_over_or_gone_cannot_be_changed(publisher, cafe):
    over, gone = coming(cafe)[:2]
    now = timezone.now()
    Occurrence.objects.filter(pk=over.pk).update(
        starts_at=now - datetime.timedelta(hours=3), ends_at=now - datetime.timedelta(hours=1)
    )
    Occurrence.objects.filter(pk=gone.pk).update(status="cancelled", removed_at=now)
    assert "er overstået" in said(send(publisher, over, "cancel", **SICK))
    assert "ikke længere" in said(send(publisher, gone, "cancel", **SICK))


def test_every_change_is_in_the_history_of_the_page(publisher, people, cafe):
    first = coming(cafe)[0]
    send(publisher, first, "cancel", **SICK)
    send(publisher, first, "undo", reason="Alle er raske")
    entries = PageLogEntry.objects.filter(page=cafe.pk, action__startswith="events_calendar.").order_by("pk")
    assert [(entry.action, entry.user, entry.data["date"]) for entry in entries] == [
        ("events_calendar.cancel", people["publishers"], first.original_date.isoformat()),
        ("events_calendar.undo", people["publishers"], first.original_date.isoformat()),
    ]
    history = publisher.get(reverse("wagtailadmin_pages:history", args=[cafe.pk])).content.decode()
    assert "Læreren er syg." in history
    assert "Alle er raske" in history


# The list -------------------------------------------------------------------------------------------------------------


def test_the_list_names_each_date_with_what_can_be_done(publisher, cafe):
    first = coming(cafe)[0]
    send(publisher, first, "cancel", **SICK)
    html = publisher.get(reverse("events_calendar_dates", args=[cafe.pk])).content.decode()
    rows = BeautifulSoup(html, "html.parser").select("tbody tr")
    assert len(rows) == 50
    assert re.search(r"torsdag den \d+\. \w+ \d{4} kl\. 19–22", rows[0].get_text())
    assert "aflyst" in rows[0].get_text()
    assert "Læreren er syg." in rows[0].get_text()
    assert [link.get_text() for link in rows[0].select("a.button")] == ["Fortryd"]
    assert [link.get_text() for link in rows[1].select("a.button")] == ["Aflys", "Flyt", "Skift sted"]


def test_the_header_of_the_page_leads_to_the_list_in_every_language(publisher, cafe):
    translate(cafe, "pl")
    address = reverse("events_calendar_dates", args=[cafe.pk])
    polish = cafe.get_translations().get(locale__language_code="pl")
    for place in (
        reverse("wagtailadmin_pages:edit", args=[cafe.pk]),
        reverse("wagtailadmin_explore", args=[polish.pk]),
    ):
        assert address in publisher.get(place).content.decode()


def test_a_list_takes_as_many_queries_with_many_dates_as_with_few(
    publisher, cafe, django_assert_max_num_queries, django_assert_num_queries
):
    address = reverse("events_calendar_dates", args=[cafe.pk])
    publisher.get(address)
    with django_assert_max_num_queries(40) as few:
        publisher.get(address + "?p=2")
    with django_assert_num_queries(len(few)):
        publisher.get(address)


# Rights ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "sees_list", "changes"),
    [
        ("publishers", True, True),
        ("administrators", True, True),
        ("translators", True, True),
        ("editors", True, False),
        ("neighbours", False, False),
        ("nobody", False, False),
    ],
)
def test_who_may_change_the_dates(people, cafe, role, sees_list, changes):
    first, client = coming(cafe)[0], browser(people[role])
    response = client.get(reverse("events_calendar_dates", args=[cafe.pk]))
    assert (response.status_code == 200) is sees_list
    if sees_list:
        assert (form_address(first, "cancel") in response.content.decode()) is changes
    values = {"sequence": "0", "place": "Et andet sted", **SICK}
    for action in ("cancel", "move", "place", "undo"):
        assert (client.get(form_address(first, action)).status_code == 200) is changes
    client.post(form_address(first, "place"), values)
    assert (again(first).sequence == 1) is changes


def test_visitors_are_sent_to_the_login(client, cafe):
    for address in (
        reverse("events_calendar_dates", args=[cafe.pk]),
        form_address(coming(cafe)[0], "cancel"),
        reverse("events_calendar_schedule_preview", args=[cafe.pk]),
    ):
        assert client.post(address).status_code in {302, 405}
        assert "/admin/login/" in client.post(address).headers.get("Location", "")


def test_looking_at_a_form_changes_nothing(publisher, cafe):
    first = coming(cafe)[0]
    for action in ("cancel", "move", "place", "undo"):
        publisher.get(form_address(first, action))
    assert again(first).changed_at == first.changed_at


def test_what_does_not_exist_is_not_found(publisher, cafe):
    assert publisher.get(form_address(coming(cafe)[0], "explode")).status_code == 404
    assert publisher.get(reverse("events_calendar_change_date", args=[999_999, "cancel"])).status_code == 404
    assert publisher.get(reverse("events_calendar_dates", args=[999_999])).status_code == 404
