"""With its script a page says whether the hotline is open at this moment, and is right when the minute comes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from babel.dates import format_date
from django.test import Client

from hotline.models import HotlinePage
from tests import tools
from tests.conftest import ROOT
from tests.hotline.hotline_site import at, next_monday

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

SAID = {
    "da": ("åben nu, til kl. 15.00", "åbner i dag kl. 13.00", "kl. 13.00"),
    "pl": ("teraz czynna, do 15:00", "czynna dziś od 13:00", "od 13:00"),
}


@pytest.mark.parametrize("language", ["da", "pl"])
def test_a_page_says_whether_it_is_open_at_this_moment(
    client: Client, hotline_page: HotlinePage, tmp_path: Path, language: str
):
    try:
        chromium = tools.obtain("Chromium")
    except tools.MissingTool as error:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(f"Chromium is missing: {error}")
    html = tmp_path / "page.html"
    html.write_bytes(client.get(f"/{language}/").content)
    monday = next_monday()
    clock = [(9, 0), (12, 59), (13, 30), (14, 59), (16, 0)]
    result = subprocess.run(
        [
            sys.executable,
            "-m",
            "tests.hotline.open_in_browser",
            str(chromium),
            str(html),
            str(ROOT / "hotline/static/hotline/open.js"),
            json.dumps([at(monday, hour, minute).timestamp() + 30 for hour, minute in clock]),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert result.returncode == 0, result.stderr[-2000:]
    morning, before, during, end, evening = json.loads(result.stdout)
    is_open, today, _time = SAID[language]
    next_day = format_date(next_monday(1), "d. MMMM" if language == "da" else "d MMMM", locale=language)
    assert today in morning[0]
    assert today in before[0]
    assert is_open in before[1], "the minute has come"
    assert is_open in during[0]
    assert is_open in end[0]
    for said in (end[1], evening[0]):
        assert is_open not in said
        assert next_day in said
        assert SAID[language][2] in said
