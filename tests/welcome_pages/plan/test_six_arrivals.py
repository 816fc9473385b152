"""Six people arrive. What their plans say is compared with the facts, written down here by hand."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.utils.translation import override

from portal.facts.rendering import plain
from portal.template_functions import long_date
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


def squeezed(text: str) -> str:
    """Return a text without its spaces, of which some must not break."""
    return "".join(text.split())


def before(plan: dict[str, PlannedStep], *keys: str) -> bool:
    """Say whether these steps stand in this order."""
    order = [key for key in plan if key in keys]
    return order == list(keys)


def test_a_polish_welder_with_children_in_holstebro():
    plan = steps_of("eu", "work", "long", "1", "holstebro")
    assert before(plan, "contract", "tax-card", "eu-document", "cpr", "mitid", "digital-post", "danish", "daycare")
    assert plan["cpr"].place == "cpr-holstebro"  # not on the list of ICS West
    assert "cpr-online-first" not in plan["cpr"].notes
    assert {"cpr-right", "cpr-children-come"} <= set(plan["cpr"].notes)
    assert deadline(plan["cpr"]) is None  # the duty begins later than the right: nobody knows the day from the answers
    assert plan["cpr"].deadline_rule == "cpr-free-movement"
    assert deadline(plan["eu-document"]) == datetime.date(2027, 4, 11)  # 3 months from entry
    assert {"daycare", "school", "child-benefit"} <= plan.keys()
    assert "birth-certificates" in plan["documents"].papers
    assert plan["a-kasse"].deadline_rule == "a-kasse-transfer"  # 8 weeks after the old insurance, not after the arrival
    assert plan["housing-benefit"].deadline_rule == "housing-benefit"  # 30 days after moving in
    assert deadline(plan["car"]) == datetime.date(2027, 2, 10)  # 30 days after moving here
    assert {"permit", "driving-licence", "special-card"}.isdisjoint(plan)


def test_a_swedish_student_in_herning_needs_no_eu_document():
    plan = steps_of("nordic", "study", "long", "0", "herning")
    assert {"eu-document", "permit", "tax-card", "daycare", "school", "child-benefit"}.isdisjoint(plan)
    assert plan["cpr"].place == "cpr-herning"
    assert "cpr-online-first" not in plan["cpr"].notes  # Herning is in the other group
    assert deadline(plan["cpr"]) is None
    assert plan["cpr"].deadline_rule == "cpr-free-movement"  # duty only after 6 months
    assert plan["car"].deadline_rule == "car-study"  # students may keep foreign plates for a time
    assert plan["danish"].place == "language-centre-midt"
    assert "first-job" in plan


def test_an_indian_engineer_in_ikast_brande():
    plan = steps_of("permit", "work", "long", "0", "ikast-brande")
    assert next(iter(plan)) == "permit"
    assert before(plan, "permit", "contract", "tax-card", "cpr", "driving-licence")
    assert "permit-before-work" in plan["permit"].notes
    assert plan["permit"].deadline_rule == "biometrics"  # 14 days after the application online
    assert deadline(plan["cpr"]) == datetime.date(2027, 1, 16)  # duty after 3 months, which this stay is: 5 days
    assert "housing-benefit-permit" in plan["housing-benefit"].notes
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
        assert plan["stay-longer"].deadline_rule == "stay-longer-jobseeker"
        assert not any(one.deadline for one in plan.values())
    assert {"job-search", "first-job"} <= plan.keys()
    assert "tax-card" not in plan


def test_a_student_with_a_permit_is_not_sent_to_housing_benefit():
    assert "housing-benefit" not in steps_of("permit", "study", "long", "0", "herning")


BEFORE_FREE_MOVEMENT = {"housing-benefit", "danish"}
CAR = {"car": datetime.date(2027, 2, 10)}
PERMIT = {"cpr": datetime.date(2027, 1, 16), "driving-licence": datetime.date(2027, 7, 10), **CAR}
ARRIVALS = {
    "welder": (
        ("eu", "work", "long", "1", "holstebro"),
        {"eu-document": datetime.date(2027, 4, 11), **CAR},
        {"cpr", "a-kasse", *BEFORE_FREE_MOVEMENT},
        {"landlords", "cpr", "health-card", "danish", "daycare", "school", "library", "emergency"},
    ),
    "student": (
        ("nordic", "study", "long", "0", "herning"),
        {},
        {"cpr", "car", *BEFORE_FREE_MOVEMENT},
        {"landlords", "cpr", "health-card", "danish", "library", "emergency"},
    ),
    "engineer": (
        ("permit", "work", "long", "0", "ikast-brande"),
        PERMIT,
        {"permit", *BEFORE_FREE_MOVEMENT},
        {"landlords", "cpr", "health-card", "danish", "driving-licence", "library", "emergency"},
    ),
    "commuter": (("commuter", "work", "long", "1", "herning"), {}, {"a-kasse"}, {"danish", "emergency"}),
    "spouse": (
        ("permit", "family", "long", "1", "struer"),
        PERMIT,
        {"permit", *BEFORE_FREE_MOVEMENT},
        {"landlords", "cpr", "health-card", "danish", "daycare", "school", "driving-licence", "library", "emergency"},
    ),
    "jobseeker": (
        ("eu", "jobseeker", "long", "0", "ringkoebing-skjern"),
        {"eu-document": datetime.date(2027, 7, 11), **CAR},
        {"cpr", "a-kasse", *BEFORE_FREE_MOVEMENT},
        {"landlords", "cpr", "health-card", "danish", "job-search", "library", "emergency"},
    ),
}
"""Answers, the steps with a date, those with a rule in words, and those that lead to the municipality's own page."""
STEP_OF = {"landlords": "housing", "library": "meet-people"}


@pytest.mark.parametrize("who", ARRIVALS)
@pytest.mark.parametrize("language", ["da", "en", "de", "pl", "ru"])
def test_the_six_pages_say_it_in_five_languages(client, starter_site, who, language):
    (about, why, stay, children, municipality), dates, rules, local = ARRIVALS[who]
    query = f"who={about}&why={why}&stay={stay}&children={children}&m={municipality}&arrival=2027-01-11"
    response = client.get(f"/{language}/plan/?{query}")
    assert response.status_code == 200
    page = BeautifulSoup(response.content.decode(), "html.parser")
    steps = {step["id"].removeprefix("step-"): step for step in page.select("article.plan-step")}
    _rules, texts = shipped()
    planned = steps_of(about, why, stay, children, municipality)
    assert list(steps) == list(planned)
    with override(language):
        expected = {key: long_date(day) for key, day in dates.items()}
        words = {key: plain(texts.named["deadlines"][planned[key].deadline_rule][language]) for key in rules}
    shown = {
        key: step.select_one(".plan-step__deadline:not(.plan-step__deadline--rule)") for key, step in steps.items()
    }
    assert {key for key, line in shown.items() if line} == dates.keys()
    for key, day in expected.items():
        assert squeezed(day) in squeezed(shown[key].get_text()), key
    assert {key for key, step in steps.items() if step.select_one(".plan-step__deadline--rule")} == rules
    for key, rule in words.items():
        assert squeezed(steps[key].select_one(".plan-step__deadline--rule span").get_text()) == squeezed(rule), key
    for key, step in steps.items():
        assert step.h3.get_text(" ", strip=True).endswith(texts.steps[key]["title"][language])
        assert all(text.get_text(strip=True) for text in step.select("dd"))
        assert "[[" not in step.get_text()
    own = {key for key, step in steps.items() if step.select_one(".plan-step__local a")}
    assert own == {STEP_OF.get(key, key) for key in local}
    for key in own:
        address = steps[key].select_one(".plan-step__local a")["href"]
        assert address.startswith(f"/{language}/{municipality}/")
        assert client.get(address).status_code == 200
    if language != "da":
        assert all(step.select_one(".plan-step__danish[lang=da]") for step in steps.values())


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
