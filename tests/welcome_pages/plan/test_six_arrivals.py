"""Six people arrive. What their plans say is compared with the facts, written down here by hand."""

import datetime

import pytest

from tests.welcome_pages.plan.shipped_content import shipped_content
from welcome_pages.plan.answers import Answers
from welcome_pages.plan.dates import day_after
from welcome_pages.plan.planning import PlannedStep, plan_of
from welcome_pages.plan.texts import shipped

ARRIVAL = datetime.date(2027, 1, 11)


def steps_of(*answers: str) -> dict[str, PlannedStep]:
    """Return the plan by the names of its steps, in order."""
    rules, _texts = shipped()
    return {one.key: one for one in plan_of(rules, Answers(*answers))}


def deadline(step: PlannedStep) -> datetime.date | None:
    """Return the day of a deadline, by the fact that ships."""
    facts = {item["key"]: item["value"] for item in shipped_content().facts}
    return day_after(ARRIVAL, facts[step.deadline]) if step.deadline else None


def before(plan: dict[str, PlannedStep], *keys: str) -> bool:
    """Say whether these steps stand in this order."""
    order = [key for key in plan if key in keys]
    return order == list(keys)


def test_a_polish_welder_with_children_in_holstebro():
    plan = steps_of("eu", "work", "long", "1", "holstebro")
    assert before(plan, "contract", "tax-card", "eu-document", "cpr", "mitid", "digital-post", "danish", "daycare")
    assert plan["cpr"].place == "cpr-holstebro"  # not on the list of ICS West
    assert "cpr-online-first" not in plan["cpr"].notes
    assert {"cpr-right", "cpr-duty-free-movement", "cpr-children-come"} <= set(plan["cpr"].notes)
    assert deadline(plan["cpr"]) == datetime.date(2027, 1, 16)  # 5 days
    assert deadline(plan["eu-document"]) == datetime.date(2027, 4, 11)  # 3 months from entry
    assert {"daycare", "school", "child-benefit"} <= plan.keys()
    assert "birth-certificates" in plan["documents"].papers
    assert "a-kasse-transfer" in plan["a-kasse"].notes  # 8 weeks after the old insurance
    assert {"permit", "driving-licence", "special-card"}.isdisjoint(plan)


def test_a_swedish_student_in_herning_needs_no_eu_document():
    plan = steps_of("nordic", "study", "long", "0", "herning")
    assert {"eu-document", "permit", "tax-card", "daycare", "school", "child-benefit"}.isdisjoint(plan)
    assert plan["cpr"].place == "cpr-herning"
    assert "cpr-online-first" not in plan["cpr"].notes  # Herning is in the other group
    assert "cpr-duty-free-movement" in plan["cpr"].notes  # duty only after 6 months
    assert plan["danish"].place == "language-centre-midt"
    assert "first-job" in plan


def test_an_indian_engineer_in_ikast_brande():
    plan = steps_of("permit", "work", "long", "0", "ikast-brande")
    assert next(iter(plan)) == "permit"
    assert before(plan, "permit", "contract", "tax-card", "cpr", "driving-licence")
    assert {"permit-before-work", "biometrics"} <= set(plan["permit"].notes)
    assert "eu-document" not in plan
    assert "cpr-online-first" in plan["cpr"].notes
    assert "cpr-duty-permit" in plan["cpr"].notes
    assert deadline(plan["driving-licence"]) == datetime.date(2027, 7, 10)  # 180 days
    assert "a-kasse-no-transfer" in plan["a-kasse"].notes


def test_a_german_commuter_to_herning_gets_a_tax_number_and_no_cpr_number():
    plan = steps_of("commuter", "work", "long", "1", "herning")
    assert {"cpr", "eu-document", "housing", "health-card", "digital-post", "school", "daycare"}.isdisjoint(plan)
    assert before(plan, "social-security", "contract", "tax-card", "bank", "special-card", "a-kasse", "child-benefit")
    assert plan["special-card"].step.form == "F18"
    assert plan["mitid"].place == "mitid-support"
    assert "foreign-account" in plan["bank"].notes
    assert not any(one.deadline for one in plan.values())


def test_an_ukrainian_spouse_comes_to_the_family_in_struer():
    plan = steps_of("permit", "family", "long", "1", "struer")
    assert before(plan, "permit", "documents", "cpr", "health-card")
    assert "family-papers" in plan["permit"].papers
    assert "contract" not in plan["permit"].papers
    assert plan["cpr"].place == "cpr-struer"
    assert plan["danish"].place == "language-centre-holstebro"  # it serves Struer too
    assert "permit-card" in plan["cpr"].notes
    assert "may-you-work" in plan["first-job"].notes


@pytest.mark.parametrize(("stay", "has_document"), [("long", True), ("short", False)])
def test_an_italian_jobseeker_in_ringkoebing_skjern(stay, has_document):
    plan = steps_of("eu", "jobseeker", stay, "0", "ringkoebing-skjern")
    assert ("eu-document" in plan) == ("cpr" in plan) == has_document
    if has_document:
        assert plan["eu-document"].deadline == "eu-jobseeker-deadline"
        assert deadline(plan["eu-document"]) == datetime.date(2027, 7, 11)  # 6 months
        assert "cpr-online-first" in plan["cpr"].notes
    else:
        assert {"stay-longer", "leaving"} <= plan.keys()
    assert {"job-search", "first-job"} <= plan.keys()
    assert "tax-card" not in plan


@pytest.mark.parametrize(
    ("start", "duration", "day"),
    [
        ("2026-11-30", "P3M", "2027-02-28"),
        ("2027-01-11", "P5D", "2027-01-16"),
        ("2027-12-31", "P8W", "2028-02-25"),
        ("2028-02-29", "P1Y", "2029-02-28"),
    ],
)
def test_deadlines_count_as_people_do(start, duration, day):
    assert day_after(datetime.date.fromisoformat(start), duration) == datetime.date.fromisoformat(day)


def test_a_deadline_that_nobody_can_read_is_no_date():
    assert day_after(ARRIVAL, "soon") is None
    assert day_after(datetime.date(9999, 12, 31), "P5D") is None
