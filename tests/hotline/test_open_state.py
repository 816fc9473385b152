"""Every page says when the hotline is open."""

import datetime
import json
import re

import pytest
from django.test import Client
from django.utils import timezone

from hotline import state
from hotline.hours import Interval, opening
from hotline.models import Closure, HotlineLine, HotlinePage, OpeningRule
from portal.facts.models import Fact
from tests.factories import Tree
from tests.hotline.hotline_site import COPENHAGEN, add_staff, at, clock_at, next_monday

pytestmark = pytest.mark.django_db

LINE = {
    "da": "mandag",
    "en": "on Mondays 13:00–15:00, Danish time",
    "de": "13:00–15:00",
    "pl": "13:00–15:00",
    "ru": "13:00–15:00",
}


def intervals(html: str) -> list[Interval]:
    """What the script of a page knows."""
    found = re.search(r'data-hotline="([^"]*)"', html)
    pairs = json.loads(found[1]) if found else []
    return [Interval(*(datetime.datetime.fromtimestamp(one * 60, datetime.UTC) for one in pair)) for pair in pairs]


@pytest.mark.parametrize("language", list(LINE))
def test_a_guide_states_the_rule_without_a_script(client: Client, tree: Tree, hotline_page: HotlinePage, language: str):
    html = client.get(f"/{language}/guide/").content.decode()
    assert "data-hotline" in html
    assert f'="/{language}/hotline/book/' in html


def test_a_booking_from_a_guide_carries_its_topic(client: Client, tree: Tree, hotline_page: HotlinePage):
    html = client.get("/en/guide/ankomst/cpr-nummer/").content.decode()
    assert '<input type="hidden" name="topic" value="arrival">' in html


@pytest.mark.parametrize("address", ["/en/search/?q=tax", "/en/herning/", "/en/nothing-here/"])
def test_pages_that_are_no_guides_can_be_read_too(client: Client, hotline_page: HotlinePage, address: str):
    response = client.get(address)
    assert response.status_code == (404 if "nothing" in address else 200)
    assert "data-hotline" in response.content.decode()


def test_the_rule_is_in_the_readers_language_and_names_the_clock(client: Client, hotline_page: HotlinePage):
    assert LINE["en"] in client.get("/en/").content.decode()


def test_the_script_knows_the_coming_mondays_but_no_closed_one(client: Client, hotline_page: HotlinePage):
    closed = next_monday(1)
    Closure.objects.create(date_from=closed, date_to=closed, reason={"da": "Anden påskedag"}, state="confirmed")
    known = intervals(client.get("/en/").content.decode())
    assert Interval(at(next_monday(), 13), at(next_monday(), 15)) in known
    assert closed not in {one.starts.astimezone(COPENHAGEN).date() for one in known}
    assert "Anden påskedag" in client.get("/da/hotline/").content.decode()


def test_a_proposed_closed_day_is_told_to_nobody(client: Client, hotline_page: HotlinePage):
    Closure.objects.create(date_from=next_monday(), date_to=next_monday(), reason={"da": "Fridag"}, state="proposed")
    assert "Fridag" not in client.get("/da/hotline/").content.decode()


def test_the_number_comes_from_the_register(client: Client, hotline_page: HotlinePage):
    assert "You cannot ring the hotline directly" in client.get("/en/hotline/").content.decode()
    fact = Fact.objects.create(
        key="hotline-phone",
        kind="phone",
        value="70 11 31 31",
        label={"da": "Hotline"},
        source_name="x",
        owner="x",
        check_again_on=timezone.localdate() + datetime.timedelta(days=90),
    )
    line = HotlineLine.objects.get()
    line.phone_fact = fact
    line.save()
    for address in ("/en/hotline/", "/en/"):
        assert 'href="tel:+4570113131"' in client.get(address).content.decode()


def test_the_state_costs_no_query_while_it_is_known(
    client: Client, hotline_page: HotlinePage, django_assert_num_queries
):
    state.hours()
    with django_assert_num_queries(0):
        state.hours()


def test_polish_staff_is_named_on_the_page(client: Client, hotline_page: HotlinePage):
    add_staff("Ania", "pl", "da")
    state.forget()
    assert "We speak Danish and Polish." in client.get("/en/hotline/").content.decode()


def test_without_a_hotline_pages_say_nothing(client: Client, tree: Tree):
    assert "data-hotline" not in client.get("/en/").content.decode()


@pytest.mark.storage
def test_opening_hours_follow_the_danish_clock_over_its_changes():
    rule = OpeningRule(weekday=0, start=datetime.time(13), end=datetime.time(15))
    mondays = opening([rule], [], datetime.date(2026, 10, 19), datetime.date(2026, 10, 26), COPENHAGEN)
    assert [f"{one.starts:%d %H:%M}" for one in mondays] == ["19 11:00", "26 12:00"]


@pytest.mark.storage
def test_rules_hold_only_in_their_time():
    day = datetime.date(2026, 12, 7)
    rule = OpeningRule(weekday=0, start=datetime.time(13), end=datetime.time(15), valid_to=day)
    found = opening([rule], [], day, day + datetime.timedelta(days=14), COPENHAGEN)
    assert len(found) == 1


def test_at_the_moment_of_closing_it_is_no_longer_among_the_times(hotline_page: HotlinePage):
    with clock_at(at(next_monday(), 15)):
        assert next_monday() not in {one.starts.astimezone(COPENHAGEN).date() for one in state.read().opening}
