"""The feeds of the calendar as programs get them: what is in them, what stays, and that they say nothing twice."""

import datetime
import gzip
import itertools
import time

import icalendar
import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events_calendar import changes
from events_calendar.choices import ActivityType, Audience
from events_calendar.models import ActivityPage, Occurrence
from tests.events_calendar.calendar_page import DAY, add_calendar, listed, once, soup_of
from tests.events_calendar.calendar_site import add_activity, add_overview, coming
from tests.events_calendar.feeds.checker import check
from tests.factories import make_fact, publish, translate

pytestmark = pytest.mark.django_db
FEED = "/da/kalender/feed.ics"


@pytest.fixture
def calendar(tree):
    """The calendar of the small site."""
    return add_calendar(tree.home)


@pytest.fixture
def chef(django_user_model):
    """Somebody who may cancel dates."""
    return django_user_model.objects.create_superuser("chef")


def read(client, address: str) -> list[icalendar.Event]:
    """Return the events of a feed in which the strict checker finds nothing."""
    response = client.get(address)
    assert response.status_code == 200, address
    assert check(response.content) == [], address
    return list(icalendar.Calendar.from_ical(response.content).walk("VEVENT"))


def summaries(client, address: str) -> list[str]:
    """Return the titles in a feed."""
    return [str(event["SUMMARY"]) for event in read(client, address)]


def test_a_feed_has_the_dates_of_two_weeks_back_and_half_a_year_ahead(client, calendar, overview):
    today = timezone.localdate()
    add_activity(overview, start_date=today - 300 * DAY, frequency="daily")
    Occurrence.objects.all().delete()
    activity = ActivityPage.objects.get(slug="sprogcafe")
    for number, days in enumerate((-40, -15, -13, 0, 180, 182)):
        starts = timezone.now() + datetime.timedelta(days=days, hours=1)
        Occurrence.objects.create(
            activity=activity,
            original_date=today + days * DAY,
            original_time=datetime.time(number),
            starts_at=starts,
            ends_at=starts + datetime.timedelta(minutes=30),
            local_date=today + days * DAY,
            changed_at=timezone.now(),
        )
    assert len(read(client, FEED)) == 3


@pytest.mark.storage
def test_a_date_is_told_with_what_one_needs_to_go(client, calendar, overview):
    make_fact("telefon", "70 11 31 31")
    activity = add_activity(
        overview,
        summary="Ring til [[telefon]], hvis du er i tvivl.",
        spoken_languages=["da", "pl"],
        interpreter_languages=["ar"],
    )
    event = read(client, FEED)[-1]
    last = activity.occurrences.get(uid=str(event["UID"]))
    assert str(event["LOCATION"]) == "Biblioteket, Østergade 8, 7400 Herning"
    assert event["URL"] == f"http://testserver/da/herning/aktiviteter/sprogcafe/{last.slug}/"
    assert "70 11 31 31" in event["DESCRIPTION"]
    assert "Dansk, Polsk" in event["DESCRIPTION"]
    assert "Arabisk" in event["DESCRIPTION"]
    assert str(event["URL"]) in event["DESCRIPTION"]
    assert event["CATEGORIES"].cats == ["Sprog"]
    assert client.get(event["URL"].removeprefix("http://testserver")).status_code == 200


def test_every_combination_of_filters_gives_the_dates_of_the_page(client, calendar, overview, tree):
    day = timezone.localdate() + DAY
    other = add_overview(tree.holstebro)
    once(overview, "a", day, activity_type="sport", spoken_languages=["pl"], audiences=["women"])
    once(overview, "b", day + DAY, activity_type="work", interpreter_languages=["pl"], audiences=["women", "families"])
    once(other, "c", day, activity_type="sport", also_in=["herning"])
    values = {
        "m": ["herning", "holstebro"],
        "type": ["sport", "work"],
        "spoken": ["pl", "so"],
        "audience": ["women", "families"],
        "from": [str(day + DAY)],
        "to": [str(day)],
    }
    pairs = [(name, value) for name, offered in values.items() for value in offered]
    queries = [f"{name}={value}" for name, value in pairs]
    queries += [
        f"{first[0]}={first[1]}&{second[0]}={second[1]}"
        for first, second in itertools.combinations(pairs, 2)
        if {first[0], second[0]} != {"from", "to"}
    ]
    wrong = [
        query
        for query in queries
        if sorted(summaries(client, f"{FEED}?{query}")) != sorted(listed(client, f"/da/kalender/?{query}"))
    ]
    assert wrong == []
    everything = "&".join(
        [f"type={value}" for value in ActivityType.values] + [f"audience={value}" for value in Audience.values]
    )
    assert sorted(summaries(client, f"{FEED}?{everything}")) == ["A", "B"]
    assert summaries(client, "/da/herning/kalender/feed.ics?m=holstebro") == ["C"]


@pytest.mark.parametrize("query", ["type=party", "m=atlantis", "from=i%20morgen", "from=2027-02-02&to=2027-02-01"])
def test_a_feed_of_what_nobody_offers_is_refused(client, calendar, query):
    assert client.get(f"{FEED}?{query}").status_code == 400


@pytest.mark.storage
def test_a_cancelled_date_stays_with_the_word_in_its_title(client, calendar, cafe, chef):
    first = coming(cafe)[0]
    changes.cancel(first, chef, {"da": "Vi er syge.", "pl": "Choroba."})
    event = next(one for one in read(client, FEED) if str(one["UID"]) == str(first.uid))
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 1)
    assert event["SUMMARY"] == "Aflyst: Sprogcafé"
    assert "Vi er syge." in event["DESCRIPTION"]
    translate(cafe, "pl")
    translate(calendar, "pl")
    polish = next(one for one in read(client, "/pl/kalender/feed.ics") if str(one["UID"]) == str(first.uid))
    assert polish["SUMMARY"] == "Odwołane: pl: Sprogcafé"
    assert "Choroba." in polish["DESCRIPTION"]


def test_a_cancelled_date_is_dropped_a_month_after_its_day(client, calendar, cafe, chef):
    first = coming(cafe)[0]
    changes.cancel(first, chef, {})
    for days, is_there in ((20, True), (32, False)):
        starts = timezone.now() - days * DAY
        Occurrence.objects.filter(pk=first.pk).update(
            starts_at=starts,
            ends_at=starts + datetime.timedelta(hours=1),
            local_date=starts.date(),
            changed_at=timezone.now(),
        )
        assert (str(first.uid) in [str(event["UID"]) for event in read(client, FEED)]) is is_there


def test_what_the_schedule_no_longer_has_is_told_as_cancelled(client, calendar, cafe):
    last = coming(cafe)[3]
    page = ActivityPage.objects.get(pk=cafe.pk)
    page.until = last.original_date - DAY
    publish(page)
    event = next(one for one in read(client, FEED) if str(one["UID"]) == str(last.uid))
    assert event["STATUS"] == "CANCELLED"


def test_the_same_dates_have_the_same_identity_in_every_language_and_address(client, calendar, cafe):
    translate(cafe, "pl")
    translate(calendar, "pl")
    addresses = [
        FEED,
        "/pl/kalender/feed.ics",
        "/da/herning/kalender/feed.ics",
        "/pl/herning/aktiviteter/sprogcafe/feed.ics",
    ]
    assert len({tuple(str(event["UID"]) for event in read(client, address)) for address in addresses}) == 1


def test_a_single_date_is_a_file_of_its_own_whenever_it_is(client, cafe, chef):
    last = coming(cafe)[-1]
    events = read(client, f"/da/herning/aktiviteter/sprogcafe/{last.slug}.ics")
    assert [str(event["UID"]) for event in events] == [str(last.uid)]
    assert client.get("/da/herning/aktiviteter/sprogcafe/2020-01-01-1900.ics").status_code == 404


def test_an_activity_that_is_withdrawn_is_told_as_cancelled_for_a_while_and_says_nothing_else(client, calendar, cafe):
    before = {str(event["UID"]): event["SEQUENCE"] for event in read(client, FEED)}
    coming_before = {str(one.uid) for one in coming(cafe)}
    ActivityPage.objects.get(pk=cafe.pk).unpublish()
    events = read(client, FEED)
    assert {str(event["UID"]) for event in events} == coming_before & set(before)
    for event in events:
        assert (event["STATUS"], event["SUMMARY"]) == ("CANCELLED", "Aflyst")
        assert event["SEQUENCE"] > before[str(event["UID"])]
        assert not {"DESCRIPTION", "URL", "LOCATION", "CATEGORIES"} & set(event)
    assert "Sprogcafé" not in client.get(FEED).content.decode()
    assert client.get(FEED).content == client.get(FEED).content
    Occurrence.objects.update(removed_at=timezone.now() - 32 * DAY, changed_at=timezone.now())
    assert read(client, FEED) == []


def test_an_activity_that_comes_back_takes_place_again(client, calendar, cafe):
    page = ActivityPage.objects.get(pk=cafe.pk)
    page.unpublish()
    withdrawn = {str(event["UID"]): event["SEQUENCE"] for event in read(client, FEED)}
    publish(page)
    for event in read(client, FEED):
        assert event.get("STATUS") != "CANCELLED"
        assert event["SEQUENCE"] > withdrawn.get(str(event["UID"]), -1)


def test_a_date_that_was_withdrawn_is_in_no_list(client, calendar, cafe):
    ActivityPage.objects.get(pk=cafe.pk).unpublish()
    assert listed(client, "/da/kalender/") == []


@pytest.mark.parametrize("address", [FEED, "/da/herning/aktiviteter/sprogcafe/feed.ics"])
def test_nothing_changed_is_the_same_octets_and_304_and_a_change_is_seen_at_once(client, calendar, cafe, chef, address):
    first = client.get(address)
    cache.clear()
    again = client.get(address)
    assert again.content == first.content
    assert again.headers["ETag"] == first.headers["ETag"]
    asked = {"if-none-match": first.headers["ETag"]}
    assert client.get(address, headers=asked).status_code == 304
    assert client.get(address, headers={"if-modified-since": first.headers["Last-Modified"]}).status_code == 304
    packed = client.get(address, headers={"accept-encoding": "gzip"})
    assert gzip.decompress(packed.content) == first.content
    changes.cancel(coming(cafe)[0], chef, {"da": "Syg."})
    changed = client.get(address, headers=asked)
    assert changed.status_code == 200
    assert b"STATUS:CANCELLED" in changed.content


def test_a_new_title_is_seen_at_once(client, calendar, cafe):
    asked = {"if-none-match": client.get(FEED).headers["ETag"]}
    page = ActivityPage.objects.get(pk=cafe.pk)
    page.title = "Kaffe og dansk"
    publish(page)
    response = client.get(FEED, headers=asked)
    assert response.status_code == 200
    assert "Kaffe og dansk" in response.content.decode()


def test_a_new_value_of_a_fact_and_a_new_name_are_seen_at_once(client, calendar, overview, tree):
    fact = make_fact("telefon", "70 11 31 31")
    add_activity(overview, summary="Ring til [[telefon]], hvis du er i tvivl.")
    asked = {"if-none-match": client.get(FEED).headers["ETag"]}
    assert client.get(FEED, headers=asked).status_code == 304
    fact.value = "70 11 32 32"
    fact.save()
    response = client.get(FEED, headers=asked)
    assert response.status_code == 200
    assert "70 11 32 32" in response.content.decode()
    asked = {"if-none-match": response.headers["ETag"]}
    page = type(calendar).objects.get(pk=calendar.pk)
    page.title = "Det sker"
    publish(page)
    response = client.get(FEED, headers=asked)
    assert response.status_code == 200
    assert "Det sker" in response.content.decode()


def test_a_place_in_the_tree_that_changes_is_seen_at_once(client, calendar, overview, cafe, tree):
    other = add_overview(tree.holstebro)
    asked = {"if-none-match": client.get(FEED).headers["ETag"]}
    ActivityPage.objects.get(pk=cafe.pk).move(other, pos="last-child")
    response = client.get(FEED, headers=asked)
    assert response.status_code == 200
    assert "/da/holstebro/aktiviteter/sprogcafe/" in response.content.decode().replace("\r\n ", "")


def test_hours_later_who_has_the_feed_still_costs_no_reading_of_dates(client, calendar, cafe, monkeypatch):
    mark, now = client.get(FEED).headers["ETag"], time.time()
    monkeypatch.setattr(time, "time", lambda: now + 4 * 60 * 60)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(FEED, headers={"if-none-match": mark}).status_code == 304
    assert not [one for one in captured if "local_date" in one["sql"]]


def test_the_window_moves_at_midnight(client, calendar, cafe):
    today = timezone.localdate()
    midnight = timezone.make_aware(datetime.datetime.combine(today, datetime.time(0)))
    Occurrence.objects.update(changed_at=midnight - DAY)
    ActivityPage.objects.update(last_published_at=midnight - DAY)
    moved = datetime.datetime.strptime(client.get(FEED).headers["Last-Modified"], "%a, %d %b %Y %H:%M:%S %Z")
    assert moved.replace(tzinfo=datetime.UTC) == midnight


def test_head_is_answered_and_nothing_can_be_sent(client, calendar, cafe):
    got, asked = client.get(FEED), client.head(FEED)
    assert asked.status_code == 200
    assert asked.content == b""
    assert asked.headers["ETag"] == got.headers["ETag"]
    assert client.post(FEED).status_code == 405


def test_hostile_texts_stay_texts(client, calendar, overview):
    title = "Kaffe; te, saft \\ 😀 <b>"
    once(overview, "slem", timezone.localdate() + DAY, title=title, venue_name="Sal, 1;2", summary='"Kom"; nu, ja.')
    event = read(client, FEED)[0]
    assert event["SUMMARY"] == title
    assert str(event["LOCATION"]).startswith("Sal, 1;2")


def test_every_feed_offered_on_a_page_is_answered(client, calendar, cafe):
    for address in ("/da/kalender/?type=language", "/da/herning/kalender/"):
        page = soup_of(client, address)
        links = [page.select_one("#feed-address")["value"], *(a["href"] for a in page.select("a[href^=webcal]"))]
        for link in links:
            assert read(client, link.replace("webcal://", "http://").removeprefix("http://testserver"))
