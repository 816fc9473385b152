"""The flow as in production: the request leaves a task in the database, and a worker in another process does it."""

import os

import pytest
from django.db import connection
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from tests.conftest import run_command
from tests.factories import in_language, translate
from tests.portal.small_site import make_small_site, section
from tests.portal.texts.reader import change, polish, read_guide

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("waiting_tasks"),
]

SECTIONS = [section("<p>Et.</p>", "b1"), section("<p>To.</p>", "b2")]


def database_of_this_test():
    """Return the address of the test database, for another process."""
    if connection.vendor == "sqlite":
        pytest.skip("the test database of SQLite is in memory: no other process can open it")
    head, _, query = os.environ["DATABASE_URL"].partition("?")
    return f"{head.rsplit('/', 1)[0]}/{connection.settings_dict['NAME']}?{query}"


def test_a_worker_in_another_process_carries_the_changes_over():
    database = database_of_this_test()
    site = make_small_site(languages=["pl", "ru"])
    guide, other = site.guide("laege", *SECTIONS), site.guide("tandlaege", *SECTIONS)
    for page, language in ((guide, "pl"), (guide, "ru"), (other, "pl")):
        translate(page, language)
    change(guide, body=SECTIONS[::-1])
    change(guide, content_owner="Jobcenter")
    change(other, body=[SECTIONS[0], section("<p>Nul.</p>", "b2")], content_owner="Jobcenter")

    waiting = DBTaskResult.objects.all()
    assert {task.status for task in waiting} == {TaskResultStatus.READY}
    assert [task.args_kwargs["args"] for task in waiting.order_by("enqueued_at")] == [
        [guide.pk],
        [guide.pk],
        [other.pk],
    ]
    assert [tag["id"] for tag in read_guide().soup.main.find_all(id=["b1", "b2"])] == ["b1", "b2"], "nothing ran yet"

    worker = run_command(
        "db_worker",
        "--backend",
        "background",
        "--batch",
        "--no-startup-delay",
        "--interval",
        "0",
        database=database,
        DJANGO_SETTINGS_MODULE="portal.settings.dev",
        SECRET_KEY="only for this worker " * 3,
    )
    assert worker.returncode == 0, worker.stderr

    assert {task.status for task in DBTaskResult.objects.all()} == {TaskResultStatus.SUCCESSFUL}, worker.stderr
    for language in ("pl", "ru"):
        reader = read_guide(language)
        assert [tag["id"] for tag in reader.soup.main.find_all(id=["b1", "b2"])] == ["b2", "b1"]
        assert (reader.marks, reader.notices) == ({}, {})
        assert in_language(guide, language).content_owner == "Jobcenter"
    left = read_guide("pl", "guide/sygdom/tandlaege/")
    assert left.marks == {"pl: To.": "changed"}
    assert polish(other).content_owner == "Jobcenter", "what needs no translating does not wait for the sentence"
