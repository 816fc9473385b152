"""The official forms are compared with those from which the guides were written, whatever their servers answer."""

import datetime
import time
from io import StringIO
from typing import Any

import pytest
from babel.dates import format_date
from django.core.management import call_command
from django.utils import timezone

from portal.texts.findings import all_findings
from tests.welcome_pages.field_guides.conftest import SEEN
from welcome_pages.models import FieldGuidePage, OfficialFile
from welcome_pages.official_files import Unreadable, checksum

pytestmark = pytest.mark.django_db
ADDRESS = "/da/blanketter/indrejse/felter/"


def check_forms(*options: str) -> tuple[str, int]:
    out = StringIO()
    try:
        call_command("check_forms", *options, stdout=out)
    except SystemExit as end:
        return out.getvalue(), int(end.code or 0)
    return out.getvalue(), 0


def page(client: Any) -> str:
    response = client.get(ADDRESS)
    assert response.status_code == 200
    return response.content.decode()


def test_the_same_file_twice_changes_nothing(client, watched):
    check_forms()
    said, code = check_forms()
    assert (said, code) == ("1 forms: 0 changed, 0 not readable.\n", 0)
    assert "callout--warning" not in page(client)


def test_readers_and_editors_are_told_of_a_changed_form(client, watched, server, admin_client):
    check_forms()
    server.file = b"%PDF second version"
    said, code = check_forms()
    assert said.startswith(f"CHANGED  file-indrejse on {timezone.localdate()}: ")
    assert code == 0
    assert 'class="callout callout--warning"' in page(client)
    assert any("the form has changed" in finding.what for finding in all_findings())
    edited = admin_client.get(f"/admin/pages/{watched.pk}/edit/").content.decode()
    assert f"ændret den {format_date(timezone.localdate(), 'long', locale='da')}" in edited


def test_a_guide_that_was_compared_again_is_no_longer_marked(client, watched, server):
    check_forms()
    server.file = b"%PDF second version"
    check_forms()
    watched.seen_on = timezone.localdate()
    watched.save_revision().publish()
    assert "callout--warning" not in page(client)
    assert check_forms() == ("1 forms: 0 changed, 0 not readable.\n", 0)


def test_a_form_that_is_gone_is_named_and_the_site_works_on(client, watched, server):
    check_forms()
    fact = watched.official_file
    fact.value = server.address("/gone.pdf")
    fact.save()
    said, code = check_forms()
    assert f"UNREADABLE  file-indrejse ({fact.value}): answers 404 Not Found" in said
    assert code == 1
    assert "callout--warning" not in page(client)
    row = OfficialFile.objects.get(pk="file-indrejse")
    assert (row.failing_since, bool(row.checksum)) == (timezone.localdate(), True)
    assert any("cannot be read since" in finding.what for finding in all_findings())


def test_a_form_that_comes_back_changed_is_noticed(watched, server):
    check_forms()
    OfficialFile.objects.update(failing_since=SEEN, reason="answers 404")
    server.file = b"%PDF second version"
    assert "1 changed, 0 not readable" in check_forms()[0]
    assert OfficialFile.objects.get().failing_since is None


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/gone.pdf", "answers 404 Not Found"),
        ("/error", "answers 500"),
        ("/page", "is a web page and not the file of a form"),
        ("/empty", "is empty"),
        ("/circle", "redirects more than 5 times"),
        ("/elsewhere", "is no address on the web"),
        ("/broken", "breaks off|IncompleteRead"),
    ],
)
def test_what_is_wrong_with_an_address_is_said(server, path, reason):
    with pytest.raises(Unreadable, match=reason):
        checksum(server.address(path), 5)


@pytest.mark.parametrize("path", ["/never", "/drip"])
def test_a_server_that_never_answers_is_given_up(server, path):
    started = time.monotonic()
    with pytest.raises(Unreadable, match="no answer within 1 seconds"):
        checksum(server.address(path), 1)
    assert time.monotonic() - started < 5


def test_a_server_that_is_not_there_is_named():
    with pytest.raises(Unreadable):
        checksum("http://127.0.0.1:9/form.pdf", 2)


def test_a_redirect_is_followed(server):
    assert checksum(server.address("/moved")) == checksum(server.address("/form.pdf"))


def test_a_guide_without_a_file_is_to_be_compared_by_hand(guide):
    found = [finding.what for finding in all_findings() if "names no file" in finding.what]
    assert found == [f"names no file of the form: compare by hand, last done on {SEEN}"]


def test_a_draft_is_not_compared(watched):
    watched.unpublish()
    assert check_forms() == ("0 forms: 0 changed, 0 not readable.\n", 0)
    assert FieldGuidePage.objects.filter(live=True).count() == 0


def test_a_file_that_changed_before_the_guide_was_compared_marks_nothing(client, watched):
    OfficialFile.objects.create(fact_id="file-indrejse", changed_on=SEEN - datetime.timedelta(days=1))
    assert "callout--warning" not in page(client)
