"""What is said of a step to readers without a plan: who takes it, and what of it holds for some of them only."""

from itertools import product

import pytest

from welcome_pages.plan.answers import QUESTIONS, Answers, all_answers
from welcome_pages.plan.planning import contradiction_of, plan_of
from welcome_pages.plan.texts import shipped
from welcome_pages.plan.whoever import Group, groups_of, open_steps

EVERYBODY = [answers.but(m="herning") for answers in all_answers([])]


def people(groups: tuple[Group, ...], among: list[Answers]) -> set[Answers]:
    """Return whom these groups name."""
    return {one for one in among if not groups or any(all(one[name] in values for name, values in g) for g in groups)}


def plans() -> dict[Answers, dict[str, object]]:
    """Return the plan of everybody in Herning."""
    rules, _texts = shipped()
    fitting = [answers for answers in EVERYBODY if contradiction_of(rules, answers) is None]
    return {answers: {planned.key: planned for planned in plan_of(rules, answers)} for answers in fitting}


def test_a_step_names_exactly_those_in_whose_plan_it_is():
    found = plans()
    for key, step in open_steps("herning").items():
        assert people(step.groups, list(found)) == {answers for answers, plan in found.items() if key in plan}, key


@pytest.mark.parametrize("part", ["papers", "notes"])
def test_what_holds_for_some_names_exactly_these(part):
    found = plans()
    for key, step in open_steps("herning").items():
        takers = {answers: plan[key] for answers, plan in found.items() if key in plan}
        for some in getattr(step, part):
            given = {answers for answers, planned in takers.items() if some.key in getattr(planned, part)}
            assert people(some.groups, list(takers)) == given, (key, some.key)


def test_every_step_of_the_rules_is_shown_in_every_municipality():
    rules, _texts = shipped()
    for municipality in ("", "herning", "a-new-one"):
        assert list(open_steps(municipality)) == list(rules.steps)


def test_inside_a_municipality_the_place_is_its_own():
    assert [place.key for place in open_steps("holstebro")["cpr"].places] == ["cpr-holstebro"]
    assert [place.key for place in open_steps()["cpr"].places] == ["cpr-elsewhere"]


def test_people_who_have_no_answer_in_common_are_several_groups():
    everybody = [Answers(*values) for values in product(*QUESTIONS.values())]
    some = [one for one in everybody if one.who == "eu" or one.children == "1"]
    groups = groups_of(some, everybody)
    assert len(groups) > 1
    assert people(groups, everybody) == set(some)
    assert groups_of(everybody, everybody) == ()
