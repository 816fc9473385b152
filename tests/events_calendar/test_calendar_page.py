"""The calendar as readers see it: by day, filtered, in their language first, and helpful where nothing fits."""

import datetime
from dataclasses import replace

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Locale

from events_calendar import calendar_view, changes
from events_calendar.models import ActivityPage, CalendarPage, Organiser
from tests.events_calendar.calendar_page import (
    ADDRESS,
    DAY,
    add_calendar,
    entry,
    listed,
    offered,
    once,
    soup_of,
    titles,
)
from tests.events_calendar.calendar_site import add_activity, add_overview
from tests.factories import translate

pytestmark = pytest.mark.django_db


@pytest.fixture
def calendar(tree):
    """The calendar of the small site."""
    return add_calendar(tree.home)


def test_dates_stand_under_their_day_in_order_of_time(client, calendar, overview):
    today = timezone.localdate()
    once(overview, "sidst", today + 2 * DAY)
    once(overview, "foerst", today + DAY)
    page = soup_of(client, ADDRESS)
    days = [section.time["datetime"] for section in page.select(".day")]
    assert days == [str(today + DAY), str(today + 2 * DAY)]
    assert titles(page) == ["Foerst", "Sidst"]
    assert "kl. 19–22" in entry(page, "Foerst").get_text()


def test_a_reader_gets_their_language_first_and_marked_and_a_way_to_see_only_that(client, calendar, overview):
    day = timezone.localdate() + DAY
    once(overview, "tidlig", day, start_time=datetime.time(9), end_time=datetime.time(10))
    once(overview, "tolk", day, interpreter_languages=["pl"])
    for page in ActivityPage.objects.all():
        translate(page, "pl")
    translate(calendar, "pl")
    page = soup_of(client, "/pl/kalender/")
    assert titles(page) == ["pl: Tolk", "pl: Tidlig"]
    assert "Po polsku" in entry(page, "pl: Tolk").get_text()
    shortcut = page.select_one(".shortcuts a")
    assert "po polsku" in shortcut.get_text()
    assert shortcut.select_one(".choices__count").get_text() == "1"
    assert listed(client, shortcut["href"]) == ["pl: Tolk"]


def test_in_danish_no_language_comes_first(client, calendar, overview):
    day = timezone.localdate() + DAY
    once(overview, "tidlig", day, start_time=datetime.time(9), end_time=datetime.time(10))
    once(overview, "dansk", day, spoken_languages=["da"])
    page = soup_of(client, ADDRESS)
    assert titles(page) == ["Tidlig", "Dansk"]
    assert not page.select(".shortcuts")


def test_a_danish_title_in_another_language_says_so(client, calendar, overview):
    activity = once(overview, "koncert", timezone.localdate() + DAY)
    activity.copy_for_translation(Locale.objects.get(language_code="pl"), copy_parents=True, alias=True)
    translate(calendar, "pl")
    page = soup_of(client, "/pl/kalender/")
    one = entry(page, "Koncert")
    assert one.a["lang"] == "da"
    assert "Tylko po duńsku" in one.get_text()


@pytest.mark.storage
def test_inside_a_municipality_its_own_come_first_then_what_concerns_it_then_the_others(
    client, calendar, tree, overview
):
    day = timezone.localdate() + DAY
    other = add_overview(tree.holstebro)
    early = {"start_time": datetime.time(9), "end_time": datetime.time(10)}
    once(other, "der", day, **early)
    once(other, "ogsaa", day, also_in=["herning"], start_time=datetime.time(12), end_time=datetime.time(13))
    once(overview, "her", day)
    page = soup_of(client, "/da/herning/kalender/")
    assert titles(page) == ["Her", "Ogsaa", "Der"]
    assert [link.get_text() for link in page.select(".day__elsewhere ~ .entries .entry__title a")] == ["Der"]
    assert page.select_one(".entry__title a")["href"].startswith("/da/herning/aktiviteter/her/")
    shortcut = page.select_one(".shortcuts a")["href"]
    assert listed(client, shortcut) == ["Her", "Ogsaa"]
    assert listed(client, "/da/herning/kalender/?m=holstebro") == ["Ogsaa", "Der"]
    assert titles(soup_of(client, ADDRESS)) == ["Der", "Ogsaa", "Her"]


@pytest.mark.storage
def test_filters_narrow_and_count_what_each_choice_would_leave(client, calendar, overview, tree):
    day = timezone.localdate() + DAY
    other = add_overview(tree.holstebro)
    once(overview, "a", day, activity_type="sport", spoken_languages=["pl"], audiences=["women", "families"])
    once(overview, "b", day, activity_type="sport", audiences=["women"])
    once(other, "c", day, activity_type="work", interpreter_languages=["pl"], also_in=["herning"])
    page = soup_of(client, ADDRESS)
    assert offered(page, "type") == {"sport": 2, "work": 1}
    assert offered(page, "m") == {"herning": 3, "holstebro": 1}
    assert offered(page, "spoken") == {"pl": 2}
    assert offered(page, "audience") == {"women": 2, "families": 1}
    assert listed(client, f"{ADDRESS}?type=sport&type=work&spoken=pl") == ["A", "C"]
    narrowed = soup_of(client, f"{ADDRESS}?audience=women")
    assert titles(narrowed) == ["A", "B"]
    assert offered(narrowed, "type") == {"sport": 2}
    assert offered(narrowed, "audience") == {"women": 2, "families": 1}, "a filter does not count against itself"
    assert [box["value"] for box in narrowed.select("input[name=audience][checked]")] == ["women"]
    removed = next(link for link in narrowed.select(".chosen a") if "Kvinder" in link.get_text())
    assert listed(client, removed["href"]) == ["A", "B", "C"]


def test_dates_can_be_typed_as_danes_write_them(client, calendar, overview):
    day = timezone.localdate() + 5 * DAY
    once(overview, "foer", day - DAY)
    once(overview, "paa", day)
    once(overview, "efter", day + DAY)
    assert listed(client, f"{ADDRESS}?from={day:%d.%m.%Y}&to={day.isoformat()}") == ["Paa"]
    assert listed(client, f"{ADDRESS}?from={day.isoformat()}") == ["Paa", "Efter"]
    assert listed(client, f"{ADDRESS}?from=&to=&m=&type=") == ["Foer", "Paa", "Efter"]


def test_a_date_that_is_none_comes_back_with_a_message_and_loses_nothing(client, calendar, overview):
    page = soup_of(client, f"{ADDRESS}?from=31.2.2027&type=sport", status=400)
    alert = page.select_one("[role=alert]")
    assert "31.2.2027" in alert.get_text()
    field = page.select_one("input[name=from]")
    assert (field["type"], field["value"], field["aria-invalid"]) == ("text", "31.2.2027", "true")
    assert page.select_one("input[name=type][value=sport]").has_attr("checked")
    assert page.select_one("details.calendar__filters").has_attr("open")


def test_a_last_day_before_the_first_is_said_in_the_page(client, calendar, cafe):
    page = soup_of(client, f"{ADDRESS}?from=2027-02-02&to=2027-02-01")
    assert page.select_one("[role=alert]").get_text(strip=True)
    assert page.select_one("input[name=from]")["value"] == "2027-02-02"
    assert not titles(page)


@pytest.mark.parametrize(
    "query",
    [
        "m=atlantis",
        "type=party",
        "type=sport&type=party",
        "spoken=xx",
        "audience=%00",
        "view=week",
        "view=month&month=2026-13",
        "view=month&month=0000-01",
        "after=1",
        "after=2026-12-33-1",
        "m='%20OR%201=1",
    ],
)
def test_what_no_form_sends_is_refused_in_a_page(client, calendar, query):
    assert soup_of(client, f"{ADDRESS}?{query}", status=400).h1


def test_other_sites_may_add_parameters_of_their_own(client, calendar, cafe):
    assert listed(client, f"{ADDRESS}?utm_source=mail&fbclid=1")


def test_cancelled_and_moved_dates_say_so_and_why(client, calendar, overview, django_user_model):
    chef = django_user_model.objects.create_superuser("chef")
    day = timezone.localdate() + DAY
    changes.cancel(once(overview, "aflyst", day).occurrences.get(), chef, {"da": "Vi er syge."})
    moved = once(overview, "flyttet", day)
    schedule = replace(moved.schedule, start_date=day + DAY)
    changes.move(moved.occurrences.get(), chef, schedule, {"da": "Salen er optaget."})
    page = soup_of(client, ADDRESS)
    assert entry(page, "Aflyst").s
    assert "Aflyst" in entry(page, "Aflyst").select_one(".mark").get_text()
    assert "Vi er syge." in entry(page, "Aflyst").get_text()
    assert "Ny tid" in entry(page, "Flyttet").get_text()
    assert entry(page, "Flyttet").find_parent("section").time["datetime"] == str(day + DAY)


def test_what_began_before_and_goes_on_stands_under_today_with_all_its_days(client, calendar, overview):
    today = timezone.localdate()
    once(overview, "messe", today - 2 * DAY, is_all_day=True, start_time=None, end_time=None, end_day_offset=4)
    once(overview, "forbi", today - 2 * DAY)
    page = soup_of(client, ADDRESS)
    assert titles(page) == ["Messe"]
    assert page.select_one(".day time")["datetime"] == str(today)
    assert "–" in entry(page, "Messe").select_one(".entry__time").get_text()


@pytest.mark.storage
def test_a_long_list_goes_on_without_losing_or_repeating_a_date(client, calendar, overview, monkeypatch):
    monkeypatch.setattr(calendar_view, "ENTRIES_ON_PAGE", 3)
    today = timezone.localdate()
    for number in range(4):
        once(overview, f"samme-{number}", today + DAY, spoken_languages=["pl"])
    once(overview, "loebende", today - DAY, is_all_day=True, start_time=None, end_time=None, end_day_offset=5)
    for number in range(3):
        once(overview, f"senere-{number}", today + (number + 2) * DAY, spoken_languages=["pl"])
    once(overview, "meget-senere", today + 100 * DAY, spoken_languages=["pl"])
    seen, address = [], ADDRESS
    while address:
        page = soup_of(client, address)
        seen += titles(page)
        link = page.select_one("a[rel~=next]")
        address = link["href"] if link else ""
        assert len(seen) < 20
    assert len(seen) == len(set(seen)) == 9
    assert seen[0] == "Loebende"
    assert seen[-1] == "Meget senere"


def test_later_dates_keep_the_filters(client, calendar, overview):
    later = timezone.localdate() + 100 * DAY
    once(overview, "sport", later, activity_type="sport")
    once(overview, "arbejde", later - DAY, activity_type="work")
    link = soup_of(client, f"{ADDRESS}?type=sport").select_one("a[href*=from]")
    assert f"from={later}" in link["href"]
    assert "type=sport" in link["href"]
    assert listed(client, link["href"]) == ["Sport"]


def test_where_nothing_fits_the_page_says_what_to_leave_out_and_whom_to_ask(client, calendar, overview):
    day = timezone.localdate() + DAY
    once(overview, "a", day, activity_type="sport")
    page = soup_of(client, f"{ADDRESS}?type=sport&spoken=so")
    nothing = page.select_one(".nothing")
    links = {link.get_text(" ", strip=True): link["href"] for link in nothing.select(".choices a")}
    assert list(links) == ["Sprog, der tales 1"]
    assert listed(client, links["Sprog, der tales 1"]) == ["A"]
    assert page.select_one("#ask")
    assert page.select_one("#subscribe")


def test_without_any_activity_the_page_still_helps(client, calendar):
    page = soup_of(client, "/da/herning/kalender/")
    assert page.select_one(".nothing")
    assert page.select_one("#ask")


def test_the_subscription_is_to_exactly_what_is_chosen(client, calendar, cafe):
    page = soup_of(client, f"{ADDRESS}?type=language&spoken=da&view=month")
    address = page.select_one("#feed-address")["value"]
    assert address == f"{settings.BASE_URL}/da/kalender/feed.ics?type=language&spoken=da"
    assert page.select_one("a[href^=webcal]")["href"] == address.replace("http://", "webcal://")
    assert "døgn" in page.select_one("#subscribe").get_text()


@pytest.mark.storage
def test_a_month_is_a_table_with_its_days(client, calendar, overview):
    today = timezone.localdate()
    month = (today.replace(day=1) + 40 * DAY).replace(day=1)
    for number in range(5):
        once(overview, f"nr-{number}", month + 9 * DAY)
    page = soup_of(client, f"{ADDRESS}?view=month&month={month:%Y-%m}&m=herning")
    assert [th["scope"] for th in page.select("table.month th")] == ["col"] * 7
    cell = page.select_one(f"time[datetime='{month + 9 * DAY}']").find_parent("td")
    assert len(cell.select("li a")) == 3
    assert cell.select("a")[-1]["href"] == f"{ADDRESS}?m=herning&from={month + 9 * DAY}&to={month + 9 * DAY}"
    assert len(listed(client, cell.select("a")[-1]["href"])) == 5
    before, after = page.select(".turn a")
    assert "m=herning" in before["href"]
    assert soup_of(client, before["href"]).select_one("table.month")
    assert soup_of(client, after["href"]).select_one("table.month")


def test_hostile_titles_stay_titles(client, calendar, overview):
    title = "<script>alert(1)</script> ; DROP, TABLE \\n 😀"
    once(overview, "slem", timezone.localdate() + DAY, title=title, venue_name='"><b>')
    page = soup_of(client, ADDRESS)
    assert titles(page) == [title]
    assert '"><b>' in page.select_one(".entry__about").get_text()


def test_the_page_stands_in_the_menu_at_its_address_and_once(client, calendar, tree):
    assert calendar.slug == "kalender"
    assert "/da/herning/kalender/" in [link["href"] for link in soup_of(client, "/da/herning/").select(".sections a")]
    assert not CalendarPage.can_create_at(tree.home)


@pytest.mark.storage
def test_the_page_takes_as_many_queries_for_many_dates_as_for_few(client, calendar, overview):
    organiser = Organiser.objects.create(name="Røde Kors")
    cafe = add_activity(overview, organiser=organiser, spoken_languages=["pl"])

    def numbers() -> dict[str, int]:
        found = {}
        for address in (
            ADDRESS,
            "/pl/kalender/",
            "/da/herning/kalender/",
            f"{ADDRESS}?m=herning&spoken=pl&type=language&audience=women",
            f"{ADDRESS}?view=month",
            "/da/herning/kalender/feed.ics?m=herning",
        ):
            client.get(address)
            cache.clear()
            with CaptureQueriesContext(connection) as captured:
                assert client.get(address).status_code == 200
            found[address] = len(captured)
        return found

    translate(cafe, "pl")
    translate(calendar, "pl")
    few = numbers()
    assert max(few.values()) <= 14, few
    for number in range(10):
        translate(add_activity(overview, f"nr-{number}", frequency="daily", summary="Kom."), "pl")
    many = numbers()
    assert all(many[address] <= few[address] for address in few), (few, many)


def test_another_language_begins_at_the_start_of_the_same_choice(client, calendar, cafe):
    translate(calendar, "pl")
    page = soup_of(client, f"{ADDRESS}?type=language&after={timezone.localdate()}-1")
    links = {link["lang"]: link["href"] for link in page.select(".languages a")}
    assert links["pl"] == "/pl/kalender/?type=language"


def test_an_editor_can_preview_the_calendar_before_it_is_saved(calendar):
    new = CalendarPage(title="Ny", slug="kalender", locale=calendar.locale, content_owner="Redaktion")
    response = new.make_preview_request(preview_mode="")
    assert response.status_code == 200
