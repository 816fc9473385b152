"""What the calls teach: the weekly report, questions that become pages, and the roster."""

import csv
import datetime
import io
import itertools
import uuid

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from hotline.desk import service
from hotline.desk.report import WIDEST
from hotline.desk.roster import Plan, fill
from hotline.desk.service import About
from hotline.models import Shift, Slot, UnansweredQuestion
from tests.hotline.hotline_site import ONE, THREE, at, clock_at, next_monday
from tests.portal.role_fixtures import make_people
from welcome_pages.models import LocalPage

from .monday import Monday, url, written

pytestmark = pytest.mark.django_db


def log(monday: Monday, topic: str, language: str = "en", **values) -> None:
    service.log_walk_in(uuid.uuid4(), monday.line, About(topic=topic, language=language, **values))


def test_the_report_counts_by_topic_language_and_municipality(monday: Monday):
    with clock_at(at(next_monday(), 13)):
        for _time in range(2):
            log(monday, "tax", minutes=5, solved=True, municipality="herning")
        log(monday, "forms", "pl", minutes=20, solved=False)
    with clock_at(at(next_monday(1), 13)):
        log(monday, "tax")
    week = next_monday().strftime("%G-W%V")
    client = monday.browser()
    response = client.get(url("report"), {"week": week})
    soup = BeautifulSoup(response.content, "html.parser")
    charts = {table.caption.get_text(strip=True): table for table in soup.select(".desk-chart")}
    topics = [
        [cell.get_text(strip=True) for cell in row.select("th, td")][:2] for row in charts["By topic"].select("tr")
    ]
    assert topics == [["Tax and money", "2"], ["Help to fill in a Danish form", "1"]]
    widths = [int(bar["width"]) for bar in charts["By topic"].select("rect")]
    assert widths == [WIDEST, WIDEST // 2]
    assert "Herning Kommune" in charts["By municipality"].get_text()
    assert "Polish" in charts["By language"].get_text()
    numbers = soup.select_one(".desk-numbers").get_text(" ", strip=True)
    assert "Calls 3 Solved 2 Not solved 1 Minutes 30" in numbers
    file = client.get(url("report_table"), {"week": week})
    rows = list(csv.reader(io.StringIO(file.content.decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == 4
    assert rows[1][2:6] == ["Tax and money", "English", "Herning Kommune", "5"]


@pytest.mark.parametrize("week", ["nonsense", "2026-W60", "0001-W01", "9999-W52"])
def test_a_week_that_does_not_exist_is_no_error_of_ours(monday: Monday, week):
    for name in ("report", "report_table"):
        assert monday.browser().get(url(name), {"week": week}).status_code == 400


def test_the_report_is_for_those_who_may_see_the_log(monday: Monday):
    people = make_people()
    for name, may in (("editors", False), ("administrators", True)):
        client = Client()
        client.force_login(people[name])
        assert (client.get(url("report")).status_code == 200) is may


def test_an_answered_question_becomes_a_draft_of_its_municipality(monday: Monday):
    question = UnansweredQuestion.objects.create(
        text="Gdzie oddać rower?", language="pl", topic="transport", municipality="herning", form_key=uuid.uuid4()
    )
    people = make_people()
    client = Client()
    client.force_login(people["editors"])
    listing = client.get("/admin/snippets/hotline/unansweredquestion/")
    assert "Gdzie oddać rower?" in written(listing)
    assert client.get(f"/admin/snippets/hotline/unansweredquestion/edit/{question.pk}/").status_code == 200
    soup = BeautifulSoup(client.get(url("answer", question.pk)).content, "html.parser")
    assert [option["value"] for option in soup.select("#id_municipality option")] == ["herning"]
    values = {"municipality": "herning", "question": "Hvor afleverer jeg min cykel?", "answer": "På <genbrugspladsen>."}
    for _time in range(2):
        response = client.post(url("answer", question.pk), values)
    page = LocalPage.objects.get(title="Hvor afleverer jeg min cykel?")
    assert not page.live
    assert page.owner == people["editors"]
    assert response.url == f"/admin/pages/{page.pk}/edit/"
    assert client.get(response.url).status_code == 200
    assert "&lt;genbrugspladsen&gt;" in str(page.get_latest_revision_as_object().body)
    question.refresh_from_db()
    assert (question.state, question.page_id) == ("done", page.pk)


def test_who_may_add_no_pages_is_told_so(monday: Monday):
    question = UnansweredQuestion.objects.create(text="?", language="pl", topic="other", form_key=uuid.uuid4())
    response = monday.browser().get(url("answer", question.pk), follow=True)
    assert "You may not add pages" in response.content.decode()


def test_the_roster_is_filled_for_months_and_only_once(monday: Monday):
    first = next_monday(2)
    plan = Plan(monday.line, frozenset({0}), 2, first, first + datetime.timedelta(weeks=25), ONE, THREE)
    assert fill([monday.mette, monday.jens], plan) == (26, 0)
    assert fill([monday.mette], plan) == (0, 13)
    days = sorted(Shift.objects.filter(staff=monday.mette, date__gte=first).values_list("date", flat=True))
    assert {(later - sooner).days for sooner, later in itertools.pairwise(days)} == {14}
    assert Slot.objects.filter(staff=monday.mette, local_date=first).count() == 6


def test_the_form_of_the_roster_says_what_is_wrong_and_adds_what_is_right(monday: Monday):
    client = monday.browser()
    today = timezone.localdate()
    sent = {
        "line": monday.line.pk,
        "staff": [monday.mette.pk],
        "weekdays": ["3"],
        "every": "1",
        "first": today.isoformat(),
        "last": (today + datetime.timedelta(weeks=500)).isoformat(),
        "start": "15:00",
        "end": "13:00",
    }
    refused = client.post(url("roster"), sent)
    assert "At most one year at a time." in written(refused)
    assert "The end must be after the beginning." in written(refused)
    sent |= {"last": (today + datetime.timedelta(weeks=10)).isoformat(), "start": "10:00", "end": "12:00"}
    done = client.post(url("roster"), sent, follow=True)
    assert "shifts added" in done.content.decode()
    assert Shift.objects.filter(staff=monday.mette, date__week_day=5).count() in {10, 11}


@pytest.mark.parametrize("model", ["shift", "staffmember", "closure", "hotlineline", "unansweredquestion"])
def test_staff_open_every_list_of_the_hotline(monday: Monday, model):
    assert monday.browser().get(f"/admin/snippets/hotline/{model}/").status_code == 200


def test_a_language_is_added_to_a_colleague_by_data_alone(monday: Monday):
    response = monday.browser().get(f"/admin/snippets/hotline/staffmember/edit/{monday.mette.pk}/")
    soup = BeautifulSoup(response.content, "html.parser")
    assert "uk" in {option.get("value") for option in soup.select("select[name$=language] option")}
