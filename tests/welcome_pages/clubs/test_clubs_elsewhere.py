"""Clubs in the search, in a further language of the site, and in the list of what has to be confirmed."""

import datetime

import pytest
from django.test import Client
from wagtail.models import Locale
from wagtail_localize.models import LocaleSynchronization

from portal.search.updates import run_updates
from portal.texts.findings import all_findings
from tests.factories import translate
from tests.portal.search.documents import find
from tests.welcome_pages.clubs.club_site import TODAY, add_club, add_list, add_person, read
from welcome_pages.models import ContactPerson

pytestmark = pytest.mark.django_db


def found(text, language="da", **filters):
    hits = find(text, language, **filters).hits
    return [(hit.kind, hit.key, hit.municipality) for hit in hits if "/foreninger/" in hit.key]


@pytest.mark.storage
def test_a_club_is_found_by_name_text_country_and_language(clubs):
    add_club(clubs, "klub", title="Naboklubben", kind="community", country="PL", spoken_languages=["pl"])
    run_updates()
    club = ("local", "herning/foreninger/klub", "herning")
    assert found("naboklubben") == found("spiser sammen") == found("polen") == found("polsk") == [club]


def test_it_is_found_where_it_is_translated_and_once_in_every_municipality(tree, clubs):
    club = add_club(clubs, "klub", title="Naboklubben", also_in=["holstebro"])
    far = add_list(tree.holstebro)
    for page in (clubs, far):
        translate(page, "pl")
    translate(club, "pl", strings={"Vi mødes og spiser sammen.": "Jemy razem."})
    run_updates()
    key = "herning/foreninger/klub"
    assert len(found("jemy razem", "pl")) == 1
    assert found("jemy razem", "pl", municipality="herning") == [("local", key, "herning")]
    assert found("jemy razem", "pl", municipality="holstebro") == [("local", key, "holstebro")]
    (hit,) = [hit for hit in find("jemy razem", "pl", municipality="holstebro").hits if hit.key == key]
    assert hit.path == "foreninger/#klub"


def test_a_withdrawn_club_is_found_no_more(clubs):
    club = add_club(clubs, "klub", title="Naboklubben")
    run_updates()
    club.unpublish()
    run_updates()
    assert found("naboklubben") == []


def test_people_are_not_found_by_the_search(clubs):
    add_person(name="Zbigniew")
    run_updates()
    assert find("zbigniew", "da").hits == []


def test_a_further_language_has_the_list_the_clubs_and_the_people(clubs, settings):
    add_club(clubs, "klub", title="Naboklubben", spoken_languages=["uk"])
    add_person(languages=["uk", "pl"])
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = [*settings.LANGUAGES, ("uk", "Ukrainian")]
    ukrainian = Locale.objects.create(language_code="uk")
    LocaleSynchronization.objects.create(locale=ukrainian, sync_from=Locale.objects.get(language_code="da"))
    page = read(Client(), "/uk/herning/foreninger/?spoken=uk")
    assert page.html["lang"] == "uk"
    assert [
        mark.find_parent(class_="club").h3.find(["a", "span"]).get_text() for mark in page.select(".mark--language")
    ] == [
        "Naboklubben",
        "Agnieszka",
    ]
    assert read(Client(), "/uk/herning/foreninger/klub/").select_one("h1").get_text() == "Naboklubben"


# What has to be confirmed ---------------------------------------------------------------------------------------------


def due(place, words):
    return [one.what for one in all_findings() if one.where == place and words in one.what]


def test_a_municipality_is_asked_for_each_kind_until_a_club_is_certain(tree, clubs):
    subject = "communities of people from one country"
    assert due("Herning Kommune", subject) == [f"to be confirmed by the municipality: {subject} (nothing is known)"]
    values = {"kind": "community", "country": "PL", "also_in": ["holstebro"]}
    club = add_club(clubs, "klub", title="Polsk Klub", confidence="M", **values)
    for place in ("Herning Kommune", "Holstebro Kommune"):
        assert due(place, subject) == [f"to be confirmed by the municipality: {subject} (Polsk Klub: not certain)"]
    club.confidence = "H"
    club.save()
    assert due("Herning Kommune", subject) == due("Holstebro Kommune", subject) == []


def test_what_nobody_knows_about_a_certain_club_is_asked_for_once(tree, clubs):
    add_club(clubs, "klub", title="Polsk Klub", spoken_languages=["pl"], also_in=["holstebro"])
    assert due("Herning Kommune", "Polsk Klub") == [
        "to be confirmed by the municipality: Polsk Klub: when and where it meets"
    ]
    assert due("Holstebro Kommune", "Polsk Klub") == []


def test_contact_persons_are_asked_for_and_asked_again_after_a_year_without_their_names(clubs):
    assert due("Herning Kommune", "contact persons")
    add_person()
    assert due("Herning Kommune", "contact persons") == []
    ContactPerson.objects.update(consent_on=TODAY - datetime.timedelta(days=400))
    asked = [one for one in all_findings() if "still agree" in one.what]
    assert len(asked) == 1
    assert "Agnieszka" not in asked[0].where + asked[0].what
