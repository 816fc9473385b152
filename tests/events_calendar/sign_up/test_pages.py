"""Sign-up as visitors meet it: the form, what is wrong with it, and the page behind the link."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from events_calendar.models import Occurrence, SignUp
from events_calendar.sign_up import service
from portal.mail.models import OutgoingMail
from tests.events_calendar.sign_up.crowd import again, party
from tests.events_calendar.sign_up.visitor import Visitor, opened_before, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor() -> Visitor:
    return Visitor("en")


def soup_of(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def test_somebody_signs_up_and_sees_that_they_did(visitor, date):
    response = visitor.send(date, seats=2)
    assert response.status_code == 303
    page = text_of(visitor.open(response.headers["Location"]))
    assert "You have signed up" in page
    assert "Anna" in page
    assert "anna@example.dk" not in page
    assert again(date).taken == 2
    mail = OutgoingMail.objects.get(key__endswith="/confirmed")
    assert (mail.recipient, mail.language) == ("anna@example.dk", "en")
    assert response.headers["Location"] in mail.text
    assert "2 people" in mail.text


def test_the_page_of_a_date_says_how_full_it_is_and_leads_to_the_form(visitor, activity, date):
    def shown() -> str:
        return text_of(visitor.open(visitor.path(date).removesuffix("tilmelding/")))

    assert "10 places are left." in shown()
    form = visitor.open(visitor.path(date).removesuffix("tilmelding/")).select_one("main .sign-up form")
    assert (form["action"], form.get("method")) == (visitor.path(date), None)
    service.sign_up(date.pk, party("group", seats=9))
    assert "1 place is left." in shown()
    service.sign_up(date.pk, party("one"))
    assert "Join the waiting list" in shown()
    type(activity).objects.update(waiting_places=0)
    assert "All places are taken." in shown()
    assert "Join the waiting list" not in shown()


@pytest.mark.parametrize("language", ["da", "en", "de", "pl", "ru"])
def test_the_form_is_there_in_every_language_and_no_search_engine_keeps_it(language, date):
    visitor = Visitor(language)
    soup = visitor.open(visitor.path(date))
    assert visitor.response.status_code == 200
    assert soup.html["lang"] == language
    assert soup.select_one("meta[name=robots]")["content"] == "noindex"
    assert visitor.response.headers["Cache-Control"] == "private, no-store"
    assert "Set-Cookie" not in visitor.response.headers
    for label in soup.select("main form label[for]"):
        assert soup.select_one(f"#{label['for']}"), label
    assert {link["hreflang"] for link in soup.select(".languages a")} == {"da", "en", "de", "pl", "ru"}
    for link in soup.select(".languages a"):
        assert visitor.client.get(link["href"]).status_code == 200


def test_what_is_wrong_is_said_at_the_field_and_at_the_top_and_nothing_is_lost(visitor, date):
    response = visitor.send(date, name="Zoë", email="zoe@", phone="", seats="100")
    assert response.status_code == 422
    soup = soup_of(response)
    assert soup.title.text.startswith("Please look at this again")
    links = [link["href"] for link in soup.select(".form-errors a")]
    assert links == ["#id_email", "#id_seats"]
    for name in ("email", "seats"):
        field = soup.select_one(f"#id_{name}")
        assert field["aria-invalid"] == "true"
        described = [soup.select_one(f"#{target}") for target in field["aria-describedby"].split()]
        assert all(described)
        assert "field__error" in described[-1]["class"]
    assert soup.select_one("#id_name")["value"] == "Zoë"
    assert soup.select_one("#id_email")["value"] == "zoe@"
    assert soup.select_one("#id_name").get("aria-invalid") is None
    assert SignUp.objects.count() == 0


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"email": "", "phone": ""}, "Write an e-mail address or a phone number."),
        ({"email": "", "phone": "601 234 567"}, "country code"),
        ({"email": "", "phone": "+45 90 12 34 56"}, "no phone number that we can call"),
        ({"name": "Anna 010190-1234"}, "Do not write your CPR number here."),
        ({"name": ""}, "Write your first name."),
        ({"name": "\x00"}, ""),
        ({"seats": "0"}, "Write a number from 1 to 10."),
        ({"seats": "zwei"}, "Write a number from 1 to 10."),
        ({"seats": "99999999999999999999"}, "Write a number from 1 to 10."),
        ({"email": "anna@example.dk\r\nBcc: eve@example.dk"}, "This is no e-mail address."),
        ({"form_key": "nonsense"}, "Please check what you wrote"),
        ({"opened_at": ""}, "The form was open for a long time."),
        ({"opened_at": 0}, "That was very quick."),
        ({"opened_at": 3 * 60 * 60}, "The form was open for a long time."),
        ({"second_nickname": "http://spam"}, "Your browser filled in a field"),
    ],
)
def test_bad_input_gets_a_clear_answer(visitor, date, values, said):
    if isinstance(values.get("opened_at"), int):
        values = {"opened_at": opened_before(values["opened_at"])}
    response = visitor.send(date, **values)
    assert response.status_code == 422
    assert said in text_of(soup_of(response))
    assert SignUp.objects.count() == 0


def test_a_form_that_came_back_can_be_sent_again_as_it_is(visitor, date):
    response = visitor.send(date, form_key="nonsense", second_nickname="x")
    form = soup_of(response).select_one("main form")
    fields = {tag["name"]: tag.get("value", "") for tag in form.select("input[name]")}
    response = visitor.client.post(visitor.path(date), fields)
    if response.status_code == 422:  # the time was never signed by a slow person
        fields = {
            tag["name"]: tag.get("value", "") for tag in soup_of(response).select_one("main form").select("input")
        }
        response = visitor.client.post(visitor.path(date), {**fields, "opened_at": opened_before(60)})
    assert response.status_code == 303


def test_the_same_form_sent_again_leads_to_the_same_page(visitor, date):
    fields = visitor.filled(date)
    first, second = [visitor.client.post(visitor.path(date), fields) for _time in range(2)]
    assert first.headers["Location"] == second.headers["Location"]
    assert (SignUp.objects.count(), OutgoingMail.objects.filter(key__endswith="/confirmed").count()) == (1, 1)


def test_a_form_that_was_sent_for_another_date_comes_back_as_a_new_one(visitor, activity, date):
    other = activity.occurrences.order_by("starts_at")[1]
    fields = visitor.filled(date)
    assert visitor.client.post(visitor.path(date), fields).status_code == 303
    response = visitor.client.post(visitor.path(other), fields)
    assert response.status_code == 409
    assert "You have signed up for another date with this form." in text_of(soup_of(response))
    form = soup_of(response).select_one("main form")
    again_filled = {tag["name"]: tag.get("value", "") for tag in form.select("input[name]")}
    assert {**fields, "form_key": ""} == {**again_filled, "form_key": ""}, "nothing that was written is lost"
    assert visitor.client.post(visitor.path(other), again_filled).status_code == 303
    assert [again(one).taken for one in (date, other)] == [1, 1]


def test_signing_up_twice_sends_the_link_again(visitor, date):
    visitor.send(date)
    response = visitor.send(date, email="ANNA@example.dk")
    assert response.status_code == 409
    assert "We have sent the link to it again." in text_of(soup_of(response))
    assert OutgoingMail.objects.filter(key__contains="/link/").count() == 1
    assert again(date).taken == 1


def test_where_too_few_places_are_left_it_says_how_many(visitor, activity, date):
    type(activity).objects.update(waiting_places=0)
    service.sign_up(date.pk, party("group", seats=8))
    response = visitor.send(date, seats=3)
    assert response.status_code == 409
    assert "Only 2 places are left." in text_of(soup_of(response))
    assert soup_of(response).select_one("#id_seats")["value"] == "3"
    assert visitor.send(date, seats=2).status_code == 303


def test_who_comes_when_it_is_full_waits_and_moves_up(visitor, date):
    first = service.sign_up(date.pk, party("group", seats=10))
    assert "Join the waiting list" in text_of(visitor.open(visitor.path(date)))
    location = visitor.send(date).headers["Location"]
    assert "You are on the waiting list" in text_of(visitor.open(location))
    service.cancel(first.pk)
    assert "You have signed up" in text_of(visitor.open(location))
    assert OutgoingMail.objects.filter(key__endswith="/moved-up").count() == 1


def test_with_a_phone_alone_the_reference_leads_back(visitor, date):
    location = visitor.send(date, email="", phone="20 12 34 56").headers["Location"]
    soup = visitor.open(location)
    code = soup.select_one(".sign-up__code").text
    assert len(code) == 9
    assert "20 12" not in text_of(soup)
    assert OutgoingMail.objects.count() == 0
    address = visitor.path(date)
    for typed in (code, code.lower(), code.replace("-", " ")):
        found = visitor.client.post(address, {"find": "1", "find-code": typed, "find-phone": "+45 20123456"})
        assert found.headers["Location"] == location
    wrong = visitor.client.post(address, {"find": "1", "find-code": code, "find-phone": "20 12 34 57"})
    assert wrong.status_code == 422
    assert "There is no sign-up with this reference" in text_of(soup_of(wrong))
    twice = visitor.send(date, email="", phone="+4520123456")
    assert "Find it below with your reference." in text_of(soup_of(twice))


def test_references_cannot_be_tried_out(visitor, date):
    statuses = []
    for number in range(12):
        fields = {"find": "1", "find-code": f"AAAA{number:04}", "find-phone": "+45 20123456"}
        statuses.append(visitor.client.post(visitor.path(date), fields).status_code)
    assert statuses == [422] * 10 + [429] * 2


def test_one_connection_cannot_send_without_end_and_loses_nothing(visitor, date, settings):
    settings.THROTTLES = {**settings.THROTTLES, "sign_up": (1, 100_000)}
    assert visitor.send(date).status_code == 303
    response = visitor.send(date, name="Bo", email="bo@example.dk")
    assert response.status_code == 429
    assert int(response.headers["Retry-After"]) > 0
    assert soup_of(response).select_one("#id_email")["value"] == "bo@example.dk"
    assert Visitor("en", "198.51.100.7").send(date, email="cy@example.dk").status_code == 303


def test_one_connection_cannot_change_without_end_and_is_told_so_on_the_page(visitor, date, settings, caplog):
    anna = service.sign_up(date.pk, party("anna", language="pl"))
    visitor = Visitor("pl")
    settings.THROTTLES = {**settings.THROTTLES, "sign_up": (1, 100_000)}
    visitor.act(anna, "seats", seats=2)
    response = visitor.client.post(visitor.link(anna), {"action": "cancel"})
    assert response.status_code == 429
    assert int(response.headers["Retry-After"]) > 0
    assert soup_of(response).html["lang"] == "pl"
    assert soup_of(response).select_one("main .callout--warning")
    assert again(anna).status == "confirmed"
    assert visitor.link(anna) not in caplog.text, "the address is a secret"


# Open and closed ------------------------------------------------------------------------------------------------------


def test_in_the_last_hours_a_free_place_is_for_whoever_comes_and_nobody_waits_in_vain(visitor, date, move):
    first = service.sign_up(date.pk, party("group", seats=9))
    waiting = service.sign_up(date.pk, party("pair", seats=2, language="en"))
    move(date, datetime.timedelta(hours=2))
    service.cancel(first.pk)
    link = visitor.link(waiting)
    assert "If a place becomes free, you can take it on this page." in text_of(visitor.open(link))
    assert visitor.send(date, seats=9).status_code == 303
    response = visitor.send(date, seats=2, email="late@example.dk")
    assert response.status_code == 409
    assert "Only 1 place is left." in text_of(soup_of(response))
    assert "Do you want the place?" not in text_of(visitor.open(link)), "they are two"
    assert "There are not so many places left." in text_of(visitor.act(waiting, "accept"))
    visitor.act(waiting, "seats", seats=1)
    assert "Do you want the place?" in text_of(visitor.open(link))
    assert "You have signed up" in text_of(visitor.act(waiting, "accept"))
    page = text_of(visitor.open(visitor.path(date)))
    assert "All places are taken." in page
    assert "waiting list" not in page
    assert again(date).taken == 10


def test_sign_up_opens_and_closes_when_the_editor_says(visitor, activity, date, move):
    model = type(activity)
    model.objects.update(opens_days_before=2, closes_hours_before=5)
    filled = visitor.filled(move(date, datetime.timedelta(hours=30)))
    early = move(date, datetime.timedelta(days=2, minutes=5))
    page = text_of(visitor.open(visitor.path(early)))
    assert "Sign-up opens on" in page
    response = visitor.client.post(visitor.path(early), filled)
    assert response.status_code == 409
    late = move(date, datetime.timedelta(hours=4))
    assert "Sign-up is closed." in text_of(visitor.open(visitor.path(late)))
    assert visitor.client.post(visitor.path(late), filled).status_code == 409
    now = move(date, datetime.timedelta(hours=30))
    assert visitor.client.post(visitor.path(now), filled).status_code == 303


def test_without_sign_up_on_this_site_there_is_no_form(visitor, activity, date):
    type(activity).objects.update(registration="none")
    assert visitor.client.get(visitor.path(date)).status_code == 404


def test_a_date_that_does_not_take_place_takes_nobody(visitor, date):
    filled = visitor.filled(date)
    Occurrence.objects.update(status="cancelled", cancelled_at=timezone.now())
    assert "Nobody can sign up for this date now." in text_of(visitor.open(visitor.path(date)))
    assert visitor.client.post(visitor.path(date), filled).status_code == 409


def test_only_the_forms_take_what_is_sent(visitor, date):
    base = visitor.path(date).removesuffix("tilmelding/")
    for address in (base, base.rsplit("/", 2)[0] + "/", base[:-1] + ".ics"):
        assert visitor.client.post(address, {}).status_code in {404, 405}
    assert visitor.client.put(visitor.path(date)).status_code == 405
    assert visitor.client.head(visitor.path(date)).status_code == 200


# Behind the link ------------------------------------------------------------------------------------------------------


@pytest.fixture
def anna(date) -> SignUp:
    return service.sign_up(date.pk, party("anna", language="en"))


def test_the_link_shows_and_only_a_button_acts(visitor, anna, date):
    link = visitor.link(anna)
    for _time in range(3):
        soup = visitor.open(link)
    assert again(anna).status == "confirmed", "mail scanners open every link"
    headers = visitor.response.headers
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Robots-Tag"] == "noindex, nofollow"
    assert headers["Cache-Control"] == "private, no-store"
    assert "panna@example.dk" not in str(soup)
    assert "Your change is saved." in text_of(visitor.act(anna, "cancel"))
    assert "Your sign-up is cancelled" in text_of(visitor.open(link))
    visitor.act(anna, "cancel")
    assert OutgoingMail.objects.filter(key__endswith="/cancelled").count() == 1
    assert again(date).taken == 0


def test_the_number_of_people_goes_up_where_there_is_room_and_down(visitor, anna, date):
    visitor.act(anna, "seats", seats=4)
    assert (again(anna).seats, again(date).taken) == (4, 4)
    visitor.act(anna, "seats", seats=2)
    assert (again(anna).seats, again(date).taken) == (2, 2)
    service.sign_up(date.pk, party("group", seats=8))
    assert "There are not so many places left." in text_of(visitor.act(anna, "seats", seats=3))
    for nonsense in ("", "0", "11", "-1", "two", "2.5"):
        assert "Write a number from 1 to 10." in text_of(visitor.act(anna, "seats", seats=nonsense))
    assert again(anna).seats == 2


def test_once_sign_up_is_closed_a_party_gets_smaller_and_not_larger(visitor, activity, anna, date, move):
    visitor.act(anna, "seats", seats=3)
    type(activity).objects.update(closes_hours_before=30)
    move(date, datetime.timedelta(hours=20))
    assert "Sign-up is closed: you can come with fewer people" in text_of(visitor.act(anna, "seats", seats=4))
    assert visitor.open(visitor.link(anna)).select_one("#seats")["max"] == "3"
    assert "Your change is saved." in text_of(visitor.act(anna, "seats", seats=2))
    type(activity).objects.update(closes_hours_before=0, registration="none")
    visitor.act(anna, "seats", seats=4)
    assert again(anna).seats == 2


def test_an_offer_is_accepted_on_the_page(visitor, date, move):
    move(date, datetime.timedelta(hours=20))
    first = service.sign_up(date.pk, party("group", seats=10))
    second = service.sign_up(date.pk, party("bo"))
    service.cancel(first.pk)
    assert "Do you want the place?" in text_of(visitor.open(visitor.link(second)))
    assert "You have signed up" in text_of(visitor.act(second, "accept"))
    assert OutgoingMail.objects.filter(key=f"sign-up/{second.ref}/confirmed").exists()


@pytest.mark.parametrize("forged", ["A" * 43, "a" * 20, "not-a-token", "%00" * 20])
def test_a_forged_link_is_a_page_that_does_not_exist_in_a_real_language(visitor, anna, forged):
    base = visitor.link(anna).rsplit("/", 2)[0]
    response = visitor.client.get(f"{base}/{forged}/")
    assert response.status_code == 404
    assert soup_of(response).html["lang"] == "en"
    assert visitor.client.post(f"{base}/{forged}/", {"action": "cancel"}).status_code in {404, 405}
    assert again(anna).status == "confirmed"


def test_a_link_holds_for_its_own_activity_and_for_a_week_after_it(visitor, anna, overview, date, move):
    link = visitor.link(anna)
    other = link.replace("/kursus/", "/andet/")
    assert visitor.client.get(other).status_code == 404
    move(date, -datetime.timedelta(days=3))
    assert "Cancel my sign-up" not in text_of(visitor.open(link))
    assert "It is too late for that." in text_of(visitor.act(anna, "cancel"))
    move(date, -datetime.timedelta(days=8))
    assert visitor.client.get(link).status_code == 404


def test_unknown_actions_change_nothing_and_say_so(visitor, anna, caplog):
    for sent in ({"action": "explode"}, {}):
        response = visitor.client.post(visitor.link(anna), sent)
        assert response.status_code == 400
        assert soup_of(response).html["lang"] == "en"
        assert "no-store" in response.headers["Cache-Control"]
    assert visitor.link(anna) not in caplog.text, "the address is a secret"
    assert "<script>" not in str(visitor.open(visitor.link(anna) + "?result=<script>"))
    assert again(anna).status == "confirmed"
