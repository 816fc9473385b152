"""Who may write about which club and which person, and what the forms ask for."""

import datetime
import io

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry, Page
from wagtail.test.utils.form_data import nested_form_data, streamfield

from portal.municipalities.setup import create_roles
from tests.factories import in_language, publish
from tests.portal.role_fixtures import make_people
from tests.welcome_pages.clubs.club_site import (
    LATER,
    TODAY,
    add_club,
    add_list,
    add_person,
    club_values,
    contact,
    follow_danish,
    names,
    read,
)
from welcome_pages.models import ClubPage, ContactPerson

pytestmark = pytest.mark.django_db


@pytest.fixture
def far(tree, clubs):
    """The list of clubs of Holstebro."""
    return add_list(tree.holstebro)


@pytest.fixture
def people(far) -> dict[str, User]:
    """One person of each role; editors and publishers are those of Herning."""
    create_roles(io.StringIO())
    return make_people()


def browser(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


# Clubs ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "places"),
    [
        ("editors", {"herning"}),
        ("publishers", {"herning"}),
        ("translators", {"herning", "holstebro"}),
        ("administrators", {"herning", "holstebro"}),
        ("nobody", set()),
    ],
)
def test_editors_change_the_clubs_of_their_own_municipality_in_every_language(clubs, far, people, role, places):
    client = browser(people[role])
    found = {parent: add_club(parent, "klub", title=f"Klub {parent}") for parent in (clubs, far)}
    follow_danish()
    for place, parent in (("herning", clubs), ("holstebro", far)):
        club = found[parent]
        for language in ("da", "pl"):
            for page in (parent, club):
                address = reverse("wagtailadmin_pages:edit", args=[in_language(page, language).pk])
                assert (client.get(address).status_code == 200) is (place in places), (place, language, page)


@pytest.mark.parametrize(
    ("role", "places"),
    [("editors", {"herning"}), ("publishers", {"herning"}), ("translators", set()), ("nobody", set())],
)
def test_editors_add_clubs_in_their_own_municipality(clubs, far, people, role, places):
    client = browser(people[role])
    for place, parent in (("herning", clubs), ("holstebro", far)):
        address = reverse("wagtailadmin_pages:add", args=["welcome_pages", "clubpage", parent.pk])
        assert (client.get(address).status_code == 200) is (place in places), place


def test_an_editor_writes_a_club_that_waits_for_a_publisher(client, clubs, people):
    values = {**club_values(), "title": "Naboklubben", "slug": "naboklubben", "content_owner": "Kultur"}
    form = {name: value for name, value in values.items() if name != "contacts"}
    form |= {
        "name_language": "da",
        "country": "",
        "meets": "",
        "source_url": "",
        "seo_title": "",
        "search_description": "",
    }
    form |= nested_form_data({"contacts": streamfield([("fact", "club-phone")])})
    address = reverse("wagtailadmin_pages:add", args=["welcome_pages", "clubpage", clubs.pk])
    browser(people["editors"]).post(address, form)
    club = ClubPage.objects.get(slug="naboklubben", locale__language_code="da")
    assert not club.live
    publisher = browser(people["publishers"])
    edit = reverse("wagtailadmin_pages:edit", args=[club.pk])
    publisher.post(edit, {**form, "action-publish": "1"})
    assert names(read(client, "/da/herning/foreninger/")) == ["Naboklubben"]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"summary": ""}, "summary"),
        ({"contacts": []}, "contacts"),
        ({"contacts": contact("club-deadline", "club-phone")}, "contacts"),
        ({"kind": "community"}, "country"),
        ({"reviewed_on": None}, "reviewed_on"),
        ({"review_again_on": None}, "review_again_on"),
        ({"source_name": ""}, "source_name"),
        ({"spoken_languages": ["xx"]}, "spoken_languages"),
        ({"also_in": ["atlantis"]}, "also_in"),
        ({"kind": "party"}, "kind"),
    ],
)
def test_a_club_is_published_only_with_what_readers_rely_on(clubs, fields, field):
    club = add_club(clubs, "klub", title="Klub")
    for name, value in fields.items():
        setattr(club, name, value)
    with pytest.raises(Exception, match=field):
        publish(club)


def test_the_list_has_one_address_and_stands_once_in_a_municipality(clubs, people, tree):
    assert clubs.slug == "foreninger"
    client = browser(people["administrators"])
    address = reverse("wagtailadmin_pages:add", args=["welcome_pages", "clubspage", tree.herning.pk])
    assert client.get(address).status_code != 200


# People ---------------------------------------------------------------------------------------------------------------


def address_of(view: str, *arguments: object) -> str:
    return reverse(f"wagtailsnippets_welcome_pages_contactperson:{view}", args=arguments)


def person_form(**fields: object) -> dict[str, object]:
    return {
        "name": "Agnieszka",
        "languages": ["pl"],
        "municipality": "herning",
        "phone": "20 30 40 51",
        "email": "",
        "consent_on": TODAY.isoformat(),
        "is_public": "on",
        **fields,
    }


@pytest.mark.parametrize(
    ("role", "places"),
    [
        ("publishers", {"herning"}),
        ("administrators", {"herning", "holstebro"}),
        ("editors", set()),
        ("nobody", set()),
    ],
)
def test_who_may_see_and_change_whom(people, role, places):
    client = browser(people[role])
    rows = {place: add_person(name=f"Navn {place}", municipality=place) for place in ("herning", "holstebro")}
    for place, person in rows.items():
        for view in ("edit", "delete", "history", "usage"):
            assert (client.get(address_of(view, person.pk)).status_code == 200) is (place in places), (place, view)
        client.post(address_of("edit", person.pk), person_form(name="Nyt navn", municipality=place))
        person.refresh_from_db()
        assert (person.name == "Nyt navn") is (place in places)
    listed = client.get(address_of("list")).content.decode()
    rows["holstebro"].refresh_from_db()
    assert (rows["holstebro"].name in listed) is ("holstebro" in places and role == "administrators")


def test_a_publisher_enters_people_of_the_own_municipality_only(people):
    client = browser(people["publishers"])
    for place in ("herning", "holstebro", "", "atlantis"):
        client.post(address_of("add"), person_form(municipality=place))
    assert list(ContactPerson.objects.values_list("municipality", flat=True)) == ["herning"]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"consent_on": ""}, "En person vises kun med den dag, hvor vedkommende sagde ja."),
        ({"consent_on": LATER.isoformat()}, "Den dag er ikke kommet endnu."),
        ({"phone": ""}, "Hvordan får man fat i personen?"),
        ({"phone": "70 11 31"}, "Det nummer kan ingen ringe til."),
    ],
)
def test_the_form_says_what_is_missing(people, fields, message):
    answer = browser(people["publishers"]).post(address_of("add"), person_form(**fields))
    assert message in answer.content.decode()
    assert not ContactPerson.objects.exists()


def test_a_person_may_be_noted_before_they_have_agreed_and_is_not_shown(client, people):
    form = {name: value for name, value in person_form(consent_on="").items() if name != "is_public"}
    browser(people["publishers"]).post(address_of("add"), form)
    assert ContactPerson.objects.get().is_public is False
    assert names(read(client, "/da/herning/foreninger/")) == []


@pytest.mark.parametrize("fields", [{"consent_on": None}, {"phone": "", "email": ""}])
def test_the_database_keeps_nobody_public_without_consent_or_contact(clubs, fields):
    person = add_person()
    with pytest.raises(IntegrityError), transaction.atomic():
        ContactPerson.objects.filter(pk=person.pk).update(**fields)


def test_whoever_takes_the_consent_back_is_gone_from_page_and_history(client, people):
    publisher = browser(people["publishers"])
    publisher.post(address_of("add"), person_form(name="Zofia Nowak"))
    publisher.post(
        address_of("edit", ContactPerson.objects.get().pk), person_form(name="Zofia Nowak", email="z@example.dk")
    )
    assert names(read(client, "/da/herning/foreninger/")) == ["Zofia Nowak"]
    publisher.post(address_of("delete", ContactPerson.objects.get().pk))
    assert not ContactPerson.objects.exists()
    assert names(read(client, "/da/herning/foreninger/")) == []
    history = [str((entry.label, entry.data)) for entry in ModelLogEntry.objects.all()]
    assert history
    assert not [entry for entry in history if "Zofia" in entry or "z@example" in entry]


def test_who_has_not_agreed_within_a_month_is_deleted(clubs):
    add_person()
    waiting = add_person(name="Ny", is_public=False, consent_on=None)
    call_command("anonymise_expired", stdout=io.StringIO())
    assert ContactPerson.objects.count() == 2
    ContactPerson.objects.update(entered_on=TODAY - datetime.timedelta(days=30))
    call_command("anonymise_expired", stdout=io.StringIO())
    assert not ContactPerson.objects.filter(pk=waiting.pk).exists()
    assert ContactPerson.objects.count() == 1


def test_the_site_has_no_page_of_a_person(clubs):
    before = Page.objects.count()
    add_person()
    assert Page.objects.count() == before
