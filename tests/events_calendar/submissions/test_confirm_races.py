"""The same click many times at the same moment. Only PostgreSQL lets several write at once; SQLite has one writer."""

import threading
import uuid

import pytest
from django.db import connection
from django.test import Client

from events_calendar.models import ActivityPage, Submission
from tests.events_calendar.submissions.club import Club, filled

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = 8


def at_once(act) -> list:
    """Do the same from many threads that start together, and return what each got."""
    barrier, results = threading.Barrier(PEOPLE), []

    def one() -> None:
        try:
            barrier.wait()
            results.append(act())
        except Exception as error:  # shown by the test
            results.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _number in range(PEOPLE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_a_form_sent_many_times_at_once_is_one_entry_with_one_mail(overview):
    answers = {**filled(form_key=str(uuid.uuid4())), "step": "send"}
    results = at_once(lambda: Client().post("/da/kalender/indsend/", answers).status_code)
    assert results == [302] * PEOPLE
    assert Submission.objects.count() == 1
    assert len(Club(Client()).mails()) == 1


def test_a_link_confirmed_many_times_at_once_makes_one_draft(overview):
    club = Club(Client())
    club.send()
    link = club.link()
    results = at_once(lambda: Client().post(link).status_code)
    assert results == [302] * PEOPLE
    assert ActivityPage.objects.filter(locale__language_code="da").count() == 1
