"""Every kind of mistake in a content file is refused with the file, the line and a reason that helps."""

from pathlib import Path

import pytest

from portal.starter.located import Problem, load
from tests.welcome_pages.starter_content.mistakes import CENTRE, FACT_FILE, GUIDE, HERNING, HOME, MISTAKES, NOTE, WAIT
from tests.welcome_pages.starter_content.small_content import CPR, TAX, ContentFolder, five, head
from welcome_pages.starter_content.reader import read

AMOUNTS = [
    "Det koster 190 kr.",
    "kr. 190",
    "190,-",
    "190 kroner",
    "It costs 190 DKK",
    "DKK 190",
    "EUR 25",
    "25 euro",
    "€ 25",
    "25 €",
    "$25",
    "£ 25",
    "25 Kronen",
    "190 koron",
    "190 крон",
    "25 евро",
    "190 руб.",
    "80 zł",
    "PLN 80",
    "8 %",
    "8,5 procent",
    "8 percent",
    "8 per cent",
    "8 Prozent",
    "8 процентов",
    "8 pct.",
    "1.000 kr",
    "12 000 kr.",
    "12\xa0000\xa0kr.",
]
PHONES = [
    "70 11 31 31",
    "70113131",
    "7011 3131",
    "+45 70 11 31 31",
    "+4570113131",
    "70-11-31-31",
    "70.11.31.31",
    "70\xa011\xa031\xa031",
    "+49 461 1234",
]
HARMLESS = [
    "37 timer om ugen",
    "Klasse 0-9",
    "27 europæiske lande",
    "i 2019-2021",
    "22-11-2026",
    "P-koden har 8 cifre",
    "omkring 6.000 borgere",
    "15 år",
    "de første 5 kroge",
    "PD U1 og A1",
    "10–12 timer",
]


@pytest.fixture
def folder(tmp_path: Path) -> ContentFolder:
    return ContentFolder(tmp_path / "content")


def problem_in(folder: ContentFolder) -> Problem:
    with pytest.raises(Problem) as caught:
        read(folder.root)
    return caught.value


def test_the_small_folder_is_sound(folder):
    content = read(folder.root)
    assert (len(content.facts), len(content.terms), len(content.pages)) == (5, 2, 9)


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_refused_with_file_line_and_reason(folder, name):
    file, old, new, blamed, reason = MISTAKES[name]
    folder.change(file, old, new)
    problem = problem_in(folder)
    path = folder.path(file)
    assert problem.path == path
    assert reason in problem.reason
    assert blamed in path.read_text(encoding="utf-8").splitlines()[problem.line - 1]
    assert str(problem) == f"{path.parent.name}/{path.name}:{problem.line}: {problem.reason}"
    assert "\n" not in str(problem)


@pytest.mark.parametrize("words", AMOUNTS)
@pytest.mark.parametrize("language", ["da", "ru"])
def test_an_amount_is_refused_in_any_language(folder, words, language):
    folder.change(GUIDE, f'{language}: "{"" if language == "da" else "(ru) "}Vent ikke."', f'{language}: "{words}"')
    assert "an amount or a rate" in problem_in(folder).reason


@pytest.mark.parametrize("words", PHONES)
def test_a_typed_phone_number_is_refused(folder, words):
    folder.change(GUIDE, '"(pl) Vent ikke."', f'"Zadzwoń: {words}."')
    problem = problem_in(folder)
    assert problem.reason == "a phone number that is typed and not cited"
    assert problem.line == folder.line_of(GUIDE, "Zadzwoń")


@pytest.mark.parametrize("words", HARMLESS)
def test_other_figures_are_allowed(folder, words):
    folder.change(GUIDE, WAIT, five(words))
    assert len(read(folder.root).pages) == 9


def test_a_file_that_is_not_utf_8_is_refused_with_the_line_of_the_letter(folder):
    folder.write(GUIDE, CPR.encode().replace("får".encode(), "får".encode("latin-1"), 1))
    problem = problem_in(folder)
    assert problem.reason == "the file is not UTF-8"
    assert problem.line == next(number for number, line in enumerate(CPR.splitlines(), 1) if "får" in line)


@pytest.mark.parametrize("data", ["", "# kun en kommentar\n", "---\n", "ord", "7"])
@pytest.mark.parametrize("name", [GUIDE, FACT_FILE])
def test_a_file_with_nothing_to_read_is_refused(folder, name, data):
    folder.write(name, data)
    assert problem_in(folder).path == folder.path(name)


def test_a_character_that_yaml_does_not_allow_is_refused(folder):
    folder.change(GUIDE, '"(pl) Vent ikke."', '"\x07"')
    problem = problem_in(folder)
    assert problem.path == folder.path(GUIDE)
    assert "special characters" in problem.reason or "control characters" in problem.reason


def test_a_file_that_cannot_be_opened_is_refused(folder):
    folder.path("guides/mappe.yaml").mkdir()
    problem = problem_in(folder)
    assert (problem.path.name, problem.line) == ("mappe.yaml", 1)
    assert "cannot be read" in problem.reason


@pytest.mark.parametrize("name", ["guides/ny.yml", "guide/ny.yaml", "facts/mere/ny.yaml", "glossary.yml", "ny.yaml"])
def test_a_file_that_nothing_would_read_is_refused(folder, name):
    folder.write(name, TAX)
    problem = problem_in(folder)
    assert problem.path == folder.path(name)
    assert "nothing reads this file" in problem.reason


def test_a_note_whose_file_name_is_no_address_is_refused(folder):
    folder.path(NOTE).rename(folder.path("municipalities/herning/note cpr.yaml"))
    assert "the name of the file becomes a part of addresses" in problem_in(folder).reason


def test_two_notes_on_one_guide_in_a_municipality_are_refused(folder):
    text = folder.path(NOTE).read_text(encoding="utf-8")
    folder.write("municipalities/herning/note-cpr-to.yaml", text)
    problem = problem_in(folder)
    assert problem.path.name == "note-cpr-to.yaml"
    assert problem.line == folder.line_of("municipalities/herning/note-cpr-to.yaml", "guide:")
    assert "note-cpr-nummer.yaml is this municipality’s note" in problem.reason


@pytest.mark.parametrize(
    ("slug", "hidden"), [("guide", "pages/guide.yaml"), ("om", "pages/om.yaml"), ("herning", "index.yaml")]
)
def test_a_local_page_that_would_hide_a_section_of_the_site_is_refused(folder, slug, hidden):
    text = folder.path(CENTRE).read_text(encoding="utf-8")
    folder.write("municipalities/herning/ny.yaml", text.replace("slug: sprogcenter", f"slug: {slug}"))
    problem = problem_in(folder)
    assert (problem.path.name, problem.line) == ("ny.yaml", folder.line_of("municipalities/herning/ny.yaml", "slug:"))
    assert f"“{slug}” would hide" in problem.reason
    assert hidden in problem.reason


def test_a_second_home_page_is_refused(folder):
    folder.write("pages/hjem.yaml", folder.path(HOME).read_text(encoding="utf-8"))
    assert "page home:forside already stands in pages/hjem.yaml" in problem_in(folder).reason


def test_pages_without_a_home_page_are_refused(folder):
    folder.path(HOME).unlink()
    assert "“home”" in problem_in(folder).reason


def test_a_local_link_to_another_municipality_is_refused(folder):
    text = folder.path(HERNING).read_text(encoding="utf-8")
    folder.write("municipalities/struer/index.yaml", text.replace("slug: herning", "slug: struer"))
    problem = problem_in(folder)
    assert problem.path == folder.path("municipalities/struer/index.yaml")
    assert "“herning/sprogcenter” belongs to a municipality" in problem.reason


def test_pages_come_parents_first_and_in_the_order_in_which_readers_meet_them(folder):
    for slug in ("udrejse", "arbejde"):
        folder.write(
            f"pages/{slug}.yaml", f"{head('situation', slug)}slug: {slug}\nparent: guide\nsummary: {five(slug)}\n"
        )
    order = [file.reference for file in read(folder.root).pages]
    assert order == [
        "home:forside",
        "guide_index:guide",
        "situation:ankomst",
        "situation:arbejde",
        "situation:udrejse",
        "T09-cpr-number",
        "T11-tax-card",
        "information:om",
        "municipality:herning",
        "herning/sprogcenter",
        "herning/note-cpr-nummer",
    ]


def test_the_line_of_every_key_is_known(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text("a: 1\nb:\n  - x\n  - y: {z: 2,\n       w: 3}\n", encoding="utf-8")
    data = load(path)
    assert (data.lines, data["b"].lines, data["b"][1].line, data["b"][1]["y"].lines) == (
        {"a": 1, "b": 2},
        [3, 4],
        4,
        {"z": 4, "w": 5},
    )
