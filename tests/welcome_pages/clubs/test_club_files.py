"""The files of clubs: a mistake is named by file and line, and what ships names nobody and invents nothing."""

from pathlib import Path

import pytest

from portal.starter.located import Problem
from tests.welcome_pages.starter_content.shipped import MUNICIPALITIES, content
from tests.welcome_pages.starter_content.small_content import ContentFolder, fact, five
from welcome_pages.starter_content.reader import read

LIST, CLUB = "municipalities/herning/foreninger.yaml", "municipalities/herning/foreninger/klub.yaml"
DAYS = "owner: Kultur\nreviewed_on: 2026-11-22\nreview_again_on: 2027-05-22\n"
FILES = {
    LIST: f"kind: clubs\nparent: herning\n{DAYS}title: {five('Foreninger')}\nsummary: {five('Mød andre.')}\n",
    CLUB: f"""\
kind: club
parent: herning
slug: klub
{DAYS}name: "Naboklubben"
club_kind: community
country: PL
spoken: [pl]
contacts: [herning-phone]
source_name: "klubben selv"
confidence: H
summary: {five("Vi spiser sammen.")}
meets: {five("Ring først: [[herning-phone]].")}
""",
}


@pytest.fixture
def folder(tmp_path: Path) -> ContentFolder:
    """The small content with a list of clubs and one club."""
    found = ContentFolder(tmp_path)
    for name, text in FILES.items():
        found.write(name, text)
    return found


def test_the_list_is_read_before_its_clubs_and_both_can_be_linked_to(folder):
    folder.change(LIST, '"Mød andre."', '"Mød andre her."')
    pages = read(folder.root).pages
    assert [file.reference for file in pages][-2:] == ["herning/foreninger", "herning/foreninger/klub"]
    centre = "municipalities/herning/sprogcenter.yaml"
    text = five("Få først et [CPR-nummer](T09-cpr-number).")
    link = "og [klub](herning/foreninger/klub) og [liste](herning/foreninger)"
    folder.change(centre, text, five(f"Få først et [CPR-nummer](T09-cpr-number) {link}."))
    read(folder.root)


@pytest.mark.parametrize(
    ("name", "old", "new", "at", "reason"),
    [
        (CLUB, "club_kind: community", "club_kind: party", "club_kind:", "must be one of: international, community"),
        (CLUB, "spoken: [pl]", "spoken: [xx]", "spoken:", "must be one of: da, en"),
        (CLUB, "confidence: H", "confidence: K", "confidence:", "must be one of: H, M"),
        (CLUB, "contacts: [herning-phone]", "contacts: [nobody]", "contacts:", "there is no fact “nobody”"),
        (CLUB, "contacts: [herning-phone]", "contacts: [cpr-deadline]", "contacts:", "needs a phone number"),
        (CLUB, "contacts: [herning-phone]", "contacts: []", "contacts:", "must not be an empty list"),
        (CLUB, "spoken: [pl]", "spoken: [pl]\nalso_in: [atlantis]", "also_in:", "names no other municipality"),
        (CLUB, "spoken: [pl]", "spoken: [pl]\nalso_in: [herning]", "also_in:", "names no other municipality"),
        (CLUB, 'name: "Naboklubben"', 'name: ["Nabo"]', "name:", "must be"),
        (CLUB, 'source_name: "klubben selv"\n', "", "kind: club", "“source_name” is missing"),
        (CLUB, "parent: herning", "parent: holstebro", "parent:", "there is no page “holstebro” to stand below"),
        (LIST, "parent: herning", "parent: herning\nslug: klubber", "slug:", "“slug” is not known here"),
    ],
)
def test_a_mistake_is_named_by_file_and_line(folder, name, old, new, at, reason):
    folder.change(name, old, new)
    with pytest.raises(Problem) as problem:
        read(folder.root)
    assert reason in str(problem.value)
    place = "/".join(name.split("/")[-2:])
    assert f"{place}:{folder.line_of(name, at)}" in str(problem.value)


def test_a_club_needs_the_list_of_its_municipality(folder):
    folder.path(LIST).unlink()
    with pytest.raises(Problem, match="has no list of clubs"):
        read(folder.root)


def test_an_address_alone_is_no_way_to_reach_a_club(folder):
    folder.write("facts/herning.yaml", fact("herning-hall", "address", "Torvet 5, Herning", "local", "herning"))
    folder.change(CLUB, "contacts: [herning-phone]", "contacts: [herning-hall]")
    with pytest.raises(Problem, match="needs a phone number"):
        read(folder.root)


# What ships -----------------------------------------------------------------------------------------------------------


def test_every_municipality_has_a_list_also_where_no_club_is_confirmed():
    lists = [file.data["parent"] for file in content().pages if file.kind == "clubs"]
    assert sorted(lists) == sorted(MUNICIPALITIES)


def test_only_what_the_facts_name_is_shipped_with_what_they_know_of_it():
    clubs = {file.reference: file.data for file in content().pages if file.kind == "club"}
    assert {reference: (data["name"], data["confidence"]) for reference, data in clubs.items()} == {
        "herning/foreninger/international-society": ("International Society", "H"),
        "herning/foreninger/soroptimisterne": ("Soroptimisterne", "H"),
        "ringkoebing-skjern/foreninger/internationals-ringkoebing-skjern": ("Internationals Ringkøbing-Skjern", "M"),
        "ringkoebing-skjern/foreninger/frivillig-vest": ("Frivillig Vest", "M"),
    }
    assert all(data["spoken"] == [] for data in clubs.values()), "no fact says which languages are spoken"
