"""Every combination of answers ends in a plan that can be done, in the order in which it can be done."""

import datetime

import pytest

from portal.facts.tokens import citations
from tests.welcome_pages.plan.shipped_content import shipped_content
from welcome_pages.plan.answers import QUESTIONS, Answers, all_answers
from welcome_pages.plan.dates import day_after
from welcome_pages.plan.planning import contradiction_of, plan_of
from welcome_pages.plan.rules import PHASES, shipped_municipalities
from welcome_pages.plan.texts import PARTS, shipped

LANGUAGES = {"da", "en", "de", "pl", "ru"}
EVERYBODY = list(all_answers(shipped_municipalities()))


def test_there_are_as_many_combinations_as_the_form_offers():
    assert len(EVERYBODY) == 4 * 4 * 2 * 2 * 6
    assert shipped_municipalities() == ["ringkoebing-skjern", "holstebro", "struer", "herning", "ikast-brande"]


@pytest.mark.parametrize("who", QUESTIONS["who"])
def test_every_combination_ends_in_a_plan_or_in_a_way_to_one(who):
    rules, texts = shipped()
    for answers in (one for one in EVERYBODY if one.who == who):
        contradiction = contradiction_of(rules, answers)
        if contradiction:
            assert set(texts.named["contradictions"][contradiction.key]) == LANGUAGES
            for change in contradiction.instead:
                assert plan_of(rules, answers.but(**change)), answers
            continue
        plan = plan_of(rules, answers)
        keys = [one.key for one in plan]
        assert len(keys) == len(set(keys)) >= 4, answers
        for number, one in enumerate(plan):
            assert set(one.first) <= set(keys[:number]), (answers, one.key)
            needed = {choice.key for choice in one.step.needs if choice.condition.holds(answers)}
            assert needed <= set(one.first), (answers, one.key)
            assert set(one.opens) <= set(keys[number + 1 :]), (answers, one.key)
        phases = [PHASES.index(one.step.phase) for one in plan]
        assert phases == sorted(phases), answers


def test_every_text_of_every_plan_is_there_in_five_languages_and_cites_facts_that_exist():
    rules, texts = shipped()
    content = shipped_content()
    facts = {item["key"]: item for item in content.facts}
    guides = {file.reference for file in content.pages if file.kind == "guide"}
    forms = {file.reference.split("-", 1)[0] for file in content.pages if file.kind == "form"}
    for answers in EVERYBODY:
        if contradiction_of(rules, answers):
            continue
        for one in plan_of(rules, answers):
            found = [texts.steps[one.key][part] for part in PARTS]
            found += [texts.named["papers"][key] for key in one.papers]
            found += [texts.named["notes"][key] for key in one.notes]
            found.append(texts.named["places"][one.place])
            found += [texts.named["deadlines"][one.deadline_rule]] if one.deadline_rule else []
            assert all(set(text) == LANGUAGES and all(text.values()) for text in found), (answers, one.key)
            for text in found:
                assert {key for _prefix, key in citations(text["da"])} <= facts.keys()
            assert one.step.guide in guides
            assert one.step.form in {"", *forms}
            if one.deadline:
                assert facts[one.deadline]["kind"] == "deadline"


def test_no_fact_of_another_municipality_stands_in_a_plan():
    rules, texts = shipped()
    owner = {item["key"]: item["municipality"] for item in shipped_content().facts}
    for answers in EVERYBODY:
        if contradiction_of(rules, answers):
            continue
        for one in plan_of(rules, answers):
            cited = {key for _prefix, key in citations(texts.named["places"][one.place]["da"])}
            assert {owner[key] for key in cited} <= {"", answers.m}, (answers, one.key)


def test_nobody_gets_a_date_for_something_that_waits_for_a_later_date():
    rules, _texts = shipped()
    facts = {item["key"]: item["value"] for item in shipped_content().facts}
    start = datetime.date(2027, 1, 11)
    for answers in EVERYBODY:
        if contradiction_of(rules, answers):
            continue
        plan = {one.key: one for one in plan_of(rules, answers)}
        for key, one in plan.items():
            if not one.deadline:
                continue
            left, before = [key], set()
            while left:
                needed = {c.key for c in plan[left.pop()].step.needs if c.condition.holds(answers)} - before
                before |= needed
                left += needed
            day = day_after(start, facts[one.deadline])
            for first in before:
                if plan[first].deadline:
                    assert day_after(start, facts[plan[first].deadline]) <= day, (answers, key, first)


def test_people_with_free_movement_get_no_date_for_the_number():
    rules, _texts = shipped()
    for answers in EVERYBODY:
        if contradiction_of(rules, answers) or answers.who not in {"nordic", "eu"}:
            continue
        for one in plan_of(rules, answers):
            assert one.deadline != "cpr-report-deadline", answers


def test_a_place_leads_to_the_page_of_the_municipality_that_is_about_it():
    rules, _texts = shipped()
    local = {file.reference for file in shipped_content().pages if file.kind == "local"}
    for municipality in shipped_municipalities():
        plan = {one.key: one for one in plan_of(rules, Answers("eu", "jobseeker", "long", "1", municipality))}
        for key in ("housing", "cpr", "health-card", "job-search", "danish", "daycare", "school", "meet-people"):
            assert f"{municipality}/{plan[key].local_page}" in local, (municipality, key)


def test_the_language_centre_and_the_office_for_the_number_are_those_of_the_facts():
    rules, _texts = shipped()
    places = {
        m: {one.key: one.place for one in plan_of(rules, Answers("eu", "work", "long", "1", m))}
        for m in shipped_municipalities()
    }
    assert places["holstebro"]["cpr"] == "cpr-holstebro"
    assert places["holstebro"]["eu-document"] == "ics-west-eu-document"
    assert {m: of["danish"] for m, of in places.items()} == {
        "herning": "language-centre-midt",
        "ikast-brande": "language-centre-midt",
        "holstebro": "language-centre-holstebro",
        "struer": "language-centre-holstebro",
        "ringkoebing-skjern": "language-centre-ringkoebing-skjern",
    }
