"""Who may change which organiser."""

import io

import pytest
from django.contrib.auth.models import User
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse
from wagtail.permissions import policy_registry

from events_calendar.models import Organiser
from portal.municipalities.setup import create_roles
from tests.events_calendar.calendar_site import add_activity
from tests.portal.role_fixtures import make_people

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(tree) -> dict[str, User]:
    """One person of each role; editors and publishers are those of Herning."""
    create_roles(io.StringIO())
    return make_people()


@pytest.fixture
def organisers() -> dict[str, Organiser]:
    return {
        place: Organiser.objects.create(name=f"Klub {place or 'alle'}", municipality=place)
        for place in ("herning", "holstebro", "")
    }


def browser(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def address(view: str, *arguments: object) -> str:
    return reverse(f"wagtailsnippets_events_calendar_organiser:{view}", args=arguments)


@pytest.mark.parametrize(
    ("role", "places"),
    [
        ("editors", {"herning"}),
        ("publishers", {"herning"}),
        ("administrators", {"herning", "holstebro", ""}),
        ("translators", set()),
        ("nobody", set()),
    ],
)
def test_who_may_change_whom(people, organisers, role, places):
    client = browser(people[role])
    for place, organiser in organisers.items():
        for view in ("edit", "delete", "history"):
            assert (client.get(address(view, organiser.pk)).status_code == 200) is (place in places), (place, view)
        client.post(address("edit", organiser.pk), {"name": "Nyt navn", "municipality": place})
        organiser.refresh_from_db()
        assert (organiser.name == "Nyt navn") is (place in places)


def test_a_municipal_editor_creates_organisers_of_the_own_municipality_only(people):
    client = browser(people["editors"])
    for place in ("herning", "holstebro", "", "atlantis"):
        client.post(address("add"), {"name": f"Ny {place}", "municipality": place})
    assert list(Organiser.objects.values_list("municipality", flat=True)) == ["herning"]


def test_every_editor_sees_all_of_them(people, organisers):
    html = browser(people["editors"]).get(address("list")).content.decode()
    for organiser in organisers.values():
        assert organiser.name in html
    assert address("edit", organisers["herning"].pk) in html
    assert address("edit", organisers["holstebro"].pk) not in html


def test_the_policy_agrees_with_itself(people, organisers):
    policy = policy_registry.get_by_type(Organiser)
    mine = policy.instances_user_has_permission_for(people["editors"], "change")
    assert list(mine) == [organisers["herning"]]
    assert policy.instances_user_has_permission_for(people["editors"], "view").count() == 3
    assert not policy.instances_user_has_permission_for(people["nobody"], "view").exists()


def test_an_organiser_with_activities_cannot_be_deleted(overview, organisers):
    add_activity(overview, organiser=organisers["herning"])
    with pytest.raises(ProtectedError):
        organisers["herning"].delete()
