"""Lets an editor's draft reach the publishers of their municipality: one workflow each, and one for shared pages."""

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowPage, WorkflowTask

from portal.pages.home import HomePage

from .models import MunicipalityPage
from .permissions import mirror_all
from .setup import Output

SHARED = "consortium: administrators"


@transaction.atomic
def create_workflows(stdout: Output) -> None:
    """Give the home page and every municipality a workflow, except where one was assigned by hand.

    Wagtail's own stands on the root and asks a group in which nobody is. Needs the groups of `create_roles`.
    """
    home = HomePage.objects.filter(depth=2, locale__language_code=settings.LANGUAGE_CODE).first()
    if home is None:
        stdout.write("No home page, no workflows.\n")
        return
    places: list[tuple[Page, str]] = [(home, SHARED)]
    municipalities = MunicipalityPage.objects.child_of(home).order_by("path")
    places += [(page, f"{page.slug}: publishers") for page in municipalities]
    for page, group_name in places:
        group = Group.objects.filter(name=group_name).first()
        if group is None or WorkflowPage.objects.filter(page_id=page.pk).exists():
            continue
        WorkflowPage.objects.create(page_id=page.pk, workflow=_workflow(group))
        stdout.write(f"{page.title}: drafts go to {group_name}\n")
    mirror_all()


def _workflow(group: Group) -> Workflow:
    """Return the workflow in which this group approves, a new one if there is none."""
    workflow, _created = Workflow.objects.get_or_create(name=f"Approval by {group.name}")
    task = GroupApprovalTask.objects.filter(name=workflow.name).first()
    if task is None:
        task = GroupApprovalTask.objects.create(name=workflow.name)
        task.groups.add(group)
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": 0})
    return workflow
