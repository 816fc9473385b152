"""The page of the plan: questions, an ordered plan, days, links that stay in the municipality, and nothing kept."""

import datetime
import logging
import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from hotline.choices import Topic
from portal.facts.models import Fact
from tests.factories import add_guide, add_page
from tests.welcome_pages.forms.form_site import add_form, add_library
from welcome_pages.models import InformationPage, LocalPage, PlanPage
from welcome_pages.plan.answers import all_answers, parse, read_date
from welcome_pages.plan.rules import TOPICS

pytestmark = pytest.mark.django_db

FULL = "who=eu&why=work&stay=long&children=1"
PERMIT = "who=permit&why=work&stay=long&children=1"


def soup_of(client: Any, address: str, status: int = 200) -> BeautifulSoup:
    """Return the page at an address."""
    response = client.get(address)
    assert response.status_code == status, response.content.decode()[:500]
    return BeautifulSoup(response.content.decode(), "html.parser")


def steps(page: BeautifulSoup) -> list[str]:
    """Return the names of the steps in order."""
    return [step["id"].removeprefix("step-") for step in page.select("article.plan-step")]


def errors(page: BeautifulSoup) -> str:
    """Return what the page complains about."""
    return " ".join(box.get_text(" ", strip=True) for box in page.select("[role=alert]"))


def test_without_answers_there_are_questions_and_no_complaint(client, plan_page):
    page = soup_of(client, "/da/plan/")
    assert {field["name"] for field in page.select(".plan-form [name]")} == {
        *("who", "why", "stay", "children", "m", "arrival")
    }
    assert not steps(page)
    assert not errors(page)
    assert not page.select("meta[name=robots]")


def test_the_plan_stands_in_order_with_days_and_links(client, plan_page):
    page = soup_of(client, f"/da/plan/?{FULL}&m=herning&arrival=2027-01-11")
    keys = steps(page)
    assert keys.index("contract") < keys.index("tax-card")
    assert keys.index("eu-document") < keys.index("cpr") < keys.index("mitid")
    cpr = page.select_one("#step-cpr")
    assert not re.search(r"\d{4}", cpr.select_one(".plan-step__deadline").get_text())  # the rule in words
    assert "11. april 2027" in page.select_one("#step-eu-document .plan-step__deadline").get_text()
    assert cpr.select_one(".plan-step__links a")["href"] == "/da/herning/guide/ankomst/cpr-nummer/"
    assert "Gør" not in errors(page)
    order = [link["href"] for link in cpr.select(".plan-step__order a")]
    assert "#step-eu-document" in order
    assert "#step-mitid" in order


def test_without_an_arrival_the_length_of_time_is_told_and_there_is_no_calendar_file(client, plan_page):
    page = soup_of(client, f"/da/plan/?{PERMIT}")
    assert "5 dage" in page.select_one("#step-cpr .plan-step__deadline").get_text()
    assert not page.select("a[href*='plan.ics']")
    assert client.get(f"/da/plan/plan.ics?{FULL}").status_code == 404


def test_a_changed_fact_changes_the_day(client, plan_page):
    Fact.objects.filter(pk="cpr-report-deadline").update(value="P2W")
    page = soup_of(client, f"/da/plan/?{PERMIT}&arrival=2027-01-11")
    assert "25. januar 2027" in page.select_one("#step-cpr .plan-step__deadline").get_text()


def test_a_day_that_has_passed_says_so(client, plan_page):
    page = soup_of(client, f"/da/plan/?{PERMIT}&arrival=2020-01-01")
    assert page.select("#step-cpr .plan-date--over")


def test_inside_a_municipality_the_place_is_given(client, plan_page):
    page = soup_of(client, f"/da/herning/plan/?{FULL}")
    assert not page.select("select[name=m]")
    assert "Herning" in page.select_one("#step-cpr .plan-step__facts").get_text()
    assert client.get(f"/da/herning/plan/?{FULL}&m=herning").status_code == 200
    assert client.get(f"/da/herning/plan/?{FULL}&m=holstebro").status_code == 404


def test_holstebro_is_sent_to_its_own_office(client, plan_page):
    herning = soup_of(client, f"/da/plan/?{FULL}&m=herning").select_one("#step-cpr").get_text()
    holstebro = soup_of(client, f"/da/plan/?{FULL}&m=holstebro").select_one("#step-cpr").get_text()
    assert "eller ICS West i Aarhus" in herning
    assert "ICS West i Aarhus kan ikke give CPR-nummer til borgere i Holstebro" in holstebro


@pytest.mark.parametrize("language", ["en", "de", "pl", "ru"])
def test_the_danish_stands_beside_every_other_language(client, plan_page, language):
    page = soup_of(client, f"/{language}/plan/?{FULL}&m=holstebro")
    for step in page.select("article.plan-step"):
        danish = step.select_one(".plan-step__danish")
        assert danish["lang"] == "da"
        assert danish.select_one(".plan-step__title").get_text() == step.select_one(".danish-title").get_text()
        own = step.select_one("h3 > span:last-child")
        assert own.get_text() != danish.select_one(".plan-step__title").get_text() or step["id"] == "step-mitid"


def test_in_danish_nothing_stands_twice(client, plan_page):
    assert not soup_of(client, f"/da/plan/?{FULL}").select(".plan-step__danish, .danish-word")


def test_a_commuter_who_moves_here_is_told_and_shown_two_ways(client, plan_page):
    page = soup_of(client, "/da/plan/?who=commuter&why=family&stay=long&children=0&m=herning")
    assert "En grænsependler bor i et andet land" in errors(page)
    assert not steps(page)
    ways = [link["href"] for link in page.select("[role=alert] a")]
    assert len(ways) == 3
    for way in ways:
        assert "m=herning" in way
        assert steps(soup_of(client, way))
    assert page.select_one("input[name=who][checked]")["value"] == "commuter"


def test_missing_answers_are_named_and_the_others_kept(client, plan_page):
    page = soup_of(client, "/da/plan/?who=eu&stay=long&arrival=2027-01-11")
    assert errors(page)
    missing = {field.select_one("input")["name"] for field in page.select(".plan-form__missing")}
    assert missing == {"why", "children"}
    assert page.select_one("input[name=who][checked]")["value"] == "eu"
    assert page.select_one("input[name=arrival]")["value"] == "2027-01-11"


def test_a_date_that_is_none_comes_back_with_a_message(client, plan_page):
    page = soup_of(client, f"/da/plan/?{FULL}&arrival=i+morgen", 400)
    assert "i morgen" in errors(page)
    assert page.select_one("input[name=arrival]")["value"] == "i morgen"
    assert page.select_one("input[name=who][checked]")["value"] == "eu"


@pytest.mark.parametrize(
    "query",
    ["who=martian", "who=eu&who=permit", "stay=forever", "children=2", "m=aarhus", "why=%00", "who=" + "x" * 5000],
)
@pytest.mark.parametrize("path", ["plan/", "plan/plan.ics"])
def test_answers_that_the_form_does_not_offer_are_refused_in_a_language(client, plan_page, caplog, path, query):
    with caplog.at_level(logging.DEBUG, logger="django.request"):
        response = client.get(f"/da/{path}?{query}")
    assert response.status_code == 400
    assert 'lang="da"' in response.content.decode()
    assert "martian" not in caplog.text
    assert "forever" not in caplog.text


def test_unknown_parameters_do_no_harm(client, plan_page):
    assert steps(soup_of(client, f"/da/plan/?{FULL}&utm_source=x"))


def test_answers_are_kept_nowhere(client, plan_page, caplog):
    with caplog.at_level(logging.DEBUG, logger="django"):
        response = client.get(f"/da/plan/?{FULL}&m=herning&arrival=2027-01-11")
    assert not response.cookies
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert "private" in response.headers["Cache-Control"]
    assert "who=eu" not in "".join(
        record.getMessage() for record in caplog.records if record.name != "django.db.backends"
    )
    page = BeautifulSoup(response.content.decode(), "html.parser")
    assert page.select_one("meta[name=robots]")["content"] == "noindex"
    assert "who=" not in page.select_one("link[rel=canonical]")["href"]
    assert not page.select("link[hreflang]")


def test_the_language_switcher_keeps_the_answers(client, plan_page):
    page = soup_of(client, f"/da/herning/plan/?{FULL}")
    links = [link["href"] for link in page.select(".languages a")]
    assert "/pl/herning/plan/?" + FULL in links


def test_the_calendar_file_has_one_day_for_each_deadline(client, plan_page):
    import icalendar

    response = client.get(f"/pl/plan/plan.ics?{PERMIT}&m=herning&arrival=2027-01-11")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert all(len(line) <= 75 for line in response.content.split(b"\r\n"))
    events = icalendar.Calendar.from_ical(response.content).walk("VEVENT")
    days = {str(event["UID"]).split("@")[0]: event.decoded("DTSTART") for event in events}
    assert days == {
        "plan-cpr-20270116": datetime.date(2027, 1, 16),
        "plan-car-20270210": datetime.date(2027, 2, 10),
    }
    assert "(Få CPR-nummer, og meld din adresse)" in str(events[0]["SUMMARY"])
    assert b"who=" not in response.content
    assert b"<" not in response.content


def test_help_leads_to_the_booking_with_the_topic_where_there_is_one(client, plan_page, tree):
    add_page(tree.home, InformationPage, "hotline", body=[{"type": "note", "value": "<p>x</p>", "id": "h1"}])
    page = soup_of(client, f"/da/plan/?{FULL}&m=herning")
    assert set(TOPICS) <= set(Topic.values)
    link = page.select_one("#step-cpr .plan-step__help a")
    assert link["href"] == "/da/hotline/book/?topic=arrival"


def test_a_guide_that_is_not_published_leaves_the_step_readable(client, plan_page, tree):
    Page.objects.get(pk=tree.cpr.pk).specific.unpublish()
    step = soup_of(client, f"/da/plan/?{FULL}").select_one("#step-cpr")
    assert "CPR-nummer" in step.get_text()
    assert not step.select("a[href*='cpr-nummer']")


def test_the_number_of_queries_is_the_same_whatever_the_answers(client, plan_page, tree):
    add_guide(tree.arrival, "mitid", key="T13-mitid")
    counts = set()
    for address in (
        *("/da/plan/", f"/da/plan/?{FULL}&m=herning&arrival=2027-01-11", f"/pl/herning/plan/?{FULL}"),
        *(f"/ru/plan/?who={who}&why=work&stay=short&children=0" for who in ("nordic", "permit", "commuter")),
    ):
        client.get(address)
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        counts.add(len(captured))
    assert max(counts) <= 14, counts


def test_every_combination_is_served(client, plan_page):
    """With one query string each: in a plan for everybody no text is missing."""
    for answers in all_answers([]):
        query = f"who={answers.who}&why={answers.why}&stay={answers.stay}&children={answers.children}"
        page = soup_of(client, f"/en/plan/?{query}")
        assert bool(steps(page)) != bool(errors(page)), query


def test_the_address_is_fixed_and_nobody_else_may_have_it(plan_page, tree):
    plan_page.slug = "min-plan"
    plan_page.full_clean()
    assert plan_page.slug == "plan"
    with pytest.raises(ValidationError):
        add_page(tree.herning, LocalPage, "plan")
    assert not PlanPage.can_create_at(tree.home)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2027-01-11", datetime.date(2027, 1, 11)),
        ("11.1.2027", datetime.date(2027, 1, 11)),
        ("11/01/2027", datetime.date(2027, 1, 11)),
        ("31.02.2027", None),
        ("1.1.1900", None),
        ("٢٠٢٧-٠١-١١", None),
        ("20270111", None),
        ("", None),
    ],
)
def test_dates_are_read_as_people_write_them(text, day):
    assert read_date(text) == day


def test_parsing_repeats_what_was_typed(rf):
    asked = parse(rf.get("/", {"who": "eu", "arrival": " x "}).GET, ["herning"])
    assert asked.typed_arrival == "x"
    assert asked.errors
    assert asked.query() == "?who=eu"


def test_a_step_leads_to_the_page_of_its_form_inside_the_municipality(client, plan_page, tree):
    library = add_library(tree)
    add_form(library, "anmeldelse-af-tilflytning", key="F02-registration-of-entry")
    step = soup_of(client, f"/da/plan/?{FULL}&m=herning").select_one("#step-cpr")
    assert "/da/herning/blanketter/anmeldelse-af-tilflytning/" in {link["href"] for link in step.select("a")}
    other = soup_of(client, f"/da/plan/?{FULL}&m=herning").select_one("#step-school")
    assert "Skoleindskrivning" in other.get_text()
    assert not other.select("a[href*=blanketter]")
