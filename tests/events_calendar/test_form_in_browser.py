"""The form of an activity in a real browser: it shows what matters, and the dates while they are typed."""

import json
import os
import subprocess
import sys

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from tests import tools
from tests.conftest import ROOT
from tests.events_calendar.calendar_site import add_overview
from tests.factories import build_tree

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_an_editor_sees_the_dates_while_typing(live_server):
    try:
        chromium = tools.obtain("Chromium")
    except tools.MissingTool as error:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(f"Chromium is missing: {error}")
    overview = add_overview(build_tree(aliases=False).herning)
    client = Client()
    client.force_login(User.objects.create_superuser("chef", "chef@example.dk", "a long password"))
    address = live_server.url + reverse("wagtailadmin_pages:add", args=["events_calendar", "activitypage", overview.pk])
    result = subprocess.run(
        [
            sys.executable,
            "-m",
            "tests.events_calendar.form_in_browser",
            str(chromium),
            address,
            client.cookies["sessionid"].value,
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert result.returncode == 0, result.stderr[-2000:]
    seen = json.loads(result.stdout)
    assert seen["errors"] == []
    assert seen["once"] == []
    assert seen["weekly"] == ["interval", "weekdays", "until", "count", "skip_holidays", "extra_dates"]
    assert "nth" in seen["monthly_nth"]
    assert "hver anden torsdag kl. 19–22 fra 14. oktober 2027" in seen["dates"]
    assert "torsdag den 23. december 2027 kl. 19–22" in seen["dates"]
    assert "Sluttidspunktet skal ligge efter starttidspunktet" in seen["wrong"]
    assert "torsdag den" not in seen["wrong"]
