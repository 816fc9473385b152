"""An activity as its readers see it, in every language, and what keeps a wrong one from being published."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events_calendar import changes
from events_calendar.models import ActivityIndexPage, ActivityPage, Occurrence, Organiser
from events_calendar.models.scheduled import SCHEDULE_FIELDS
from tests.events_calendar.calendar_site import add_activity, coming
from tests.factories import add_page, block, in_language, make_fact, publish, translate

pytestmark = pytest.mark.django_db
ADDRESS = "herning/aktiviteter/sprogcafe/"
TRANSLATED = {"title", "summary", "body", "what_to_bring", "price", "venue_note", "seo_title", "search_description"}


def read(client: Client, path: str) -> BeautifulSoup:
    response = client.get(path)
    assert response.status_code == 200
    return BeautifulSoup(response.content.decode(), "html.parser")


def main(client: Client, path: str) -> str:
    return " ".join(read(client, path).main.get_text(" ").split())


# Readers --------------------------------------------------------------------------------------------------------------


def test_a_reader_sees_when_where_for_whom_and_in_which_languages(client, overview):
    make_fact("herning-phone")
    add_activity(
        overview,
        summary="Tal dansk i trygge rammer.",
        price="Gratis",
        what_to_bring="Kun dig selv.",
        audiences=["women"],
        spoken_languages=["da", "uk"],
        interpreter_languages=["ar"],
        organiser=Organiser.objects.create(name="Røde Kors", municipality="herning", website="https://rodekors.dk/"),
        contacts=[block("fact", "herning-phone", "c1")],
        online_url="https://example.dk/cafe",
    )
    text = main(client, f"/da/{ADDRESS}")
    for words in (
        "hver torsdag kl. 19–22 fra ",
        "Biblioteket, Østergade 8, 7400 Herning",
        "Gratis",
        "Kun dig selv.",
        "kvinder",
        "Dansk, Ukrainsk",
        "Arabisk",
        "Røde Kors",
        "70 11 31 31",
    ):
        assert words in text


def test_a_reader_of_another_language_gets_the_dates_in_words_of_that_language(client, cafe):
    translate(cafe, "pl")
    soup = read(client, f"/pl/{ADDRESS}")
    text = soup.main.get_text(" ", strip=True)
    assert "pl: Sprogcafé" in text
    assert "w czwartki w godz. 19–22, od " in text
    assert "czwartek, " in text
    address = soup.main.find(string=lambda words: "Østergade 8" in words)
    assert address.find_parent(lang=True)["lang"] == "da"


def test_a_translation_that_is_behind_shows_the_times_and_the_place_of_today(client, cafe):
    translate(cafe, "pl")
    page = ActivityPage.objects.get(pk=cafe.pk)
    page.title, page.start_time, page.venue_name = "Ny titel", datetime.time(17), "Medborgerhuset"
    publish(page)
    text = main(client, f"/pl/{ADDRESS}")
    assert "pl: Sprogcafé" in text, "the new title is not translated yet"
    assert "w godz. 17–22" in text
    assert "Medborgerhuset" in text


def test_cancelled_and_moved_dates_are_marked_with_the_reason_in_the_best_language(client, cafe, django_user_model):
    chef = django_user_model.objects.create_superuser("chef")
    first, second = coming(cafe)[:2]
    changes.cancel(first, chef, {"da": "Vi er syge.", "pl": "Jesteśmy chorzy."})
    changes.change_place(second, chef, "Medborgerhuset, Torvet 1", {"da": "Biblioteket bygger om."})
    translate(cafe, "pl")
    dates = read(client, f"/pl/{ADDRESS}").select(".dates li")
    assert dates[0].s
    assert "Odwołane" in dates[0].get_text()
    assert "Jesteśmy chorzy." in dates[0].get_text()
    danish = {mark.get_text(): mark["lang"] for mark in dates[1].find_all(lang=True)}
    assert danish == {"Medborgerhuset, Torvet 1": "da", "Biblioteket bygger om.": "da"}


def test_an_activity_that_is_over_says_so(client, overview):
    past = timezone.localdate() - datetime.timedelta(days=30)
    add_activity(overview, start_date=past, frequency="once")
    assert "Der er ikke planlagt flere datoer" in main(client, f"/da/{ADDRESS}")


def test_the_overview_lists_the_nearest_first_with_its_next_date(client, overview):
    today = timezone.localdate()
    add_activity(overview, "sen", title="Sen", start_date=today + datetime.timedelta(days=30), frequency="once")
    add_activity(overview, "tidlig", title="Tidlig", start_date=today + datetime.timedelta(days=3), frequency="once")
    add_activity(overview, "forbi", title="Forbi", start_date=today - datetime.timedelta(days=3), frequency="once")
    listed = [link.get_text() for link in read(client, "/da/herning/aktiviteter/").select(".guide-list a")]
    assert listed == ["Tidlig", "Sen", "Forbi"]


def test_a_page_takes_as_many_queries_with_many_dates_and_activities_as_with_few(client, overview):
    organiser = Organiser.objects.create(name="Røde Kors")
    make_fact("herning-phone")
    summary = "Ring [[herning-phone]]."
    contacts = [block("fact", "herning-phone", "c1")]
    activity = add_activity(overview, organiser=organiser, contacts=contacts, summary=summary)
    translate(activity, "pl")

    def count(address: str) -> int:
        client.get(address)
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    addresses = [f"/{language}/{path}" for language in ("da", "pl") for path in (ADDRESS,)] + [
        "/da/herning/aktiviteter/"
    ]
    few = {address: count(address) for address in addresses}
    assert max(few.values()) <= 14
    publish_daily = ActivityPage.objects.get(pk=activity.pk)
    publish_daily.frequency = "daily"
    publish(publish_daily)
    for number in range(5):
        add_activity(overview, f"nr-{number}", summary=summary)
    assert {address: count(address) for address in addresses} == few


# Languages ------------------------------------------------------------------------------------------------------------


def test_everything_but_texts_is_the_same_in_every_language():
    rules = {rule.field_name for rule in ActivityPage.override_translatable_fields if not rule.overridable}
    own = {field.name for field in ActivityPage._meta.local_fields} - {"page_ptr"}
    assert own - TRANSLATED == own & rules
    assert set(SCHEDULE_FIELDS) <= rules


def test_all_languages_share_one_set_of_dates(cafe):
    before = set(cafe.occurrences.values_list("uid", flat=True))
    for language in ("pl", "ru"):
        translate(cafe, language)
    assert set(Occurrence.objects.values_list("uid", flat=True)) == before
    assert in_language(cafe, "ru").danish.pk == cafe.pk


def test_a_translation_follows_a_new_time_by_itself(cafe):
    translate(cafe, "pl")
    page = ActivityPage.objects.get(pk=cafe.pk)
    page.start_time, page.capacity, page.spoken_languages = datetime.time(17), 12, ["pl"]
    publish(page)
    polish = in_language(cafe, "pl")
    assert (polish.start_time, polish.capacity, polish.spoken_languages) == (datetime.time(17), 12, ["pl"])


# Rules ----------------------------------------------------------------------------------------------------------------


def refusal(page: ActivityPage, **fields: object) -> dict[str, list[str]]:
    for name, value in fields.items():
        setattr(page, name, value)
    with pytest.raises(ValidationError) as caught:
        page.full_clean()
    return caught.value.message_dict


@pytest.mark.parametrize(
    ("field", "fields"),
    [
        ("end_time", {"end_time": datetime.time(18)}),
        ("start_time", {"start_time": None}),
        ("end_time", {"end_time": None}),
        ("weekdays", {"weekdays": []}),
        ("weekdays", {"weekdays": [8]}),
        ("weekdays", {"weekdays": [[]]}),
        ("until", {"until": datetime.date(2020, 1, 1)}),
        ("count", {"count": 0}),
        ("interval", {"interval": 13}),
        ("spoken_languages", {"spoken_languages": ["xx"]}),
        ("audiences", {"audiences": "women"}),
        ("also_in", {"also_in": ["atlantis"]}),
        ("venue_name", {"venue_name": ""}),
        ("registration_url", {"registration": "external"}),
        ("capacity", {"capacity": 0}),
        ("extra_dates", {"extra_dates": ["2026-13-01"]}),
        ("extra_dates", {"extra_dates": "i morgen"}),
    ],
)
def test_what_keeps_an_activity_from_being_published(cafe, field, fields):
    assert field in refusal(cafe, **fields)


def test_an_online_activity_needs_no_place(cafe):
    cafe.venue_name, cafe.venue_address, cafe.online_url = "", "", "https://example.dk/"
    cafe.full_clean()
    assert cafe.place == "https://example.dk/"


def test_places_cannot_fall_below_what_is_taken(cafe):
    cafe.registration, cafe.capacity = "here", 10
    publish(cafe)
    cafe.occurrences.filter(pk=coming(cafe)[0].pk).update(taken=8)
    assert "capacity" in refusal(cafe, capacity=7)
    cafe.capacity = 8
    cafe.full_clean()


def test_a_municipality_has_one_overview_at_one_address(tree, overview):
    other = add_page(tree.holstebro, ActivityIndexPage, "arrangementer", title="Arrangementer i Holstebro")
    assert other.slug == "aktiviteter"
    assert not ActivityIndexPage.can_create_at(tree.herning)


@pytest.mark.storage
def test_lists_can_be_asked_what_they_have(overview):
    first = add_activity(overview, "a", spoken_languages=["da", "pl"], also_in=["holstebro"], weekdays=[3])
    second = add_activity(overview, "b", spoken_languages=["pl"], weekdays=[3, 5])
    pages = ActivityPage.objects.order_by("path")
    assert list(pages.filter(spoken_languages__has="pl")) == [first, second]
    assert list(pages.filter(spoken_languages__has="da")) == [first]
    assert list(pages.filter(spoken_languages__has="p")) == []
    assert list(pages.filter(also_in__has="holstebro")) == [first]
    assert list(pages.filter(weekdays__has=5)) == [second]
    assert list(pages.exclude(spoken_languages__has="da")) == [second]
