"""Creates the groups and collections of the roles, and gives them the rights of the table in `roles`."""

from typing import Protocol

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Locale, Page

from portal.pages.home import HomePage

from .models import MunicipalityPage
from .permissions import mirror_all
from .roles import ROLES, Place, Role


class RolesError(Exception):
    """The tree of pages is not ready for the roles; the message says what is missing."""


class Output(Protocol):
    """Anything that a report can be written to."""

    def write(self, text: str, /) -> object:
        """Write one text."""


@transaction.atomic
def create_roles(stdout: Output, municipality: str = "") -> None:
    """Create what is missing of all groups, or of one municipality's, and report it line by line.

    Run again it adds only what the table gained: rights given by hand in the admin stay.
    """
    home = _danish_home()
    municipalities = _municipalities(home, municipality)
    permissions = _permissions()
    root_collection = Collection.get_first_root_node()
    for role in ROLES:
        if role.place is Place.MUNICIPALITY:
            for page in municipalities:
                _create_group(stdout, role, page, page.title, permissions)
        elif not municipality:
            page = Page.get_first_root_node() if role.place is Place.ROOT else home
            _create_group(stdout, role, page, root_collection.name, permissions)
    mirror_all()
    elsewhere = GroupPagePermission.objects.filter(page__depth__gt=1).exclude(page__locale=home.locale_id)
    stdout.write(f"Other languages: {elsewhere.count()} rights on pages, the same as on the Danish ones\n")


def _danish_home() -> HomePage:
    home = HomePage.objects.filter(depth=2, locale__language_code=settings.LANGUAGE_CODE).first()
    if home is None:
        raise RolesError(f"There is no home page in “{settings.LANGUAGE_CODE}”. Load the starter content first.")
    return home


def _municipalities(home: HomePage, only: str) -> list[MunicipalityPage]:
    """Return the Danish pages of the municipalities that get groups; each must exist in every language."""
    municipalities = MunicipalityPage.objects.child_of(home).order_by("path")
    if only:
        municipalities = municipalities.filter(slug=only)
        if not municipalities:
            raise RolesError(f"There is no municipality “{only}” below the Danish home page.")
    languages = set(Locale.objects.values_list("language_code", flat=True))
    problems = []
    for page in [home, *municipalities]:
        here = Page.objects.filter(translation_key=page.translation_key).values_list("locale__language_code", flat=True)
        missing = languages - set(here)
        if missing:
            problems.append(f"“{page.title}” is missing in: {', '.join(sorted(missing))}")
    if problems:
        raise RolesError("\n".join([*problems, "Let these languages follow Danish: manage.py sync_locale_trees"]))
    return list(municipalities)


def _permissions() -> dict[str, Permission]:
    """Return every permission that the table names, by app and codename."""
    found = {f"{p.content_type.app_label}.{p.codename}": p for p in Permission.objects.select_related("content_type")}
    named = {name for role in ROLES for name in role.all_permissions}
    unknown = named - found.keys()
    if unknown:
        raise RolesError(f"The table of roles names permissions that do not exist: {', '.join(sorted(unknown))}")
    return {name: found[name] for name in named}


def _create_group(
    stdout: Output, role: Role, page: Page, collection_name: str, permissions: dict[str, Permission]
) -> None:
    """Create one group with its collection, and give it the rights that it does not have yet."""
    name = role.group_name(page.slug if role.place is Place.MUNICIPALITY else "")
    group, is_new = Group.objects.get_or_create(name=name)
    wanted_models = {permissions[label] for label in role.model_permissions}
    missing = wanted_models - set(group.permissions.all())
    group.permissions.add(*missing)
    added = len(missing)
    for label in role.page_permissions:
        permission = permissions[label]
        added += GroupPagePermission.objects.get_or_create(group=group, page_id=page.pk, permission=permission)[1]
    root_collection = Collection.get_first_root_node()
    own_collection = _collection(collection_name) if role.place is Place.MUNICIPALITY else root_collection
    for collection, labels in (
        (own_collection, role.collection_permissions),
        (root_collection, role.shared_collection_permissions),
    ):
        for label in labels:
            added += GroupCollectionPermission.objects.get_or_create(
                group=group, collection=collection, permission=permissions[label]
            )[1]
    state = "created" if is_new else "updated" if added else "complete"
    stdout.write(f"{name}: {state}, {added} rights added\n")


def _collection(name: str) -> Collection:
    """Return the collection of a municipality, a new one if there is none."""
    root = Collection.get_first_root_node()
    existing = root.get_children().filter(name=name).first()
    return existing or root.add_child(name=name)
