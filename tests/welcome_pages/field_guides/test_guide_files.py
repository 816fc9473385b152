"""The files of field guides: a mistake is named by file and line, and what ships keeps its promises."""

from pathlib import Path

import pytest

from portal.starter.located import Problem
from tests.welcome_pages.forms.test_form_files import FORM, NAME
from tests.welcome_pages.starter_content.shipped import LANGUAGES, content
from tests.welcome_pages.starter_content.small_content import ContentFolder, five, head
from welcome_pages.field_blocks import Certainty
from welcome_pages.starter_content.reader import PageFile, read

COMPLETE = {"F02", "F05", "F13", "F37"}
PARTIAL = {"F01", "F07", "F18", "F22", "F25", "F40"}
LISTS = {"F18"}
"""Guides that list what is asked for, because nobody has seen the form: no label is said to stand on it."""
GUIDE = f"""\
{head("field_guide", "Felt for felt")}form: F02-registration
complete: true
seen_on: 2026-11-22
printed_in: da
version: {five("Udgave 2025")}
summary: {five("Hvert felt.")}
entries:
  - section:
      label: "1. Personer"
      certainty: printed
      translation: {five("Dig")}
  - field:
      label: "Fulde navn"
      certainty: official
      word: full-name
"""
WORDS = f"""\
- key: full-name
  group: person
  word: {five("Fulde navn")}
  meaning: {five("Alle navne.")}
"""


@pytest.fixture
def folder(tmp_path: Path) -> ContentFolder:
    """The small content with a form and its guide."""
    folder = ContentFolder(tmp_path)
    library = f"{head('form_library', 'Blanketter')}slug: blanketter\nsummary: {five('Find din blanket.')}\n"
    folder.write("pages/blanketter.yaml", library)
    folder.write(NAME, FORM)
    folder.write("form_words.yaml", WORDS)
    folder.write("field_guides/F02.yaml", GUIDE)
    return folder


def test_a_sound_guide_is_read_after_its_form(folder):
    kinds = [file.kind for file in read(folder.root).pages]
    assert kinds.index("field_guide") == kinds.index("form") + 1


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("word: full-name", "word: name", "there is no form word “name”"),
        ("form: F02-registration", "form: F99-other", "there is no form “F99-other”"),
        ("form: F02-registration", "form: T09-cpr-number", "there is no form “T09-cpr-number”"),
        ("certainty: official", "certainty: sure", "must be one of: printed, official, older, unsure"),
        ("      word: full-name\n", "", "needs a “word”, or a “translation” and a “meaning”"),
        ("  - field:", "  - box:", "is no part of a form"),
        ("complete: true", "complete: yes please", "must be true or false"),
        ("printed_in: da", "printed_in: pl", "must be one of: da, en"),
        ("seen_on: 2026-11-22", "seen_on: soon", "must be a date"),
        ("seen_on: 2026-11-22", "seen_on: 2026-11-22\nfile: no-such-file", "there is no fact “no-such-file”"),
        ("seen_on: 2026-11-22", "seen_on: 2026-11-22\nfile: herning-phone", "needs facts of the kind link"),
        ('      label: "Fulde navn"\n', "", "“label” is missing"),
        ("      certainty: printed\n", "", "needs a “certainty” of its “label”"),
    ],
)
def test_a_mistake_is_named_by_file_and_line(folder, old, new, reason):
    assert old in GUIDE
    folder.write("field_guides/F02.yaml", GUIDE.replace(old, new, 1))
    with pytest.raises(Problem, match=reason) as problem:
        read(folder.root)
    assert problem.value.path.name == "F02.yaml"
    assert problem.value.line > 1


def test_a_form_has_one_guide(folder):
    folder.write("field_guides/F02-again.yaml", GUIDE)
    with pytest.raises(Problem, match="page F02-registration/felter already stands in"):
        read(folder.root)


def test_a_group_that_does_not_exist_is_refused(folder):
    folder.write("form_words.yaml", WORDS.replace("group: person", "group: pets"))
    with pytest.raises(Problem, match="must be one of: person"):
        read(folder.root)


# What ships -----------------------------------------------------------------------------------------------------------


def guides() -> dict[str, PageFile]:
    return {file.data["form"][:3]: file for file in content().pages if file.kind == "field_guide"}


def parts(file: PageFile) -> list[tuple[str, dict]]:
    return [item for entry in file.data["entries"] for item in entry.items()]


def test_the_guides_that_were_promised_ship():
    found = guides()
    assert {key for key, file in found.items() if file.data["complete"]} == COMPLETE
    assert {key for key, file in found.items() if not file.data["complete"]} == PARTIAL


def test_fields_whose_labels_were_not_seen_are_only_in_complete_guides():
    """A partial guide has the fields that were verified; that it has no others is why it is partial."""
    for key in PARTIAL - LISTS:
        for _kind, part in parts(guides()[key]):
            assert part.get("certainty") != Certainty.UNSURE, (key, part["label"])


def test_a_guide_that_is_a_list_of_what_is_asked_does_not_look_like_the_form():
    for key in LISTS:
        assert not guides()[key].data["complete"]
        for kind, part in parts(guides()[key]):
            assert kind == "section" or part["certainty"] == Certainty.UNSURE, (key, part["label"])


def test_every_field_that_takes_a_value_has_an_example():
    """Papers that are enclosed take none."""
    papers = {"Copy of valid ID", "Employment contract", "A1 decision", "E 106 if you are posted"}
    papers.add("Signed power of attorney")
    for key in ("F02", "F05", "F13", "F18", "F37"):
        for kind, part in parts(guides()[key]):
            if kind == "field" and part["label"] not in papers:
                assert set(part.get("example", {})) == set(LANGUAGES), (key, part["label"])


def test_no_label_is_several_fields_in_one_and_the_danish_heading_is_shown_as_not_checked():
    for key in ("F13", "F37"):
        for kind, part in parts(guides()[key]):
            assert kind == "section" or ";" not in part["label"], (key, part["label"])
    headings = [part.get("danish") for kind, part in parts(guides()["F37"]) if kind == "section"]
    assert headings == [
        *("Personlige oplysninger", "Formål med vurderingen", "Grundskole", "Ungdomsuddannelse"),
        "Videregående uddannelse",
    ]


def test_no_label_is_called_seen_on_a_form_that_nobody_has_seen():
    for key, file in guides().items():
        assert not [part["label"] for _kind, part in parts(file) if part.get("certainty") == Certainty.PRINTED], key


def test_the_registration_has_the_eleven_items_of_the_law():
    labels = [part["label"] for kind, part in parts(guides()["F02"]) if kind == "field"]
    for words in (
        "Fulde navn", "Eventuelt dansk personnummer", "Køn", "Fødselsdato", "Fødselsregistreringssted",
        "Seneste adresse i udlandet", "Flyttedato", "Fremtidig adresse her i landet", "Civilstand",
        "Dato for civilstand og registreringsmyndighed", "folkekirke", "ikke er omfattet", "Statsborgerret",
    ):  # fmt: skip
        assert any(words in label for label in labels), words


def test_church_tax_is_explained_where_membership_is_asked_for():
    (church,) = [part for _kind, part in parts(guides()["F02"]) if "folkekirke" in part.get("label", "")]
    for language, word in {
        "da": "kirkeskat",
        "en": "church tax",
        "de": "Kirchensteuer",
        "pl": "podatek",
        "ru": "церковный налог",
    }.items():
        assert word in church["warning"][language]


def test_every_common_word_has_a_word_and_a_meaning_in_every_language():
    words = content().form_words
    assert len(words) >= 29
    for word in words:
        assert set(word["word"]) == set(word["meaning"]) == set(LANGUAGES), word["key"]


def test_every_common_word_of_a_guide_saves_writing():
    """Guides use the common words, and do not write the same meaning again."""
    meanings = {word["key"]: word["meaning"]["da"] for word in content().form_words}
    used = [part for file in guides().values() for _kind, part in parts(file) if "word" in part]
    assert len(used) > 20
    assert not [part["label"] for part in used if part.get("meaning", {}).get("da") == meanings[part["word"]]]
