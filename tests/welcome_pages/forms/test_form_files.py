"""The files of forms: a mistake is named by file and line, and what ships is complete."""

import re
from pathlib import Path

import pytest

from portal.starter.located import Problem
from tests.welcome_pages.starter_content.shipped import MUNICIPALITIES, content
from tests.welcome_pages.starter_content.small_content import ContentFolder, five, head
from welcome_pages.choices import Evidence, Moment
from welcome_pages.starter_content.reader import PageFile, read

NAME = "forms/F02-anmeldelse.yaml"
FORM = f"""\
{head("form", "Anmeldelse")}key: F02-registration
parent: blanketter
slug: anmeldelse
official_title: "Anmeldelse af tilflytning"
evidence: seen
moment: arrival
topics: [ankomst]
audiences: [eu]
authority: authority-borgerservice
form_languages: [da]
mitid: not-needed
cpr_number: not-needed
deadlines: [cpr-deadline]
sources: [link-borger]
places: [herning-phone]
related: [T09-cpr-number]
summary: {five("Bliv registreret.")}
who:
  - {five("Alle, der flytter hertil.")}
when:
  - {five("Senest [[cpr-deadline]] efter.")}
attach:
  - {five("Pas.")}
next:
  - {five("Du får et [CPR-nummer](T09-cpr-number).")}
"""
NUMBERS = range(1, 49)


@pytest.fixture
def folder(tmp_path: Path) -> ContentFolder:
    """The small content with a form library and one form."""
    folder = ContentFolder(tmp_path)
    library = f"{head('form_library', 'Blanketter')}slug: blanketter\nsummary: {five('Find din blanket.')}\n"
    folder.write("pages/blanketter.yaml", library)
    folder.write(NAME, FORM)
    return folder


def test_a_sound_form_is_read_after_the_library(folder):
    kinds = [file.kind for file in read(folder.root).pages]
    assert kinds.index("form") == kinds.index("form_library") + 1


@pytest.mark.parametrize(
    ("old", "new", "at", "reason"),
    [
        ("key: F02-registration", "key: T02-registration", "key:", "must be like F02-registration-of-entry"),
        ("evidence: seen", "evidence: sure", "evidence:", "must be one of: seen, partly, general"),
        ("moment: arrival", "moment: soon", "moment:", "must be one of: before, arrival"),
        ("topics: [ankomst]", "topics: [maanen]", "topics:", "names no life situation: “maanen”"),
        ("form_languages: [da]", "form_languages: [dk]", "form_languages:", "must be one of: da, en"),
        ("mitid: not-needed", "mitid: needed", "kind:", "“without” is missing"),
        ("cpr_number: not-needed", "cpr_number: needed", "kind:", "“without” is missing"),
        ("sources: [link-borger]", "sources: [cpr-deadline]", "sources:", "needs facts of the kind link"),
        ("places: [herning-phone]", "places: [link-borger]", "places:", "needs facts of a municipality"),
        ("authority: authority-borgerservice", "authority: nobody", "authority:", "there is no fact “nobody”"),
        ("[T09-cpr-number]\nsummary", "[F99-none]\nsummary", "related:", "there is no guide or form “F99-none”"),
        ('da: "Pas."', 'da: "Pas og 100 kr."', "Pas og", "an amount or a rate"),
        (f"attach:\n  - {five('Pas.')}\n", "", "kind:", "“attach” is missing"),
    ],
)
def test_a_mistake_in_a_form_is_named_by_file_and_line(folder, old, new, at, reason):
    folder.change(NAME, old, new)
    with pytest.raises(Problem, match=re.escape(reason)) as refused:
        read(folder.root)
    assert refused.value.path == folder.path(NAME)
    assert refused.value.line == folder.line_of(NAME, at)


def test_two_forms_cannot_have_one_key(folder):
    folder.write("forms/F02-igen.yaml", FORM.replace("slug: anmeldelse", "slug: igen"))
    with pytest.raises(Problem, match="F02-registration already stands in forms/F02"):
        read(folder.root)


# What ships ---------------------------------------------------------------------------------------------------------------


def shipped() -> list[PageFile]:
    return [file for file in content().pages if file.kind == "form"]


def test_all_forty_eight_forms_ship_once_under_its_number():
    numbers = [file.data["key"][:3] for file in shipped()]
    assert len(set(numbers)) == len(numbers)
    assert {f"F{number:02}" for number in NUMBERS} == set(numbers)
    assert all(file.path.name.startswith(file.data["key"][:3]) for file in shipped())


def test_every_form_leads_to_an_official_page_and_to_something_to_read():
    for file in shipped():
        assert file.data["sources"], file.name
        assert file.data["related"], file.name


def test_what_is_general_knowledge_is_said_to_be():
    levels = {file.data["evidence"] for file in shipped()}
    assert levels == set(Evidence.values)


def test_there_are_forms_for_every_moment():
    assert {file.data["moment"] for file in shipped()} == set(Moment.values)


def test_a_form_of_the_citizen_service_says_where_in_all_five_municipalities():
    facts = {fact["key"]: fact for fact in content().facts}
    for file in shipped():
        if file.data["authority"] == "authority-borgerservice":
            places = {facts[key]["municipality"] for key in file.data["places"]}
            assert places == set(MUNICIPALITIES), file.name


def test_nobody_from_holstebro_is_sent_to_ics_west_for_a_cpr_number():
    entry = next(file for file in shipped() if file.data["key"].startswith("F02"))
    assert {"holstebro-ics-west", "holstebro-address"} <= set(entry.data["places"])
