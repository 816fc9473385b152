"""A draft that an editor submits reaches the publishers of the same municipality, in every language."""

import io

import pytest
from django.core.management import call_command
from wagtail.models import Workflow, WorkflowPage

from tests.factories import LANGUAGES, in_language

pytestmark = pytest.mark.django_db(transaction=True)


def approvers(page):
    return {group.name for task in page.get_workflow().tasks for group in task.specific.groups.all()}


def run():
    call_command("create_roles", stdout=io.StringIO())
    call_command("create_workflows", stdout=io.StringIO())


def test_drafts_of_a_municipality_go_to_its_publishers_in_every_language(tree):
    run()
    for language in LANGUAGES:
        assert approvers(in_language(tree.language_centre, language)) == {"herning: publishers"}
        assert approvers(in_language(tree.holstebro, language)) == {"holstebro: publishers"}
        assert approvers(in_language(tree.cpr, language)) == {"consortium: administrators"}


def test_a_second_run_makes_nothing_twice_and_leaves_what_was_assigned_by_hand(tree):
    run()
    by_hand = Workflow.objects.create(name="Four eyes")
    WorkflowPage.objects.filter(page_id=tree.herning.pk).update(workflow=by_hand)
    before = Workflow.objects.count()
    run()
    assert Workflow.objects.count() == before
    assert tree.herning.get_workflow() == by_hand
