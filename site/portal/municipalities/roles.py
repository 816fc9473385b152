"""The one table of roles: what each group may do with pages, collections and models."""

from dataclasses import dataclass, field
from enum import Enum


class Place(Enum):
    """The page and the collection that a role's rights begin at; everything below is included."""

    MUNICIPALITY = "municipality"
    """The municipality's page and its own collection. There is one group for each municipality."""
    HOME = "home"
    """The Danish home page, and through mirroring the home page of every language."""
    ROOT = "root"
    """The root of the tree, above the home pages: also what no language has yet."""


@dataclass(frozen=True)
class Role:
    """What the members of one kind of group may do."""

    name: str
    place: Place
    page_permissions: list[str]
    collection_permissions: list[str]
    model_permissions: list[str]
    shared_collection_permissions: list[str] = field(default_factory=list)
    """Rights on all collections: choosing a picture of the consortium or of a neighbour is no danger."""

    @property
    def all_permissions(self) -> list[str]:
        """Return every permission that the table names for this role, by app and codename."""
        return [
            *self.page_permissions,
            *self.collection_permissions,
            *self.shared_collection_permissions,
            *self.model_permissions,
        ]

    def group_name(self, municipality: str = "") -> str:
        """Return the name of the group; the slug of the municipality in it never changes with a title."""
        return f"{municipality or 'consortium'}: {self.name}"


# A fact may be added and changed where the group may change the page of its municipality, and every fact where it may
# change the home page (`portal.facts.policies`). Who may change facts but not add them corrects the words only: labels,
# and values in other languages. `submit_translation` holds only for pages that the group may publish
# (`portal.municipalities.localize_guard`).
#
# Bookings of the hotline hold personal data: only its staff reads them, administrators too only when they are staff.
#
# A synonym of the search only adds to what is found, so those who hear what newcomers call things may write one. A best
# bet stands before everything else in all municipalities: it belongs to the consortium.

EDITORS = Role(
    name="editors",
    place=Place.MUNICIPALITY,
    page_permissions=["wagtailcore.add_page", "wagtailcore.change_page"],
    collection_permissions=[
        "wagtailimages.add_image",
        "wagtailimages.change_image",
        "wagtailimages.choose_image",
        "wagtaildocs.add_document",
        "wagtaildocs.change_document",
        "wagtaildocs.choose_document",
    ],
    shared_collection_permissions=["wagtailimages.choose_image", "wagtaildocs.choose_document"],
    model_permissions=[
        "wagtailadmin.access_admin",
        "portal.view_fact",
        "portal.add_fact",
        "portal.change_fact",
        "portal.view_glossaryterm",
        "portal.view_searchsynonym",
        "portal.add_searchsynonym",
        "portal.change_searchsynonym",
        "hotline.view_unansweredquestion",
        "hotline.change_unansweredquestion",
    ],
)

PUBLISHERS = Role(
    name="publishers",
    place=Place.MUNICIPALITY,
    page_permissions=[
        "wagtailcore.add_page",
        "wagtailcore.change_page",
        "wagtailcore.publish_page",
        "wagtailcore.lock_page",
    ],
    collection_permissions=EDITORS.collection_permissions,
    shared_collection_permissions=EDITORS.shared_collection_permissions,
    model_permissions=[
        "wagtailadmin.access_admin",
        "portal.view_fact",
        "portal.add_fact",
        "portal.change_fact",
        "portal.delete_fact",
        "portal.view_glossaryterm",
        "portal.view_searchsynonym",
        "portal.add_searchsynonym",
        "portal.change_searchsynonym",
        "wagtail_localize.submit_translation",
        "hotline.view_unansweredquestion",
        "hotline.change_unansweredquestion",
    ],
)

TRANSLATORS = Role(
    name="translators",
    place=Place.HOME,
    page_permissions=["wagtailcore.change_page", "wagtailcore.publish_page"],
    collection_permissions=[],
    shared_collection_permissions=["wagtailimages.choose_image", "wagtaildocs.choose_document"],
    model_permissions=[
        "wagtailadmin.access_admin",
        "portal.view_fact",
        "portal.change_fact",
        "portal.view_glossaryterm",
        "portal.change_glossaryterm",
        "portal.view_searchsynonym",
        "portal.add_searchsynonym",
        "portal.change_searchsynonym",
        "portal.delete_searchsynonym",
        "portal.view_bestbet",
        "portal.add_bestbet",
        "portal.change_bestbet",
        "wagtail_localize.submit_translation",
    ],
)

HOTLINE_STAFF = Role(
    name="hotline staff",
    place=Place.HOME,
    page_permissions=[],
    collection_permissions=[],
    model_permissions=[
        "wagtailadmin.access_admin",
        "portal.view_fact",
        "portal.view_glossaryterm",
        "portal.view_searchsynonym",
        "portal.add_searchsynonym",
        "hotline.view_booking",
        "hotline.add_booking",
        "hotline.change_booking",
        "hotline.view_calllog",
        "hotline.add_calllog",
        "hotline.view_hotlineline",
        "hotline.view_staffmember",
        "hotline.change_staffmember",
        "hotline.view_shift",
        "hotline.add_shift",
        "hotline.change_shift",
        "hotline.delete_shift",
        "hotline.view_closure",
        "hotline.add_closure",
        "hotline.change_closure",
        "hotline.view_unansweredquestion",
        "hotline.add_unansweredquestion",
        "hotline.change_unansweredquestion",
    ],
)

ADMINISTRATORS = Role(
    name="administrators",
    place=Place.ROOT,
    page_permissions=[
        "wagtailcore.add_page",
        "wagtailcore.change_page",
        "wagtailcore.publish_page",
        "wagtailcore.bulk_delete_page",
        "wagtailcore.lock_page",
        "wagtailcore.unlock_page",
    ],
    collection_permissions=[
        "wagtailimages.add_image",
        "wagtailimages.change_image",
        "wagtailimages.choose_image",
        "wagtaildocs.add_document",
        "wagtaildocs.change_document",
        "wagtaildocs.choose_document",
        "wagtailcore.add_collection",
        "wagtailcore.change_collection",
        "wagtailcore.delete_collection",
    ],
    model_permissions=[
        "wagtailadmin.access_admin",
        "portal.view_fact",
        "portal.add_fact",
        "portal.change_fact",
        "portal.delete_fact",
        "portal.view_glossaryterm",
        "portal.add_glossaryterm",
        "portal.change_glossaryterm",
        "portal.delete_glossaryterm",
        "portal.view_searchsynonym",
        "portal.add_searchsynonym",
        "portal.change_searchsynonym",
        "portal.delete_searchsynonym",
        "portal.view_bestbet",
        "portal.add_bestbet",
        "portal.change_bestbet",
        "portal.delete_bestbet",
        "portal.change_outgoingmail",
        "hotline.view_hotlineline",
        "hotline.add_hotlineline",
        "hotline.change_hotlineline",
        "hotline.view_staffmember",
        "hotline.add_staffmember",
        "hotline.change_staffmember",
        "hotline.delete_staffmember",
        "hotline.view_closure",
        "hotline.add_closure",
        "hotline.change_closure",
        "hotline.delete_closure",
        "hotline.view_calllog",
        "hotline.view_unansweredquestion",
        "hotline.change_unansweredquestion",
        "hotline.delete_unansweredquestion",
        "wagtailredirects.add_redirect",
        "wagtailredirects.change_redirect",
        "wagtailredirects.delete_redirect",
        "auth.add_user",
        "auth.change_user",
        "auth.delete_user",
        "auth.add_group",
        "auth.change_group",
        "auth.delete_group",
        "wagtailcore.add_locale",
        "wagtailcore.change_locale",
        "wagtailcore.delete_locale",
        "wagtailcore.add_workflow",
        "wagtailcore.change_workflow",
        "wagtailcore.delete_workflow",
        "wagtailcore.add_task",
        "wagtailcore.change_task",
        "wagtailcore.delete_task",
        "wagtail_localize.submit_translation",
    ],
)

ROLES = [EDITORS, PUBLISHERS, TRANSLATORS, HOTLINE_STAFF, ADMINISTRATORS]
