"""An editor's mistake in the rules or the words is named by file, line and reason, before any reader sees it."""

import re
import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from portal.starter.located import Problem
from welcome_pages.plan import texts
from welcome_pages.plan.checks import check_plan_rules
from welcome_pages.plan.rules import RULES, read_rules
from welcome_pages.plan.texts import TEXTS, read_texts

SMALL = """\
steps:
  - key: cpr
    phase: week
    guide: T09-cpr-number
    topic: arrival
    where: office
  - key: mitid
    phase: week
    guide: T13-mitid
    topic: arrival
    where: office
    needs: [cpr]
places:
  office: [office]
"""


def write(folder: Path, content: str) -> Path:
    """Write a file of rules."""
    path = folder / "rules.yaml"
    path.write_text(content, encoding="utf-8")
    return path


def test_a_small_file_is_sound(tmp_path):
    assert list(read_rules(write(tmp_path, SMALL)).steps) == ["cpr", "mitid"]


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("where: office\n  - key: mitid", "where: office\n    after: [mitid]\n  - key: mitid", 2, "cpr → mitid → cpr"),
        ("needs: [cpr]", "needs: [mitid]", 7, "mitid → mitid"),
        ("needs: [cpr]", "needs: [passport]", 12, "no step"),
        ("T13-mitid", "T99-nothing", 9, "names no guide"),
        ("where: office\n    needs", "where: moon\n    needs", 7, "no place"),
        ("where: office\n    needs", "where: office\n    form: F49\n    needs", 12, "F01 to F48"),
        ("phase: week\n    guide: T09", "phase: later\n    guide: T09", 12, "later phase"),
        ("phase: week\n    guide: T13", "phase: soon\n    guide: T13", 8, "one of: before, week"),
        ("key: mitid", "key: cpr", 7, "twice"),
        ("needs: [cpr]", "need: [cpr]", 12, "not known here"),
        ("needs: [cpr]", "needs: [cpr]\n    if: {who: martian}", 13, "one of: nordic"),
        ("needs: [cpr]", "needs: [cpr]\n    if: {m: aarhus}", 13, "one of: ringkoebing-skjern"),
        ("guide: T09-cpr-number", "if: {who: eu}\n    guide: T09-cpr-number", 13, "a dead end"),
        ("office: [office]", "office: [{place: office, if: {who: eu}}]", 14, "place for everybody"),
        ("office: [office]", "office: []", 14, "place for everybody"),
        ("topic: arrival", "topic: moon", 5, "one of: arrival"),
        ("steps:", "steps: [", 2, "expected"),
        ("needs: [cpr]", "deadline: [soon]", 12, "no fact with a length of time"),
        ("office: [office]", "office: [office]\nlocal_pages: {moon: {herning: bolig}}", 15, "names no place"),
        ("office: [office]", "office: [office]\nlocal_pages: {office: {herning: moon}}", 15, "names no page"),
        (
            "where: office\n  - key: mitid",
            "where: office\n    deadline: [eu-residence-deadline]\n  - key: mitid\n    deadline: [cpr-report-deadline]",
            8,
            "due before “cpr”, which it needs",
        ),
    ],
)
def test_a_mistake_is_named(tmp_path, old, new, line, reason):
    assert old in SMALL
    path = write(tmp_path, SMALL.replace(old, new, 1))
    with pytest.raises(Problem) as caught:
        read_rules(path)
    assert reason in str(caught.value)
    assert (caught.value.path, caught.value.line) == (path, line)


def test_answers_without_any_step_are_found(tmp_path):
    content = SMALL.replace("guide: T", "if: {who: [eu, nordic]}\n    guide: T")
    with pytest.raises(Problem, match="have no plan: who=permit"):
        read_rules(write(tmp_path, content))


def test_a_contradiction_must_lead_to_answers_that_fit(tmp_path):
    content = "contradictions:\n  - key: odd\n    if: {who: [eu, commuter]}\n    instead: [{who: eu}]\n" + SMALL
    with pytest.raises(Problem, match=r"rules\.yaml:2: “odd” leads to answers that do not fit"):
        read_rules(write(tmp_path, content))


@pytest.fixture
def words(tmp_path):
    """A copy of the words that ship."""
    return Path(shutil.copytree(TEXTS, tmp_path / "texts"))


@pytest.mark.parametrize(
    ("name", "pattern", "new", "reason"),
    [
        ("papers", r"^passport: .*\n", "", "the words of “passport” are missing"),
        ("papers", r"^passport: \{da: [^,]*, ", "passport: {", "into “da” is missing"),
        ("papers", r"\Z", 'ticket: {da: "Billet"}\n', "nothing uses the words of “ticket”"),
        ("notes", r"\[\[siri-phone\]\]", "72 14 20 00", "typed and not cited"),
        ("places", r"(?m)^  ru: \"Онлайн в SIRI.*$", '  ru: "Онлайн"', "cites other facts"),
        ("steps", r"(?m)^  duration:\n    da: .*\n", "  duration:\n", "“duration”"),
    ],
)
def test_missing_words_are_named(words, name, pattern, new, reason):
    path = words / f"{name}.yaml"
    content, count = re.subn(pattern, new, path.read_text(encoding="utf-8"), count=1, flags=re.MULTILINE)
    assert count == 1
    path.write_text(content, encoding="utf-8")
    with pytest.raises(Problem) as caught:
        read_texts(read_rules(), words)
    assert reason in str(caught.value)
    assert caught.value.path == path


def test_manage_check_says_so(monkeypatch, tmp_path):
    broken = write(tmp_path, SMALL.replace("T13-mitid", "T99-nothing"))
    monkeypatch.setattr(texts, "read_rules", lambda: read_rules(broken))
    texts.shipped.cache_clear()
    try:
        (error,) = check_plan_rules()
    finally:
        texts.shipped.cache_clear()
    assert error.id == "welcome_pages.E001"
    assert "rules.yaml:9" in error.msg


def test_the_commands_name_a_broken_file(tmp_path):
    broken = write(tmp_path, SMALL.replace("T13-mitid", "T99-nothing"))
    for arguments in (["draw_plan", "--rules", str(broken)], ["compare_plans", str(broken)]):
        with pytest.raises(CommandError, match=r"rules\.yaml:9"):
            call_command(*arguments, stdout=StringIO())


def test_a_change_of_the_rules_shows_whose_plan_changes(tmp_path):
    """As an editor would: ICS West no longer gives numbers to people in Struer."""
    changed = RULES.read_text(encoding="utf-8").replace(
        "{place: cpr-struer, if: {m: struer}}", "{place: cpr-elsewhere, if: {m: struer}}"
    )
    changed = changed.replace("if: {m: [ringkoebing-skjern, struer, ikast-brande]}", "if: {m: [ikast-brande]}")
    out = StringIO()
    call_command("compare_plans", str(RULES), "--rules", str(write(tmp_path, changed)), "--all", stdout=out)
    said = out.getvalue()
    assert "cpr, place: cpr-struer → cpr-elsewhere" in said
    assert "m=struer" in said
    assert "m=ringkoebing-skjern" in said
    assert "m=herning" not in said
    assert "48 combinations of answers get another plan." in said


def test_the_same_rules_change_nothing():
    out = StringIO()
    call_command("compare_plans", str(RULES), stdout=out)
    assert out.getvalue() == "0 combinations of answers get another plan.\n"


@pytest.mark.parametrize(("name", "first"), [("mermaid", "flowchart TD"), ("dot", "digraph plan {")])
def test_the_rules_can_be_drawn(name, first):
    out = StringIO()
    call_command("draw_plan", "--format", name, stdout=out)
    lines = out.getvalue().splitlines()
    assert lines[0] == first
    for key in read_rules().steps:
        assert any(key in line for line in lines[1:])
    assert any("who eu" in line for line in lines)
