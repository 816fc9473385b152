"""The files of the manual for employers: a mistake is named by file and line, and what ships is complete."""

import re
from pathlib import Path

import pytest

from portal.starter.located import Problem
from portal.texts.models import TextState
from tests.welcome_pages.starter_content.shipped import LANGUAGES, content
from tests.welcome_pages.starter_content.small_content import ContentFolder, five, head
from welcome_pages.models import EmployerChapterPage, EmployerChecklistPage
from welcome_pages.starter_content.reader import read

CHAPTER, CHECKLIST = "employers/kontrakt.yaml", "employers/tjekliste-eu.yaml"
FILES = {
    "pages/virksomheder.yaml": f"{head('employers', 'For virksomheder')}summary: {five('Til firmaer.')}\nbody: []\n",
    CHAPTER: f"""\
{head("employer_chapter", "Kontrakten")}key: E05-contract
parent: virksomheder
slug: kontrakt
sources: [link-borger]
related: [T11-tax-card]
summary: {five("Skriv den.")}
need_to_know:
  - {five("Giv den først.")}
body:
  - note:
      text: {five("Se [skattekort](T11-tax-card) og [listen](E11-hire-eu).")}
""",
    CHECKLIST: f"""\
{head("employer_checklist", "Tjekliste")}key: E11-hire-eu
parent: virksomheder
slug: tjekliste-eu
hire: eu
sources: [link-borger]
related: []
summary: {five("Trin for trin.")}
steps:
  - phase: before
    who: employer
    page: E05-contract
    step: {five("Skriv kontrakten.")}
  - phase: first-week
    who: employee
    page: T09-cpr-number
    step: {five("Få et CPR-nummer.")}
    due: {five("Frist: [[cpr-deadline]]")}
""",
}
CHAPTERS = ["rules", "hiring-papers", "mentor", "communication", "contract", "danish-lessons", "housing", "integration"]


def write(folder: ContentFolder) -> ContentFolder:
    for name, text in FILES.items():
        folder.write(name, text)
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> ContentFolder:
    """The small content with a manual of one chapter and one checklist."""
    return write(ContentFolder(tmp_path))


def test_the_manual_is_read_before_its_chapters_and_these_before_the_checklists(folder):
    kinds = [file.kind for file in read(folder.root).pages]
    first = kinds.index("employers")
    assert kinds[first : first + 3] == ["employers", "employer_chapter", "employer_checklist"]


@pytest.mark.parametrize(
    ("name", "old", "new", "at", "reason"),
    [
        (CHAPTER, "key: E05-contract", "key: T05-contract", "key:", "must be like E05-contract"),
        (CHAPTER, "parent: virksomheder", "parent: guide", "parent:", "there is no page “guide” to stand below"),
        (CHAPTER, "[T11-tax-card]\nsummary", "[E11-hire-eu]\nsummary", "related:", "no guide or form “E11-hire-eu”"),
        (CHECKLIST, "hire: eu", "hire: nordic", "hire:", "must be one of: eu, permit, commuter"),
        (CHECKLIST, "phase: before", "phase: never", "phase:", "must be one of: before, first-week"),
        (CHECKLIST, "who: employee", "who: nobody", "who: nobody", "must be one of: employer, employee, both"),
        (CHECKLIST, "page: E05-contract", "page: E09-none", "page:", "“E09-none”"),
        (CHECKLIST, "[[cpr-deadline]]", "[[no-deadline]]", "due:", "there is no fact “no-deadline”"),
        (CHECKLIST, "    who: employer\n", "", "phase: before", "“who” is missing"),
    ],
)
def test_a_mistake_in_the_manual_is_named_by_file_and_line(folder, name, old, new, at, reason):
    text = folder.path(name).read_text(encoding="utf-8")
    folder.write(name, text.replace(old, new))
    with pytest.raises(Problem, match=re.escape(reason)) as refused:
        read(folder.root)
    assert refused.value.path.name == Path(name).name
    assert refused.value.line == folder.line_of(name, at)


def test_eight_chapters_and_a_checklist_for_each_way_of_hiring_ship():
    files = [file for file in content().pages if file.name.startswith("employers/")]
    keys = [file.data["key"] for file in files if file.kind == "employer_chapter"]
    assert keys == [f"E{number:02}-{name}" for number, name in enumerate(CHAPTERS, start=1)]
    hires = {file.data["hire"] for file in files if file.kind == "employer_checklist"}
    assert hires == {"eu", "permit", "commuter"}


@pytest.mark.starter
@pytest.mark.parametrize(("model", "number"), [(EmployerChapterPage, 8), (EmployerChecklistPage, 3)])
def test_what_ships_is_loaded_in_five_languages_without_an_untranslated_text(starter_site, model, number):
    pages = model.objects.filter(live=True, alias_of=None)
    assert pages.count() == number * len(LANGUAGES)
    states = TextState.objects.filter(page__in=pages.values("pk"))
    assert [(state.page, state.parts) for state in states if state.is_untranslated or state.parts] == []
