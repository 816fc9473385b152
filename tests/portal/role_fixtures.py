"""A small site with one person of every role, and each thing that such a person may try to do with a page."""

import io
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import Group, Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client, TestCase, override_settings
from django.urls import reverse
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html, rich_text, streamfield
from wagtail_localize.models import (
    LocaleSynchronization,
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)

from portal.municipalities.setup import create_roles
from tests.factories import LANGUAGES, add_page, build_tree, translate
from tests.factories import publish as publish_page
from tests.snapshots import built_once
from welcome_pages.models import LocalPage

ROLES = ["editors", "publishers", "translators", "administrators", "nobody"]
"""Editors and publishers are those of Herning. `nobody` has an account and no group."""
PAGES = ["home", "guide", "herning", "herning page", "herning note", "holstebro", "holstebro page"]
TRANSLATOR = {"CLASS": "wagtail_localize.machine_translators.dummy.DummyTranslator"}


@dataclass
class RoleSite:
    """The pages by kind and language, the people by role, and the forms that a browser would send."""

    pages: dict[tuple[str, str], Page] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)
    forms: dict[str, Any] = field(default_factory=dict)
    po_files: dict[tuple[str, str], bytes] = field(default_factory=dict)

    def page(self, kind: str, language: str) -> Page:
        """Return a page as it is in the database now."""
        return Page.objects.get(pk=self.pages[kind, language].pk)

    def translation(self, kind: str, language: str) -> Translation:
        """Return wagtail-localize's record of a translated page."""
        key = self.pages[kind, language].translation_key
        return Translation.objects.get(source__object_id=key, target_locale__language_code=language)


def make_person(name: str, *groups: str) -> User:
    """Create a user who is in some groups."""
    person = User.objects.create_user(name, email=f"{name}@example.dk", password="test")
    person.groups.set(Group.objects.filter(name__in=groups))
    return person


def make_people() -> dict[str, User]:
    """Create one person of every role."""
    people = {
        "editors": make_person("editor", "herning: editors"),
        "publishers": make_person("publisher", "herning: publishers"),
        "translators": make_person("translator", "consortium: translators"),
        "administrators": make_person("administrator", "consortium: administrators"),
        "nobody": make_person("nobody"),
    }
    people["nobody"].user_permissions.add(Permission.objects.get(codename="access_admin"))
    return people


@built_once
def build_role_site(*translated: str) -> RoleSite:
    """Build the tree of `tests.factories` in five languages, the roles, and real translations into some languages.

    Translations are published on commit, and a test case never commits: each page gets its own run of these callbacks,
    since several together would corrupt the tree (wagtail/wagtail-localize#773).
    """
    with TestCase.captureOnCommitCallbacks(execute=True):
        tree = build_tree(aliases=False)
        publish_page(tree.home)
        far = add_page(tree.holstebro, LocalPage, "bibliotek")
    danish_pages = [tree.home, tree.tax, tree.herning, tree.language_centre, tree.note, tree.holstebro, far]
    with TestCase.captureOnCommitCallbacks(execute=True):
        for language in LANGUAGES[1:]:
            LocaleSynchronization.objects.create(locale=tree.locales[language], sync_from=tree.locales["da"])
    site = RoleSite()
    create_roles(io.StringIO())
    site.people = make_people()
    for kind, page in zip(PAGES, danish_pages, strict=True):
        for language in translated:
            with TestCase.captureOnCommitCallbacks(execute=True):
                translation = translate(page, language)
            site.po_files[kind, language] = str(translation.export_po()).replace(f"{language}: ", "PO: ").encode()
        for language in LANGUAGES:
            site.pages[kind, language] = Page.objects.get(
                translation_key=page.translation_key, locale__language_code=language
            )
    return site


def read_forms(site: RoleSite) -> None:
    """Keep what a browser would send for each Danish page, so that every role sends the same."""
    client = Client()
    client.force_login(User.objects.create_superuser("reader of forms"))
    for kind in PAGES:
        page = site.page(kind, "da").specific
        html = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
        form = querydict_from_html(html, form_id="page-edit-form").dict()
        for stream in (each.name for each in page._meta.get_fields() if isinstance(each, StreamField)):
            blocks = [("warning", rich_text("<p>Ny tekst.</p>"))] if kind == "herning note" else []
            form |= nested_form_data({stream: streamfield(blocks)})
        site.forms[kind] = {**form, "title": f"Ny titel {kind}"}


# What somebody may try. Each function does it as a browser would, and says whether it happened. ----------------------


@dataclass
class Attempt:
    """One person, one page, one language."""

    site: RoleSite
    client: Client
    kind: str
    language: str

    @property
    def page(self) -> Page:
        """Return the page as it is now."""
        return self.site.page(self.kind, self.language)

    @property
    def target(self) -> str:
        """Return the language that submitting and syncing is tried for: Danish itself is never translated."""
        return "pl" if self.language == "da" else self.language

    def post(self, name: str, /, *arguments: Any, **data: Any) -> Any:
        """Send a form."""
        return self.client.post(reverse(name, args=arguments), data)

    def title_segment(self) -> StringSegment:
        """Return the title as wagtail-localize offers it to translators."""
        return StringSegment.objects.get(
            source=self.site.translation(self.kind, self.language).source, context__path="title"
        )

    def title_strings(self) -> Any:
        """Return the translations of the title into the language."""
        return StringTranslation.objects.filter(
            context=self.title_segment().context, locale__language_code=self.language
        )


def edit(attempt: Attempt) -> bool:
    """Open the page in the editor."""
    return attempt.client.get(reverse("wagtailadmin_pages:edit", args=[attempt.page.pk])).status_code == 200


def publish(attempt: Attempt) -> bool:
    """Publish: a Danish page from the page editor, any other from the translation editor."""
    before = attempt.page
    if attempt.language == "da":
        form = {**attempt.site.forms[attempt.kind], "action-publish": "1"}
        attempt.post("wagtailadmin_pages:edit", before.pk, **form)
        return attempt.page.live_revision_id != before.live_revision_id
    attempt.post("wagtailadmin_pages:edit", before.pk, action="publish")
    return attempt.page.latest_revision_id != before.latest_revision_id


def submit(attempt: Attempt) -> bool:
    """Submit for translation into a language that still has an alias."""
    danish, target = attempt.site.page(attempt.kind, "da"), attempt.site.page(attempt.kind, attempt.target)
    Page.objects.filter(pk=target.pk).update(alias_of=danish)
    attempt.post("wagtail_localize:submit_page_translation", attempt.page.pk, locales=target.locale_id)
    return attempt.site.page(attempt.kind, attempt.target).alias_of_id is None


def sync(attempt: Attempt) -> bool:
    """Sync the translations with the Danish page, and publish them."""
    before = attempt.site.page(attempt.kind, attempt.target)
    source = TranslationSource.objects.get(object_id=before.translation_key)
    attempt.post("wagtail_localize:update_translations", source.pk, publish_translations="on")
    return attempt.site.page(attempt.kind, attempt.target).latest_revision_id != before.latest_revision_id


def string(attempt: Attempt) -> bool:
    """Translate the title in the translation editor."""
    translation = attempt.site.translation(attempt.kind, attempt.language)
    address = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, attempt.title_segment().pk])
    attempt.client.put(address, "value=By+hand", content_type="application/x-www-form-urlencoded")
    return attempt.title_strings().filter(data="By hand").exists()


def upload(attempt: Attempt) -> bool:
    """Upload a PO file."""
    translation = attempt.site.translation(attempt.kind, attempt.language)
    file = SimpleUploadedFile("page.po", attempt.site.po_files[attempt.kind, attempt.language])
    attempt.post("wagtail_localize:upload_pofile", translation.pk, file=file)
    return attempt.title_strings().filter(data__startswith="PO: ").exists()


def machine(attempt: Attempt) -> bool:
    """Let a machine translate what is not translated yet."""
    attempt.title_strings().delete()
    with override_settings(WAGTAILLOCALIZE_MACHINE_TRANSLATOR=TRANSLATOR):
        attempt.post("wagtail_localize:machine_translate", attempt.site.translation(attempt.kind, attempt.language).pk)
    return attempt.title_strings().filter(translation_type="machine").exists()


def stop(attempt: Attempt) -> bool:
    """Stop the translation, so that the page goes its own way."""
    attempt.post("wagtail_localize:stop_translation", attempt.site.translation(attempt.kind, attempt.language).pk)
    return not attempt.site.translation(attempt.kind, attempt.language).enabled


def alias(attempt: Attempt) -> bool:
    """Turn the translation back into an alias, which shows the Danish text."""
    attempt.post("wagtail_localize:convert_to_alias", attempt.page.pk)
    return attempt.page.alias_of_id is not None


def delete(attempt: Attempt) -> bool:
    """Reach the page that asks whether to delete."""
    return attempt.client.get(reverse("wagtailadmin_pages:delete", args=[attempt.page.pk])).status_code == 200


def move(attempt: Attempt) -> bool:
    """Move the page to the last place below its parent."""
    parent = attempt.page.get_parent()
    response = attempt.post("wagtailadmin_pages:move_confirm", attempt.page.pk, parent.pk)
    return response.url == reverse("wagtailadmin_explore", args=[parent.pk])


ACTIONS: dict[str, Callable[[Attempt], bool]] = {
    action.__name__: action
    for action in (edit, publish, submit, sync, string, upload, machine, stop, alias, delete, move)
}
NOT_IN_DANISH = {"string", "upload", "machine", "stop", "alias"}


def attempt_and_undo(attempt: Attempt, action: str) -> bool:
    """Try something, and leave the site as it was."""
    mark = transaction.savepoint()
    try:
        return ACTIONS[action](attempt)
    finally:
        transaction.savepoint_rollback(mark)


def read_table(table: str) -> dict[tuple[str, str], set[str]]:
    """Return, by role and kind of page, the actions whose column has a "yes"."""
    _empty, head, *rows = table.rstrip().split("\n")
    columns = {match[0]: match.start() for match in re.finditer(r"\S+", head)}
    actions = {name: start for name, start in columns.items() if name in ACTIONS}
    found = {}
    for row in filter(str.strip, rows):
        role, kind = row[: columns["page"]].strip(), row[columns["page"] : columns["edit"]].strip()
        found[role, kind] = {name for name, start in actions.items() if row[start : start + 3] == "yes"}
    return found
