"""Who may change which fact: rights over facts follow rights over pages."""

from collections.abc import Iterable

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, Permission, User
from django.db.models import Q, QuerySet
from wagtail.models import GroupPagePermission
from wagtail.permission_policies import ModelPermissionPolicy

from portal.municipalities.models import MunicipalityPage

from .models import Fact

Somebody = User | AnonymousUser

EVERYWHERE = "*"
"""Stands for every municipality, and for the facts of no municipality. No slug can look like it."""


class FactPermissionPolicy(ModelPermissionPolicy):
    """A group may change the facts of a municipality if it may change its page, and all facts if the home page.

    Reading is a plain permission: municipal editors cite national facts, so they see all of them. Only rights that come
    through a group count, since a page right can come in no other way.
    """

    permission_cache_name = "_fact_permission_cache"

    def get_all_permissions_for_user(self, user: Somebody) -> set[tuple[str, str]]:
        """Return (codename, slug of a municipality or EVERYWHERE) for each right that a group gives the user."""
        if not user.is_active or user.is_anonymous:
            return set()
        rights = Permission.objects.filter(group__user=user, content_type=self._content_type)
        places: dict[int, set[str]] = {}
        for group_id, slug in _places_of_groups(user):
            places.setdefault(group_id, set()).add(slug)
        return {
            (codename, place)
            for group_id, codename in rights.values_list("group__id", "codename")
            for place in places.get(group_id, ())
        }

    def places(self, user: Somebody, action: str) -> set[str]:
        """Return the slugs of the municipalities for whose facts the user has a right, or EVERYWHERE among them."""
        if user.is_active and user.is_superuser:
            return {EVERYWHERE}
        codename = self._get_permission_codename(action)
        return {place for name, place in self.get_cached_permissions_for_user(user) if name == codename}

    def user_has_permission(self, user: Somebody, action: str) -> bool:
        """Say whether there may be a fact that the user has a right to."""
        if action == "view":
            return super().user_has_permission(user, action)
        return bool(self.places(user, action))

    def user_has_permission_for_instance(self, user: Somebody, action: str, instance: Fact) -> bool:
        """Say whether the user has a right to this fact."""
        if action == "view":
            return super().user_has_permission(user, action)
        places = self.places(user, action)
        return EVERYWHERE in places or instance.municipality in places

    def user_has_any_permission_for_instance(self, user: Somebody, actions: Iterable[str], instance: Fact) -> bool:
        """Say whether the user has one of these rights to this fact."""
        return any(self.user_has_permission_for_instance(user, action, instance) for action in actions)

    def instances_user_has_any_permission_for(self, user: Somebody, actions: Iterable[str]) -> QuerySet[Fact]:
        """Return the facts to which the user has one of these rights."""
        actions = set(actions)
        if "view" in actions and self.user_has_permission(user, "view"):
            return Fact.objects.all()
        places = {place for action in actions - {"view"} for place in self.places(user, action)}
        return Fact.objects.all() if EVERYWHERE in places else Fact.objects.filter(municipality__in=places)

    def users_with_any_permission_for_instance(self, actions: Iterable[str], instance: Fact) -> QuerySet[User]:
        """Return the users with one of these rights to this fact."""
        actions = list(actions)
        candidates = self.users_with_any_permission(actions)
        allowed = [user.pk for user in candidates if self.user_has_any_permission_for_instance(user, actions, instance)]
        return candidates.filter(pk__in=allowed)


def _places_of_groups(user: User) -> Iterable[tuple[int, str]]:
    """Yield (group, place) for the Danish pages that the groups of the user may change."""
    municipality_type = MunicipalityPage._meta.label_lower.split(".")
    grants = GroupPagePermission.objects.filter(group__user=user, permission__codename="change_page").filter(
        Q(page__depth=1)
        | Q(page__depth=2, page__locale__language_code=settings.LANGUAGE_CODE)
        | Q(
            page__locale__language_code=settings.LANGUAGE_CODE,
            page__content_type__app_label=municipality_type[0],
            page__content_type__model=municipality_type[1],
        )
    )
    for group_id, depth, slug in grants.values_list("group_id", "page__depth", "page__slug"):
        yield group_id, EVERYWHERE if depth < 3 else slug
