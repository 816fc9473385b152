"""Who may do what with which page, in every language."""

import io
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import CommandError, call_command
from django.test import Client, TestCase, override_settings
from django.urls import reverse
from django.utils.translation import gettext
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
    Workflow,
    WorkflowTask,
)
from wagtail_localize.models import LocaleSynchronization

from portal.municipalities.permissions import Mirrored, mirror_all
from tests.factories import LANGUAGES
from tests.portal.role_fixtures import (
    ACTIONS,
    NOT_IN_DANISH,
    PAGES,
    ROLES,
    Attempt,
    RoleSite,
    attempt_and_undo,
    build_role_site,
    make_person,
    read_forms,
    read_table,
)

# Editors and publishers are Herning's. "publish" is the page editor in Danish and the translation editor elsewhere. The
# five actions from "string" to "alias" exist only for translations. Whoever may publish may delete a page without
# children, as Wagtail defines it; moving needs the right to add pages in the place it goes to.
EXPECTED = """
role            page            edit  publish  submit  sync  string  upload  machine  stop  alias  delete  move
editors         home            -     -        -       -     -       -       -        -     -      -       -
editors         guide           -     -        -       -     -       -       -        -     -      -       -
editors         herning         yes   -        -       -     yes     -       -        -     -      -       -
editors         herning page    yes   -        -       -     yes     -       -        -     -      -       -
editors         herning note    yes   -        -       -     yes     -       -        -     -      -       -
editors         holstebro       -     -        -       -     -       -       -        -     -      -       -
editors         holstebro page  -     -        -       -     -       -       -        -     -      -       -

publishers      home            -     -        -       -     -       -       -        -     -      -       -
publishers      guide           -     -        -       -     -       -       -        -     -      -       -
publishers      herning         yes   yes      yes     yes   yes     yes     yes      yes   yes    -       -
publishers      herning page    yes   yes      yes     yes   yes     yes     yes      yes   yes    yes     yes
publishers      herning note    yes   yes      yes     yes   yes     yes     yes      yes   yes    yes     yes
publishers      holstebro       -     -        -       -     -       -       -        -     -      -       -
publishers      holstebro page  -     -        -       -     -       -       -        -     -      -       -

translators     home            yes   yes      yes     yes   yes     yes     yes      yes   yes    -       -
translators     guide           yes   yes      yes     yes   yes     yes     yes      yes   yes    yes     -
translators     herning         yes   yes      yes     yes   yes     yes     yes      yes   yes    -       -
translators     herning page    yes   yes      yes     yes   yes     yes     yes      yes   yes    yes     -
translators     herning note    yes   yes      yes     yes   yes     yes     yes      yes   yes    yes     -
translators     holstebro       yes   yes      yes     yes   yes     yes     yes      yes   yes    -       -
translators     holstebro page  yes   yes      yes     yes   yes     yes     yes      yes   yes    yes     -

administrators  home            yes   yes      yes     yes   yes     yes     yes      yes   yes    yes     yes
administrators  guide           yes   yes      yes     yes   yes     yes     yes      yes   yes    yes     yes
administrators  herning         yes   yes      yes     yes   yes     yes     yes      yes   yes    yes     yes
administrators  herning page    yes   yes      yes     yes   yes     yes     yes      yes   yes    yes     yes
administrators  herning note    yes   yes      yes     yes   yes     yes     yes      yes   yes    yes     yes
administrators  holstebro       yes   yes      yes     yes   yes     yes     yes      yes   yes    yes     yes
administrators  holstebro page  yes   yes      yes     yes   yes     yes     yes      yes   yes    yes     yes

nobody          home            -     -        -       -     -       -       -        -     -      -       -
nobody          guide           -     -        -       -     -       -       -        -     -      -       -
nobody          herning         -     -        -       -     -       -       -        -     -      -       -
nobody          herning page    -     -        -       -     -       -       -        -     -      -       -
nobody          herning note    -     -        -       -     -       -       -        -     -      -       -
nobody          holstebro       -     -        -       -     -       -       -        -     -      -       -
nobody          holstebro page  -     -        -       -     -       -       -        -     -      -       -
"""


class RoleMatrixTests(TestCase):
    """Every role tries everything with every page."""

    @classmethod
    def setUpTestData(cls) -> None:
        cls.site = build_role_site(*LANGUAGES[1:])
        read_forms(cls.site)
        cls.expected = read_table(EXPECTED)

    def test_the_table_is_complete(self) -> None:
        assert set(self.expected) == {(role, kind) for role in ROLES for kind in PAGES}
        assert set().union(*self.expected.values()) == set(ACTIONS)

    def _check(self, language: str) -> None:
        for role in ROLES:
            client = Client()
            client.force_login(self.site.people[role])
            for kind in PAGES:
                for action in ACTIONS:
                    if language == "da" and action in NOT_IN_DANISH:
                        continue
                    with self.subTest(role=role, page=kind, action=action):
                        happened = attempt_and_undo(Attempt(self.site, client, kind, language), action)
                        assert happened == (action in self.expected[role, kind])

    def test_danish(self) -> None:
        self._check("da")

    def test_english(self) -> None:
        self._check("en")

    def test_german(self) -> None:
        self._check("de")

    def test_polish(self) -> None:
        self._check("pl")

    def test_russian(self) -> None:
        self._check("ru")


def may_edit(person: User, page: Page) -> bool:
    """Say whether the page opens in the editor for this person."""
    client = Client()
    client.force_login(person)
    return client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200


def languages_of(person: User, site: RoleSite, kind: str) -> list[str]:
    """Return the languages in which a person may edit a page."""
    pages = Page.objects.filter(translation_key=site.pages[kind, "da"].translation_key).select_related("locale")
    return sorted(page.locale.language_code for page in pages if may_edit(person, page))


def group_form(name: str, rights: dict[int, list[str]], *, saved: int = 0, removed: int = 0) -> dict[str, Any]:
    """Return what a browser sends from Wagtail's form of a group: a row for each page, the other rows left empty."""
    data: dict[str, Any] = {"name": name}
    for prefix in ("page_permissions", "document_permissions", "image_permissions", "collection_permissions"):
        total, initial = (len(rights), saved) if prefix == "page_permissions" else (0, 0)
        data |= {f"{prefix}-TOTAL_FORMS": total, f"{prefix}-INITIAL_FORMS": initial, f"{prefix}-MAX_NUM_FORMS": 1000}
    for number, (page_id, permissions) in enumerate(rights.items()):
        row = f"page_permissions-{number}"
        data |= {f"{row}-page": page_id, f"{row}-permissions": permissions}
        if page_id == removed:
            data[f"{row}-DELETE"] = "on"
    return data


class RightsGivenLaterTests(TestCase):
    """What an administrator changes in the admin holds in every language."""

    @classmethod
    def setUpTestData(cls) -> None:
        cls.site = build_role_site()
        cls.administrator = cls.site.people["administrators"]

    def setUp(self) -> None:
        self.client.force_login(self.administrator)

    def _create_group(self, *pages: Page) -> User:
        """Create a group that may change pages in Wagtail's form, and return a person who is in it."""
        form = group_form("holiday cover", {page.pk: ["change_page"] for page in pages})
        assert self.client.post(reverse("wagtailusers_groups:add"), form).status_code == 302
        person = make_person("stand-in", "holiday cover")
        person.user_permissions.set(self.site.people["nobody"].user_permissions.all())
        return person

    def _take_away(self, page: Page) -> None:
        """Remove one row of Wagtail's form; the rows of all other pages and languages are sent as they were shown."""
        group = Group.objects.get(name="holiday cover")
        rows = {right.page_id: ["change_page"] for right in group.page_permissions.order_by("page")}
        form = group_form("holiday cover", rows, saved=len(rows), removed=page.pk)
        assert self.client.post(reverse("wagtailusers_groups:edit", args=[group.pk]), form).status_code == 302

    def test_a_right_given_in_the_group_form_holds_in_every_language(self) -> None:
        person = self._create_group(self.site.page("holstebro", "da"))
        assert languages_of(person, self.site, "holstebro page") == sorted(LANGUAGES)
        assert languages_of(person, self.site, "herning page") == []

    def test_a_right_taken_away_in_the_group_form_ends_in_every_language(self) -> None:
        holstebro, herning = self.site.page("holstebro", "da"), self.site.page("herning", "da")
        person = self._create_group(holstebro, herning)
        self._take_away(holstebro)
        assert languages_of(person, self.site, "holstebro page") == []
        assert languages_of(person, self.site, "herning page") == sorted(LANGUAGES)

    def test_a_right_given_on_a_translation_alone_is_taken_back_with_a_message(self) -> None:
        form = group_form("holiday cover", {self.site.page("holstebro", "pl").pk: ["change_page"]})
        response = self.client.post(reverse("wagtailusers_groups:add"), form, follow=True)
        text = "Rights on Danish pages hold in every language: %(added)d added to translations, %(removed)d removed."
        told = [str(message).strip() for message in response.context["messages"]]
        assert gettext(text) % {"added": 0, "removed": 1} in told
        assert not GroupPagePermission.objects.filter(group__name="holiday cover").exists()

    def test_deleting_a_group_leaves_no_rights_behind(self) -> None:
        self._create_group(self.site.page("holstebro", "da"))
        group = Group.objects.get(name="holiday cover")
        self.client.post(reverse("wagtailusers_groups:delete", args=[group.pk]))
        assert not GroupPagePermission.objects.filter(group_id=group.pk).exists()

    def test_a_right_given_in_code_holds_in_every_language_and_ends_in_every_language(self) -> None:
        group = Group.objects.get(name="holstebro: editors")
        right = GroupPagePermission.objects.create(
            group=group, page=self.site.page("guide", "da"), permission_type="change"
        )
        person = make_person("expert", "holstebro: editors")
        assert languages_of(person, self.site, "guide") == sorted(LANGUAGES)
        right.delete()
        assert languages_of(person, self.site, "guide") == []

    def test_rights_hold_in_a_language_that_is_added_later(self) -> None:
        languages = [(code, code) for code in [*LANGUAGES, "uk"]]
        with override_settings(LANGUAGES=languages, WAGTAIL_CONTENT_LANGUAGES=languages):
            ukrainian = Locale.objects.create(language_code="uk")
            LocaleSynchronization.objects.create(locale=ukrainian, sync_from=Locale.objects.get(language_code="da"))
            people = self.site.people
            assert "uk" in languages_of(people["editors"], self.site, "herning note")
            assert "uk" in languages_of(people["translators"], self.site, "home")
            assert languages_of(people["editors"], self.site, "holstebro page") == []

    def test_a_workflow_assigned_in_the_admin_holds_in_every_language_until_it_is_taken_away(self) -> None:
        workflow = Workflow.objects.create(name="Four eyes")
        task = GroupApprovalTask.objects.create(name="Publishers of Herning")
        task.groups.add(Group.objects.get(name="herning: publishers"))
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
        danish = self.site.page("herning", "da")
        assert self._assign(workflow, danish, saved=0) == {workflow}
        assert self.site.page("holstebro page", "pl").get_workflow() != workflow
        assert workflow not in self._assign(workflow, danish, saved=len(LANGUAGES), remove=True)

    def _assign(self, workflow: Workflow, page: Page, *, saved: int, remove: bool = False) -> set[Workflow | None]:
        """Send Wagtail's form of a workflow, and return the workflows of a page below in all languages."""
        task = workflow.workflow_tasks.get()
        data = {
            "name": workflow.name,
            "active": "on",
            "workflow_tasks-TOTAL_FORMS": 1,
            "workflow_tasks-INITIAL_FORMS": 1,
            "workflow_tasks-MAX_NUM_FORMS": 1000,
            "workflow_tasks-0-id": task.pk,
            "workflow_tasks-0-task": task.task_id,
            "workflow_tasks-0-ORDER": 1,
            "pages-TOTAL_FORMS": max(saved, 1),
            "pages-INITIAL_FORMS": saved,
            "pages-MAX_NUM_FORMS": 1000,
        }
        rows = [row.page_id for row in workflow.workflow_pages.order_by("pk")] or [page.pk]
        for number, page_id in enumerate(rows):
            data |= {f"pages-{number}-page": page_id}
            if remove and page_id == page.pk:
                data |= {f"pages-{number}-DELETE": "on"}
        response = self.client.post(reverse("wagtailadmin_workflows:edit", args=[workflow.pk]), data)
        assert response.status_code == 302
        return {self.site.page("herning page", language).get_workflow() for language in LANGUAGES}


class CreateRolesTests(TestCase):
    """`manage.py create_roles`."""

    @classmethod
    def setUpTestData(cls) -> None:
        cls.site = build_role_site()

    def _run(self, *arguments: str) -> str:
        output = io.StringIO()
        call_command("create_roles", *arguments, stdout=output)
        return output.getvalue()

    def _counts(self) -> list[int]:
        return [model.objects.count() for model in (Group, Collection, GroupPagePermission, GroupCollectionPermission)]

    def test_a_second_run_changes_nothing_and_says_so(self) -> None:
        before = self._counts()
        output = self._run()
        assert self._counts() == before
        assert "herning: editors: complete, 0 rights added" in output
        assert mirror_all() == Mirrored(0, 0)

    def test_a_lost_right_is_given_back_in_every_language_and_a_right_given_by_hand_stays(self) -> None:
        group = Group.objects.get(name="herning: editors")
        GroupPagePermission.objects.filter(group=group, permission__codename="change_page").delete()
        GroupPagePermission.objects.create(group=group, page=self.site.page("guide", "da"), permission_type="change")
        assert languages_of(self.site.people["editors"], self.site, "herning") == []
        assert "herning: editors: updated, 1 rights added" in self._run()
        assert languages_of(self.site.people["editors"], self.site, "herning") == sorted(LANGUAGES)
        assert languages_of(self.site.people["editors"], self.site, "guide") == sorted(LANGUAGES)

    def test_one_municipality_alone(self) -> None:
        Group.objects.all().delete()
        output = self._run("holstebro")
        assert set(Group.objects.values_list("name", flat=True)) == {"holstebro: editors", "holstebro: publishers"}
        assert "herning" not in output

    def test_each_municipality_has_a_collection_that_only_its_people_may_change(self) -> None:
        collection = Collection.objects.get(name="Herning Kommune")
        groups = {"herning: editors", "herning: publishers"}
        rights = GroupCollectionPermission.objects.filter(collection=collection)
        assert set(rights.values_list("group__name", flat=True)) == groups

    def test_a_municipality_that_a_language_lacks_stops_the_command(self) -> None:
        Group.objects.all().delete()
        self.site.page("herning", "pl").delete()
        with pytest.raises(CommandError, match="“Herning Kommune” is missing in: pl"):
            self._run()
        assert not Group.objects.exists()

    def test_an_unknown_municipality_stops_the_command(self) -> None:
        with pytest.raises(CommandError, match="no municipality “aarhus”"):
            self._run("aarhus")

    def test_without_a_danish_home_page_the_command_stops(self) -> None:
        Page.objects.filter(locale__language_code="da", depth__gt=1).update(depth=9)
        with pytest.raises(CommandError, match="no home page in “da”"):
            self._run()
