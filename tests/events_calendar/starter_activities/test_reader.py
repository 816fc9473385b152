"""A broken file of a starter activity is refused with its line and a reason, before anything is written."""

import re

import pytest

from events_calendar.starter_activities.reader import read
from portal.starter.located import Problem
from tests.events_calendar.starter_activities.small_activities import ActivityFolder
from tests.welcome_pages.starter_content.small_content import five

CAFE, EVENING = "herning/sprogcafe.yaml", "holstebro/skattemoede.yaml"
MISTAKES = [
    (CAFE, "type: language", "type: talking", "“type” must be one of"),
    (CAFE, "weekday: thursday", "weekday: torsdag", "“weekday” must be one of"),
    (CAFE, "week: 1,", "week: 0,", "“week” must be a number from 1 to 150"),
    (CAFE, "week: 1,", "month: 13,", "“month” must be a number from 1 to 12"),
    (CAFE, "week: 1,", "week: 1, month: 2,", "needs “weekday”, and either “week” or “month”"),
    (CAFE, '"19:00-21:00"', '"19-21"', "“time” must be like"),
    (CAFE, "how: odd_weeks", "how: sometimes", "“how” must be one of"),
    (CAFE, ", weekdays: [thursday]", "", "“repeats” makes no schedule: Choose at least one day of the week."),
    (CAFE, "also_in: [holstebro]", "also_in: [herning]", "“also_in” names no other municipality: “herning”"),
    (CAFE, "also_in: [holstebro]", "also_in: [aarhus]", "“also_in” names no other municipality: “aarhus”"),
    (CAFE, "how: none", "how: none, places: 5", "“sign_up” has places only where people sign up here"),
    (CAFE, "how: none", "how: external", "“sign_up” needs “address” where people sign up elsewhere"),
    (CAFE, "how: none", 'how: external, address: "https://example.dk/"', "“address” must begin with"),
    (CAFE, "how: none", "how: perhaps", "“how” must be one of"),
    (CAFE, '"(pl) Gratis."', '"(pl) 50 zł."', "an amount or a rate: “50 zł”"),
    (CAFE, '"(en) Gratis."', '"(en) [[herning-phone]]"', "“price” in “en” is shown as it stands"),
    (CAFE, '"(ru) Gratis."', '""', "the text in “ru” is empty"),
    (CAFE, five("Tag en ven med."), '{da: "Tag en ven med."}', "the translation into “de” is missing"),
    (CAFE, 'owner: "Kultur"', 'owner: ""', "“owner” must be a text"),
    (CAFE, "price:", "prize:", "“prize” is not known here"),
    (EVENING, '"22:00-00:30"', '"22:00-00:30"\nall_day: true', "“starts” needs either “time” or “all_day”"),
    (EVENING, "places: 10", "places: 0", "“places” must be a number from 1"),
    (EVENING, 'venue: {name: "Rådhuset"}\n', "", "where is it?"),
]


@pytest.fixture
def folder(tmp_path):
    return ActivityFolder(tmp_path)


def test_a_sound_folder_is_read_with_an_overview_for_each_municipality(folder):
    found = read(folder.root)
    assert [file.reference for file in found.activities] == ["herning/sprogcafe", "holstebro/skattemoede"]
    assert [file.municipality for file in found.overviews] == ["herning", "holstebro"]


@pytest.mark.parametrize(("name", "old", "new", "reason"), MISTAKES, ids=[mistake[2][:30] for mistake in MISTAKES])
def test_a_mistake_is_named_with_file_line_and_reason(folder, name, old, new, reason):
    line = folder.change(name, old, new)
    with pytest.raises(Problem, match=re.escape(reason)) as caught:
        read(folder.root)
    assert caught.value.path == folder.root / name
    assert abs(caught.value.line - line) <= 1 or caught.value.line == 1


@pytest.mark.parametrize("name", ["herning/sprogcafe.yml", "pages/andet.yaml", "loose.yaml", "herning/deep/x.yaml"])
def test_a_file_that_nothing_would_read_is_refused(folder, name):
    folder.write(name, "title: x\n")
    with pytest.raises(Problem):
        read(folder.root)


def test_the_name_of_a_file_must_be_a_slug(folder):
    folder.write("herning/Café 2.yaml", (folder.root / CAFE).read_text())
    with pytest.raises(Problem, match="only a-z, 0-9 and hyphens"):
        read(folder.root)


def test_activities_need_a_page_to_stand_below(folder):
    (folder.root / "pages" / "aktiviteter.yaml").unlink()
    with pytest.raises(Problem, match="the file is missing"):
        read(folder.root)
