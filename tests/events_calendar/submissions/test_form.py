"""The form of clubs: what it asks, what it refuses, and that it loses nothing."""

import uuid

import pytest
from django.core.cache import cache

from events_calendar.models import Submission
from tests.events_calendar.submissions.club import Club, day, filled, mistakes, opened, page_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["da", "en", "de", "pl", "ru"])
def test_the_form_is_there_in_every_language_and_offers_that_language_for_the_text(club, language):
    response = club.browser.get(f"/{language}/kalender/indsend/")
    assert response.status_code == 200
    page = page_of(response)
    assert page.select_one("main")["lang"] == language
    assert page.select_one("input[name=text_language][checked]")["value"] == language
    assert [one["value"] for one in page.select("input[name=municipality]")] == ["herning"]
    assert not response.cookies
    assert {link["href"] for link in page.select(".languages a")} >= {"/pl/kalender/indsend/", "/ru/kalender/indsend/"}


def test_every_field_has_a_label(club):
    page = page_of(club.browser.get(club.url))
    for field in page.select("main form :is(input, textarea, select)"):
        if field.get("type") != "hidden" and field["name"] != "second_nickname":
            assert page.select_one(f'label[for="{field["id"]}"]').get_text(strip=True), field


def test_before_it_is_sent_the_club_sees_its_answers_with_the_dates_in_words(club):
    response = club.send("check", repeats="fortnightly", weekdays=["3"], until=day(80))
    assert response.status_code == 200
    text = page_of(response).select_one("main").get_text(" ")
    assert "Hver anden torsdag" in text
    assert text.count("torsdag den") >= 5
    assert "Skakaften" in text
    assert not Submission.objects.exists()


def test_the_answers_that_were_checked_can_be_sent_as_they_are(club):
    page = page_of(club.send("check", repeats="monthly", weekdays=["1", "3"], nth="-1", until=day(200)))
    answers: dict[str, list[str]] = {}
    for one in page.select("main form input"):
        answers.setdefault(one["name"], []).append(one.get("value", ""))
    response = club.browser.post(club.url, {**answers, "step": "send"})
    assert response.status_code == 302
    stored = Submission.objects.get().answers
    assert (stored["weekdays"], stored["nth"], stored["start_time"]) == (["1", "3"], "-1", "19:00")


def test_whoever_goes_back_finds_what_was_written(club):
    page = page_of(club.send("edit", title="Skak & te"))
    assert page.select_one("input[name=title]")["value"] == "Skak & te"
    assert {one["value"] for one in page.select("input[name=spoken_languages][checked]")} == {"da", "en"}


@pytest.mark.parametrize(
    ("changed", "field", "problem"),
    [
        ({"title": ""}, "title", "Giv"),
        ({"email": "not an address"}, "email", ""),
        ({"start_date": "31.02.2027"}, "start_date", ""),
        ({"start_date": "tomorrow"}, "start_date", ""),
        ({"start_time": "25:00"}, "start_time", ""),
        ({"start_time": ""}, "start_time", ""),
        ({"end_time": "18"}, "end_time", ""),
        ({"start_date": "01.01.2020"}, "start_date", ""),
        ({"repeats": "weekly", "until": day(40)}, "weekdays", ""),
        ({"repeats": "weekly", "weekdays": ["2"]}, "until", ""),
        ({"repeats": "weekly", "weekdays": ["2"], "until": day(3)}, "until", ""),
        ({"repeats": "weekly", "weekdays": ["2"], "until": day(2000)}, "until", ""),
        ({"repeats": "monthly", "weekdays": ["2"], "until": day(90)}, "nth", ""),
        ({"start_date": "28.03.2027", "start_time": "02:30", "end_time": "04:00"}, "start_time", ""),
        ({"venue_name": ""}, "venue_name", ""),
        ({"registration": "external"}, "registration_url", ""),
        ({"registration_url": "javascript:alert(1)"}, "registration_url", ""),
        ({"summary": "Ring til Bo, 010190-1234"}, "summary", "CPR"),
        ({"title": "0101901234"}, "title", "CPR"),
        ({"municipality": "atlantis"}, "municipality", ""),
        ({"activity_type": "war"}, "activity_type", ""),
        ({"title": "x" * 101}, "title", ""),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_at_the_top_and_nothing_is_lost(club, changed, field, problem):
    response = club.send(**changed)
    assert response.status_code == 422
    page = page_of(response)
    links = page.select(".form-errors a")
    assert [one["href"] for one in links if one["href"].startswith(f"#id_{field}")], links
    assert all(page.select_one(one["href"]) for one in links)
    said = page.select_one(f"#id_{field}_error").get_text()
    assert problem in said
    about = page.select_one(f"[aria-describedby~=id_{field}_error]")
    assert about is not None
    sent = {**filled(), **changed}
    if field in {"title", "start_date", "venue_address", "registration_url", "email"}:
        assert page.select_one(f"[name={field}]").get("value", "") == sent.get(field, "")
    assert page.select_one("[name=venue_address]")["value"] == sent["venue_address"]
    assert not Submission.objects.exists()


@pytest.mark.parametrize(
    "title",
    [
        "<script>alert(1)</script>",
        "Klub\r\nBcc: all@example.dk",
        "[[secret-fact]] {{ 7*7 }}",
        "Śniadanie; Шахматы, 🎲\\n",
        "\u202eendelse",
        "æøå" * 30,
    ],
)
def test_a_hostile_title_is_a_title_and_nothing_else(club, title):
    response = club.send("check", title=title)
    assert response.status_code == 200
    assert b"<script>alert" not in response.content
    assert club.send(title=title).status_code == 302
    mail = club.mails()[-1]
    assert "\n" not in mail.subject
    assert "\r" not in mail.subject
    assert club.confirm().status_code == 200
    assert Submission.objects.get().activity is not None


def test_nul_and_rubbish_bytes_do_no_harm(club):
    assert club.send(title="a\x00b").status_code == 302
    assert Submission.objects.get().title == "ab"
    assert club.browser.post(club.url, b"\xff\xfe", content_type="application/x-www-form-urlencoded").status_code == 422


def test_the_same_form_sent_twice_is_one_entry_and_one_mail(club):
    answers = {**filled(form_key=str(uuid.uuid4())), "step": "send"}
    first, second = club.browser.post(club.url, answers), club.browser.post(club.url, answers)
    assert (first.status_code, first.url) == (second.status_code, second.url)
    assert Submission.objects.count() == 1
    assert len(club.mails()) == 1


def test_a_program_that_fills_in_everything_stores_nothing(club):
    assert club.send(second_nickname="bot").status_code == 422
    assert club.send(opened_at=opened(1)).status_code == 422
    assert club.send(opened_at="made up").status_code == 422
    assert not Submission.objects.exists()


def test_the_form_cannot_be_used_to_send_many_mails_to_somebody(club):
    for _number in range(5):
        assert club.send().status_code == 302
    refused = club.send()
    assert refused.status_code == 422
    assert len(club.mails()) == 5
    assert club.send(email="other@example.dk").status_code == 302


def test_too_many_forms_from_one_connection_have_to_wait_and_keep_what_was_written(club, settings):
    settings.THROTTLES = {**settings.THROTTLES, "submission": (2, 600)}
    cache.clear()
    assert club.send("check").status_code == 200
    assert club.send("check").status_code == 200
    response = club.send("check", title="Skak for alle")
    assert response.status_code == 429
    assert int(response["Retry-After"]) > 0
    assert page_of(response).select_one("[name=title]")["value"] == "Skak for alle"
    assert mistakes(response)


def test_only_the_addresses_with_a_form_take_one(club):
    assert club.browser.post("/da/kalender/indsend/sendt/").status_code == 405
    assert club.browser.post("/da/kalender/").status_code == 405
    assert club.browser.put(club.url).status_code == 405


def test_without_an_overview_there_is_no_form_and_no_error(club, overview):
    overview.unpublish()
    response = Club(club.browser).browser.get(club.url)
    assert response.status_code == 200
    assert not page_of(response).select("main form")
