"""What staff see of the sign-ups of a date, and do about them; only those who may publish the activity."""

import csv
import datetime
import io

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from events_calendar.models import SignUp
from events_calendar.sign_up import service
from portal.mail.models import OutgoingMail
from portal.municipalities.setup import create_roles
from tests.events_calendar.sign_up.crowd import again, party
from tests.portal.role_fixtures import make_people, make_person

pytestmark = pytest.mark.django_db

LIST, ADD, PLACES, MESSAGE, TABLE = (
    f"events_calendar_{name}" for name in ("sign_ups", "add_sign_up", "capacity", "message", "attendance")
)


@pytest.fixture
def people(tree, date):
    create_roles(io.StringIO())
    return {**make_people(), "neighbours": make_person("neighbour", "holstebro: publishers")}


@pytest.fixture
def staff(people) -> Client:
    return browser(people["publishers"])


def browser(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def send(client: Client, name: str, *args, **values):
    """Open a form, fill it in and send it."""
    address = reverse(name, args=args)
    form = BeautifulSoup(client.get(address).content, "html.parser").select_one("#w-editor-form")
    typed = {tag["name"]: tag.get("value", "") for tag in form.select("input[name]") if tag.get("type") != "checkbox"}
    return client.post(address, {**typed, **values})


def written(response) -> str:
    return " ".join(BeautifulSoup(response.content, "html.parser").get_text(" ").split())


def test_only_those_who_may_publish_see_who_comes(people, date):
    one = service.sign_up(date.pk, party("anna"))
    addresses = [reverse(name, args=[date.pk]) for name in (LIST, ADD, PLACES, MESSAGE, TABLE)]
    addresses.append(reverse("events_calendar_change_sign_up", args=[date.pk, one.pk, "cancel"]))
    for role in ("editors", "neighbours"):
        client = browser(people[role])
        for address in addresses:
            for response in (client.get(address), client.post(address, {})):
                assert response.status_code in {302, 403}, address
                assert "panna@example.dk" not in response.content.decode()
    assert again(one).status == "confirmed"


def test_the_list_names_those_who_come_first(staff, date, in_english):
    service.sign_up(date.pk, party("group", seats=9, name="Group"))
    service.sign_up(date.pk, party("two", seats=2, name="Waiting"))
    gone = service.sign_up(date.pk, party("gone", name="Gone"))
    service.cancel(gone.pk)
    response = staff.get(reverse(LIST, args=[date.pk]))
    rows = BeautifulSoup(response.content, "html.parser").select("main tbody tr")
    assert [row.select_one("td").get_text(strip=True) for row in rows] == ["Group", "Waiting", "Gone"]
    assert "no-store" in response.headers["Cache-Control"]


def test_somebody_who_called_is_noted_once_without_any_contact(staff, date):
    address = reverse(ADD, args=[date.pk])
    form = BeautifulSoup(staff.get(address).content, "html.parser").select_one("#w-editor-form")
    key = form.select_one("[name=form_key]")["value"]
    values = {"form_key": key, "name": "Bo", "seats": 2, "email": "", "phone": "", "language": "pl"}
    for _time in range(2):
        assert staff.post(address, values).url == reverse(LIST, args=[date.pk])
    made = SignUp.objects.get()
    assert (made.name, made.seats, made.status, again(date).taken) == ("Bo", 2, "confirmed", 2)


def test_places_go_up_and_those_who_wait_move_up_and_never_below_what_is_taken(staff, date):
    service.sign_up(date.pk, party("group", seats=10))
    waiting = service.sign_up(date.pk, party("anna"))
    assert send(staff, PLACES, date.pk, capacity=12).status_code == 302
    assert again(waiting).status == "confirmed"
    response = send(staff, PLACES, date.pk, capacity=5)
    assert response.status_code == 200
    assert (again(date).capacity, again(date).override_capacity) == (12, 12)


def test_two_who_change_the_places_at_once_do_not_undo_each_other(staff, date):
    address = reverse(PLACES, args=[date.pk])
    form = BeautifulSoup(staff.get(address).content, "html.parser").select_one("#w-editor-form")
    opened = {tag["name"]: tag.get("value", "") for tag in form.select("input[name]")}
    assert send(staff, PLACES, date.pk, capacity=20).status_code == 302
    for seen in (opened, {**opened, "seen": ""}, {**opened, "seen": "nonsense"}):
        assert staff.post(address, {**seen, "capacity": 12}).status_code == 200
    assert "En anden har ændret denne dato" in written(staff.post(address, {**opened, "capacity": 12}))
    assert again(date).capacity == 20


def test_a_form_that_noted_somebody_for_another_date_can_be_sent_again(staff, activity, date):
    other = activity.occurrences.order_by("starts_at")[1]
    form = BeautifulSoup(staff.get(reverse(ADD, args=[date.pk])).content, "html.parser").select_one("#w-editor-form")
    key = form.select_one("[name=form_key]")["value"]
    values = {"form_key": key, "name": "Bo", "seats": 2, "email": "", "phone": "", "language": "pl"}
    assert staff.post(reverse(ADD, args=[date.pk]), values).status_code == 302
    response = staff.post(reverse(ADD, args=[other.pk]), values)
    assert "Med denne formular er nogen blevet tilmeldt en anden dato." in written(response)
    key = BeautifulSoup(response.content, "html.parser").select_one("[name=form_key]")["value"]
    assert staff.post(reverse(ADD, args=[other.pk]), {**values, "form_key": key}).status_code == 302
    assert again(other).taken == 2


def test_who_was_there_is_noted_once_it_has_begun_and_can_be_undone(staff, date, move):
    one = service.sign_up(date.pk, party("anna"))
    change = "events_calendar_change_sign_up"
    send(staff, change, date.pk, one.pk, "attended")
    assert again(one).status == "confirmed", "it has not begun"
    move(date, -datetime.timedelta(hours=1))
    send(staff, change, date.pk, one.pk, "attended")
    assert again(one).status == "attended"
    send(staff, change, date.pk, one.pk, "no-show")
    assert again(one).status == "no_show"
    send(staff, change, date.pk, one.pk, "undo")
    assert (again(one).status, again(date).taken) == ("confirmed", 1)
    move(date, -datetime.timedelta(days=10))
    assert service.mark(one.pk, "attended") is False


def test_staff_cancel_a_sign_up_only_by_sending_the_form(staff, date):
    one = service.sign_up(date.pk, party("anna"))
    change = "events_calendar_change_sign_up"
    staff.get(reverse(change, args=[date.pk, one.pk, "cancel"]))
    assert again(one).status == "confirmed"
    send(staff, change, date.pk, one.pk, "cancel")
    assert (again(one).status, again(date).taken) == ("cancelled", 0)
    other = again(date).activity.occurrences.exclude(pk=date.pk).first()
    assert staff.get(reverse(change, args=[other.pk, one.pk, "cancel"])).status_code == 404


def test_a_message_reaches_everybody_once_in_their_language(staff, date):
    for number, language in enumerate(("pl", "ru", "da")):
        service.sign_up(date.pk, party(number, language=language))
    service.sign_up(date.pk, party("phone", email="", phone="+4520123456"))
    address = reverse(MESSAGE, args=[date.pk])
    form = BeautifulSoup(staff.get(address).content, "html.parser").select_one("#w-editor-form")
    values = {tag["name"]: tag.get("value", "") for tag in form.select("input[name]") if tag.get("type") != "checkbox"}
    names = [name for name in values if name.startswith("subject")]
    assert len(names) == 5
    values |= {"subject_da": "Husk 100 %", "text_da": "Tag en pen med.", "text_pl": "Weź długopis."}
    for _time in range(2):
        assert staff.post(address, values).status_code == 302
    mails = OutgoingMail.objects.filter(key__contains="/message/").order_by("recipient")
    assert [mail.subject for mail in mails] == ["Husk 100 %"] * 3
    assert ["Weź" in mail.text for mail in mails] == [True, False, False]


def test_the_table_opens_in_a_danish_spreadsheet_and_holds_no_formula(staff, date):
    service.sign_up(date.pk, party("x", name='=HYPERLINK("http://evil")', email="", phone="+4520123456"))
    service.sign_up(date.pk, party("y", name="Zoë; Жанна"))
    content = staff.get(reverse(TABLE, args=[date.pk])).content
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert {row[0] for row in rows[1:]} == {'\'=HYPERLINK("http://evil")', "Zoë; Жанна"}
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]


def test_the_dates_lead_to_their_sign_ups(staff, activity, date):
    service.sign_up(date.pk, party("anna"))
    page = staff.get(reverse("events_calendar_dates", args=[activity.pk])).content.decode()
    assert reverse(LIST, args=[date.pk]) in page
    assert "1 / 10" in page


def test_a_page_on_which_people_have_signed_up_is_not_deleted(people, activity, overview, date):
    service.sign_up(date.pk, party("anna"))
    client = browser(people["administrators"])
    for page in (activity, overview):
        response = client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]), follow=True)
        assert "har tilmeldt sig" in written(response)
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    response = client.post(f"{bulk}?id={activity.pk}&next=/admin/", follow=True)
    assert "har tilmeldt sig" in written(response)
    assert type(activity).objects.filter(pk=activity.pk).exists()
    assert SignUp.objects.exists()
