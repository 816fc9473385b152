"""Mails that did not go out are shown to administrators, and sent again by hand only."""

import io

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from portal import outbox
from portal.mail import sending
from portal.mail.models import OutgoingMail
from portal.municipalities.setup import create_roles
from tests.portal.role_fixtures import make_people
from tests.snapshots import tree

__all__ = ["tree"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(tree):
    create_roles(io.StringIO())
    return make_people()


@pytest.fixture
def lost() -> OutgoingMail:
    """A mail of which nobody knows whether it arrived."""
    outbox.enqueue(key="visit/1", to="anna@example.dk", language="da", subject="<b>Hej</b>", text="Vi ses.")
    OutgoingMail.objects.update(state="unknown", error="The process that was sending it has ended.")
    return OutgoingMail.objects.get()


def browser(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_an_administrator_sees_it_and_sends_it_again(people, lost, server):
    client = browser(people["administrators"])
    report = client.get(reverse("portal_unsent_mails")).content.decode()
    assert "a…@example.dk" in report
    assert "anna@example.dk" not in report, "who reads the report need not know who it is"
    assert "<b>Hej</b>" not in report, "texts of visitors are escaped"
    question = reverse("portal_send_mail_again", args=[lost.pk])
    assert question in report
    assert BeautifulSoup(client.get(question).content, "html.parser").select_one("#w-editor-form")
    assert sending.send_due() == sending.Sent(), "asking sends nothing"
    assert client.post(question).url == reverse("portal_unsent_mails")
    assert sending.send_due() == sending.Sent(sent=1)
    assert client.post(question).status_code == 404, "it has gone"
    assert len(server.taken) == 1


def test_nobody_else_sees_it(people, lost):
    for role in ("editors", "publishers", "translators"):
        client = browser(people[role])
        for address in (reverse("portal_unsent_mails"), reverse("portal_send_mail_again", args=[lost.pk])):
            response = client.get(address)
            assert response.status_code in {302, 403}
            assert "anna@example.dk" not in response.content.decode()
        client.post(reverse("portal_send_mail_again", args=[lost.pk]))
    assert OutgoingMail.objects.get().state == "unknown"
